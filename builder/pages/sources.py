"""Sources: their images in page order, and what comes before and after in one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from builder.corpus.types import Corpus
from builder.pages.references import Columns, located
from builder.pages.text import natural_key, slugs
from builder.pages.types import SiteInput
from builder.settings import Settings


@dataclass(frozen=True)
class Source:
    """One source.

    Attributes:
        name: of the manuscript, book or collection.
        slug: of its address, sources/<slug>/.
        rows: its images in page order.
        places: of each of them in the source ("fol. 4v"), "" if unknown.
    """

    name: str
    slug: str
    rows: tuple[int, ...]
    places: tuple[str, ...]

    @property
    def page(self) -> str:
        """Where its page is."""
        return f"sources/{self.slug}/index.html"

    def beside(self, row: int) -> tuple[int, int]:
        """The rows before and after one of its images, -1 where there is none."""
        at = self.rows.index(row)
        before = self.rows[at - 1] if at else -1
        return before, self.rows[at + 1] if at + 1 < len(self.rows) else -1


def sources(site: SiteInput) -> tuple[Source, ...]:
    """All sources of a site."""
    return in_page_order(site.corpus, site.settings)


def in_page_order(corpus: Corpus, settings: Settings) -> tuple[Source, ...]:
    """All sources in natural order of their names, their images in page order.

    Page order is the natural order of the column of places (`cite.location`) where every image of
    the source has one, and of the files' paths within; else of the paths alone.
    """
    column = settings.cite.location
    members: dict[str, list[int]] = defaultdict(list)
    for row, image in enumerate(corpus.images):
        if image.source.strip():
            members[" ".join(image.source.split())].append(row)
    names = sorted(members, key=lambda name: (natural_key(name), name))
    found = []
    for name, slug in zip(names, slugs(names), strict=True):
        texts = {row: Columns(corpus.images[row].fields).get(column) for row in members[name]}
        rows = members[name]
        if all(texts.values()):
            rows = sorted(rows, key=lambda row: (natural_key(texts[row]), row))
        places = tuple(located(column, texts[row]) for row in rows)
        found.append(Source(name, slug, tuple(rows), places))
    return tuple(found)
