"""What all pages have in common: the templates, the cards of all images, and the frame."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from jinja2 import TemplateError
from markupsafe import Markup

from builder import __version__
from builder.errors import OutputError
from builder.layouts.types import Layout
from builder.pages import links
from builder.pages.cards import Card, cards
from builder.pages.clusterings import shown
from builder.pages.drawings import Miniature, miniature
from builder.pages.environment import environment
from builder.pages.facets import Facet, facets
from builder.pages.found_facets import band_facets, kind_facets, reserved
from builder.pages.sources import Source, sources
from builder.pages.text import encoded, json_in_script
from builder.pages.types import SiteInput, ViewResult

GENERATOR = f"Volvelle {__version__}"

File = tuple[str, bytes]
"""A path from the site's root, and what the file holds."""

Context = dict[str, Any]


class Frame:
    """Renders templates of one site; what pages share is made once.

    Attributes:
        site: what the pages are made of.
        cards: a card for each image, by row.
        facets: the columns to list by.
        filters: those, and what the build has found, to filter by on the map.
        miniatures: the map of each view that has one, by the view's name.
    """

    def __init__(self, site: SiteInput) -> None:
        self.site = site
        self.cards: list[Card] = cards(site.corpus.images)
        own = facets(site.corpus, site.settings.metadata, reserved(site))
        self.facets: tuple[Facet, ...] = own
        self.filters: tuple[Facet, ...] = own + kind_facets(site.verdicts) + band_facets(site)
        self.miniatures = {
            view.name: miniature(layout)
            for view in site.views
            if (layout := _map_of(view)) is not None and self.cards
        }
        self._templates = environment(site.theme.templates)

    def page(
        self,
        template: str,
        path: str,
        *,
        section: str = "",
        robots: str = "",
        host: str = "",
        **context: object,
    ) -> File:
        """Renders one page.

        Args:
            template: file in templates/.
            path: of the page, from the site's root.
            section: the entry of the header that it belongs to.
            robots: "noindex" for pages that search engines should leave out.
            host: origin of a picture that is shown from elsewhere, for the policy of the page.
            context: what the template reads besides the frame.
        """
        url = self.site.settings.catalogue.site_url
        listed = self.site.settings.crawlers.index
        page = {
            "host": host,
            "section": section,
            "robots": robots or ("" if listed else "noindex"),
            "canonical": "" if robots else links.absolute(url, path),
        }
        context.setdefault("root", links.root_of(path))
        try:
            own = self._templates.get_template(template)
            text = own.render(page=page, site=self._site, **context)
        except TemplateError as error:
            if not self.site.theme.templates:
                raise
            what = f"cannot make {path}: {error.message}"
            raise OutputError(what, f"templates/{template}", "mend your templates") from error
        return path, encoded(text)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """All sources, each with its images in page order."""
        return sources(self.site)

    @cached_property
    def feed(self) -> bool:
        """Whether there is a feed: it needs absolute addresses, and days."""
        settings, seen = self.site.settings, self.site.beside.first_seen
        return bool(settings.catalogue.site_url and seen and settings.crawlers.feed)

    @cached_property
    def _site(self) -> Context:
        about = self.site.settings.catalogue
        return {
            "title": about.title,
            "description": about.description,
            "language": about.language,
            "licence": about.licence,
            "licence_url": links.licence_url(about.licence),
            "version": self.site.version,
            "label": next((r.label for r in self.site.released), ""),
            "releases": len(self.site.releases),
            "built": self.site.built,
            "count": len(self.cards),
            "generator": GENERATOR,
            "url": about.site_url,
            "views": [
                {
                    "name": view.name,
                    "label": view.label,
                    "clusters": next((len(one.clustering.clusters) for one in shown(view)), 0),
                    "key": next((one.key for one in shown(view)), view.name),
                    "layouts": [layout.name for layout in view.layouts],
                }
                for view in self.site.views
            ],
            "facets": [{"key": facet.key, "label": facet.label} for facet in self.facets],
            "kinds": bool(kind_facets(self.site.verdicts)),
            "sources": bool(self.sources),
            "feed": self.feed,
            "theme": self.site.theme,
            "reserved": self.site.settings.crawlers.ai == "refuse",
        }

    def miniature(self, view: ViewResult) -> Context | None:
        """The shared picture of a view's map, for templates/macros.html."""
        found: Miniature | None = self.miniatures.get(view.name)
        if found is None:
            return None
        return {"view": view.name, "width": found.width, "height": found.height}


def data_block(value: object) -> Markup:
    """JSON for a script element of data; escaped by `json_in_script`, so not again by Jinja."""
    return Markup(json_in_script(value))  # noqa: S704


def _map_of(view: ViewResult) -> Layout | None:
    named = [layout for layout in view.layouts if layout.name == "map"]
    return next(iter([*named, *view.layouts]), None)
