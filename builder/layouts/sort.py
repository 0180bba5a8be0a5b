"""The sorted grid: straight from features to cells, without a map between."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from builder.errors import SettingsError
from builder.layouts.snap import shape
from builder.layouts.types import Layout

_DECAY = 0.99  # of the filter's radius: five times slower than the default, and clearly better


def sorted_layout(vectors: NDArray[np.float32], seed: int) -> Layout:
    """The layout "flas": images sorted on a grid so that likes lie side by side.

    Fast linear assignment sorting (Barthel and others 2023; vc-flas) over unit-length scores.

    Args:
        vectors: (n, d) principal component scores.
        seed: makes it repeatable.

    Raises:
        SettingsError: vc-flas is not installed.
    """
    try:
        import vc_flas
    except ImportError as error:
        raise SettingsError(
            "vc-flas, which makes the layout flas, is not installed",
            "catalogue.toml",
            'run: pip install "volvelle[flas]" (Python before 3.13), or leave flas out of layouts',
        ) from error
    columns, rows = shape(len(vectors))
    cell = np.arange(len(vectors), dtype=np.int32)
    if min(columns, rows) > 1 and vectors.shape[1]:
        unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        plane = vc_flas.Grid.from_features(unit.astype(np.float32), size=(rows, columns))
        # A negative seed would stand for none.
        sorting = vc_flas.flas(plane, radius_decay=_DECAY, seed=abs(seed)).sorting.ravel()
        places = np.flatnonzero(sorting >= 0)
        cell[sorting[places]] = places
    side = 1 / max(columns, rows)
    centres = np.stack([cell % columns, cell // columns], axis=1) * side + side / 2
    return Layout(
        "flas",
        "grid",
        centres.astype(np.float32),
        side,
        columns,
        rows,
        cell,
        label="Sorted",
        note="Sorted on a grid so that likes lie side by side; its sides mean nothing.",
    )
