"""What the corpus room gives to all others: the images and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.errors import Problem
from builder.settings import Access

__all__ = [
    "FORMULA",
    "Access",
    "Corpus",
    "DateSpan",
    "FormerPicture",
    "Image",
    "ReadFile",
    "Relation",
    "Tombstone",
    "inert",
    "one_ending",
]


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is a formula to a spreadsheet."""


def inert(text: str) -> str:
    """A text for a table that is read again: a blank keeps it from being run, and is not read."""
    text = one_ending(text)
    return f" {text}" if text.startswith(FORMULA) else text


def one_ending(text: str) -> str:
    """A text whose lines end with LF: Python's writer of tables leaves a lone CR unquoted."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class DateSpan:
    """A date as written, and the years it may mean: `first` to `last`, inclusive, BCE negative.

    Years are astronomical (1 BCE is 0), so that they can be subtracted.

    Attributes:
        text: as it was written.
        first, last: the years, at their widest.
        certainty: "approximate" if the text says about, "uncertain" if it doubts, as EDTF has it.
        open: the end that the text leaves open ("before 1410", "1410/.."), "" if neither.
    """

    text: str
    first: int
    last: int
    certainty: Literal["exact", "approximate", "uncertain"] = "exact"
    open: Literal["", "before", "after"] = ""

    @property
    def middle(self) -> float:
        """The year half way, for ordering and for the axis of time."""
        return (self.first + self.last) / 2


@dataclass(frozen=True)
class ReadFile:
    """A file of the images folder that was hashed and could be decoded.

    Attributes:
        path: POSIX style, relative to the images folder.
        sha256: hash of the file's bytes, hex.
        width, height: pixels as a reader sees it (EXIF orientation applied).
        notes: remarks from decoding ("first of 12 pages").
    """

    path: str
    sha256: str
    width: int
    height: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Image:
    """One picture of the catalogue.

    Attributes:
        id: permanent slug, the folder name of its page.
        path: where the file is, POSIX style, relative to the images folder.
        sha256: hash of the file's bytes, hex.
        width, height: pixels as a reader sees it (EXIF orientation applied).
        title: what to call it; never empty.
        source: the manuscript, book or collection; "" if unknown.
        date: the date as spans of years, None if unknown.
        fields: every further column of the metadata, in the file's order, label -> text.
        notes: remarks about the file ("first of 12 pages"), for the report and the page.
        access: what of the picture may be shown: all, a thumbnail alone, or nothing.
    """

    id: str
    path: str
    sha256: str
    width: int
    height: int
    title: str
    source: str = ""
    date: DateSpan | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    access: Access = "open"


@dataclass(frozen=True)
class Relation:
    """What somebody says of two images: `subject` is a copy of `object`, say.

    Attributes:
        subject, object: ids of images.
        kind: "copy of", "same as", "detail of" or "see also".
        note: a remark, "" if none.
    """

    subject: str
    kind: str
    object: str
    note: str = ""


VERDICTS = ("exact", "partial", "semantic", "none")
"""What may be said of two images, the nearest first; "none": they do not show the same."""


@dataclass(frozen=True)
class PairVerdict:
    """What somebody says of two images: whether they show the same.

    Attributes:
        image, other: their ids.
        verdict: one of `VERDICTS`.
        who, when, note: as written, "" if not said.
    """

    image: str
    other: str
    verdict: str
    who: str = ""
    when: str = ""
    note: str = ""


@dataclass(frozen=True)
class Tombstone:
    """An image that was in the catalogue once: its address must keep answering.

    Attributes:
        id: its permanent slug.
        path, sha256: its file, as it was last.
        first_seen: ISO date of the build that gave the id.
        redirect_to: the id that it leads on to, through all further redirects; "" if none.
        unreadable: whether the file is still there but could not be read this time.
        title: what it was called last; "" if that is not known.
        date: ISO date of the removal or redirect; "" if that is not known.
        reason: why, in somebody's words; "" if nobody said.
        successors: ids of images to see instead, where it leads on to none by itself.
        access: what of its picture could be shown while it was there.
    """

    id: str
    path: str
    sha256: str
    first_seen: str
    redirect_to: str = ""
    unreadable: bool = False
    title: str = ""
    date: str = ""
    reason: str = ""
    successors: tuple[str, ...] = ()
    access: Access = "open"


@dataclass(frozen=True)
class FormerPicture:
    """A picture that an image had before another took its place.

    Attributes:
        id: of the image.
        sha256: hash of the file that was.
        path: where it was, relative to the images folder.
        since, until: ISO dates of the builds that first showed it, and first showed another.
    """

    id: str
    sha256: str
    path: str
    since: str
    until: str


@dataclass(frozen=True)
class Corpus:
    """The images in natural order of their paths, the removed ones, and what was wrong.

    Attributes:
        images: in natural order; row i of every array of every other room is images[i].
        tombstones: removed images, by id.
        columns: labels of the metadata columns in the file's order.
        facets: those of the labels (or "source") that readers can filter by.
        problems: what could not be read or joined.
        former: pictures that images had before, by id, the earliest first.
    """

    images: tuple[Image, ...]
    tombstones: tuple[Tombstone, ...] = ()
    columns: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    former: tuple[FormerPicture, ...] = ()
