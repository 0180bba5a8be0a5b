"""A catalogue's results made by hand: two views, two clusterings, measures, kinds."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from builder.atlas.types import Atlas
from builder.clusters.types import Cluster, Clustering
from builder.corpus.types import Corpus, DateSpan, Image
from builder.layouts.types import Layout
from builder.measures.types import Column, Measures, Verdict
from builder.pages.types import ModelCard, SiteInput, ViewResult
from builder.settings import CatalogueSettings, Settings, ViewSettings
from builder.similarity.types import NeighbourList, Neighbours

NAMES = ("wheel of the winds", "", "eclipse of the sun and of the moon", "zodiac", "mappa mundi")


def relatives(count: int, near: int, seed: int) -> Neighbours:
    """Lists of random, distinct relatives, with the right marks of mutuality."""
    rng = np.random.default_rng(seed)
    rows = np.stack([rng.permutation(count - 1)[:near] for _ in range(count)])
    rows = (rows + (rows >= np.arange(count)[:, None])).astype(np.int32)
    scores = -np.sort(-rng.uniform(-0.2, 1.1, (count, near)), axis=1)
    lists = [set(line) for line in rows.tolist()]
    mutual = np.array([[row in lists[one] for one in rows[row]] for row in range(count)])
    share = np.clip((scores + 0.2) / 1.3, 0, 1).astype(np.float32)
    found = NeighbourList(
        rows, scores.astype(np.float32), mutual, np.zeros_like(rows, np.uint8), share
    )
    return Neighbours(found, found)


def grouped(labels: np.ndarray, name: str, names: tuple[str, ...]) -> Clustering:
    """Clusters of labels, with distances of centres."""
    groups = [np.flatnonzero(labels == label) for label in range(labels.max() + 1)]
    clusters = tuple(
        Cluster(at + 1, names[at % len(names)], tuple(rows.tolist()), int(rows[0]), (), (), 0.5)
        for at, rows in enumerate(groups)
    )
    distances = np.abs(np.subtract.outer(np.arange(len(groups)), np.arange(len(groups))))
    return Clustering(
        "by hand", labels.astype(np.int32), clusters, {}, name, distances.astype(np.float32)
    )


def view(name: str, count: int, seed: int, groups: int = 5) -> ViewResult:
    """A view whose map has a heap for each cluster."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % groups
    angle = 2 * np.pi * labels / groups
    xy = np.stack([np.cos(angle), 0.7 * np.sin(angle)], axis=1) + rng.normal(0, 0.12, (count, 2))
    xy = (xy - xy.min(axis=0)) / np.ptp(xy, axis=0).max()
    labels[0] = -1
    card = ModelCard("lite0", "blocks.4", (8,), 320, "pad", "w", "0" * 64, "MIT", "as it is")
    return ViewResult(
        ViewSettings(name=name),
        (card,),
        relatives(count, 6, seed),
        grouped(labels, "kinds", NAMES),
        (Layout("map", "positions", xy.astype(np.float32), 0.5 / np.sqrt(count)),),
        further=(grouped(np.arange(count) // 7, "families", ("",)),),
    )


@pytest.fixture
def made() -> Callable[..., SiteInput]:
    """Make the results of a catalogue of `count` images."""

    def make(count: int = 40, seed: int = 1, groups: int = 5, url: str = "") -> SiteInput:
        images = tuple(
            Image(
                f"i{at}",
                f"in/{at}.png",
                f"{at:064x}",
                40,
                30,
                f"Figure {at}",
                source="AB"[at % 2],
                date=DateSpan("c. 1000", 990, 1010) if at % 3 else None,
                fields={"credit": "A library", "Kind": "wheel"},
            )
            for at in range(count)
        )
        ink = np.where(np.arange(count) % 5, np.arange(count) / count, np.nan)
        palette = np.full((count, 3, 3), [16, 32, 255], np.uint8)
        shares = np.tile(np.array([0.7, 0.3, 0], np.float32), (count, 1))
        views = (view("look", count, seed, groups), view("form", count, seed + 1, groups))
        about = CatalogueSettings(title="Circles", licence="CC0-1.0", site_url=url)
        return SiteInput(
            Settings(catalogue=about, views=tuple(one.settings for one in views)),
            Corpus(images),
            views,
            Atlas((), np.arange(count, dtype=np.int32), np.zeros((count, 3), np.uint8)),
            "0123456789ab",
            measures=Measures((Column("ink", "Ink", "share", "Ink.", ink),), palette, shares),
            verdicts=(Verdict("blank", 0.9, "nothing is drawn"),) * count,
        )

    return make
