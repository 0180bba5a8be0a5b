"""The stages of one view: neighbours, clusters, layouts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from builder import records
from builder.clusters.types import Clustering
from builder.describing import Describing
from builder.features.types import ModelCard
from builder.layouts.types import Layout
from builder.ledger import Ledger, Made
from builder.likeness import Likeness
from builder.settings import Settings, ViewSettings
from builder.similarity.types import Neighbours
from builder.workspace import fingerprint

VERSIONS = {"neighbours": 2, "components": 2, "clusters": 1, "map": 1, "grid": 1, "islands": 1}
"""Of what each artifact holds. Raised by hand when it changes for the same inputs."""

_MEASURED = 10  # true neighbours by which layouts are judged


@dataclass(frozen=True)
class Seen:
    """The artifacts of one view."""

    settings: ViewSettings
    cards: tuple[ModelCard, ...]
    neighbours: Made[Neighbours]
    clustering: Made[Clustering]
    layouts: tuple[Made[Layout], ...]


class Seeing:
    """The stages of one view, each an artifact of the ones before.

    Args:
        ledger: makes what is missing.
        settings: of the catalogue.
        view: the view's own.
        describing: the descriptors of all views.
    """

    def __init__(
        self, ledger: Ledger, settings: Settings, view: ViewSettings, describing: Describing
    ) -> None:
        self.ledger, self.settings, self.view = ledger, settings, view
        self.likeness = Likeness(describing, view)
        self.sources = describing.pictures.sources
        self.index = describing.contents.index

    def run(self) -> Seen:
        """All stages in order."""
        neighbours = self.neighbours()
        components = self.components()
        clustering = self.clusters(components)
        spread = self.map(components)
        layouts = (
            spread,
            self.grid(components, spread),
            self.islands(components, spread, clustering),
        )
        return Seen(self.view, self.likeness.cards, neighbours, clustering, layouts)

    @cached_property
    def _compared(self) -> str:
        """Fingerprint of the likenesses that everything of this view rests on."""
        return self.likeness.fingerprint

    def neighbours(self) -> Made[Neighbours]:
        """The nearest images of each."""
        count = self.settings.neighbours.count
        parts = {
            "version": VERSIONS["neighbours"],
            "likeness": self._compared,
            "hubs": self.view.hubs,
            "sources": fingerprint({"sources": self.sources}),
            "neighbours.count": count,
        }

        def make(_: object) -> records.Write:
            return records.write_neighbours(self.likeness.neighbours(count))

        return self._made("neighbours", "neighbours", parts, make, records.read_neighbours)

    def components(self) -> Made[Any]:
        """Principal components: what clusters and layouts read."""
        from builder.similarity.components import principal_scores

        count = max(self.settings.clusters.components, self.settings.layouts.components)
        parts = {
            "version": VERSIONS["components"],
            "likeness": self._compared,
            "components": count,
        }

        def make(_: object) -> records.Write:
            scores, share = principal_scores(self.likeness.matrix, self.index, count)
            return records.archive({"scores": scores, "share": share})

        return self._made("clusters", "components", parts, make, records.read_arrays)

    def clusters(self, components: Made[Any]) -> Made[Clustering]:
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
            cosines = centre_cosines(self.likeness.matrix, self.index, found.labels)
            return records.write_clustering(represent(found, vectors, cosines, options.k == "auto"))

        return self._made("clusters", "clusters", parts, make, records.read_clustering)

    def map(self, components: Made[Any]) -> Made[Layout]:
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

        return self._layout("map", parts, make, components)

    def grid(self, components: Made[Any], spread: Made[Layout]) -> Made[Layout]:
        """The map, snapped to a grid."""
        from builder.layouts.snap import grid_layout

        method = self.settings.layouts.grid
        parts = {
            "version": VERSIONS["grid"],
            "map": spread.fingerprint,
            "layouts.grid": method,
        }
        return self._layout("grid", parts, lambda: grid_layout(spread.value.xy, method), components)

    def islands(
        self,
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
            components,
        )

    def _layout(
        self,
        name: str,
        parts: dict[str, object],
        make: Callable[[], Layout],
        components: Made[Any],
    ) -> Made[Layout]:
        """A layout with its measures."""
        from builder.layouts.quality import measured
        from builder.similarity.neighbours import nearest

        def write(_: object) -> records.Write:
            total = len(self.index)
            true = nearest(self.likeness.matrix, self.index, [""] * total, _MEASURED).all.rows
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
