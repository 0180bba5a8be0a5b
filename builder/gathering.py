"""What all stages gave, gathered for the pages, and the files that are not made of templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from builder.atlas.edges import edge_file, relatives
from builder.atlas.types import Atlas
from builder.atlas.vectors import encoded
from builder.corpus.types import Corpus
from builder.curated import Curated
from builder.exports.tables import distances_csv
from builder.grouping import Surroundings
from builder.likeness import score_words
from builder.measures.quantiles import bands
from builder.measures.review import suspects_text
from builder.measures.types import Measures
from builder.measuring import Judged
from builder.pages.data import atlas_twin
from builder.pages.rights import origins
from builder.pages.types import Banded, Piece, SiteInput, Variance, ViewResult
from builder.seeing import Seen
from builder.settings import Settings
from builder.showing import Shown, measures_shown, pieces_shown
from builder.similarity.types import Aligned
from builder.workspace import FOLDER

HELD = (0.5, 0.8, 0.9, 0.95, 0.99)
"""Shares of the variance of which it is said how many components hold them."""

_SOFTWARE = ("torch", "timm", "numpy", "scipy", "scikit-learn", "umap-learn", "shufflesnap")

File = tuple[str, bytes]


def gather(
    settings: Settings,
    corpus: Corpus,
    seen: Sequence[Seen],
    judged: Judged,
    atlas: Atlas,
    version: str,
    built: str,
    pieces: Mapping[str, tuple[tuple[Piece, ...], ...]],
    aligned: Mapping[str, tuple[Aligned, ...]] | None = None,
) -> SiteInput:
    """Everything that pages and exports are made of."""
    measures = measures_shown(judged.measures, corpus)
    return SiteInput(
        settings,
        corpus,
        tuple(
            replace(
                _view(one, pieces_shown(pieces.get(one.settings.name, ()), corpus)),
                aligned=(aligned or {}).get(one.settings.name),
            )
            for one in seen
        ),
        atlas,
        version,
        built,
        figures(corpus) | _elsewhere(settings, corpus),
        measures,
        judged.verdicts,
        banded(measures),
    )


def surroundings(
    folder: Path, settings: Settings, corpus: Corpus, shown: Shown, curated: Curated
) -> Surroundings:
    """What clusters and layouts are told of beside likeness."""
    named = {getattr(settings.metadata, role): role for role in ("source", "title", "date")}
    labels = {label for image in corpus.images for label in image.fields}
    return Surroundings(
        folder,
        corpus,
        shown.pixels,
        shown.ground,
        curated,
        {name: role for name, role in named.items() if name and name not in labels},
    )


def _view(seen: Seen, pieces: tuple[tuple[Piece, ...], ...]) -> ViewResult:
    main, *further = seen.groupings
    return ViewResult(
        seen.settings,
        seen.cards,
        seen.neighbours.value,
        main.named.value,
        tuple(layout.value for layout in seen.layouts),
        score_words(seen.settings),
        pieces,
        further=tuple(one.named.value for one in further),
        means=tuple(one.means.value if one.means else {} for one in seen.groupings),
        variance=_variance(seen),
        vectors=seen.vectors.value,
        answers=seen.answers.value if seen.answers else None,
    )


def _variance(seen: Seen) -> Variance:
    from builder.similarity.components import holding

    spectrum: NDArray[np.float64] = seen.components.value["spectrum"]
    holds = {share: holding(spectrum, share) for share in HELD}
    return Variance(spectrum, holds, f"{FOLDER}/{seen.components.path.name}")


def banded(measures: Measures) -> tuple[Banded, ...]:
    """The measures that tell images apart, in bands."""
    cut = [(column.name, bands(column.values)) for column in measures.columns]
    return tuple(
        Banded(name, found.labels, tuple(found.index.tolist()))
        for name, found in cut
        if len(found.labels) > 1
    )


def figures(corpus: Corpus) -> dict[str, object]:
    """Numbers for the about page that no other room knows."""
    return {
        "Images": len(corpus.images),
        "Distinct picture files": len({image.sha256 for image in corpus.images}),
        **_closed(corpus),
        "Software": ", ".join(f"{name} {metadata.version(name)}" for name in _SOFTWARE),
    }


def _closed(corpus: Corpus) -> dict[str, object]:
    """How many images are not shown whole, where there are any."""
    words = {
        "restricted": "Images of which a thumbnail alone may be shown",
        "withheld": "Images whose picture may not be shown",
    }
    counts = {kind: sum(one.access == kind for one in corpus.images) for kind in words}
    return {words[kind]: count for kind, count in counts.items() if count}


def _elsewhere(settings: Settings, corpus: Corpus) -> dict[str, object]:
    """Which servers of others readers' browsers ask for pictures, where they do."""
    found = origins(corpus.images, settings)
    return {"Large pictures are shown from": ", ".join(found)} if found else {}


def further_files(site: SiteInput) -> Iterator[File]:
    """Vectors, mean images of clusters, their distances, and what images are suspected of."""
    for view in site.views:
        yield from _vector_files(site, view)
        yield from _edge_files(site, view)
        for at, clustering in enumerate(view.clusterings):
            key = view.key(at)
            for name, picture in (view.means[at] if view.means else {}).items():
                yield f"clusters/{key}/{name}.webp", picture
            if clustering.distances.size:
                yield f"exports/distances-{key}.csv", distances_csv(clustering).encode()
    if site.verdicts:
        ids = [image.id for image in site.corpus.images]
        yield "exports/suspects.csv", suspects_text(ids, site.verdicts).encode()


def _vector_files(site: SiteInput, view: ViewResult) -> Iterator[File]:
    """What search by example reads."""
    if view.vectors is None:
        return
    yield from _binary(site, f"vectors/{view.name}", encoded(view.vectors, site.version))


def _edge_files(site: SiteInput, view: ViewResult) -> Iterator[File]:
    """The pairs of relatives that the explorer draws lines between and wanders along."""
    edges = relatives(view.neighbours.all)
    yield from _binary(site, f"edges/{view.name}", edge_file(edges, site.version))


def _binary(site: SiteInput, key: str, content: bytes) -> Iterator[File]:
    """A file of bytes, and its twin for file:// if the site is portable."""
    yield f"api/{key}.bin", content
    if site.settings.site.portable:
        yield f"data/{key}.js", atlas_twin(key, content)
