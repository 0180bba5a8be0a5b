"""A draft as SVG: one group a class, and beside each line how sure it is and what it answers to."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from builder.vectors.types import KINDS, Arc, Circle, Drawing, Found, Segment, Shape

_GROUPS = {"segment": "segments", "circle": "circles", "arc": "arcs"}


def svg(drawing: Drawing, title: str) -> str:
    """The text of a picture as large as the drawing; `title` says what it is a draft of."""
    size = f'width="{drawing.width}" height="{drawing.height}"'
    pen = max(1.0, min(drawing.pen, 0.006 * max(drawing.width, drawing.height)))
    groups = "".join(_group(drawing, kind) for kind in KINDS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f'viewBox="0 0 {drawing.width} {drawing.height}" fill="none" stroke="#0f62c4" '
        f'stroke-width="{_n(pen)}" stroke-linecap="round">\n'
        f"<title>{escape(title)}</title>\n{groups}</svg>\n"
    )


def _group(drawing: Drawing, kind: str) -> str:
    lines = "".join(_element(one, kind, at) for at, one in enumerate(drawing.of(kind), 1))
    return f'<g id="{_GROUPS[kind]}" class="{_GROUPS[kind]}">\n{lines}</g>\n'


def _element(one: Found, kind: str, number: int) -> str:
    data = " ".join(f'{name}="{escape(value)}"' for name, value in _data(one))
    return f'{_shape(one.shape)} id="{kind}-{number}" {data}/>\n'


def _data(one: Found) -> Iterator[tuple[str, str]]:
    yield "data-confidence", f"{one.confidence:.4g}"
    yield "data-residual", f"{one.residual:.3g}"
    if one.moved:
        yield "data-moved", f"{one.moved:.3g}"
    if one.relations:
        yield "data-relations", "; ".join(one.relations)


def _shape(shape: Shape) -> str:
    if isinstance(shape, Segment):
        x1, y1, x2, y2 = (_n(value) for value in shape.points().ravel().tolist())
        return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"'
    if isinstance(shape, Arc):
        start, end = shape.at(shape.start), shape.at(shape.start + shape.sweep)
        large = int(shape.sweep > 180)
        radius = _n(shape.r)
        return (
            f'<path d="M{_n(start[0])} {_n(start[1])}A{radius} {radius} 0 {large} 1 '
            f'{_n(end[0])} {_n(end[1])}"'
        )
    assert isinstance(shape, Circle)
    return f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.r)}"'


def _n(value: float) -> str:
    """Two decimals, without zeros that say nothing."""
    return f"{round(value, 2) + 0.0:.2f}".rstrip("0").rstrip(".")
