"""Pictures that may not be shown are nowhere in what is published, and credit lines are."""

from __future__ import annotations

import base64
import io
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import iiif_prezi3
import numpy as np
import pytest
from PIL import Image, ImageDraw
from support import draw, tree

from builder import pipeline
from builder.commands import exporting, releasing
from builder.progress import Silent
from builder.settings import parse

_SETTINGS = """
[catalogue]
title = "Closed and open"
site_url = "https://example.org/c/"

[rights.sources]
"Closed source" = "withheld"

[rights.credits]
A = "Library of A"

[site]
keep_removed = "always"
keep_versions = true
iiif_images = true


[[views]]
name = "pieces"
preparation = "pieces"
size = 32
backbone = "strokes"
"""

_ROWS = """filename,title,source,rights_status,credit
f0.png,F0,A,,
f1.png,F1,A,,Own line
f2.png,F2,B,open,
f3.png,F3,B,,
secret.png,Secret,B,withheld,Not to be seen
gone.png,Gone,B,Withheld,
slip.png,Slip,B,witheld,
closed.png,Closed,Closed source,,
small.png,Small,B,restricted,Thumbnail only
"""

_SECRET, _SMALL = (255, 0, 255), (0, 255, 0)
_HIDDEN = ("secret", "slip", "closed")


