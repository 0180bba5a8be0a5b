"""The grid: every image in a cell of its own, as near as can be to where it lies on the map."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO

import numpy as np
from numpy.typing import NDArray

from builder.errors import SettingsError
from builder.layouts.types import Layout

_ASPECT = 1.5  # of the grid, width over height: screens lie broad


def grid_layout(xy: NDArray[np.float32], method: str) -> Layout:
    """The layout "grid": positions snapped to a rectangle of square cells.

    Args:
        xy: (n, 2) positions of the map.
        method: "shufflesnap" or "rasterfairy".
    """
    fairy = method == "rasterfairy"
    columns, rows = even_shape(len(xy)) if fairy else shape(len(xy))
    points = fit_to_grid(xy, columns, rows)
    snap = snap_rasterfairy if fairy else snap_shufflesnap
    cell = snap(points, columns, rows)
    side = 1 / max(columns, rows)
    centres = np.stack([cell % columns, cell // columns], axis=1) * side + side / 2
    quality = {"mean displacement in cells": float(np.sqrt(cost(points, cell, columns) / len(xy)))}
    return Layout("grid", "grid", centres.astype(np.float32), side, columns, rows, cell, quality)


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
