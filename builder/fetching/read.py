"""A IIIF document, whatever its version."""

from __future__ import annotations

import json

from builder.errors import CorpusError
from builder.fetching import presentation2, presentation3
from builder.fetching.nodes import Node, kind_of
from builder.fetching.types import Collection, Manifest


def document(content: bytes, address: str) -> Node:
    """The JSON object of a file.

    Raises:
        CorpusError: it is a web page, cut off, or no object of JSON.
    """
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        start = content.lstrip()[:100].lower()
        if start.startswith((b"<!doctype", b"<html", b"<head")):
            remedy = "look on that page for a link to its IIIF manifest"
            raise CorpusError("is a web page, not a IIIF document", address, remedy) from error
        raise CorpusError("is not JSON, or cut off", address, "check the address") from error
    if not isinstance(found, dict):
        raise CorpusError("is JSON, but no IIIF document", address, "check the address")
    return found


def presentation(content: bytes, address: str) -> Manifest | Collection:
    """A manifest or a collection of Presentation API 2 or 3.

    Raises:
        CorpusError: it is neither.
    """
    found = document(content, address)
    third, kind = _is_third(found), kind_of(found)
    if kind == "Manifest":
        read = presentation3.manifest if third else presentation2.manifest
        return read(found, address)
    if kind == "Collection":
        held = presentation3.collection if third else presentation2.collection
        return held(found, address)
    remedy = "name a manifest or a collection of IIIF Presentation API 2 or 3"
    what = f'is of type "{kind[:40]}"' if kind else "says no type"
    raise CorpusError(f"is no IIIF manifest ({what})", address, remedy)


def _is_third(found: Node) -> bool:
    context = str(found.get("@context", ""))
    if "presentation/2" in context or "presentation/3" in context:
        return "presentation/3" in context
    return "items" in found or "type" in found
