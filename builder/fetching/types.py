"""What IIIF documents say, whatever their version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Values = Mapping[str, tuple[str, ...]]
"""BCP 47 tag, "" where no language is said -> texts, without markup."""


@dataclass(frozen=True)
class Entry:
    """A label with its value."""

    label: Values
    value: Values


@dataclass(frozen=True)
class Service:
    """An image service.

    Attributes:
        address: without a slash at the end.
        version: of the Image API, 1 to 3.
        level: of compliance, None where it is not said.
    """

    address: str
    version: int
    level: int | None = None


@dataclass(frozen=True)
class Picture:
    """One picture that is painted on a canvas.

    Attributes:
        address: of the picture as the manifest names it, "" if it names none.
        service: that has it in all sizes; None if there is none.
        region: what part of it is meant, as the Image API writes it; "" for the whole.
    """

    address: str
    service: Service | None = None
    region: str = ""


@dataclass(frozen=True)
class Said:
    """What is said of a manifest or a canvas.

    Attributes:
        rights: address of a licence or statement, or words; "" if none.
        credit: what must be shown with the pictures.
        homepage: address of a page on it, "" if none.
    """

    label: Values = field(default_factory=dict)
    metadata: tuple[Entry, ...] = ()
    rights: str = ""
    credit: Values = field(default_factory=dict)
    homepage: str = ""


@dataclass(frozen=True)
class Canvas:
    """One page or side of an object.

    Attributes:
        address: its name, without a fragment.
        pictures: that are painted on it.
        sections: the ranges that hold it, each as the way to it, "Book I / Chapter 2".
        width, height: in the units that annotations are measured in; 0 where they are not said.
    """

    address: str
    said: Said
    pictures: tuple[Picture, ...]
    sections: tuple[str, ...] = ()
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Manifest:
    """One object; its canvases in order."""

    address: str
    said: Said
    canvases: tuple[Canvas, ...]


@dataclass(frozen=True)
class Collection:
    """Manifests and further collections, in order.

    Attributes:
        members: the address of each, and what stands there if the collection holds it whole.
    """

    address: str
    label: Values
    members: tuple[tuple[str, Manifest | Collection | None], ...]
