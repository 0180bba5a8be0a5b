"""Manifests and collections of Presentation API 2."""

from __future__ import annotations

import re
from collections.abc import Iterator

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

_DEEPEST = 12
# The picture of a part of an image as some write it: .../<region>/<size>/<rotation>/<quality>
_REGION = re.compile(r"/(\d+,\d+,\d+,\d+|pct:[\d.,]+)/[^/]+/[^/]+/(?:native|default)\.\w+$")


def manifest(document: Node, address: str) -> Manifest:
    """The manifest that stands at an address; its first sequence is the order of its pages."""
    sections = dict(_sections(nodes(document.get("structures"))))
    sequence = next(iter(nodes(document.get("sequences"))), {})
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
            for node in nodes(sequence.get("canvases"))
            if (name := name_of(node))
        ),
    )


def collection(document: Node, address: str) -> Collection:
    """The collection that stands at an address; the page after it counts as a further one."""
    members: list[tuple[str, Manifest | Collection | None]] = []
    for key in ("members", "manifests", "collections"):
        for node in nodes(document.get(key)):
            name = on_the_web(name_of(node))
            if not name or any(name == known for known, _ in members):
                continue
            inner = any(node.get(one) for one in ("members", "manifests", "collections"))
            members.append((name, collection(node, name) if inner else None))
    members += [
        (name, None)
        for key in ("first", "next")
        if (name := on_the_web(name_of(document.get(key))))
    ]
    return Collection(name_of(document) or address, values(document.get("label")), tuple(members))


def said_of(node: Node) -> Said:
    """What a manifest or a canvas says of itself."""
    related = node.get("related")
    return Said(
        label=values(node.get("label")),
        metadata=tuple(
            Entry(values(one.get("label")), values(one.get("value")))
            for one in nodes(node.get("metadata"))
        ),
        rights=first_text(node.get("license")),
        credit=values(node.get("attribution")),
        homepage=on_the_web(first_text(related)),
    )


def _pictures(canvas: Node) -> Iterator[Picture]:
    for annotation in nodes(canvas.get("images")):
        for resource in nodes(annotation.get("resource")):
            if found := picture(resource):
                yield found


def picture(resource: Node) -> Picture | None:
    """The picture of a resource; of a choice its default."""
    kind = kind_of(resource)
    if kind == "Choice":
        parts = [*nodes(resource.get("default")), *nodes(resource.get("item"))]
        return next((found for one in parts if (found := picture(one))), None)
    address = on_the_web(name_of(resource))
    if kind == "SpecificResource":
        whole = next(iter(nodes(resource.get("full"))), {})
        selector = next(iter(nodes(resource.get("selector"))), {})
        region = selector.get("region")
        cut = _REGION.search(address)
        said = region if isinstance(region, str) and region != "full" else ""
        service = service_of(whole) or service_of(resource)
        return Picture(on_the_web(name_of(whole)), service, said or (cut[1] if cut else ""))
    service = service_of(resource)
    return Picture(address, service) if address or service else None


def _sections(ranges: list[Node]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(canvas, the ways to it); ranges name each other, so nobody says that they end."""
    known = {name_of(one): one for one in ranges}
    inner = {name_of(child) for one in ranges for child in _children(one)}
    found: dict[str, dict[str, None]] = {}

    def walk(node: Node, way: tuple[str, ...], passed: frozenset[str]) -> None:
        label = chosen(values(node.get("label")), "")[1]
        here = (*way, label) if label and node.get("viewingHint") != "top" else way
        for canvas in listed(node, "canvases"):
            if here:
                found.setdefault(bare(name_of(canvas)), {})[" / ".join(here)] = None
        for member in nodes(node.get("members")):
            if kind_of(member) == "Canvas" and here:
                found.setdefault(bare(name_of(member)), {})[" / ".join(here)] = None
        for child in map(name_of, _children(node)):
            if child in known and child not in passed and len(passed) < _DEEPEST:
                walk(known[child], here, passed | {child})

    for top in ranges:
        if name_of(top) not in inner:
            walk(top, (), frozenset({name_of(top)}))
    yield from ((canvas, tuple(ways)) for canvas, ways in found.items())


def _children(node: Node) -> list[object]:
    members = [one for one in nodes(node.get("members")) if kind_of(one) == "Range"]
    return [*listed(node, "ranges"), *members]
