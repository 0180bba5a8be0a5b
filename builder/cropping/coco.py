"""Boxes of COCO's format for the detection of objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.cropping.numbers import NOWHERE, box, number, text
from builder.cropping.types import Region


def is_coco(document: Any) -> bool:
    """Whether a JSON document is in COCO's format."""
    return isinstance(document, dict) and all(
        isinstance(document.get(key), list) for key in ("images", "annotations")
    )


def regions(document: dict[str, Any]) -> Iterator[Region]:
    """All boxes, in the order of the annotations."""
    pages = {str(one.get("id")): one for one in document["images"] if isinstance(one, dict)}
    listed = document.get("categories")
    categories = {
        str(one.get("id")): text(one.get("name"))
        for one in (listed if isinstance(listed, list) else ())
        if isinstance(one, dict)
    }
    for at, one in enumerate(document["annotations"], start=1):
        found = one if isinstance(one, dict) else {}
        page = pages.get(str(found.get("image_id")), {})
        size = number(page.get("width")), number(page.get("height"))
        yield Region(
            str(page.get("file_name") or f"image {found.get('image_id')}"),
            box(found.get("bbox")) if "bbox" in found else NOWHERE,
            size if size[0] > 0 and size[1] > 0 else None,
            categories.get(str(found.get("category_id")), ""),
            f"annotation {found.get('id', at)}",
        )
