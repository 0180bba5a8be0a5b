"""Manifests and collections of Presentation API 3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from builder.fetching.nodes import (
    Node,
    bare,
    first_text,
    kind_of,
    listed,
    name_of,
    nodes,
    on_the_web,
    service_of,
    whole,
)
from builder.fetching.texts import chosen, values
from builder.fetching.types import Canvas, Collection, Entry, Manifest, Picture, Said


def manifest(document: Node, address: str) -> Manifest:
    """The manifest that stands at an address."""
    sections = dict(_sections(nodes(document.get("structures"))))
    return Manifest(
        name_of(document) or address,
        said_of(document),
        tuple(
            Canvas(
                bare(name),
                said_of(node),
                tuple(_pictures(node)),
                sections.get(bare(name), ()),
                whole(node.get("width")),
                whole(node.get("height")),
            )
            for node in nodes(document.get("items"))
            if kind_of(node) == "Canvas" and (name := name_of(node))
        ),
    )


def collection(document: Node, address: str) -> Collection:
    """The collection that stands at an address; members that it holds whole are read too."""
    members: list[tuple[str, Manifest | Collection | None]] = []
    for node in nodes(document.get("items")):
        name, kind = on_the_web(name_of(node)), kind_of(node)
        if not name or kind not in ("Manifest", "Collection"):
            continue
        whole = None
        if nodes(node.get("items")):
            whole = manifest(node, name) if kind == "Manifest" else collection(node, name)
        members.append((name, whole))
    return Collection(name_of(document) or address, values(document.get("label")), tuple(members))


def said_of(node: Node) -> Said:
    """What a manifest or a canvas says of itself."""
    statement = node.get("requiredStatement")
    return Said(
        label=values(node.get("label")),
        metadata=tuple(
            Entry(values(one.get("label")), values(one.get("value")))
            for one in nodes(node.get("metadata"))
        ),
        rights=first_text(node.get("rights")),
        credit=values(statement.get("value")) if isinstance(statement, dict) else {},
        homepage=on_the_web(first_text(node.get("homepage"))),
    )


def _pictures(canvas: Node) -> Iterator[Picture]:
    for page in nodes(canvas.get("items")):
        for annotation in nodes(page.get("items")):
            if annotation.get("motivation", "painting") in ("painting", ["painting"]):
                for body in nodes(annotation.get("body")):
                    if found := picture(body):
                        yield found


def picture(body: Node, region: str = "") -> Picture | None:
    """The picture of a body; of a choice the first, which is its default."""
    kind = kind_of(body)
    if kind == "Choice":
        found = (picture(one, region) for one in nodes(body.get("items")))
        return next((one for one in found if one), None)
    if kind == "SpecificResource":
        source = body.get("source")
        inner = source if isinstance(source, dict) else {"id": source, "type": "Image"}
        return picture(inner, _selected(body.get("selector")) or region)
    if kind not in ("Image", ""):
        return None
    address, service = on_the_web(name_of(body)), service_of(body)
    return Picture(address, service, region) if address or service else None


def _selected(selector: Any) -> str:
    for one in nodes(selector):
        region = one.get("region")
        if isinstance(region, str) and region != "full":
            return region
        value = one.get("value")
        if isinstance(value, str) and value.startswith("xywh="):
            return value.removeprefix("xywh=").replace("pixel:", "").replace("percent:", "pct:")
    return ""


def _sections(ranges: list[Node]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(canvas, the ways to it) through ranges that hold each other."""
    found: dict[str, dict[str, None]] = {}

    def walk(node: Node, way: tuple[str, ...], depth: int) -> None:
        label = chosen(values(node.get("label")), "")[1]
        here = (*way, label) if label else way
        for item in listed(node, "items"):
            kind = kind_of(item) if isinstance(item, dict) else "Canvas"
            if kind == "Range" and depth < _DEEPEST:
                walk(item, here, depth + 1)
            elif kind in ("Canvas", "SpecificResource") and here:
                source = item.get("source", item) if isinstance(item, dict) else item
                found.setdefault(bare(name_of(source)), {})[" / ".join(here)] = None

    for top in ranges:
        walk(top, (), 0)
    yield from ((canvas, tuple(ways)) for canvas, ways in found.items())


_DEEPEST = 12
