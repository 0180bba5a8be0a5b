"""A draft as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import asdict

from builder.vectors.types import Arc, Circle, Drawing, Found, Segment, Shape

_KINDS: dict[str, type[Segment] | type[Circle] | type[Arc]] = {
    "segment": Segment,
    "circle": Circle,
    "arc": Arc,
}


def drawing_to_json(drawing: Drawing) -> dict[str, object]:
    """Numbers to four decimals, so that equal drawings give equal bytes."""
    return {
        "width": drawing.width,
        "height": drawing.height,
        "pen": round(drawing.pen, 4),
        "found": [
            {
                "kind": one.shape.kind,
                "shape": {name: round(value, 4) for name, value in asdict(one.shape).items()},
                "confidence": round(one.confidence, 4),
                "residual": round(one.residual, 4),
                "moved": round(one.moved, 4),
                "relations": list(one.relations),
            }
            for one in drawing.found
        ],
    }


def drawing_from_json(text: str) -> Drawing:
    """What `drawing_to_json` wrote."""
    data = json.loads(text)
    found = tuple(
        Found(
            _shape(one["kind"], one["shape"]),
            one["confidence"],
            one["residual"],
            one["moved"],
            tuple(one["relations"]),
        )
        for one in data["found"]
    )
    return Drawing(data["width"], data["height"], found, data["pen"])


def _shape(kind: str, values: dict[str, float]) -> Shape:
    return _KINDS[kind](**values)
