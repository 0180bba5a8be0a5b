"""The table of all images, and the features of a view, as Parquet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from builder.corpus.types import Image
from builder.exports.tables import items_table
from builder.pages.types import SiteInput, ViewResult


def items_parquet(site: SiteInput) -> bytes:
    """All that is known of the images; row i is row i of every other file.

    Beside the columns of `tables.items_table` there are "neighbours_<view>", as Embedding Atlas
    reads them: a struct of `ids`, row numbers from zero, nearest first, and `distances`, one less
    the score and never below zero; and "colours", the commonest of the picture as "#rrggbb".
    """
    lists = {f"neighbours_{view.name}": _neighbours(view) for view in site.views}
    if site.measures is not None:
        lists["colours"] = _palette(site.measures.palette, site.measures.shares)
    columns = items_table(site, reserved=lists)
    return _written({name: _column(values) for name, values in columns.items()} | lists)


def features_parquet(images: Sequence[Image], vectors: NDArray[np.float32]) -> bytes:
    """Images with their features: id, path, sha256 and "vector", a list of d floats.

    Args:
        images: n of them.
        vectors: (n, d); a row of NaN for an image without features, which gets no vector.
    """
    there = np.isfinite(vectors).all(axis=1)
    flat = pa.array(np.ascontiguousarray(vectors, np.float32).ravel())
    rows = pa.FixedSizeListArray.from_arrays(flat, max(vectors.shape[1], 1), mask=pa.array(~there))
    return _written(
        {
            "id": _column([image.id for image in images]),
            "path": _column([image.path for image in images]),
            "sha256": _column([image.sha256 for image in images]),
            "vector": rows,
        }
    )


def _neighbours(view: ViewResult) -> pa.StructArray:
    found = view.neighbours.all
    there = found.rows >= 0
    ends = np.concatenate([[0], np.cumsum(there.sum(axis=1))]).astype(np.int32)
    distances = np.maximum(1 - found.scores.astype(np.float64), 0)[there]
    ids = pa.ListArray.from_arrays(pa.array(ends), pa.array(found.rows[there].astype(np.int64)))
    lists = pa.ListArray.from_arrays(pa.array(ends), pa.array(distances))
    return pa.StructArray.from_arrays([ids, lists], ["ids", "distances"])


def _palette(palette: NDArray[np.uint8], shares: NDArray[np.float32]) -> pa.Array:
    words = [
        ["#{:02x}{:02x}{:02x}".format(*tint) for tint in tints[share > 0].tolist()]
        for tints, share in zip(palette, shares, strict=True)
    ]
    return pa.array(words, pa.list_(pa.string()))


def _column(values: list[Any]) -> pa.Array:
    """Text that UTF-8 cannot hold (from an odd file name) gets question marks."""
    return pa.array(
        [
            value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value
            for value in values
        ]
    )


def _written(columns: dict[str, pa.Array]) -> bytes:
    """A table as a Parquet file; the same table gives the same bytes."""
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()
