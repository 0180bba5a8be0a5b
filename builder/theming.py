"""The user's own looks: `templates/`, `theme/` and [site.theme] in catalogue.toml.

Templates of the user go before ours, block by block: one that begins with
`{% extends "!image.html" %}` changes what it says and leaves the rest. `theme/theme.css` stands
after our style sheet, and what else lies in theme/ (fonts, a logo) goes into the site beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from builder.errors import SettingsError
from builder.pages.environment import fault_in
from builder.pages.types import Theme
from builder.settings import FILE_NAME, ThemeSettings
from builder.workspace import fingerprint

TEMPLATES = "templates"
FOLDER = "theme"
SHEET = "theme.css"

_SPACES = {"half": 4, "1": 8, "2": 16, "3": 24, "4": 32, "6": 48, "8": 64, "12": 96}
_DENSITY = {"close": 0.75, "usual": 1.0, "wide": 1.3}
_NIGHT = (
    "@media (prefers-color-scheme: dark) {{ :root:not([data-theme='light']) {{ {0} }} }}",
    ":root[data-theme='dark'] {{ {0} }}",
)


@dataclass(frozen=True)
class Looks:
    """What a user changes of the site's looks.

    Attributes:
        templates: by their file names.
        style: the style sheet that stands after ours, "" for none.
        files: further files for the site's assets/theme/, by their paths in it.
        logo: path of the logo in theme/, "" for none.
    """

    templates: Mapping[str, str]
    style: str
    files: Mapping[str, Path]
    logo: str = ""

    @property
    def theme(self) -> Theme:
        """For the pages."""
        return Theme(self.templates, bool(self.style), self.logo)

    @cached_property
    def fingerprint(self) -> str:
        """Of everything: pages are stale when it changes."""
        files = {
            name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in self.files.items()
        }
        parts = {"templates": dict(self.templates), "style": self.style, "logo": self.logo}
        return fingerprint({**parts, "files": files})

    def site_files(self) -> Iterator[tuple[str, bytes | Path]]:
        """What the site gets of it."""
        if self.style:
            yield f"assets/{FOLDER}/{SHEET}", self.style.encode()
        for name, path in self.files.items():
            yield f"assets/{FOLDER}/{name}", path


def read_looks(folder: Path, settings: ThemeSettings) -> Looks:
    """The user's looks; none of the files need to be there.

    Raises:
        SettingsError: a file cannot be read, a template is wrong, or there is no such logo.
    """
    templates = {
        path.name: _text(path, f"{TEMPLATES}/{path.name}")
        for path in sorted((folder / TEMPLATES).glob("*.html"))
    }
    for name, text in templates.items():
        if fault := fault_in(text):
            raise SettingsError(fault, f"{TEMPLATES}/{name}", "mend the template, or move it away")
    root = folder / FOLDER
    found = sorted(path for path in root.rglob("*") if path.is_file())
    files = {path.relative_to(root).as_posix(): path for path in found}
    sheet = files.pop(SHEET, None)
    if settings.logo and settings.logo not in files:
        what = f'site.theme.logo names "{settings.logo}", which is not in {FOLDER}/'
        raise SettingsError(what, FILE_NAME, f"put it into {FOLDER}/")
    own = _text(sheet, f"{FOLDER}/{SHEET}") if sheet else ""
    return Looks(templates, style_of(settings) + own, files, settings.logo)


def style_of(settings: ThemeSettings) -> str:
    """The settings as a style sheet; "" if they change nothing."""
    day = [_colours(settings.day)] if settings.day else []
    fonts = (("font-text", settings.text), ("font-ui", settings.interface))
    day += [f"--{name}: {value};" for name, value in fonts if value]
    if settings.density != "usual":
        by = _DENSITY[settings.density]
        day += [f"--space-{name}: {size * by:g}px;" for name, size in _SPACES.items()]
    rules = [f":root {{ {' '.join(day)} }}"] if day else []
    if settings.night:
        rules += [rule.format(_colours(settings.night)) for rule in _NIGHT]
    return "".join(f"{rule}\n" for rule in rules)


def _colours(colours: Mapping[Any, str]) -> str:
    found = [f"--{name}: {colour};" for name, colour in colours.items()]
    if "accent" in colours:
        wash = f"color-mix(in srgb, {colours['accent']} 10%, transparent)"
        found.append(f"--accent-wash: {wash};")
    return " ".join(found)


def _text(path: Path, name: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("cannot be read as UTF-8", name, "save it as UTF-8") from error
