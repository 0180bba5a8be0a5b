"""Regions of the VGG Image Annotator, versions 1 and 2: projects, annotations as JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from builder.cropping.numbers import NOWHERE, Box, around, number, text
from builder.cropping.types import Region

_NAMES = ("label", "name", "title", "type", "class", "caption", "description")


def is_project(document: Any) -> bool:
    """Whether a JSON document is one of VIA's."""
    if not isinstance(document, dict):
        return False
    files = document.get("_via_img_metadata", document)
    return isinstance(files, dict) and any(
        isinstance(one, dict) and "filename" in one and "regions" in one for one in files.values()
    )


def regions(document: dict[str, Any]) -> Iterator[Region]:
    """All regions of a project or of exported annotations."""
    for key, file in document.get("_via_img_metadata", document).items():
        if not isinstance(file, dict):
            continue
        told = file.get("file_attributes")
        title = text(told.get("title")) if isinstance(told, dict) else ""
        for at, one in enumerate(_listed(file.get("regions")), start=1):
            region = one if isinstance(one, dict) else {}
            yield Region(
                str(file.get("filename") or key),
                _shape(region.get("shape_attributes")),
                label=_label(region.get("region_attributes")),
                where=f"region {at} of {key}",
                title=title,
            )


def _listed(found: Any) -> list[Any]:
    """Version 1 numbers regions in an object, version 2 has a list of them."""
    listed = list(found.values()) if isinstance(found, dict) else found
    return listed if isinstance(listed, list) else []


def is_table(content: str) -> bool:
    """Whether a text is a table of VIA's."""
    head = content.lstrip("\ufeff").splitlines()[:1]
    return bool(head) and "region_shape_attributes" in head[0]


def table(content: str) -> Iterator[Region]:
    """All regions of annotations exported as CSV; a file without regions has a line too."""
    csv.field_size_limit(2**31 - 1)  # outlines are long
    reader = csv.DictReader(io.StringIO(content.lstrip("\ufeff"), newline=""))
    for row in reader:
        page = row.get("filename") or row.get("#filename") or ""
        if str(row.get("region_count", "")).strip() == "0":
            continue
        yield Region(
            page,
            _shape(_object(row.get("region_shape_attributes"))),
            label=_label(_object(row.get("region_attributes"))),
            where=f"line {reader.line_num}",
        )


def _object(cell: str | None) -> Any:
    try:
        return json.loads(cell or "{}")
    except (ValueError, RecursionError):
        return None


def _shape(shape: Any) -> Box:
    """The box round a shape."""
    if not isinstance(shape, dict):
        return NOWHERE
    if "all_points_x" in shape:
        xs, ys = shape.get("all_points_x"), shape.get("all_points_y")
        return around(xs, ys) if isinstance(xs, list) and isinstance(ys, list) else NOWHERE
    if "cx" in shape:
        across = number(shape.get("r", shape.get("rx")))
        down = number(shape.get("r", shape.get("ry")))
        left, top = number(shape["cx"]) - across, number(shape.get("cy")) - down
        return left, top, 2 * across, 2 * down
    keys = ("x", "y", "width", "height")
    left, top, width, height = (number(shape.get(key)) for key in keys)
    return left, top, width, height


def _label(attributes: Any) -> str:
    """What a region is called: by a name that says so, else by its first attribute."""
    if not isinstance(attributes, dict):
        return ""
    folded = {str(key).casefold(): text(one) for key, one in attributes.items()}
    named = [folded[name] for name in _NAMES if folded.get(name)]
    return next(iter([*named, *(one for one in folded.values() if one)]), "")
