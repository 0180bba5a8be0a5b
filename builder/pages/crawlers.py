"""What visiting programs read: robots.txt, the sitemap with pictures, the feed of new images."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from builder.pages import links
from builder.pages.frame import File, Frame
from builder.pages.text import encoded, json_text

_SITEMAP_LENGTH = 50_000  # addresses that one sitemap may hold
_SITEMAP_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_IMAGE_SPACE = 'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"'

# Names under which makers of models say that their programs look into robots.txt.
_TRAINERS = (
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Google-Extended",
    "GPTBot",
    "meta-externalagent",
)

# XML 1.0 has no way to write these, not even escaped.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml(text: str) -> str:
    """Text for an element of XML; signs that XML cannot have become U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text))


def crawler_files(frame: Frame) -> Iterator[File]:
    """robots.txt, the reservation of text and data mining, and the feed."""
    site = frame.site
    told = site.settings.crawlers
    yield "robots.txt", encoded(robots(site.settings.catalogue.site_url, told.index, told.ai))
    if told.ai:
        reserved = [{"location": "/*", "tdm-reservation": int(told.ai == "refuse")}]
        yield ".well-known/tdmrep.json", encoded(json_text(reserved) + "\n")
    if frame.feed:
        yield "feed.xml", encoded(feed(frame))


def robots(site_url: str, index: bool, ai: str) -> str:
    """robots.txt, with a line on training as the owner chose it."""
    blocks = [["User-agent: *"]]
    if ai:
        allowed = ai == "allow"
        blocks[0].append(f"Content-Usage: train-ai={'y' if allowed else 'n'}")
        blocks[0].append(f"Content-Signal: ai-train={'yes' if allowed else 'no'}")
    blocks[0].append("Disallow:" if index else "Disallow: /")
    if ai == "refuse":
        blocks.append([*(f"User-agent: {name}" for name in _TRAINERS), "Disallow: /"])
    if site_url:
        blocks.append([f"Sitemap: {site_url}sitemap.xml"])
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def feed(frame: Frame) -> str:
    """The newest images as Atom (RFC 4287), the latest day first."""
    site = frame.site
    about, seen = site.settings.catalogue, site.beside.first_seen
    rows = [row for row, card in enumerate(frame.cards) if seen.get(card.id)]
    rows.sort(key=lambda row: seen[frame.cards[row].id], reverse=True)
    rows = rows[: site.settings.crawlers.feed]
    newest = seen[frame.cards[rows[0]].id] if rows else "1970-01-01"
    names = about.authors or (about.title,)
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(about.language)}>',
        f"<title>{xml(about.title)}: new images</title>",
        f"<id>{xml(about.site_url)}feed.xml</id>",
        f"<updated>{newest}T00:00:00Z</updated>",
        *(f"<author><name>{xml(name)}</name></author>" for name in names),
        f'<link rel="self" href={quoteattr(about.site_url + "feed.xml")}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(about.site_url)}/>',
    ]
    entries = [_entry(frame, row, seen[frame.cards[row].id]) for row in rows]
    return "\n".join([*head, *entries, "</feed>"]) + "\n"


def _entry(frame: Frame, row: int, day: str) -> str:
    card, url = frame.cards[row], frame.site.settings.catalogue.site_url
    page = links.absolute(url, links.item_page(card.id))
    image = frame.site.corpus.images[row]
    thumb = links.absolute(url, f"thumbs/{card.id}.webp") if image.access != "withheld" else ""
    enclosed = f'<link rel="enclosure" type="image/webp" href={quoteattr(thumb)}/>'
    origin = ", ".join(part for part in (card.source, card.date) if part)
    summary = f"<summary>{xml(origin)}</summary>" if origin else ""
    return (
        f"<entry><title>{xml(card.title)}</title><id>{xml(page)}</id>"
        f"<updated>{day}T00:00:00Z</updated>{summary}"
        f'<link rel="alternate" type="text/html" href={quoteattr(page)}/>'
        f"{enclosed if thumb else ''}</entry>"
    )


def sitemaps(site_url: str, addresses: list[str], titles: Mapping[str, str]) -> Iterator[File]:
    """The sitemap, in parts where it is long; pages of images name their pictures.

    Args:
        addresses: paths of the pages.
        titles: path of an image's page -> path of its picture.
    """
    if not site_url or not addresses:
        return
    pages = [
        addresses[at : at + _SITEMAP_LENGTH] for at in range(0, len(addresses), _SITEMAP_LENGTH)
    ]
    if len(pages) == 1:
        yield "sitemap.xml", _locations("urlset", "url", site_url, pages[0], titles)
        return
    names = [f"sitemap-{at}.xml" for at in range(1, len(pages) + 1)]
    yield "sitemap.xml", _locations("sitemapindex", "sitemap", site_url, names, {})
    for name, page in zip(names, pages, strict=True):
        yield name, _locations("urlset", "url", site_url, page, titles)


def _locations(
    outer: str, inner: str, site_url: str, paths: list[str], pictures: Mapping[str, str]
) -> bytes:
    lines = []
    for path in paths:
        picture = pictures.get(path, "")
        shown = links.absolute(site_url, picture) if picture else ""
        image = f"<image:image><image:loc>{xml(shown)}</image:loc></image:image>" if shown else ""
        lines.append(f"<{inner}><loc>{xml(links.absolute(site_url, path))}</loc>{image}</{inner}>")
    spaces = f"{_SITEMAP_SPACE} {_IMAGE_SPACE}" if pictures else _SITEMAP_SPACE
    body = "\n".join(lines)
    return encoded(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{outer} {spaces}>\n{body}\n</{outer}>\n'
    )
