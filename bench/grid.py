"""The grid against SciPy's exact assignment."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from bench.common import middle, rounds, table
from builder.layouts.snap import (
    cost,
    even_shape,
    fit_to_grid,
    shape,
    snap_rasterfairy,
    snap_shufflesnap,
)


def exact(points: np.ndarray, columns: int, rows: int) -> np.ndarray:
    """The optimum, by SciPy."""
    cells = np.arange(columns * rows)
    centres = np.stack([cells % columns, cells // columns], axis=1)
    _, chosen = linear_sum_assignment(cdist(points, centres, "sqeuclidean"))
    return chosen.astype(np.int32)


def main() -> None:
    """Print seconds and cost relative to the optimum, for even and for clustered points."""
    rng = np.random.default_rng(0)
    clustered = rng.random((20, 2))[rng.integers(20, size=2500)] + rng.normal(size=(2500, 2)) * 0.03
    lines = [["2,500 points", "method", "s", "cost / optimum"]]
    for kind, xy in [("uniform", rng.random((2500, 2))), ("clustered", clustered)]:
        for name, snap, sides in [
            ("shufflesnap", snap_shufflesnap, shape(2500)),
            ("rasterfairy", snap_rasterfairy, even_shape(2500)),
        ]:
            points = fit_to_grid(xy.astype(np.float32), *sides)
            seconds = rounds([("snap", lambda p=points, s=snap, d=sides: s(p, *d))])
            optimum = cost(points, exact(points, *sides), sides[0])
            ratio = cost(points, snap(points, *sides), sides[0]) / optimum
            lines.append([kind, name, f"{middle(seconds['snap']):.2f}", f"{ratio:.4f}"])
        seconds = rounds([("exact", lambda p=points, d=sides: exact(p, *d))], 1)
        lines.append([kind, "SciPy", f"{seconds['exact'][0]:.2f}", "1"])
    table("grid", lines)


if __name__ == "__main__":
    main()
