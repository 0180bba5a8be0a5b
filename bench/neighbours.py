"""Neighbours through blocks against one dense NumPy product and a full sort."""

from __future__ import annotations

import numpy as np

from bench.common import middle, rounds, table
from builder.similarity.gram import cosine_gram, distinct
from builder.similarity.neighbours import nearest

COUNT, WIDTH = 3000, 32_000


def main() -> None:
    """Print seconds, ratios, and whether both find the same."""
    rng = np.random.default_rng(0)
    features = rng.normal(size=(COUNT, WIDTH)).astype(np.float16)
    found: dict[str, np.ndarray] = {}

    def ours() -> None:
        rows, index = distinct(features, np.arange(COUNT))
        gram = cosine_gram(features, rows)
        found["ours"] = nearest(gram, index, [""] * COUNT, 20).all.rows

    def product() -> None:
        dense = features.astype(np.float32)
        dense /= np.linalg.norm(dense, axis=1, keepdims=True)
        found["gram"] = dense @ dense.T

    def dense() -> None:
        product()
        gram = found["gram"]
        np.fill_diagonal(gram, -2)
        found["dense"] = np.argsort(-gram, axis=1, kind="stable")[:, :20]

    seconds = rounds([("blocks", ours), ("dense product", product), ("dense, sorted", dense)])
    rows = [
        [name, f"{middle(s):.2f}", f"{middle(s) / middle(seconds['dense product']):.2f}"]
        for name, s in seconds.items()
    ]
    title = f"top 20 of {COUNT} x {WIDTH}"
    table(title, [["", "s", "times one dense product"], *rows])
    same = (found["ours"] == found["dense"]).mean()
    print(f"\nequal entries: {same:.6f}")


if __name__ == "__main__":
    main()
