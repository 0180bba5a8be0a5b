"""What the site that is being made claims, and what is new in it since the last release."""

from __future__ import annotations

from builder.pages import data, documents
from builder.pages.frame import GENERATOR
from builder.pages.removed import removed
from builder.pages.types import SiteInput
from builder.versions.compare import compare
from builder.versions.record import claims_of_documents
from builder.versions.types import Claims, Difference, Json


def news_of(site: SiteInput) -> Difference | None:
    """What changed since the last release; None where there is none, or this is a release."""
    if not site.releases or site.released:
        return None
    last = site.releases[-1]
    return compare(last.claims, claims_of(site), last.label)


def claims_of(site: SiteInput) -> Claims:
    """The claims of a site, by way of the documents that it publishes."""
    images = site.corpus.images
    ids = [image.id for image in images]
    found: dict[str, Json] = {
        "catalogue": data.catalogue(site, ()),
        "removed": removed(site),
    }
    for view in site.views:
        for path, document in data.neighbours(ids, view):
            found[path.removesuffix(".json")] = document
        for at in range(len(view.clusterings)):
            found[f"clusters/{view.key(at)}"] = documents.clusters(ids, view, at)
        for layout in view.layouts:
            if layout.name == "map":
                found[f"layouts/{view.name}-map"] = documents.layout(ids, view.name, layout)
    sources = [image.source for image in images]
    return claims_of_documents(found.get, GENERATOR, sources, [image.sha256 for image in images])
