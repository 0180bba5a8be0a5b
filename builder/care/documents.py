"""Whether the documents of a site are what their schemas promise."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from builder.care.types import Finding

KINDS = (
    (r"api/items/[^/]+", "item"),
    (r"api/layouts/[^/]+", "layout"),
    (r"api/clusters/[^/]+", "clusters"),
    (r"api/neighbours/[^/]+", "neighbours"),
    (r"api/neighbours/[^/]+/\d+", "neighbours-part"),
    (r"api/alignments/[^/]+", "alignments"),
    (r"api/alignments/[^/]+/\d+", "alignments-part"),
    (r"api/(catalogue|search|layouts|removed|measures|kinds)", ""),
    (r"(version)", ""),
)
"""Patterns of paths without ".json", and the schema; "" where the path says it."""

_REMEDY = "run volvelle build; if it stays so, report it"


def kind_of(path: str) -> str | None:
    """Which schema a file of the site follows; None if it has none."""
    name, dot, end = path.rpartition(".")
    if (dot, end) != (".", "json"):
        return None
    for pattern, kind in KINDS:
        if found := re.fullmatch(pattern, name):
            return kind or found[1]
    return None


def document_findings(
    paths: Iterable[str], read: Callable[[str], bytes], schemas: Path
) -> Iterator[Finding]:
    """Documents that cannot be read or do not fit.

    Args:
        paths: of the site's files.
        read: gives the bytes of one.
        schemas: the folder of `<kind>.schema.json`.
    """

    @cache
    def validator(kind: str) -> Any:
        from jsonschema import Draft202012Validator

        return Draft202012Validator(json.loads((schemas / f"{kind}.schema.json").read_bytes()))

    for path in paths:
        kind = kind_of(path)
        if kind is None:
            continue
        try:
            document = json.loads(read(path))
        except (OSError, ValueError):
            yield Finding(path, "cannot be read as JSON", _REMEDY, "schemas")
            continue
        error = next(validator(kind).iter_errors(document), None)
        if error is not None:
            place = "/".join(str(part) for part in error.absolute_path) or "the document"
            what = f"does not fit the schema of {kind}: {place}: {error.message[:120]}"
            yield Finding(path, what, _REMEDY, "schemas")
