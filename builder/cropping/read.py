"""Regions of a file, whichever tool wrote it."""

from __future__ import annotations

import json
from typing import Any

from builder.cropping import coco, via, web_annotations
from builder.cropping.types import Region
from builder.errors import CorpusError

_KNOWN = "annotations as JSON (Web Annotations, IIIF, VIA, COCO), VIA's CSV, or a folder of YOLO's"


def regions(content: bytes, name: str) -> tuple[Region, ...]:
    """All regions of a file.

    Raises:
        CorpusError: it is not text, or of no kind that is known.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CorpusError("is not UTF-8", name, f"give {_KNOWN}") from error
    if via.is_table(text):
        return tuple(via.table(text))
    document = _json(text, name)
    if via.is_project(document):
        return tuple(via.regions(document))
    if coco.is_coco(document):
        return tuple(coco.regions(document))
    if web_annotations.is_annotations(document):
        return tuple(web_annotations.regions(document))
    raise CorpusError("holds no boxes of a kind that is known", name, f"give {_KNOWN}")


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        what = "is neither JSON nor a table of VIA's"
        raise CorpusError(what, name, f"give {_KNOWN}") from error
