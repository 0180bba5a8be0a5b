"""The stages of one view: features, neighbours, clusters, layouts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder import records
from builder.clusters.types import Clustering
from builder.features.cards import model_card
from builder.features.store import FeatureStore
from builder.features.types import ModelCard
from builder.layouts.types import Layout
from builder.ledger import Ledger, Made
from builder.settings import Settings, ViewSettings
from builder.similarity.types import Neighbours
from builder.workspace import Workspace, fingerprint

VERSIONS = {"features": 1, "gram": 1, "neighbours": 1, "components": 1, "clusters": 1}
VERSIONS |= {"map": 1, "grid": 1, "islands": 1}
"""Of what each artifact holds. Raised by hand when it changes for the same inputs."""

_MEASURED = 10  # true neighbours by which layouts are judged

Picture = tuple[NDArray[np.uint8], tuple[int, int, int]]
Load = Callable[[str, int], Picture]


@dataclass(frozen=True)
class Pictures:
    """The pictures of the corpus, as the views need them.

    Attributes:
        hashes: (n,) content of each image.
        sources: (n,) source of each image.
        ground: colour under transparent pictures, which changes what networks see.
        load: gives a picture by its hash, the longer side at most as asked, and its ground.
    """

    hashes: list[str]
    sources: list[str]
    ground: str
    load: Load


@dataclass(frozen=True)
class Seen:
    """The artifacts of one view."""

    settings: ViewSettings
    card: ModelCard
    neighbours: Made[Neighbours]
    clustering: Made[Clustering]
    layouts: tuple[Made[Layout], ...]


def feature_store(workspace: Workspace, view: ViewSettings, ground: str) -> FeatureStore:
    """The store of the features of a view; views that see alike share it."""
    card = model_card(view)
    path = workspace.path(f"features-{card.backbone}", ".npy", _feature_parts(card, view, ground))
    return FeatureStore(path, int(np.prod(card.shape)))


def _feature_parts(card: ModelCard, view: ViewSettings, ground: str) -> dict[str, object]:
    return {
        "version": VERSIONS["features"],
        "model": [card.backbone, card.layer, card.checksum],
        "preparation": [view.size, view.fit, view.pooling, ground],
    }


class Seeing:
    """The stages of one view, each an artifact of the ones before.

    Args:
        ledger: makes what is missing.
        settings: of the catalogue.
        view: the view's own.
        pictures: of the corpus.
    """

    def __init__(
        self, ledger: Ledger, settings: Settings, view: ViewSettings, pictures: Pictures
    ) -> None:
        self.ledger, self.settings, self.view, self.pictures = ledger, settings, view, pictures

    def run(self, device: str, jobs: int) -> Seen:
        """All stages in order."""
        store = self.features(device, jobs)
        gram = self.gram(store)
        neighbours = self.neighbours(gram)
        components = self.components(gram)
        clustering = self.clusters(gram, components)
        spread = self.map(gram, components)
        layouts = (
            spread,
            self.grid(gram, components, spread),
            self.islands(gram, components, spread, clustering),
        )
        return Seen(self.view, model_card(self.view), neighbours, clustering, layouts)

    def features(self, device: str, jobs: int) -> FeatureStore:
        """Describe the pictures that the store does not hold yet."""
        from builder.features.describe import into_store

        workspace, view, pictures = self.ledger.workspace, self.view, self.pictures
        store = feature_store(workspace, view, pictures.ground)
        distinct = dict.fromkeys(pictures.hashes)
        missing = [sha256 for sha256 in distinct if sha256 not in store]
        report = self.ledger.account("features")
        report.done += len(missing)
        report.reused += len(distinct) - len(missing)
        if not missing:
            return store
        report.why = report.why or f"{len(missing)} pictures not described yet"
        if self.ledger.dry_run:
            return store
        workspace.prepare()
        longest = view.size if view.fit == "pad" else 2 * view.size
        with self.ledger.timed("features", len(missing), f"{len(missing)} described") as advance:

            def load(i: int) -> Picture:
                return pictures.load(missing[i], longest)

            into_store(store, missing, view, load, device, jobs, advance)
        return store

    def gram(self, store: FeatureStore) -> Made[Any]:
        """Cosines of all distinct features, and which of these each image has."""
        from builder.similarity import gram

        hashes = self.pictures.hashes
        parts = {
            "version": VERSIONS["gram"],
            "features": store.array.name,
            "pictures": fingerprint({"hashes": hashes}),
        }

        def make(advance: Callable[[int], None]) -> records.Write:
            array = store.open()
            rows, index = gram.distinct(array, store.index(hashes))
            return records.archive({"gram": gram.cosine_gram(array, rows, advance), "index": index})

        steps = -(-len(set(hashes)) // gram.ROWS)
        return self._made("neighbours", "gram", parts, make, _arrays, steps)

    def neighbours(self, gram: Made[Any]) -> Made[Neighbours]:
        """The nearest images of each."""
        from builder.similarity.neighbours import nearest

        sources, count = self.pictures.sources, self.settings.neighbours.count
        parts = {
            "version": VERSIONS["neighbours"],
            "features": gram.fingerprint,
            "sources": fingerprint({"sources": sources}),
            "neighbours.count": count,
        }

        def make(_: object) -> records.Write:
            found = nearest(gram.value["gram"], gram.value["index"], sources, count)
            return records.write_neighbours(found)

        return self._made("neighbours", "neighbours", parts, make, records.read_neighbours)

    def components(self, gram: Made[Any]) -> Made[Any]:
        """Principal components: what clusters and layouts read."""
        from builder.similarity.components import principal_scores

        count = max(self.settings.clusters.components, self.settings.layouts.components)
        parts = {
            "version": VERSIONS["components"],
            "features": gram.fingerprint,
            "components": count,
        }

        def make(_: object) -> records.Write:
            scores, share = principal_scores(gram.value["gram"], gram.value["index"], count)
            return records.archive({"scores": scores, "share": share})

        return self._made("clusters", "components", parts, make, _arrays)

    def clusters(self, gram: Made[Any], components: Made[Any]) -> Made[Clustering]:
        """Groups of images that look alike."""
        from builder.clusters.fit import fit
        from builder.clusters.represent import represent
        from builder.similarity.components import centre_cosines

        options = self.settings.clusters
        parts = {
            "version": VERSIONS["clusters"],
            "features": components.fingerprint,
            "clusters": options.model_dump(),
        }

        def make(_: object) -> records.Write:
            vectors = components.value["scores"][:, : options.components]
            found = fit(vectors, options.k, options.seed)
            cosines = centre_cosines(gram.value["gram"], gram.value["index"], found.labels)
            return records.write_clustering(represent(found, vectors, cosines, options.k == "auto"))

        return self._made("clusters", "clusters", parts, make, records.read_clustering)

    def map(self, gram: Made[Any], components: Made[Any]) -> Made[Layout]:
        """The map."""
        from builder.layouts.project import map_layout, project

        options = self.settings.layouts
        parts = {
            "version": VERSIONS["map"],
            "features": components.fingerprint,
            "layouts": options.model_dump(exclude={"grid"}),
        }

        def make() -> Layout:
            vectors = components.value["scores"][:, : options.components]
            return map_layout(
                project(vectors, options.neighbours, options.min_distance, options.seed)
            )

        return self._layout("map", parts, make, gram, components)

    def grid(self, gram: Made[Any], components: Made[Any], spread: Made[Layout]) -> Made[Layout]:
        """The map, snapped to a grid."""
        from builder.layouts.snap import grid_layout

        method = self.settings.layouts.grid
        parts = {
            "version": VERSIONS["grid"],
            "map": spread.fingerprint,
            "layouts.grid": method,
        }
        return self._layout(
            "grid", parts, lambda: grid_layout(spread.value.xy, method), gram, components
        )

    def islands(
        self,
        gram: Made[Any],
        components: Made[Any],
        spread: Made[Layout],
        clustering: Made[Clustering],
    ) -> Made[Layout]:
        """Clusters as islands, near where their members lie on the map."""
        from builder.layouts.arrange import islands

        parts = {
            "version": VERSIONS["islands"],
            "map": spread.fingerprint,
            "clusters": clustering.fingerprint,
        }
        return self._layout(
            "clusters",
            parts,
            lambda: islands(clustering.value, spread.value.xy),
            gram,
            components,
        )

    def _layout(
        self,
        name: str,
        parts: dict[str, object],
        make: Callable[[], Layout],
        gram: Made[Any],
        components: Made[Any],
    ) -> Made[Layout]:
        """A layout with its measures."""
        from builder.layouts.quality import measured
        from builder.similarity.neighbours import nearest

        def write(_: object) -> records.Write:
            index = gram.value["index"]
            true = nearest(gram.value["gram"], index, [""] * len(index), _MEASURED).all.rows
            layout = measured(make(), components.value["scores"], true)
            return records.write_layout(layout)

        return self._made("layouts", f"layout-{name}", parts, write, records.read_layout)

    def _made(
        self,
        stage: str,
        name: str,
        parts: dict[str, object],
        make: Callable[[Callable[[int], None]], records.Write],
        read: Callable[..., Any],
        steps: int = 1,
    ) -> Made[Any]:
        named = f"{name}-{self.view.name}"
        return self.ledger.artifact(stage, named, parts, make, read, steps)


def _arrays(path: Any) -> dict[str, NDArray[Any]]:
    return records.read(path)[0]
