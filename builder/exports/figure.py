"""A map for a paper: pictures in their places, clusters outlined and named, legend and caption."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from builder.errors import SettingsError
from builder.exports.colours import colour
from builder.exports.figure_pictures import Picture, sheet, tints_of
from builder.exports.figure_plan import plan
from builder.exports.figure_text import font, lacking, measure, quiet
from builder.exports.figure_types import MOST_DOTS, RESOLUTIONS, WIDTHS, Box, Format, Plan, Words
from builder.exports.figure_words import Subject, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_INK, _PALE = "#1a1a1a", "#555555"
_MM = 25.4

_STYLE: Any = {
    "svg.fonttype": "path",  # letters as outlines: the same in every program
    "svg.hashsalt": "volvelle",
    "pdf.fonttype": 42,  # the font itself, so that text can be searched and edited
    "pdf.compression": 9,
    "text.parse_math": False,
    "path.simplify": False,
}

_METADATA: Mapping[Format, Mapping[str, None]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""No dates and no versions: the same catalogue gives the same bytes."""


def figure(subject: Subject, picture: Picture, form: Format, width: float, dpi: int) -> bytes:
    """Draw a figure.

    Args:
        subject: what it shows.
        picture: gives thumbnails by row.
        form: "svg" and "pdf" hold lines and type as such, and the pictures at `dpi`.
        width: in mm; the height follows.
        dpi: dots per inch of the pictures, and of the whole if it is a PNG.

    Raises:
        SettingsError: width or dpi are beyond use.
        CorpusError: no image has a thumbnail.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    check(width, dpi)
    laid = plan(subject, width)
    if laid.width * laid.height * (dpi / _MM) ** 2 > MOST_DOTS:
        remedy = "give a smaller --width or --dpi"
        raise SettingsError(f"a figure of {width:g} mm at {dpi} dpi is too large", remedy=remedy)
    with mpl.rc_context(_STYLE), quiet():
        drawn = Figure(figsize=(laid.width / _MM, laid.height / _MM), dpi=dpi, facecolor="white")
        axes = drawn.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, laid.width), ylim=(laid.height, 0))
        axes.set_axis_off()
        _draw(axes, laid, subject, picture, dpi)
        return _saved(drawn, form, dpi)


def unwritten(subject: Subject, width: float) -> str:
    """Letters that a figure should show but its font lacks; a square stands for each."""
    return "".join(lacking("".join(words.text for words in plan(subject, width).words)))


def check(width: float, dpi: int) -> None:
    """Refuse a size that cannot be drawn.

    Raises:
        SettingsError: width (mm) or dpi are beyond use.
    """
    for name, value, (low, high), unit in (
        ("--width", width, WIDTHS, "mm"),
        ("--dpi", dpi, RESOLUTIONS, "dots per inch"),
    ):
        if not low <= value <= high:
            what = f"{name} {value:g} is out of range"
            raise SettingsError(what, remedy=f"give {low:g} to {high:g} {unit}")


def _saved(drawn: Figure, form: Format, dpi: int) -> bytes:
    out = io.BytesIO()
    metadata = cast("dict[str, Any]", dict(_METADATA[form]))
    drawn.savefig(out, format=form, dpi=dpi, metadata=metadata, facecolor="white")
    return out.getvalue()


def _draw(axes: Axes, laid: Plan, subject: Subject, picture: Picture, dpi: int) -> None:
    from matplotlib.collections import LineCollection

    shown = {cluster.number: colour(cluster.number) for cluster in named(subject.clustering)}
    axes.add_collection(
        LineCollection(list(laid.lines), colors="#b8b2a7", linewidths=0.4, zorder=1)
    )
    _draw_hulls(axes, laid, filled=True)
    tints = tints_of(subject.clustering.labels, shown)
    bottom = float(laid.centres[:, 1].max()) + laid.side
    board = sheet(laid, tints, picture, dpi, bottom)
    dots = dpi / _MM
    extent = (0, board.shape[1] / dots, board.shape[0] / dots, 0)
    axes.imshow(board, extent=extent, interpolation="none", aspect="auto", zorder=3)
    axes.set(xlim=(0, laid.width), ylim=(laid.height, 0))
    _draw_hulls(axes, laid, filled=False)
    for box, number in laid.swatches:
        _rectangle(axes, box, shown.get(number, colour(0)), 1.0)
    if laid.bar is not None:
        left, right, y = laid.bar
        for ends in (([left, right], [y, y]), ([left] * 2, [y - 0.7, y + 0.7]),
                     ([right] * 2, [y - 0.7, y + 0.7])):  # fmt: skip
            axes.plot(*ends, color=_INK, linewidth=0.6, solid_capstyle="butt")
    for words in laid.words:
        _write(axes, words, shown)


def _draw_hulls(axes: Axes, laid: Plan, filled: bool) -> None:
    """Land below the pictures, its border above them."""
    from matplotlib.collections import PolyCollection

    for number, outlines in laid.hulls.items():
        tint = colour(number)
        look: dict[str, Any] = (
            {"facecolors": tint, "edgecolors": "none", "alpha": 0.16, "zorder": 2}
            if filled
            else {"facecolors": "none", "edgecolors": tint, "linewidths": 0.9, "zorder": 4}
        )
        axes.add_collection(PolyCollection(outlines, joinstyle="round", **look))


def _rectangle(axes: Axes, box: Box, tint: str, alpha: float, zorder: float = 5) -> None:
    from matplotlib.patches import Rectangle

    size = box.right - box.left, box.bottom - box.top
    look: dict[str, Any] = {"facecolor": tint, "edgecolor": "none", "alpha": alpha}
    axes.add_patch(Rectangle((box.left, box.top), *size, zorder=zorder, **look))


def _write(axes: Axes, words: Words, shown: Mapping[int, str]) -> None:
    """Lines of text in their box; a name on the map lies on paper that lets pictures through."""
    pad = 0.0
    tint = _INK if words.role in ("name", "mark", "legend") else _PALE
    if words.role == "name":
        pad = 0.5
        _rectangle(axes, words.box, "white", 0.84, zorder=6)
        tint = shown.get(words.number, _INK)
    elif words.role == "mark":
        _rectangle(axes, words.box, "white", 0.75, zorder=6)
    for at, line in enumerate(words.text.split("\n")):
        height = measure(line, words.size)[1]
        y = words.box.top + pad + height * (at + 0.76)
        axes.text(words.box.left + pad, y, line, fontproperties=font(words.size), color=tint,
                  va="baseline", ha="left", zorder=7)  # fmt: skip
