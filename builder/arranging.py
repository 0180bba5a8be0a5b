"""The layouts stage of one view: which layouts there are, their places kept, each an artifact."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder import records
from builder.asked_layouts import asked_layouts
from builder.clusters.types import Clustering
from builder.errors import Problem
from builder.layouts.types import Layout
from builder.ledger import Ledger, Made
from builder.places import place_file
from builder.settings import LayoutsSettings
from builder.settings.layouts import FacetLayout, ScatterLayout, slug
from builder.settling import Settling, Unfold, Unfolding, Vectors
from builder.similarity.types import Neighbours
from builder.told import Told
from builder.workspace import fingerprint

VERSIONS = {"layout": 1, "graph": 1, "sources": 1}
"""Of what each artifact holds. Raised by hand when it changes for the same inputs."""

_MEASURED = 10  # true neighbours by which layouts are judged


@dataclass(frozen=True)
class Basis:
    """What the layouts of one view rest on.

    Attributes:
        view: its name.
        seen: how the view sees; maps are unfolded anew when it changes.
        components: its principal components, {"scores": (n, c), "share": (c,)}.
        clusterings: name -> clusters with their names, the main one first.
        nearest: gives (n, k) rows of the true neighbours of each image.
        neighbours: the lists that readers see, by which the graph is joined.
    """

    view: str
    seen: object
    components: Made[Any]
    clusterings: dict[str, Made[Clustering]]
    nearest: Callable[[int], NDArray[np.int32]]
    neighbours: Made[Neighbours]


@dataclass(frozen=True)
class Arranged:
    """The layouts of one view, in the order of showing, the map first and the grid second."""

    layouts: tuple[Made[Layout], ...]
    problems: tuple[Problem, ...]

    @property
    def grid(self) -> Made[Layout]:
        """The map snapped to a grid, in whose order the atlas is cut."""
        return self.layouts[1]


class Arranging:
    """The layouts of one view.

    Args:
        ledger: makes what is missing; places are kept in the folder that its workspace is in.
        options: of layouts.
        told: the images beside their likeness.
        basis: what the layouts rest on.
    """

    def __init__(self, ledger: Ledger, options: LayoutsSettings, told: Told, basis: Basis) -> None:
        self.ledger, self.options, self.told, self.basis = ledger, options, told, basis
        self._made: dict[str, Made[Layout]] = {}
        self._problems: list[Problem] = []

    def run(self) -> Arranged:
        """All layouts that are asked for."""
        asked, problems = asked_layouts(self.options, self.told, list(self.basis.clusterings))
        layouts = tuple(self.layout(name) for name in asked)
        return Arranged(layouts, (*problems, *self._problems))

    def layout(self, name: str) -> Made[Layout]:
        """A layout by its name, made once."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Made[Layout]:
        for known, neighbours, distance in self.options.maps():
            if name == known:
                return self._map(name, neighbours, distance)
        for facet in self.options.facets:
            if name == facet.name:
                return self._facet(facet)
        for pair in self.options.scatters:
            if name == pair.name:
                return self._scatter(pair)
        if name == "grid":
            return self._grid(name, "map", "")
        if name.endswith("-grid") and name.removesuffix("-grid") in self.options.grids:
            return self._grid(name, name.removesuffix("-grid"), "On a grid: ")
        if name.split("-")[0] == "clusters":
            return self._islands(name)
        plain = {
            "tsne": self._tsne,
            "pca": self._pca,
            "flas": self._flas,
            "timeline": self._timeline,
            "sources": self._sources,
            "graph": self._graph,
            "geography": self._geography,
        }
        return plain[name]()

    # What is unfolded, and stays where it was.

    def _map(self, name: str, neighbours: int, distance: float) -> Made[Layout]:
        from builder.layouts.project import project

        recipe: dict[str, object] = {
            "method": "umap",
            "neighbours": neighbours,
            "min_distance": distance,
        }
        label = "" if name == "map" else f"Map ({neighbours} neighbours, distance {distance:g})"
        note = "What is alike lies near; the axes mean nothing, and far is only roughly unlike."

        def unfold(vectors: Vectors) -> NDArray[np.float64]:
            return project(vectors, neighbours, distance, self.options.seed)

        return self._unfolded(
            Layout(name, "positions", _NO_XY, 0, label=label, note=note), recipe, unfold
        )

    def _tsne(self) -> Made[Layout]:
        from builder.layouts.project import tsne

        perplexity = self.options.perplexity
        recipe: dict[str, object] = {"method": "t-sne", "perplexity": perplexity}
        note = "What is alike lies near; distances between groups mean nothing."

        def unfold(vectors: Vectors) -> NDArray[np.float64]:
            return tsne(vectors, perplexity, self.options.seed)

        empty = Layout("tsne", "positions", _NO_XY, 0, label="t-SNE", note=note)
        return self._unfolded(empty, recipe, unfold)

    def _unfolded(self, empty: Layout, recipe: dict[str, object], unfold: Unfold) -> Made[Layout]:
        options, ledger, name = self.options, self.ledger, empty.name
        seen = fingerprint({"seen": self.basis.seen})
        common = {"seed": options.seed, "components": options.components, "view": seen}
        unfolding = Unfolding({**recipe, **common}, lambda: self._vectors, unfold, options.fresh)
        path = place_file(ledger.workspace.root.parent, self.basis.view, name)
        places = Settling(path, self.told, unfolding)
        self._problems += places.problems
        if not places.whole and not ledger.dry_run:
            with ledger.timed("layouts", 1, f"places on {name}-{self.basis.view}"):
                places.settle()
        where = hashlib.sha256(places.xy.tobytes()).hexdigest() if places.whole else "to be found"
        size = places.places.size
        parts = {"places": where, "size": size, "about": [empty.label, empty.note]}

        def make() -> Layout:
            return replace(empty, xy=places.xy.astype(np.float32), size=size)

        return self._artifact(name, parts, make)

    # What follows from features, from clusters, or from another layout.

    def _pca(self) -> Made[Layout]:
        from builder.layouts.project import components_layout

        def make() -> Layout:
            value = self.basis.components.value
            return components_layout(value["scores"], value["share"])

        return self._artifact("pca", {}, make)

    def _flas(self) -> Made[Layout]:
        from builder.layouts.sort import sorted_layout

        seed, count = self.options.seed, self.options.components
        parts = {"seed": seed, "components": count}
        return self._artifact("flas", parts, lambda: sorted_layout(self._vectors, seed))

    def _grid(self, name: str, base: str, prefix: str) -> Made[Layout]:
        from builder.layouts.snap import grid_layout

        of, method = self.layout(base), self.options.grid
        parts = {"of": of.fingerprint, "grid": method, "named": prefix}

        def make() -> Layout:
            label = prefix and prefix + (of.value.label or base)
            return grid_layout(of.value.xy, method, name, label)

        return self._artifact(name, parts, make)

    def _islands(self, name: str) -> Made[Layout]:
        from builder.grouping import with_rest
        from builder.layouts.arrange import islands

        clusterings = self.basis.clusterings
        first = next(iter(clusterings))
        # The main one is called "clusters" whatever its name.
        key = next((one for one in clusterings if f"clusters-{slug(one)}" == name), first)
        clustering, spread = clusterings[key], self.layout("map")
        parts = {"map": spread.fingerprint, "clusters": clustering.fingerprint}
        label = f"Clusters: {key}" if name != "clusters" else ""

        def make() -> Layout:
            found, some = with_rest(clustering.value), len(clustering.value.clusters)
            rest = tuple(replace(one, name="in no cluster") for one in found.clusters[some:])
            found = replace(found, clusters=(*found.clusters[:some], *rest))
            return islands(found, spread.value.xy, name, label)

        return self._artifact(name, parts, make)

    def _graph(self) -> Made[Layout]:
        from builder.layouts.graph import graph_layout

        base, found = self.layout("map"), self.basis.neighbours
        parts = {
            "graph": VERSIONS["graph"],
            "map": base.fingerprint,
            "neighbours": found.fingerprint,
        }
        return self._artifact(
            "graph", parts, lambda: graph_layout(base.value.xy, found.value.all.rows)
        )

    # What the metadata say.

    def _timeline(self) -> Made[Layout]:
        from builder.layouts.timeline import timeline

        spans = [None if one is None else (one.first, one.last) for one in self.told.dates]
        parts = {"shape": 2, "spans": fingerprint({"spans": spans})}
        return self._artifact("timeline", parts, lambda: timeline(spans, self._order))

    def _sources(self) -> Made[Layout]:
        from builder.layouts.sources import sources_layout

        column = self.told.column("source")
        assert column is not None  # else it is not asked for
        sources = column[1]
        parts = {"sources": [VERSIONS["sources"], fingerprint({"sources": list(sources)})]}
        return self._artifact("sources", parts, lambda: sources_layout(sources))

    def _facet(self, table: FacetLayout) -> Made[Layout]:
        from builder.layouts.facets import facet_layout

        column = self.told.column(table.column)
        assert column is not None  # else it is not asked for
        then = self.told.column(table.then) if table.then else None
        label, values = column
        then_values = None if then is None else list(then[1])
        parts = {
            "values": fingerprint({"values": [list(values), then_values]}),
            "table": fingerprint({"label": label, "shape": table.shape}),
        }
        make = partial(facet_layout, table.name, values, label, then_values)
        piles = table.shape == "piles"
        return self._artifact(table.name, parts, lambda: make(self._order, piles))

    def _scatter(self, table: ScatterLayout) -> Made[Layout]:
        from builder.layouts.scatter import scatter

        x, y = self.told.numbers(table.x), self.told.numbers(table.y)
        assert x is not None
        assert y is not None
        parts = {"x": _mark_of(*x), "y": _mark_of(*y)}
        make = partial(scatter, table.name, x[1], y[1], (x[0], y[0]))
        return self._artifact(table.name, parts, make)

    def _geography(self) -> Made[Layout]:
        from builder.layouts.geography import geography

        places = self.told.places(self.options.latitude, self.options.longitude)
        assert places is not None
        parts = {"places": [_mark_of("", one) for one in places]}
        return self._artifact("geography", parts, lambda: geography(*places))

    # What they share.

    @property
    def _vectors(self) -> Vectors:
        scores: Vectors = self.basis.components.value["scores"]
        return scores[:, : self.options.components]

    @property
    def _order(self) -> NDArray[np.int64]:
        """Ranks along the first principal component: likes stand near where nothing else says."""
        scores = self.basis.components.value["scores"]
        if not scores.shape[1]:
            return np.arange(len(scores))
        return np.asarray(np.argsort(np.argsort(scores[:, 0], kind="stable")), np.int64)

    @cached_property
    def _true(self) -> NDArray[np.int32]:
        return self.basis.nearest(_MEASURED)

    def _artifact(
        self, name: str, parts: Mapping[str, object], make: Callable[[], Layout]
    ) -> Made[Layout]:
        """A layout with its measures."""
        from builder.layouts.quality import measured

        features = self.basis.components.fingerprint
        parts = {"version": VERSIONS["layout"], "features": features, **parts}

        def write(_: object) -> records.Write:
            layout = measured(make(), self.basis.components.value["scores"], self._true)
            return records.write_layout(layout)

        named = f"layout-{name}-{self.basis.view}"
        return self.ledger.artifact("layouts", named, parts, write, records.read_layout)


_NO_XY = np.zeros((0, 2), np.float32)


def _mark_of(label: str, values: NDArray[np.float64]) -> str:
    return fingerprint({"label": label, "values": hashlib.sha256(values.tobytes()).hexdigest()})
