"""The stages of one view: neighbours, clusters, layouts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builder import records, verifying
from builder.answering import answers
from builder.arranging import Arranged, Arranging, Basis
from builder.atlas.types import Vectors
from builder.clusters.types import Clustering
from builder.describing import Describing
from builder.errors import Problem
from builder.features.backbones import kind
from builder.features.types import ModelCard
from builder.grouping import Grouped, Grouping, Surroundings
from builder.layouts.types import Layout
from builder.ledger import Ledger, Made
from builder.likeness import Likeness
from builder.measures.leaving import neighbours_of_all
from builder.settings import Settings, ViewSettings
from builder.similarity.types import Answers, Neighbours
from builder.told import Told, told
from builder.workspace import fingerprint

VERSIONS = {"neighbours": 3, "components": 3, "vectors": 1}
"""Of what each artifact holds. Raised by hand when it changes for the same inputs."""


@dataclass(frozen=True)
class Seen:
    """The artifacts of one view."""

    settings: ViewSettings
    cards: tuple[ModelCard, ...]
    neighbours: Made[Neighbours]
    answers: Made[Answers] | None
    components: Made[Any]
    vectors: Made[Vectors]
    groupings: tuple[Grouped, ...]
    arranged: Arranged

    @property
    def layouts(self) -> tuple[Made[Layout], ...]:
        """In the order of showing, the map first and the grid second."""
        return self.arranged.layouts

    @property
    def clustering(self) -> Made[Clustering]:
        """The main clustering, under the names of clusters.csv."""
        return self.groupings[0].named

    @property
    def fingerprints(self) -> list[str]:
        """Of everything that the site shows of the view."""
        groups = [one for grouped in self.groupings for one in (grouped.named, grouped.means)]
        made = [
            self.neighbours,
            self.answers,
            self.components,
            self.vectors,
            *groups,
            *self.layouts,
        ]
        return [one.fingerprint for one in made if one is not None]

    @property
    def problems(self) -> list[Problem]:
        """What could not be done as asked; reading it reads the clusterings."""
        found = list(self.arranged.problems)
        for grouped in self.groupings:
            if grouped.named.path.exists():
                found += [*grouped.named.value.problems, *grouped.problems]
        return found


class Seeing:
    """The stages of one view, each an artifact of the ones before.

    Args:
        ledger: makes what is missing.
        settings: of the catalogue.
        view: the view's own.
        describing: the descriptors of all views.
        around: what clusters and layouts are told of beside likeness.
        measures: name -> (n,) numbers on images, which layouts may use.
        kept: (n,) which images take part in neighbours and clusters; None for all.
    """

    def __init__(
        self,
        ledger: Ledger,
        settings: Settings,
        view: ViewSettings,
        describing: Describing,
        around: Surroundings | None = None,
        measures: Mapping[str, NDArray[np.float64]] | None = None,
        kept: NDArray[np.bool_] | None = None,
    ) -> None:
        self.around = around or Surroundings()
        self.ledger, self.settings, self.view = ledger, settings, view
        self.describing = describing
        self.kept = None if kept is None or kept.all() else kept
        self.likeness = Likeness(describing, view)
        # Layouts place all images; what is left out must not change how others are related.
        self.part = self.likeness if self.kept is None else Likeness(describing, view, self.kept)
        self.sources = describing.pictures.sources
        self.index = describing.contents.index
        pictures = describing.pictures
        bare = Told(pictures.ids, pictures.hashes, columns={"source": pictures.sources})
        corpus, roles = self.around.corpus, self.around.roles
        self.told = told(corpus, measures, roles) if corpus else bare

    def run(self) -> Seen:
        """All stages in order."""
        neighbours = self.neighbours()
        answered = answers(self.ledger, self.describing, self.view, neighbours)
        components = self.components()
        vectors = self.vectors(components)
        groupings = self.clusters(neighbours, components)
        arranged = self.layouts(neighbours, components, groupings)
        cards = self.likeness.cards
        return Seen(
            self.view, cards, neighbours, answered, components, vectors, groupings, arranged
        )

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
            "verify": [self.view.verify, verifying.VERSION] if self.view.verify else [],
            "sources": fingerprint({"sources": self.sources}),
            "neighbours.count": count,
        }
        if self.kept is not None:
            parts["images.exclude"] = fingerprint({"kept": self.kept.tolist()})

        def make(_: object) -> records.Write:
            found = self.part.neighbours(count)
            whole = found if self.kept is None else neighbours_of_all(found, self.kept)
            return records.write_neighbours(whole)

        return self._made("neighbours", "neighbours", parts, make, records.read_neighbours)

    def components(self) -> Made[Any]:
        """Principal components: what clusters and layouts read."""
        from builder.similarity.components import principal_components

        count = max(
            *(one.components for one in self.settings.clusters), self.settings.layouts.components
        )
        parts = {
            "version": VERSIONS["components"],
            "likeness": self._compared,
            "components": count,
            "ids": fingerprint({"ids": self.told.ids}),
        }

        def make(_: object) -> records.Write:
            found = principal_components(self.likeness.matrix, self.index, count)
            return records.archive({**vars(found), "ids": np.array(self.told.ids, np.str_)})

        return self._made("clusters", "components", parts, make, records.read_arrays)

    def vectors(self, components: Made[Any]) -> Made[Vectors]:
        """The components in eight bits a number: what search by example reads."""
        from builder.atlas.vectors import measured, shortened

        parts = {"version": VERSIONS["vectors"], "components": components.fingerprint}

        def likeness(row: int) -> NDArray[np.float32]:
            return np.asarray(self.likeness.matrix[self.index[row]][self.index], np.float32)

        def make(_: object) -> records.Write:
            values, scales = shortened(components.value["scores"])
            return records.write_vectors(measured(values, scales, likeness))

        return self._made("atlas", "vectors", parts, make, records.read_vectors)

    def clusters(self, neighbours: Made[Neighbours], components: Made[Any]) -> tuple[Grouped, ...]:
        """Groups of images that look alike, by each clustering of the settings."""
        grouping = Grouping(
            self.ledger,
            self.view.name,
            self.likeness,
            neighbours.fingerprint,
            components,
            self.around,
            self.part,
        )
        return tuple(grouping.run(options) for options in self.settings.clusters)

    def layouts(
        self,
        neighbours: Made[Neighbours],
        components: Made[Any],
        groupings: tuple[Grouped, ...],
    ) -> Arranged:
        """Where images lie, in each layout that is asked for."""
        from builder.similarity.neighbours import nearest

        def true(count: int) -> NDArray[np.int32]:
            apart = [""] * len(self.index)
            return nearest(self.likeness.matrix, self.index, apart, count).all.rows

        names = [options.name for options in self.settings.clusters]
        named = {name: one.named for name, one in zip(names, groupings, strict=True)}
        basis = Basis(self.view.name, self._seen, components, named, true, neighbours)
        return Arranging(self.ledger, self.settings.layouts, self.told, basis).run()

    @property
    def _seen(self) -> dict[str, object]:
        """How the view sees, whatever the images: a map stays as long as this does."""
        backbones = [one.backbone for one in self.view.descriptors]
        networks = [
            # Own vectors come with the images, so they change whenever images do.
            "" if kind(backbone) == "vectors" else card.checksum
            for backbone, card in zip(backbones, self.likeness.cards, strict=True)
        ]
        settings = self.view.model_dump(mode="json", exclude={"name", "label", "hubs", "verify"})
        return {"settings": settings, "networks": networks}

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
