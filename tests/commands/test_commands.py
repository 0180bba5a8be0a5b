"""The commands besides build, as users call them."""

from __future__ import annotations

import json
import threading
import tomllib
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from support import draw, tree

from builder import settings
from builder.commands.serving import server

Make = Callable[..., Path]


@pytest.fixture
def built(catalogue: Make, volvelle) -> Path:
    """A catalogue of seven images that is built."""
    folder = catalogue(7)
    assert volvelle("build", folder, "-q").code == 0
    return folder


def test_init_writes_settings_that_fit(tmp_path: Path, volvelle) -> None:
    """Columns are guessed by their names; the result is valid and builds upon what is there."""
    draw(tmp_path / "images/a.png", 1)
    rows = "Datei;Titel;Handschrift;Jahr;Thema\na.png;Eins;Codex A;1450;Mond\n"
    (tmp_path / "metadata.csv").write_text(rows, encoding="utf-8")

    ran = volvelle("init", tmp_path)
    again = volvelle("init", tmp_path)

    read = settings.read(tmp_path)
    assert (ran.code, again.code) == (0, 1)
    assert "use --force" in again.err
    found = read.metadata
    assert (found.filename, found.title, found.source, found.date) == (
        "Datei",
        "Titel",
        "Handschrift",
        "Jahr",
    )
    assert tomllib.loads((tmp_path / "catalogue.toml").read_text())["images"]["folder"] == "images"


def test_a_folder_of_nothing_but_pictures_is_a_catalogue(tmp_path: Path, volvelle) -> None:
    """Without images/, settings or metadata; and the site inside is never taken for pictures."""
    for number in range(3):
        draw(tmp_path / f"{number}.png", number)

    first = volvelle("build", tmp_path, "--json", "-q")
    second = volvelle("build", tmp_path, "--json", "-q")

    assert (first.code, first.json["images"]) == (0, 3)
    assert (second.code, second.json["images"]) == (0, 3)


def test_query_finds_what_the_site_says(built: Path, volvelle) -> None:
    """By id, and by the file, which finds itself first."""
    item = json.loads((built / "site/api/items/f2.json").read_text())
    expected = [near["id"] for near in item["views"]["look"]["neighbours"]["all"]]

    by_id = volvelle("query", "f2", "-c", built, "--json")
    by_file = volvelle("query", built / "images/f2.png", "-c", built, "--json")

    assert [hit["id"] for hit in by_id.json["neighbours"]] == expected
    assert [hit["id"] for hit in by_file.json["neighbours"]] == ["f2", *expected]
    # The source of a picture from outside is not known, so its mean is not what is taken off.
    itself, second = (hit["score"] for hit in by_file.json["neighbours"][:2])
    assert 0.7 < itself <= 1
    assert itself > second + 0.1


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["f99"], 1, "there is no such image"),
        (["f2", "--view", "nothing"], 2, "views are: look"),
    ],
)
def test_query_says_what_is_missing(
    arguments: list[str], code: int, words: str, built: Path, volvelle
) -> None:
    """One sentence for an unknown image or view."""
    ran = volvelle("query", *arguments, "-c", built)

    assert ran.code == code
    assert words in ran.err


def test_query_and_export_want_a_build(catalogue: Make, volvelle, tmp_path: Path) -> None:
    """Before the first build they say what to run."""
    folder = catalogue(2)

    for command in (["query", "f0", "-c", folder], ["export", folder, "--to", tmp_path / "x"]):
        ran = volvelle(*command)
        assert ran.code == 1
        assert "run volvelle build" in ran.err


def test_export_writes_what_the_site_publishes(built: Path, volvelle, tmp_path: Path) -> None:
    """The same bytes as under exports/."""
    ran = volvelle("export", built, "--to", tmp_path / "out")

    assert ran.code == 0
    assert tree(tmp_path / "out") == tree(built / "site/exports")


