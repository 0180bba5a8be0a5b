"""The grid: every image in a cell of its own, as near as can be to where it lies on the map."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO

import numpy as np
from numpy.typing import NDArray

from builder.errors import SettingsError
from builder.layouts.types import Layout

_EXACT = 2000  # cells up to which the whole grid is solved exactly
_WINDOW = 40  # side of a window of a larger grid, in cells
_ASPECT = 1.5  # of the grid, width over height: screens lie broad


def grid_layout(
    xy: NDArray[np.float32], method: str, name: str = "grid", label: str = ""
) -> Layout:
    """A layout, the map or another, snapped to a rectangle of square cells.

    Args:
        xy: (n, 2) positions of the layout.
        method: "shufflesnap" or "rasterfairy".
        name, label: of the grid.

    Its measures are how far images moved, in cells, and by what share the sum of the squared
    displacements exceeds the optimum.
    """
    fairy = method == "rasterfairy"
    columns, rows = even_shape(len(xy)) if fairy else shape(len(xy))
    points = fit_to_grid(xy, columns, rows)
    snap = snap_rasterfairy if fairy else snap_shufflesnap
    cell = snap(points, columns, rows)
    side = 1 / max(columns, rows)
    centres = np.stack([cell % columns, cell // columns], axis=1) * side + side / 2
    quality = {
        "mean displacement in cells": float(np.sqrt(cost(points, cell, columns) / len(xy))),
        "excess over the optimum": excess(points, cell, columns, rows),
    }
    xy = centres.astype(np.float32)
    return Layout(name, "grid", xy, side, columns, rows, cell, quality, label)


def shape(count: int) -> tuple[int, int]:
    """Columns and rows of the smallest broad rectangle that holds `count` cells."""
    columns = max(1, int(np.ceil(np.sqrt(count * _ASPECT))))
    rows = int(np.ceil(count / columns))
    return int(np.ceil(count / rows)), rows


def even_shape(count: int) -> tuple[int, int]:
    """Columns and rows for RasterFairy, which halves the plane again and again.

    Sides that are powers of two times a small odd number keep it from cutting the plane into
    strips; at most one column and one row more than needed stay empty.
    """
    middle = np.sqrt(count / _ASPECT)
    candidates = [
        (columns, rows)
        for rows in range(max(1, int(middle * 0.75)), int(middle * 1.25) + 2)
        for columns in range(-(-count // rows), -(-count // rows) + 8)
        if columns >= rows and columns * rows - count < columns + rows
    ]

    def unevenness(sides: tuple[int, int]) -> float:
        columns, rows = sides
        empty = (columns * rows - count) / count
        return empty + 0.02 * (_odd_part(columns) + _odd_part(rows))

    return min(candidates, key=unevenness, default=shape(count))


def _odd_part(number: int) -> int:
    return number // (number & -number)


def fit_to_grid(xy: NDArray[np.float32], columns: int, rows: int) -> NDArray[np.float64]:
    """Stretch positions over the grid, in cells: (n, 2), 0 to columns - 1 and 0 to rows - 1."""
    low, extent = xy.min(axis=0), np.maximum(np.ptp(xy, axis=0), 1e-9)
    return np.asarray((xy - low) / extent * [columns - 1, rows - 1], np.float64)


def cost(points: NDArray[np.float64], cell: NDArray[np.int32], columns: int) -> float:
    """Sum of squared displacements in cells."""
    centres = np.stack([cell % columns, cell // columns], axis=1)
    return float(((points - centres) ** 2).sum())


def excess(points: NDArray[np.float64], cell: NDArray[np.int32], columns: int, rows: int) -> float:
    """By what share an assignment's cost exceeds the optimum, by exact assignment (SciPy).

    Up to 2,000 cells of the whole grid. Of larger grids four windows of at most 40 x 40 cells are
    solved, each with the images that it holds: what could be saved without moving anything out of
    its window, so a lower bound of the true excess.
    """
    if columns * rows <= _EXACT:
        windows = [(0, 0, columns, rows)]
    else:
        lefts = np.linspace(0, max(columns - _WINDOW, 0), 2).astype(int).tolist()
        tops = np.linspace(0, max(rows - _WINDOW, 0), 2).astype(int).tolist()
        windows = [(x, y, x + _WINDOW, y + _WINDOW) for x in lefts for y in tops]
    pairs = [_window(points, cell, columns, rows, window) for window in windows]
    actual, least = (sum(part) for part in zip(*pairs, strict=True))
    return float(max(actual / least - 1, 0)) if least > 0 else 0.0


def _window(
    points: NDArray[np.float64],
    cell: NDArray[np.int32],
    columns: int,
    rows: int,
    window: tuple[int, int, int, int],
) -> tuple[float, float]:
    """Actual and least cost of the images inside a window of cells."""
    from scipy.optimize import linear_sum_assignment
    from scipy.spatial.distance import cdist

    left, top, right, bottom = window
    x, y = cell % columns, cell // columns
    inside = (x >= left) & (x < right) & (y >= top) & (y < bottom)
    across, down = np.arange(left, min(right, columns)), np.arange(top, min(bottom, rows))
    cells = np.stack(np.meshgrid(across, down), axis=2).reshape(-1, 2)
    distances = cdist(points[inside], cells, "sqeuclidean")
    own = np.stack([x, y], axis=1)[inside]
    actual = float(((points[inside] - own) ** 2).sum())
    return actual, float(distances[linear_sum_assignment(distances)].sum())


def snap_shufflesnap(points: NDArray[np.float64], columns: int, rows: int) -> NDArray[np.int32]:
    """Near-optimal assignment by local exact windows (shufflesnap); (n,) row-major cells."""
    import shufflesnap

    grid = shufflesnap.Grid.rectangle(columns, rows)
    # "quality" costs 0.1 s at 5,000 images and stays within 1 % of the optimum.
    result = shufflesnap.assign(points, grid, preset="quality", normalize="none", seed=0, threads=1)
    return np.asarray(result.cell, np.int32)


def snap_rasterfairy(points: NDArray[np.float64], columns: int, rows: int) -> NDArray[np.int32]:
    """Assignment by RasterFairy (Klingemann 2016), which must be installed besides.

    Three of its habits are met here: it wants a grid that is exactly full (strewn points
    fill it up), it cuts coordinates to integers (they are scaled up), and it uses a name
    that NumPy dropped in 1.24 (lent to it during the call).
    """
    try:
        import rasterfairy
    except ImportError as error:
        raise SettingsError(
            "the grid method rasterfairy is not installed",
            "catalogue.toml",
            'run: pip install "volvelle[rasterfairy]", or set layouts.grid = "shufflesnap"',
        ) from error
    missing = columns * rows - len(points)
    # Strewn evenly (a low-discrepancy sequence), so that the empty cells push nobody aside.
    count = np.arange(1, missing + 1)
    strewn = np.stack(
        [count * 0.7548776662 % 1 * (columns - 1), count * 0.5698402910 % 1 * (rows - 1)], axis=1
    )
    padded = np.concatenate([points, strewn]) * 1e6
    with _numpy_float(), redirect_stdout(StringIO()):
        cells, _ = rasterfairy.transformPointCloud2D(padded, target=(columns, rows))
    cells = np.rint(cells[: len(points)]).astype(np.int32)
    return np.asarray(cells[:, 1] * columns + cells[:, 0], np.int32)


@contextmanager
def _numpy_float() -> Iterator[None]:
    lent = "float" not in vars(np)
    if lent:
        np.float = float  # type: ignore[attr-defined]
    try:
        yield
    finally:
        if lent:
            del np.float  # type: ignore[attr-defined]
