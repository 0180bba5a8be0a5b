"""The looks that users give the pages, as docs/theming.md has them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from builder.care.contrast import contrast_findings, ratio, rgb, themes
from builder.errors import OutputError, SettingsError
from builder.pages.render import render
from builder.pages.resources import data_dir
from builder.pages.types import SiteInput
from builder.settings import parse
from builder.theming import read_looks

_DOCS = (Path(__file__).parents[2] / "docs/theming.md").read_text(encoding="utf-8")


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", _DOCS, re.DOTALL)
    assert found
    return found[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalogue's folder with everything that the documentation shows."""
    for name, text in (
        ("catalogue.toml", example("toml")),
        ("theme/theme.css", example("css")),
        ("theme/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("templates/base.html", example("jinja")),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def themed(folder: Path, site: SiteInput) -> tuple[dict[str, bytes], str]:
    """The site's files in these looks, and the style sheet."""
    settings = parse(tomllib.loads((folder / "catalogue.toml").read_text())).site.theme
    looks = read_looks(folder, settings)
    return dict(render(replace(site, theme=looks.theme))), looks.style


def test_the_example_restyles_every_page(folder: Path, site: SiteInput) -> None:
    """Each page has the style sheet after ours, the logo and the block; the rest stays."""
    plain = dict(render(site))
    files, style = themed(folder, site)
    pages = [path for path in files if path.endswith(".html")]
    added = (
        rb'<link rel="stylesheet" href="[./c]*/?assets/theme/theme.css">\n',
        rb'<img class="bar-logo" src="[./c]*/?assets/theme/logo.svg" alt="">',
        rb'<p class="foot-house">.*?</p>\n',
    )

    assert len(pages) > 40
    for path in pages:
        text = files[path]
        assert text.index(b"volvelle.css") < text.index(b"theme/theme.css"), path
        for pattern in added:
            text, count = re.subn(pattern, b"", text)
            assert count == 1, (path, pattern)
        assert text.split() == plain[path].split()
    assert "--accent: #7fc4ec;" in style
    assert style.index("--space-1: 10.4px") < style.index("--radius: 8px")


def test_looks_that_cannot_be_are_named(folder: Path, site: SiteInput) -> None:
    """A broken template with its line, a lost logo, a name that a page does not have."""
    (folder / "templates/base.html").write_text('{% extends "!base.html" %}\n{% block %}')
    with pytest.raises(SettingsError, match=r"templates/base.html: line 2"):
        themed(folder, site)
    (folder / "templates/base.html").write_text("{{ nothing.of_this }}")
    with pytest.raises(OutputError, match="mend your templates"):
        themed(folder, site)
    (folder / "theme/logo.svg").unlink()
    with pytest.raises(SettingsError, match=r"logo\.svg"):
        themed(folder, site)


@pytest.mark.parametrize(
    "table", [{"day": {"accent": "red; } body { display: none"}}, {"text": "x; } a {"},
              {"logo": "../secret.png"}, {"day": {"hue": "#000000"}}],
)  # fmt: skip
def test_settings_cannot_leave_their_place(table: dict) -> None:
    """What is no colour, font or file in theme/ is refused."""
    with pytest.raises(SettingsError):
        parse({"site": {"theme": table}})


def test_our_colours_and_the_examples_can_be_read() -> None:
    """By day and by night; a grey that is too pale is found."""
    css = (data_dir("static") / "volvelle.css").read_text(encoding="utf-8")

    assert themes(css)[1]["ground"] == "#141312"
    assert list(contrast_findings(css, "x")) == []
    assert list(contrast_findings(css + example("css"), "x")) == []
    pale = list(contrast_findings(css + ":root { --grey-2: #bbb }", "theme.css"))
    assert {one.path for one in pale} == {"theme.css"}
    assert all("--grey-2" in one.problem and "by day" in one.problem for one in pale)


def test_contrast_is_that_of_the_guidelines() -> None:
    """Black on white is 21 to 1; the same colour on itself 1; #767676 is the palest grey."""
    assert ratio((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert ratio((9, 9, 9), (9, 9, 9)) == 1
    assert ratio(rgb("#767676") or (0, 0, 0), (255, 255, 255)) == pytest.approx(4.54, abs=0.005)
    assert rgb("rgb(1 2 3)") == (1, 2, 3)
    assert rgb("rgb(1 2 3 / 0.5)") is None
