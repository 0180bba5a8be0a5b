"""What annotation files say of parts of pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """A box on a page, as somebody drew it.

    Attributes:
        page: what the file calls the page: a path, a name or an address.
        box: left, top, width, height.
        size: width and height of the page in the units of the box, as far as the file says; (1, 1)
            where boxes are shares; None if it says nothing: then they are pixels.
        label: what it shows, "" if nobody said.
        where: its place in the file, for messages.
        title: what the page is called beside its name, "" for nothing.
    """

    page: str
    box: tuple[float, float, float, float]
    size: tuple[float, float] | None = None
    label: str = ""
    where: str = ""
    title: str = ""


@dataclass(frozen=True)
class Cut:
    """Pixels of a page that are to be cut out.

    Attributes:
        left, top, width, height: within the page.
        box: what was drawn, in pixels of the page, before the margin.
    """

    left: int
    top: int
    width: int
    height: int
    box: tuple[int, int, int, int]
