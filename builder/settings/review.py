"""Which false detections are left out, and where a curator overrules what we take images for."""

from __future__ import annotations

from typing import Literal

from builder.settings.base import Table

Excludable = Literal["blank", "text", "photograph", "fragment", "duplicate", "suspect"]
"""Kinds of images that `images.exclude` may leave out of neighbours and clusters."""


class ReviewSettings(Table):
    """Blanks, blocks of text and other images that a catalogue may not want."""

    file: str = "review.csv"
    """CSV with the columns image, kind and note, in which a curator overrules what images are
    taken for; it is read, never written. May be missing."""
    duplicates: bool = True
    """Whether images that nearly repeat an earlier one, also turned or mirrored, are called
    duplicates; if not, only equal files are."""
