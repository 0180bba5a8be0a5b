"""Regions of Web Annotations, of IIIF 3 and 2, alone, in pages or in lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from builder.cropping.numbers import NOWHERE, Box, around, number, text
from builder.cropping.types import Region

_LISTS = ("items", "resources", "first", "@graph", "annotations")
_XYWH = re.compile(r"xywh=(?:(pixel|percent|pct):)?([^&]+)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_RECT = re.compile(r"<rect\b[^>]*>")
_POINTS = re.compile(r"<(?:polygon|polyline)\b[^>]*\bpoints=[\"']([^\"']+)")
_PATH = re.compile(r"<path\b[^>]*\bd=[\"']([^\"']+)")
_DEEPEST = 6

Found = tuple[str, Box, tuple[float, float] | None]


def is_annotations(document: Any) -> bool:
    """Whether a JSON document holds annotations."""
    return next(_annotations(document, 0), None) is not None


def regions(document: Any) -> Iterator[Region]:
    """All regions that annotations point to, in their order."""
    for at, one in enumerate(_annotations(document, 0), start=1):
        name = one.get("id") or one.get("@id") or f"number {at}"
        targets = one.get("target", one.get("on"))
        for target in targets if isinstance(targets, list) else [targets]:
            page, box, size = _target(target)
            yield Region(page, box, size, _label(one), f"annotation {name}")


def _annotations(node: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(node, list):
        for one in node:
            yield from _annotations(one, depth + 1)
    elif isinstance(node, dict):
        kind = str(node.get("type") or node.get("@type") or "")
        if kind.rpartition(":")[2] == "Annotation" or "target" in node or "on" in node:
            yield node
        elif depth < _DEEPEST:
            for key in _LISTS:
                yield from _annotations(node.get(key), depth + 1)


def _target(target: Any) -> Found:
    """Page, box and its units of what an annotation points to."""
    if isinstance(target, str):
        page, _, fragment = target.partition("#")
        return (page, *_fragment(fragment))
    if not isinstance(target, dict):
        return "", NOWHERE, None
    source = target.get("source", target.get("full", target.get("id", target.get("@id", ""))))
    if isinstance(source, dict):
        source = source.get("id") or source.get("@id") or ""
    page, _, fragment = str(source).partition("#")
    for selector in _selectors(target.get("selector")):
        found = _selected(selector)
        if found[0] is not NOWHERE:
            return (page, *found)
    return (page, *_fragment(fragment))


def _selectors(selector: Any) -> Iterator[dict[str, Any]]:
    for one in selector if isinstance(selector, list) else [selector]:
        if isinstance(one, dict):
            yield one
            # A choice of version 2: the default first.
            yield from _selectors(one.get("default"))
            yield from _selectors(one.get("item"))


def _selected(selector: dict[str, Any]) -> tuple[Box, tuple[float, float] | None]:
    value = selector.get("value", selector.get("chars", ""))
    if isinstance(value, str) and "<" in value:
        return _drawn(value), None
    region = selector.get("region")
    return _fragment(f"xywh={region}" if isinstance(region, str) else str(value))


def _fragment(fragment: str) -> tuple[Box, tuple[float, float] | None]:
    """A fragment of media: xywh in pixels, or in per cent."""
    found = _XYWH.search(fragment)
    if not found:
        return NOWHERE, None
    value = found[2].removeprefix("pct:")
    shares = bool(found[1] in ("percent", "pct") or value != found[2])
    parts = [number(part) for part in value.split(",")]
    if len(parts) != 4:
        return NOWHERE, None
    return (parts[0], parts[1], parts[2], parts[3]), (100.0, 100.0) if shares else None


def _drawn(svg: str) -> Box:
    """The box round what an SVG draws: rectangles, polygons, and paths of absolute points."""
    if rect := _RECT.search(svg):
        named = dict(re.findall(r"\b(x|y|width|height)=[\"']([^\"']+)", rect[0]))
        left, top = number(named.get("x", 0)), number(named.get("y", 0))
        return left, top, number(named.get("width")), number(named.get("height"))
    shape = _POINTS.search(svg) or _PATH.search(svg)
    if not shape or re.search(r"[a-ln-yhvHVAQTSC]", re.sub(r"[eE](?=[-+]?\d)", "", shape[1])):
        return NOWHERE
    values = _NUMBER.findall(shape[1])
    return around(values[::2], values[1::2]) if len(values) % 2 == 0 else NOWHERE


def _label(annotation: dict[str, Any]) -> str:
    """What a body says in words: a tag first, else any text."""
    bodies = annotation.get("body", annotation.get("resource"))
    found = [one for one in (bodies if isinstance(bodies, list) else [bodies]) if one]
    tags: list[str] = []
    texts: list[str] = []
    for one in found:
        if isinstance(one, str):
            texts += [] if one.startswith("http") else [text(one)]
        elif isinstance(one, dict):
            value = text(one.get("value", one.get("chars", one.get("label"))))
            kind = f"{one.get('purpose', '')} {one.get('type', one.get('@type', ''))}"
            (tags if "tagging" in kind or "Tag" in kind else texts).append(value)
    plain = (re.sub(r"<[^>]*>", "", one).strip() for one in [*tags, *texts])
    return next((one for one in plain if one), "")
