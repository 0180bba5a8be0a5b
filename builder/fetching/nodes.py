"""Careful looks into JSON that others wrote: whatever is not as it should be is not there."""

from __future__ import annotations

import math
import re
from typing import Any
from urllib.parse import urldefrag, urlsplit

from builder.fetching.types import Service

Node = dict[str, Any]

_LEVEL = re.compile(r"level([0-2])", re.IGNORECASE)


def nodes(value: Any) -> list[Node]:
    """The objects of a list, or the one that stands there by itself."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def listed(node: Node, key: str) -> list[Any]:
    """What stands in the list of that name; nothing where there is no list."""
    found = node.get(key)
    return found if isinstance(found, list) else []


def name_of(node: Any) -> str:
    """The address that a node bears, or is."""
    if isinstance(node, str):
        return node.strip()
    found = (node.get("id") or node.get("@id")) if isinstance(node, dict) else ""
    return found.strip() if isinstance(found, str) else ""


def kind_of(node: Node) -> str:
    """Its type without a prefix: "Manifest", "Image", "Choice"."""
    found = node.get("type") or node.get("@type") or ""
    found = found[0] if isinstance(found, list) and found else found
    return str(found).rpartition(":")[2]


def on_the_web(address: str) -> str:
    """The address if it can be asked for, else ""."""
    try:
        parts = urlsplit(address)
        return address if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def bare(address: str) -> str:
    """An address without its fragment."""
    return urldefrag(address)[0]


def first_text(value: Any) -> str:
    """The first string of a value."""
    for one in value if isinstance(value, list) else [value]:
        if found := name_of(one):
            return found
    return ""


def service_of(node: Node) -> Service | None:
    """The image service of a picture, of the newest version that it names."""
    found = [one for part in nodes(node.get("service")) if (one := _service(part))]
    return max(found, key=lambda one: one.version, default=None)


def _service(node: Node) -> Service | None:
    address = on_the_web(name_of(node))
    said = " ".join(
        str(part)
        for part in (kind_of(node), node.get("@context"), node.get("profile"))
        if part is not None
    )
    if not address or "auth" in said or "search" in said:
        return None
    level = _LEVEL.search(str(node.get("profile")))
    version = 3 if "ImageService3" in said or "image/3" in said else 2
    if "image/1" in said or "image-api/1" in said or "library.stanford.edu" in said:
        version = 1
    return Service(address.rstrip("/"), version, int(level[1]) if level else None)


def whole(value: Any) -> int:
    """A positive whole number, else 0."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if number and math.isfinite(value) and 0 < value < 10**9 else 0
