"""Notes in Markdown as safe HTML, by markdown-it (CommonMark, tables, footnotes) and nh3.

HTML in a note is text. Links to ids lead to the images' pages, pictures named by ids show their
thumbnails; pictures from elsewhere are left out, for a page asks nothing of a third party.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "sup"),
    *("h3", "h4", "h5", "h6", "a", "img", "section"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class", "rel"},
    "img": {"src", "alt", "title", "loading", "class"},
    "ol": {"start", "class"},
    "li": {"id", "class"},
    "section": {"class"},
    "sup": {"class"},
}
_SCHEMES = {"http", "https", "mailto"}
_CLASSES = re.compile(r"footnote[a-z-]*( footnote[a-z-]*)*|")
_ANCHOR = re.compile(r"fn(ref)?[0-9]+(:[0-9]+)?")


class NoteWriter:
    """Writes notes.

    Args:
        ids: of all images; a link to one of them leads to its page.
        page: id -> the way from the note's page to the page of an image.
        thumb: id -> the way to its thumbnail.
    """

    def __init__(
        self, ids: Collection[str], page: Callable[[str], str], thumb: Callable[[str], str]
    ) -> None:
        self._ids, self._page, self._thumb = frozenset(ids), page, thumb

    def __call__(self, markdown: str) -> Markup:
        """The note as HTML, its headings below the page's own."""
        html = self._markdown.render(markdown, {})
        return Markup(self._cleaned(html))  # noqa: S704  (cleaned by nh3)

    @cached_property
    def _markdown(self) -> MarkdownIt:
        from markdown_it import MarkdownIt
        from mdit_py_plugins.footnote import footnote_plugin

        made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
        made.use(footnote_plugin)
        made.core.ruler.push("volvelle", self._linked)
        return made

    def _linked(self, state: Any) -> None:
        """Turns links to ids into ways, and puts headings where they belong in the page."""
        for token in _walk(state.tokens):
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
            elif token.type == "link_open":
                self._link(token)
            elif token.type == "image":
                known = self._known(str(token.attrGet("src") or ""))
                token.attrs = {"src": self._thumb(known), "loading": "lazy"} if known else {}
                token.attrSet("alt", token.content)

    def _link(self, token: Token) -> None:
        target = str(token.attrGet("href") or "")
        known = self._known(target)
        if known:
            token.attrSet("href", self._page(known))
        elif not target.startswith(("http://", "https://", "mailto:")):
            token.attrs.pop("href", None)  # it would lead nowhere
        else:
            token.attrSet("rel", "external noreferrer")

    def _known(self, target: str) -> str:
        """The id that a link names, "" if none."""
        named = unquote(target).removeprefix("#").removesuffix("/")
        return named if named in self._ids else ""

    def _cleaned(self, html: str) -> str:
        import nh3

        return nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            attribute_filter=self._kept,
            url_schemes=_SCHEMES,
            link_rel=None,
            strip_comments=True,
        )

    def _kept(self, _tag: str, attribute: str, value: str) -> str | None:
        if attribute == "src" and not value.startswith(("../", "./")):
            return None
        if attribute == "class" and not _CLASSES.fullmatch(value):
            return None
        if attribute == "id" and not _ANCHOR.fullmatch(value):
            return None
        return value


def _walk(tokens: list[Token]) -> list[Token]:
    return [one for token in tokens for one in (token, *_walk(token.children or []))]


def lost_links(markdown: str, ids: Collection[str]) -> list[str]:
    """Targets of links and pictures in a note that lead nowhere, in its order."""
    from markdown_it import MarkdownIt

    tokens = _walk(MarkdownIt("commonmark", {"html": False}).parse(markdown))
    targets = [
        str(token.attrGet("href" if token.type == "link_open" else "src") or "")
        for token in tokens
        if token.type in ("link_open", "image")
    ]
    found = [
        target
        for target in targets
        if not target.startswith(("http://", "https://", "mailto:"))
        and unquote(target).removeprefix("#").removesuffix("/") not in ids
    ]
    return list(dict.fromkeys(found))
