"""The page on which any two images are laid over each other; its script reads the address."""

from __future__ import annotations

from builder.pages.frame import File, Frame

PATH = "compare/index.html"


def compare_page(frame: Frame) -> File:
    """The one page for all pairs; it has no content of its own, so no search engine lists it."""
    return frame.page("compare.html", PATH, robots="noindex")
