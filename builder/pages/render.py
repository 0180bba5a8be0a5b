"""Renders a site, one text file after another, so that no more than a page is held."""

from __future__ import annotations

from collections.abc import Iterator

from builder.pages import about, data, links
from builder.pages.alignments import alignments
from builder.pages.citation import catalogue_files
from builder.pages.collate import collate_pages
from builder.pages.compare import compare_page
from builder.pages.crawlers import crawler_files, sitemaps
from builder.pages.documents import documents
from builder.pages.drawings import FAVICON
from builder.pages.former import former_pages
from builder.pages.frame import GENERATOR, File, Frame
from builder.pages.frozen import release_pages
from builder.pages.groups import cluster_pages
from builder.pages.iiif import iiif_files
from builder.pages.images import image_pages
from builder.pages.kinds import kind_pages
from builder.pages.lists import first_list, list_pages
from builder.pages.news import news_pages
from builder.pages.offered import export_files
from builder.pages.removed import removed_pages
from builder.pages.rights import picture_path
from builder.pages.source_pages import source_pages
from builder.pages.text import encoded, json_text, script_text
from builder.pages.types import SiteInput


def render(site: SiteInput) -> Iterator[File]:
    """All text files of the site as (path from its root, bytes), in a fixed order.

    Pictures, atlas pages with their twins (`data.atlas_twin`), the built front end and exports/
    are not among them: the pipeline copies or writes those.
    """
    frame = Frame(site)
    addresses: list[str] = []
    for path, content in _files(frame):
        if path.endswith(".html") and path != "404.html" and b'content="noindex"' not in content:
            addresses.append(path)
        yield path, content
    pictures = {
        links.item_page(one.id): picture_path(one, site.settings) for one in site.corpus.images
    }
    yield from sitemaps(site.settings.catalogue.site_url, addresses, pictures)


def _files(frame: Frame) -> Iterator[File]:
    yield from _single(frame)
    yield from _documents(frame)
    yield from image_pages(frame)
    yield from removed_pages(frame)
    yield from former_pages(frame)
    yield from cluster_pages(frame)
    yield from list_pages(frame)
    yield from source_pages(frame)
    yield from collate_pages(frame)
    yield from kind_pages(frame)
    yield from release_pages(frame)
    yield from news_pages(frame)
    yield from iiif_files(frame)


def _single(frame: Frame) -> Iterator[File]:
    """Pages and files of which there is one."""
    site = frame.site
    url = site.settings.catalogue.site_url
    yield frame.page("explorer.html", "index.html", section="explore", **first_list(frame))
    yield frame.page(
        "about.html", "about/index.html", section="about", **about.context(site, export_files(site))
    )
    yield compare_page(frame)
    yield frame.page("404.html", "404.html", robots="noindex", root=links.base_path(url))
    yield "assets/favicon.svg", encoded(FAVICON)
    for view, miniature in frame.miniatures.items():
        yield f"assets/map-{view}.svg", encoded(miniature.svg)
    yield "version.json", encoded(json_text(data.version(site, GENERATOR)) + "\n")
    yield ".nojekyll", b""
    yield from catalogue_files(site)
    yield from crawler_files(frame)


def _documents(frame: Frame) -> Iterator[File]:
    """The JSON of the whole catalogue and of each view, and the scripts that hold the same."""
    site = frame.site
    ids = [card.id for card in frame.cards]
    for key, document in documents(site, frame.filters):
        yield from _document(site, key, document)
    for view in site.views:
        for path, document in data.neighbours(ids, view):
            yield f"api/{path}", encoded(json_text(document))
        if view.aligned is not None:
            # Pages read the same in parts.
            whole = alignments(ids, view.name, view.aligned)
            yield f"api/alignments/{view.name}.json", encoded(json_text(whole))


def _document(site: SiteInput, key: str, document: data.Json) -> Iterator[File]:
    yield f"api/{key}.json", encoded(json_text(document))
    if site.settings.site.portable:
        yield f"data/{key}.js", encoded(script_text(key, document))
