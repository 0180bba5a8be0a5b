"""Whether a host takes a site: its size, its files, and for how many images there is room."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.care.types import Finding

_SMALLER = "lower site.display_pixels, set site.portable = false, or choose another host"
_NEAR = 0.9


@dataclass(frozen=True)
class Host:
    """What a host takes.

    Attributes:
        name: as people call it.
        site: bytes of a whole site.
        file: bytes of one file.
        files: number of files from which publishing may take longer than the host waits.
    """

    name: str
    site: int
    file: int
    files: int


HOSTS = {"pages": Host("GitHub Pages", 10**9, 100 * 2**20, 200_000)}
"""GitHub's documentation: a published site of at most 1 GB, files of at most 100 MiB in a
repository, ten minutes for a deployment; for the number of files it names no limit, but what must
be packed and unpacked within those minutes is bounded."""


@dataclass(frozen=True)
class Size:
    """How large a site is.

    Attributes:
        bytes, files: of the whole site.
        images: in the catalogue.
        per_image: bytes that one more image costs, at the present mean.
        room: about how many images the host takes; 0 without a host.
    """

    bytes: int
    files: int
    images: int
    per_image: int
    room: int


def size_of(files: Mapping[str, int], images: int, target: str) -> Size:
    """The size, and what it will be.

    Args:
        files: path from the site's root -> bytes.
        images: how many the catalogue has.
        target: a key of HOSTS, or "files" for no host.
    """
    whole = sum(files.values())
    fixed = sum(size for path, size in files.items() if path.startswith("assets/"))
    each = (whole - fixed) // images if images else 0
    host = HOSTS.get(target)
    room = (host.site - fixed) // each if host and each else 0
    return Size(whole, len(files), images, each, room)


def limit_findings(files: Mapping[str, int], size: Size, target: str) -> Iterator[Finding]:
    """What the host refuses, or will soon."""
    host = HOSTS.get(target)
    if host is None:
        return
    said = f"the site has {size.bytes / 1e9:.2f} GB, {host.name} takes at most 1 GB"
    if size.bytes > host.site:
        yield Finding(".", said, _SMALLER, "size")
    elif size.bytes > _NEAR * host.site:
        more = f"{said}: there is room for some {max(0, size.room - size.images):,} more images"
        yield Finding(".", more, _SMALLER, "size", "warning")
    for path, length in files.items():
        if length > host.file:
            what = f"has {length / 2**20:.0f} MiB, {host.name} takes at most 100 MiB a file"
            yield Finding(path, what, "leave it out, or put it elsewhere and link to it", "size")
    if size.files > host.files:
        what = f"there are {size.files:,} files: publishing may take longer than ten minutes"
        yield Finding(".", what, _SMALLER, "size", "warning")
