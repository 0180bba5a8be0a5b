"""A draft as a GeoGebra file (.ggb): a zip with geogebra.xml, to go on from by hand.

The names of commands are GeoGebra's internal ones (Segment, Circle, CircleArc), which it reads in
every language. The y axis runs upwards there: the lower left corner of the picture is the origin.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Generator, Iterator

from markupsafe import escape

from builder.vectors.types import Arc, Circle, Drawing, Found, Segment

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: files must not differ by the day
_SCREEN = 800  # pixels of GeoGebra's window for the longer side
_RED, _GREEN, _BLUE = 15, 98, 196
_SAME = 0.5  # pixels: points nearer than this are one, so that what meets stays together


def ggb(drawing: Drawing, title: str) -> bytes:
    """The file's bytes, the same for the same drawing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo("geogebra.xml", _DATE)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, geogebra_xml(drawing, title))
    return out.getvalue()


def geogebra_xml(drawing: Drawing, title: str) -> str:
    """The construction: points, then the lines through them."""
    scale = _SCREEN / max(drawing.width, drawing.height, 1)
    body = "".join(_Construction(drawing).parts())
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<geogebra format="5.0" xsi:noNamespaceSchemaLocation='
        '"http://www.geogebra.org/apps/xsd/ggb.xsd" xmlns="" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        "<euclidianView>\n"
        f'<size width="{_SCREEN}" height="{_SCREEN}"/>\n'
        f'<coordSystem xZero="20" yZero="{_n(drawing.height * scale - 20)}" scale="{_n(scale)}" '
        f'yscale="{_n(scale)}"/>\n'
        '<evSettings axes="false" grid="false" gridIsBold="false" pointCapturing="3" '
        'rightAngleStyle="1" checkboxSize="26" gridType="3"/>\n'
        "</euclidianView>\n"
        f'<construction title="{escape(title)}" author="" date="">\n{body}</construction>\n'
        "</geogebra>\n"
    )


class _Construction:
    """Points and lines in the order in which GeoGebra makes them."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._points: list[tuple[float, float]] = []

    def parts(self) -> Iterator[str]:
        """The elements and commands."""
        for kind, letter in (("segment", "s"), ("circle", "c"), ("arc", "a")):
            for number, one in enumerate(self._drawing.of(kind), 1):
                yield from self._line(one, f"{letter}_{{{number}}}")

    def _line(self, one: Found, label: str) -> Iterator[str]:
        shape = one.shape
        if isinstance(shape, Segment):
            ends = yield from self._named([(shape.x1, shape.y1), (shape.x2, shape.y2)])
            yield _command("Segment", ends, label, "segment")
        elif isinstance(shape, Arc):
            # From start to end against the clock where y runs upwards.
            places = [
                (shape.x, shape.y),
                shape.at(shape.start + shape.sweep),
                shape.at(shape.start),
            ]
            yield _command("CircleArc", (yield from self._named(places)), label, "conicpart")
        else:
            assert isinstance(shape, Circle)
            (centre,) = yield from self._named([(shape.x, shape.y)])
            yield _command("Circle", [centre, _n(shape.r)], label, "conic")

    def _named(self, places: list[tuple[float, float]]) -> Generator[str, None, list[str]]:
        """Labels of points; those that are new are made first."""
        labels: list[str] = []
        for x, y in places:
            at = (x, self._drawing.height - y)
            number = self._known(at, [int(label[3:-1]) - 1 for label in labels])
            if number is None:
                self._points.append(at)
                number = len(self._points) - 1
                yield _point(f"P_{{{number + 1}}}", *at)
            labels.append(f"P_{{{number + 1}}}")
        return labels

    def _known(self, at: tuple[float, float], taken: list[int]) -> int | None:
        """A point that is there already, but not one that this line has."""
        for number, (x, y) in enumerate(self._points):
            if abs(x - at[0]) + abs(y - at[1]) <= _SAME and number not in taken:
                return number
        return None


def _point(label: str, x: float, y: float) -> str:
    return (
        f'<element type="point" label="{label}">\n<show object="true" label="false"/>\n'
        f'<coords x="{_n(x)}" y="{_n(y)}" z="1"/>\n<pointSize val="3"/>\n</element>\n'
    )


def _command(name: str, inputs: list[str], label: str, kind: str) -> str:
    given = " ".join(f'a{place}="{one}"' for place, one in enumerate(inputs))
    return (
        f'<command name="{name}">\n<input {given}/>\n<output a0="{label}"/>\n</command>\n'
        f'<element type="{kind}" label="{label}">\n<show object="true" label="false"/>\n'
        f'<objColor r="{_RED}" g="{_GREEN}" b="{_BLUE}" alpha="0"/>\n'
        '<lineStyle thickness="4" type="0"/>\n</element>\n'
    )


def _n(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
