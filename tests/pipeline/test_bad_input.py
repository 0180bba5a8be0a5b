"""Bad input: one clear sentence with the remedy, the right exit code, nothing lost."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from support import draw, tree

Make = Callable[..., Path]

PIECES = """
[[views]]
hubs = "none"
name = "form"
[[views.descriptors]]
preparation = "pieces"
backbone = "strokes"
size = 64
centring = "source"
components = 256
orientations = "turned"
"""
"""A view by pieces and turns alone."""


def large_png(path: Path, side: int) -> None:
    """A blank grey PNG of any size that takes little room on disk."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    squeeze = zlib.compressobj(9)
    row = b"\0" * (side + 1)
    packed = b"".join(squeeze.compress(row) for _ in range(side)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def corrupt(path: Path) -> None:
    draw(path, 1, (300, 300))
    path.write_bytes(path.read_bytes()[:-1000])


BAD_IMAGES = {
    "corrupt.png": (corrupt, "damaged"),
    "empty.jpg": (lambda path: path.write_bytes(b""), "empty"),
    "text.jpg": (lambda path: path.write_text("not a picture"), "not a picture"),
    "huge.png": (lambda path: large_png(path, 30_000), "max_megapixels"),
}


@pytest.mark.parametrize("name", BAD_IMAGES)
def test_a_bad_image_is_named_and_the_good_ones_are_published(
    name: str, catalogue: Make, volvelle
) -> None:
    """Exit code 1, one problem with its remedy, and a site of the others."""
    folder = catalogue(4)
    make, word = BAD_IMAGES[name]
    make(folder / "images" / name)

    ran = volvelle("build", folder, "--json", "-q")
    again = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"]) == (1, 4)
    (problem,) = ran.json["problems"]
    assert name == problem["path"]
    assert word in problem["problem"] + problem["remedy"]
    assert problem["remedy"]
    assert "Traceback" not in ran.err
    assert ran.json["problems"] == again.json["problems"]
    assert (folder / "site/items/f0/index.html").is_file()


def test_an_image_that_turns_bad_is_no_tombstone(catalogue: Make, volvelle) -> None:
    """What cannot be read today is not removed: the register keeps it as present."""
    folder = catalogue(4)
    volvelle("build", folder, "-q")
    register = (folder / "register.csv").read_text()
    corrupt(folder / "images/f1.png")

    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"]) == (1, 3)
    assert register == (folder / "register.csv").read_text()
    page = (folder / "site/items/f1/index.html").read_text()
    assert "cannot be shown at present" in page


def test_a_folder_without_permission_is_reported(catalogue: Make, volvelle, monkeypatch) -> None:
    """The rest is built; simulated, because the superuser may read everything."""
    import os

    folder = catalogue(3)
    draw(folder / "images/closed/x.png", 9)
    real = os.scandir

    def scandir(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"]) == (1, 3)
    assert "closed" in ran.json["problems"][0]["path"]


def test_a_row_for_a_missing_image_is_reported(catalogue: Make, volvelle) -> None:
    """And the image without a row as well."""
    folder = catalogue(2, rows=["f0.png,One,A,1200", "gone.png,Two,A,1201"])

    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"]) == (1, 2)
    told = " ".join(p["path"] + p["problem"] for p in ran.json["problems"])
    assert "gone.png" in told
    assert "f1.png" in told


def test_two_images_with_one_id_are_both_published(catalogue: Make, volvelle) -> None:
    """The second gets an id of its own, and it is said."""
    folder = catalogue(2)
    (folder / "metadata.csv").write_text("id,filename,title\nsame,f0.png,One\nsame,f1.png,Two\n")

    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"]) == (1, 2)
    assert any("same" in problem["problem"] for problem in ran.json["problems"])
    assert len(set(json.loads((folder / "site/api/catalogue.json").read_text())["ids"])) == 2


SETTINGS_FAULTS = {
    "[catalogue]\ntitel = 'x'": 'unknown setting "catalogue.titel"; did you mean "title"?',
    "[site]\nlist_lenght = 5": 'unknown setting "site.list_lenght"; did you mean "list_length"?',
    "[catalogue\n": "is not valid TOML",
    "[neighbours]\ncount = 'many'": 'setting "neighbours.count" is wrong',
    "[[views]]\nname = 'Not A Slug'": "lower-case letters",
    "[[views]]\nbackbone = 'lite1'": 'unknown backbone "lite1"; did you mean "lite0"?',
    "[metadata]\nfacets = ['sorce']": 'did you mean "source"?',
    "[metadata]\nfile = 'nothing.csv'": "nothing.csv",
    "[images]\nfolder = 'nowhere'": "nowhere",
}


@pytest.mark.parametrize("toml", SETTINGS_FAULTS)
def test_wrong_settings_are_told_in_one_sentence(toml: str, catalogue: Make, volvelle) -> None:
    """What is wrong, where, and what was probably meant; no build is begun."""
    folder = catalogue(2, settings=toml)
    before = tree(folder / "images")

    ran = volvelle("build", folder, "-q")

    assert ran.code in (1, 2)
    assert SETTINGS_FAULTS[toml] in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert not (folder / "site").exists()
    assert before == tree(folder / "images")


@pytest.mark.parametrize(
    "toml", [t for t in SETTINGS_FAULTS if "folder" not in t and "file" not in t]
)
def test_wrong_settings_are_wrong_usage(toml: str, catalogue: Make, volvelle) -> None:
    """Exit code 2."""
    assert volvelle("build", catalogue(2, settings=toml), "-q").code == 2


def test_metadata_in_another_encoding_names_line_and_byte(catalogue: Make, volvelle) -> None:
    """Latin-1 is not guessed at."""
    folder = catalogue(2)
    (folder / "metadata.csv").write_bytes("filename,title\nf0.png,Traité\n".encode("latin-1"))

    ran = volvelle("build", folder, "-q")

    assert ran.code == 1
    assert "line 2" in ran.err
    assert "0xe9" in ran.err.lower()


def test_an_output_folder_that_is_not_ours_is_refused(catalogue: Make, volvelle) -> None:
    """Nothing in it is touched."""
    folder = catalogue(2)
    other = folder / "thesis"
    other.mkdir()
    (other / "chapter.txt").write_text("years of work")

    ran = volvelle("build", folder, "--out", other, "-q")

    assert ran.code == 1
    assert "was not made by volvelle" in ran.err
    assert tree(other) == {"chapter.txt": b"years of work"}


def test_the_catalogue_itself_is_no_output_folder(catalogue: Make, volvelle) -> None:
    """Nor is anything that holds it."""
    folder = catalogue(2)
    before = tree(folder)

    for out in (folder, folder.parent):
        assert volvelle("build", folder, "--out", out, "-q").code == 1

    assert before == tree(folder)


def test_a_file_in_the_way_of_a_page_is_not_overwritten(catalogue: Make, volvelle) -> None:
    """Somebody's own page with the address of a new image stops the build, and stays."""
    folder = catalogue(2)
    volvelle("build", folder, "-q")
    own = folder / "site/items/f9/index.html"
    own.parent.mkdir()
    own.write_text("my own page")
    draw(folder / "images/f9.png", 9)

    ran = volvelle("build", folder, "-q")

    assert ran.code == 1
    assert "move it away" in ran.err
    assert own.read_text() == "my own page"


def test_no_images_at_all(catalogue: Make, volvelle) -> None:
    """One sentence that says where to put some."""
    folder = catalogue(0, rows=[])
    (folder / "images").mkdir()

    ran = volvelle("build", folder, "-q")

    assert ran.code == 1
    assert "there are no images" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_a_folder_that_does_not_exist(tmp_path: Path, volvelle) -> None:
    """Wrong usage."""
    ran = volvelle("build", tmp_path / "nowhere")

    assert ran.code == 2
    assert "there is no such folder" in ran.err


def neighbours(folder: Path, view: str) -> dict:
    return json.loads((folder / f"site/api/neighbours/{view}.json").read_text())


def check_complete(folder: Path, sources: list[str]) -> None:
    """Each image of each default view lists as many others as there are, each once."""
    n = len(sources)
    for view in ("likeness", "form", "look"):
        published = neighbours(folder, view)
        for scope in ("all", "others"):
            for row in range(n):
                listed = [
                    i for i in published[scope]["neighbours"][row] if i is not None and i >= 0
                ]
                allowed = {
                    i
                    for i in range(n)
                    if i != row and (scope == "all" or not sources[i] or sources[i] != sources[row])
                }
                assert len(set(listed)) == len(listed) == min(20, len(allowed)), (view, scope)
                assert set(listed) <= allowed
                scores = published[scope]["scores"][row][: len(listed)]
                assert sorted(scores, reverse=True) == scores
                assert np.isfinite(scores).all()
        places = json.loads((folder / f"site/api/layouts/{view}-map.json").read_text())
        assert len(set(zip(places["x"], places["y"], strict=True))) == n


SOURCES = {
    "one source only": ["A"] * 7,
    "every image its own": list("ABCDEFG"),
    "no source column": [""] * 7,
    "one image": ["A"],
    "two images": ["A", "A"],
    "three images": ["A", "B", ""],
}


@pytest.mark.parametrize("name", SOURCES)
def test_any_division_into_sources_is_safe(name: str, catalogue: Make, volvelle) -> None:
    """The default views are built, and every list is as long as it can be."""
    sources = SOURCES[name]
    folder = catalogue(len(sources), settings="")
    lines = [f"f{n}.png,Figure {n},{source}" for n, source in enumerate(sources)]
    table = "\n".join(["filename,title,source", *lines])
    if not any(sources):
        table = table.replace(",source", "")
    (folder / "metadata.csv").write_text(table + "\n")

    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"], ran.err) == (0, len(sources), "")
    check_complete(folder, sources)


def test_a_single_image_of_a_source_finds_its_copy_in_a_large_one(
    catalogue: Make, volvelle
) -> None:
    """The mean of its source would be itself, and nothing of it be left to compare."""
    sources = ["A"] * 31 + ["B"]
    rows = [f"f{n}.png,Figure {n},{source},1200" for n, source in enumerate(sources)]
    folder = catalogue(32, rows=rows, settings="")
    draw(folder / "images/f31.png", 5, (92, 72))

    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"]) == (0, 32)
    check_complete(folder, sources)
    for view in ("likeness", "form", "look"):
        published = neighbours(folder, view)
        assert published["all"]["neighbours"][31][0] == 5, view
        assert published["others"]["neighbours"][31][0] == 5, view


def test_thirty_identical_images(catalogue: Make, volvelle) -> None:
    """All are published, each the nearest of the others, and none lies on another."""
    folder = catalogue(1, settings="")
    (folder / "metadata.csv").unlink()
    for number in range(1, 30):
        (folder / f"images/copy{number}.png").write_bytes((folder / "images/f0.png").read_bytes())

    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"], ran.err) == (0, 30, "")
    check_complete(folder, [""] * 30)
    for view in ("likeness", "form", "look"):
        lists = neighbours(folder, view)["all"]
        assert len({score for row in lists["scores"] for score in row}) == 1
        assert list(range(20)) == lists["neighbours"][29]


def test_blank_pictures_have_pages_like_others(catalogue: Make, volvelle) -> None:
    """Nothing is drawn on any of them, so nothing has pieces; they differ in colour alone."""
    folder = catalogue(0, rows=[], settings="")
    (folder / "images").mkdir()
    (folder / "metadata.csv").unlink()
    for number in range(6):
        shade = (250 - 9 * number, 240, 230)
        Image.new("RGB", (60, 50), shade).save(folder / f"images/f{number}.png")

    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"], ran.err) == (0, 6, "")
    check_complete(folder, [""] * 6)


def test_one_blank_picture_among_others(catalogue: Make, volvelle) -> None:
    """A sheet with nothing on it is nobody's relative in form, and nobody's harm."""
    folder = catalogue(5, settings=PIECES)
    Image.new("RGB", (90, 70), (240, 240, 240)).save(folder / "images/f2.png")

    ran = volvelle("build", folder, "--json", "-q")

    assert ran.code == 0
    lists = neighbours(folder, "form")["all"]
    assert lists["scores"][2] == [0, 0, 0, 0]
    for row in (0, 1, 3, 4):
        assert lists["neighbours"][row][-1] == 2


HOSTILE = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img onerror=alert(3) src=x>',
    "مجموعة الأشكال",
    "Diagram 🌒 with emoji",
    "{{ 7 * 7 }} {% raw %}",
]


def test_hostile_titles_come_out_as_text(catalogue: Make, volvelle) -> None:
    """No title becomes markup or script in any file of the site."""
    quoted = ['"' + title.replace('"', '""') + '"' for title in HOSTILE]
    rows = [f"f{n}.png,{title},{title},1200" for n, title in enumerate(quoted)]
    folder = catalogue(len(HOSTILE), rows=rows)

    ran = volvelle("build", folder, "--json", "-q")

    assert ran.code == 0
    data = json.loads((folder / "site/api/catalogue.json").read_text())
    assert set(HOSTILE) == set(data["titles"])
    for path in (folder / "site").rglob("*"):
        if path.suffix in (".html", ".js", ".xml") and path.parent.name != "assets":
            text = path.read_text()
            assert "<script>alert" not in text, path
            assert "<img onerror" not in text, path


def test_a_full_disk_is_told_and_the_former_site_stays_whole(catalogue: Make, volvelle) -> None:
    """Simulated by a limit on the size of files, which the kernel enforces."""
    folder = catalogue(6)
    (folder / "metadata.csv").unlink()
    volvelle("build", folder, "-q")
    before = tree(folder / "site")
    for seed in (60, 61, 62):
        draw(folder / "images" / f"g{seed}.png", seed)
    code = (
        "import resource, signal\nfrom builder.cli import main\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        f"main(['build', {str(folder)!r}, '-q'])\n"
    )
    root = Path(__file__).parents[2]

    limited = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    after = volvelle("build", folder, "--json", "-q")

    assert limited.returncode == 1
    assert "the disk is full" in limited.stderr
    assert "free some space" in limited.stderr
    assert "Traceback" not in limited.stderr
    assert after.code == 0
    assert after.json["images"] == 9
    assert before.keys() <= tree(folder / "site").keys()
