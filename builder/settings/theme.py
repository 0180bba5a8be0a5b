"""Settings of the site's looks: colours, type, logo, density."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import field_validator

from builder.settings.base import Table

Colour = Literal[
    "ground", "ground-raised", "ground-sunk", "ink", "grey-1", "grey-2", "grey-3", "accent",
    "on-accent", "plate",
]  # fmt: skip
"""Colours that a theme may name: what is written on, what is written, and the one accent."""

_FONTS = re.compile(r"[\w\s,'\"-]*")


class ThemeSettings(Table):
    """The site's looks. What is not set stays; theme/theme.css and templates/ can change more."""

    day: Mapping[Colour, str] = {}
    """Colours on a light ground, such as accent = "#00517a"."""
    night: Mapping[Colour, str] = {}
    """Colours on a dark ground."""
    text: str = ""
    """Type of running text and headings, as CSS has it: "'EB Garamond', serif". Fonts that are not
    everywhere are put into theme/ and named in theme/theme.css."""
    interface: str = ""
    """Type of buttons and labels."""
    logo: str = ""
    """A picture in theme/ that stands before the title on every page."""
    density: Literal["close", "usual", "wide"] = "usual"
    """How much room is left between things."""

    @field_validator("day", "night")
    @classmethod
    def _colours(cls, value: Mapping[str, str]) -> Mapping[str, str]:
        for name, colour in value.items():
            if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
                raise ValueError(f'needs a colour such as "#00517a" for {name}')
        return value

    @field_validator("text", "interface")
    @classmethod
    def _fonts(cls, value: str) -> str:
        if not _FONTS.fullmatch(value):
            raise ValueError("must be names of fonts, parted by commas")
        return value

    @field_validator("logo")
    @classmethod
    def _inside(cls, value: str) -> str:
        if value.startswith("/") or ".." in value.split("/") or "\\" in value:
            raise ValueError('must be a file in theme/, such as "logo.svg"')
        return value