def test_check_finds_faults_without_building(built: Path, volvelle) -> None:
    """Clean at first; then an empty file, a lost page and a row without image are named."""
    clean = volvelle("check", built)
    (built / "images/zero.jpg").touch()
    (built / "site/about/index.html").unlink()
    with (built / "metadata.csv").open("a") as file:
        file.write("gone.png,Gone,A,1300\n")

    ran = volvelle("check", built, "--json")

    assert clean.code == 0
    assert ran.code == 1
    told = " ".join(problem["path"] + problem["problem"] for problem in ran.json["problems"])
    for word in ("zero.jpg", "about/index.html", "gone.png"):
        assert word in told


def test_info_counts_and_lists(built: Path, volvelle) -> None:
    """Images, networks with their layers, and the settings in force."""
    told = volvelle("info", built, "--json").json

    assert (told["images"], told["registered"]) == (7, 7)
    assert "blocks.6" in volvelle("info", "--backbones").out
    view = volvelle("info", built, "--settings", "--json").json["views"][0]
    assert view["descriptors"][0]["size"] == 64


def test_clean_removes_what_can_be_made_again(built: Path, volvelle) -> None:
    """Artifacts, and on request the site; inputs, register and others' files stay."""
    (built / "site/CNAME").write_text("example.org")
    register = (built / "register.csv").read_bytes()

    assert volvelle("clean", built, "--site").code == 0

    assert not (built / ".volvelle").exists()
    assert tree(built / "site") == {"CNAME": b"example.org"}
    assert (built / "register.csv").read_bytes() == register
    assert len(list((built / "images").iterdir())) == 7


def test_clean_leaves_a_foreign_folder_alone(catalogue: Make, volvelle) -> None:
    """A folder that volvelle did not make is not removed."""
    folder = catalogue(1)
    (folder / "site").mkdir()
    (folder / "site/mine.txt").write_text("mine")

    ran = volvelle("clean", folder, "--site")

    assert ran.code == 1
    assert (folder / "site/mine.txt").exists()


@pytest.mark.parametrize("prefix", ["/", "/sub/path/"])
def test_serve_answers_as_a_web_host_would(prefix: str, built: Path) -> None:
    """Pages with and without index.html, the site's 404 page, and nothing outside the site."""
    with server(built / "site", 0, prefix) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        root = f"http://127.0.0.1:{running.server_port}{prefix}"

        def get(path: str) -> tuple[int, bytes, str]:
            try:
                with urllib.request.urlopen(root + path) as answer:
                    return answer.status, answer.read(), answer.headers["Content-Type"]
            except urllib.error.HTTPError as error:
                return error.code, error.read(), error.headers["Content-Type"]

        home = (built / "site/index.html").read_bytes()
        missing = (built / "site/404.html").read_bytes()
        assert get("")[:2] == (200, home)
        assert get("items/f1/")[:2] == get("items/f1/index.html")[:2]
        assert get("thumbs/f1.webp")[2] == "image/webp"
        for path in ("nothing", "images/", "../catalogue.toml", "%2e%2e/catalogue.toml"):
            assert get(path)[:2] == (404, missing), path
        running.shutdown()


def test_serve_without_a_site(catalogue: Make, volvelle) -> None:
    """It says what to run first."""
    ran = volvelle("serve", catalogue(1))

    assert ran.code == 1
    assert "run volvelle build first" in ran.err


def test_version_and_help(volvelle) -> None:
    """Both answer on standard output with exit code 0; no command at all is wrong usage."""
    assert volvelle("--version").out.startswith("volvelle ")
    assert "Exit codes" in volvelle("--help").out
    assert volvelle("bild").code == 2


def test_a_new_catalogue_has_the_three_views(tmp_path: Path, volvelle) -> None:
    """`init` writes what a catalogue without a file has, so that it can be changed."""
    volvelle("init", tmp_path)

    assert settings.read(tmp_path).views == settings.default_views()