def sheet(path: Path, ground: tuple[int, int, int], seed: int) -> None:
    """A diagram on a ground of a colour that no other picture has."""
    rng = np.random.default_rng(seed)
    picture = Image.new("RGB", (900, 600), ground)
    pen = ImageDraw.Draw(picture)
    for _ in range(5):
        x, y, r = (int(v) for v in rng.integers(60, 380, 3))
        pen.ellipse((x, y, x + r, y + r), outline=(40, 0, 40), width=6)
    picture.save(path)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue built, frozen, changed and built again; it has figures of its own too."""
    folder = tmp_path_factory.mktemp("rights")
    for number in range(4):
        draw(folder / "images" / f"f{number}.png", number, (300, 200))
    for number, name in enumerate((*_HIDDEN, "gone")):
        sheet(folder / "images" / f"{name}.png", _SECRET, number)
    sheet(folder / "images/small.png", _SMALL, 9)
    (folder / "metadata.csv").write_text(_ROWS)
    (folder / "catalogue.toml").write_text(_SETTINGS)
    settings = parse(tomllib.loads(_SETTINGS))
    site, options = folder / "site", pipeline.Options(jobs=1)
    pipeline.build(folder, settings, options, Silent())
    releasing.release(folder, site, "v1", "", "", False)
    (folder / "images/gone.png").unlink()
    sheet(folder / "images/secret.png", _SECRET, 20)
    sheet(folder / "images/small.png", _SMALL, 21)
    pipeline.build(folder, settings, options, Silent())
    exporting.draw(folder, [folder / "map.png", folder / "map.svg"], exporting.Figures(dpi=150))
    return folder


def pictures(files: dict[str, bytes]) -> Iterator[tuple[str, np.ndarray]]:
    """Every picture in files, those in scripts and drawings too, (h, w, 3)."""
    encoded = re.compile(rb"(?:\"|base64,)\s*((?:[A-Za-z0-9+/]\s?){100,}={0,2})")
    for path, content in files.items():
        found = [content] if path.endswith((".webp", ".png", ".jpg")) else []
        if path.endswith((".js", ".svg", ".html", ".json")) and not path.startswith("assets/"):
            found += [
                base64.b64decode(one + b"=" * (-len(one) % 4)) for one in encoded.findall(content)
            ]
        for one in found:
            try:
                yield path, np.asarray(Image.open(io.BytesIO(one)).convert("RGB")).astype(int)
            except OSError:
                assert path.endswith((".js", ".json", ".html")), path


def near(picture: np.ndarray, colour: tuple[int, int, int]) -> int:
    """How many pixels are about of a colour; drawing and compressing change it a little."""
    return int((np.abs(picture - colour).max(-1) < 90).sum())


def test_nothing_withheld_is_in_any_picture(published: Path) -> None:
    """No pixel of it in pages, atlas, twins, cards, means, kept pictures, releases or figures."""
    files = tree(published / "site")
    files |= {name: (published / name).read_bytes() for name in ("map.png", "map.svg")}
    looked, green = [], []
    for path, picture in pictures(files):
        looked.append(path)
        assert near(picture, _SECRET) == 0, path
        if near(picture, _SMALL):
            green.append(path)

    # The reader does see atlas pages, their twins, cards, means and figures.
    for start in ("atlas/", "data/atlas/", "items/f0/card", "clusters/", "map.", "iiif/images/f0"):
        assert any(path.startswith(start) for path in looked), start
    assert "thumbs/small.webp" in green
    assert "items/small/card.jpg" in green


def test_the_test_would_see_a_leak(published: Path) -> None:
    """The pictures that must not be found are such as the reader here finds."""
    kept = [p for p in (published / ".volvelle").rglob("*.webp") if "pictures" in p.as_posix()]
    seen = [
        near(picture, _SECRET) for _, picture in pictures({str(p): p.read_bytes() for p in kept})
    ]

    assert sum(count > 0 for count in seen) >= 2 * 5


def test_nothing_withheld_is_told_in_numbers_or_files(published: Path) -> None:
    """No display copy, no service, no card, no pieces, no measures and no colours of it."""
    site = published / "site"
    files = tree(site)
    catalogue = json.loads(files["api/catalogue.json"])
    rows = {one: catalogue["ids"].index(one) for one in (*_HIDDEN, "small")}
    colours = {catalogue["colour"][rows[one]] for one in _HIDDEN}

    assert colours == {0xE2DED5}
    assert catalogue["closed"]["restricted"] == [rows["small"]]
    assert sorted(catalogue["closed"]["withheld"]) == sorted(rows[one] for one in _HIDDEN)
    for name in (*_HIDDEN, "small"):
        assert f"images/{name}.webp" not in files
        assert not any(path.startswith(f"iiif/images/{name}") for path in files)
        assert not any(path.startswith(f"items/{name}/pieces") for path in files)
        assert not any(
            path.startswith(f"items/{name}/versions/") and "webp" in path for path in files
        )
        item = json.loads(files[f"api/items/{name}.json"])
        assert item["image"] is None
        page = files[f"items/{name}/index.html"].decode()
        assert "data-zoom" not in page
        assert "palette" not in page or name == "small"
    for name in _HIDDEN:
        item = json.loads(files[f"api/items/{name}.json"])
        assert (item["access"], item["thumb"]) == ("withheld", None)
        assert set(item["measures"].values()) == {None}
        assert f"items/{name}/card.jpg" not in files
        page = files[f"items/{name}/index.html"].decode()
        assert "og:image" not in page
        assert (
            f"thumbs/{name}.webp" not in page.partition('class="hall"')[2].partition("</figure>")[0]
        )
        manifest = files[f"items/{name}/manifest.json"].decode()
        iiif_prezi3.Manifest.model_validate_json(manifest)
        assert "/thumbs/" not in manifest
        assert '"painting"' not in manifest
        assert f"images/{name}.webp" not in files["sitemap.xml"].decode()
        assert f"thumbs/{name}.webp" not in files["feed.xml"].decode()
        assert f"thumbs/{name}.webp" not in files["exports/nodes.csv"].decode()
    assert "thumbs/gone.webp" not in files
    assert not list((published / "kept").rglob("*")) if (published / "kept").exists() else True
    assert any(path.startswith("items/f0/pieces") for path in files)


def test_credit_lines_go_with_pictures(published: Path) -> None:
    """On pages, in IIIF, data, exports and figures: the row's own line, or its source's."""
    files = tree(published / "site")

    for name, line in (("f0", "Library of A"), ("f1", "Own line"), ("small", "Thumbnail only")):
        assert line in files[f"items/{name}/index.html"].decode()
        manifest = json.loads(files[f"items/{name}/manifest.json"])
        assert line in json.dumps(manifest["requiredStatement"])
        assert json.loads(files[f"api/items/{name}.json"])["credit"] == line
        for path in ("exports/nodes.csv", "exports/graph.gexf", "api/catalogue.json"):
            assert line in files[path].decode()
    assert "Library of A" in re.sub(r"\s+", " ", (published / "map.svg").read_text())


def test_a_word_that_is_not_known_withholds_and_is_told(published: Path) -> None:
    """A slip of the pen publishes nothing; so does a wrong source in the settings tell itself."""
    settings = parse(tomllib.loads(_SETTINGS.replace("Closed source", "Closed sauce")))
    report = pipeline.build(published, settings, pipeline.Options(jobs=1, dry_run=True), Silent())

    told = [one.problem for one in report.problems]
    assert any('"witheld"' in one for one in told)
    assert any('"Closed sauce", which no image has' in one for one in told)


def test_the_register_remembers_rights(published: Path) -> None:
    """What was withheld when its file was removed stays so; its page shows no picture."""
    register = (published / "register.csv").read_text().splitlines()

    assert register[0].endswith(",title,rights")
    assert any(line.startswith("gone,") and line.endswith(",withheld") for line in register)
    page = (published / "site/items/gone/index.html").read_text()
    assert "<img" not in page
