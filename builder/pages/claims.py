"""What the site that is being made claims, to be compared with its releases."""

from __future__ import annotations

from builder.pages import data, documents
from builder.pages.removed import removed
from builder.pages.types import SiteInput
from builder.versions.record import claims_of_documents
from builder.versions.types import Claims, Json


def claims_of(site: SiteInput, generator: str) -> Claims:
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
    return claims_of_documents(found.get, generator, sources, [image.sha256 for image in images])
