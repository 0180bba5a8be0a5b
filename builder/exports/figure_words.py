"""What a figure says: names of clusters, the legend, and the line below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder import __version__
from builder.clusters.types import Cluster, Clustering
from builder.corpus.types import Image
from builder.layouts.types import Layout
from builder.pages.rights import credit_of
from builder.pages.types import SiteInput, ViewResult
from builder.settings import Settings

NAMED = 48
"""Clusters that are named at most; of more, the largest."""

_CREDITS = ("credit", "credits", "attribution", "rights", "licence", "license")
_MOST_CREDITS = 6
_NOT_BY_LIKENESS = ("timeline", "facet", "scatter", "geography")


@dataclass(frozen=True)
class Subject:
    """What a figure shows: one layout of a view, coloured by one of its clusterings."""

    site: SiteInput
    view: ViewResult
    layout: Layout
    clustering: Clustering

    @property
    def by_likeness(self) -> bool:
        """Whether places come from likeness, so that clusters can be outlined."""
        return not self.layout.name.startswith(_NOT_BY_LIKENESS)


def named(clustering: Clustering) -> list[Cluster]:
    """The clusters that are named, in the order of their numbers."""
    several = [cluster for cluster in clustering.clusters if len(cluster.members) > 1]
    largest = sorted(several, key=lambda cluster: (-len(cluster.members), cluster.number))
    return sorted(largest[:NAMED], key=lambda cluster: cluster.number)


def entry(cluster: Cluster) -> str:
    """A line of the legend."""
    name = clean(cluster.name) or "no name"
    return f"{cluster.number}  {name} ({len(cluster.members):,})"


def rest(clustering: Clustering, shown: Sequence[Cluster]) -> str:
    """What the legend says of clusters and images that it does not name."""
    smaller = len(clustering.clusters) - len(shown)
    alone = int((clustering.labels < 0).sum())
    parts = []
    if smaller:
        parts.append(f"{smaller:,} smaller cluster{'s' * (smaller > 1)}")
    if alone:
        parts.append(f"{alone:,} image{'s' * (alone > 1)} in none")
    return "grey: " + ", ".join(parts) if parts else ""


def caption(subject: Subject) -> str:
    """What is shown, by which description, how true it is, and whose it is."""
    site, view, layout = subject.site, subject.view, subject.layout
    images, clusters = len(site.corpus.images), len(subject.clustering.clusters)
    label = layout.label or layout.name.capitalize()
    sentences = [
        site.settings.catalogue.title,
        f"{label} of {images:,} image{'s' * (images != 1)} by {view.label.lower()}",
        layout.note,
    ]
    if clusters:
        method = f", {subject.clustering.method}" if subject.clustering.method else ""
        sentences.append(f"{clusters:,} cluster{'s' * (clusters > 1)}{method}")
    sentences += [_truth(layout), f"View “{view.name}”: {_models(view)}"]
    sentences.append(f"Catalogue version {site.version}, Volvelle {__version__}")
    sentences += _rights(site)
    return " ".join(_stopped(clean(one)) for one in sentences if one.strip())


def clean(text: str) -> str:
    """Text on one line, without letters that are not seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _stopped(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."


def _truth(layout: Layout) -> str:
    """How far neighbours on the layout are neighbours in the features, where it was measured."""
    wanted = {"trustworthiness": "trustworthiness", "neighbours_kept": "neighbours kept"}
    known = [f"{wanted[key]} {layout.quality[key]:.2f}" for key in wanted if key in layout.quality]
    return ", ".join(known).capitalize()


def _models(view: ViewResult) -> str:
    """The networks and their layers, each once."""
    words = (f"{card.backbone}, {card.layer}".strip(", ") for card in view.models)
    return " + ".join(dict.fromkeys(words)) or "no description"


def _rights(site: SiteInput) -> list[str]:
    """Authors and licence of the catalogue, and the credits that metadata name."""
    about = site.settings.catalogue
    sentences = []
    if about.authors:
        sentences.append("By " + "; ".join(about.authors))
    if about.licence:
        sentences.append(f"Licence: {about.licence}")
    credited = _credits(site)
    return sentences + ([f"Pictures: {credited}"] if credited else [])


def _credits(site: SiteInput) -> str:
    """The credits in the metadata, each with the sources that it is for; "" if there are none."""
    sources: dict[str, list[str]] = {}
    for image in site.corpus.images:
        credit = _credit(image, site.settings)
        if credit:
            known = sources.setdefault(credit, [])
            if image.source and clean(image.source) not in known:
                known.append(clean(image.source))
    named = [
        f"{_few(known, ', ')}: {credit}" if known else credit for credit, known in sources.items()
    ]
    return _few(named, "; ")


def _credit(image: Image, settings: Settings) -> str:
    """The credit line of a picture, and what else its row says of rights."""
    own = [credit_of(image, settings)]
    own += [text for label, text in image.fields.items() if label.strip().lower() in _CREDITS]
    said = (clean(text).rstrip(".") for text in own)
    return ", ".join(dict.fromkeys(text for text in said if text))


def _few(texts: Sequence[str], between: str) -> str:
    """The first of the texts, and how many more there are."""
    more = len(texts) - _MOST_CREDITS
    return between.join(texts[:_MOST_CREDITS]) + (f"{between}and {more:,} more" if more > 0 else "")
