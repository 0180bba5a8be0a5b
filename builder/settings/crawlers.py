"""Settings of what is said to programs that visit the site."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from builder.settings.base import Table


class CrawlersSettings(Table):
    """What visiting programs are told. They may not heed it."""

    index: bool = True
    """Whether search engines may list the pages."""
    ai: Literal["", "allow", "refuse"] = ""
    """Whether models may be trained on the catalogue; "" says nothing of it. It is told in
    robots.txt and, where refused, by the reservation of text and data mining on each page."""
    feed: Annotated[int, Field(ge=0, le=500)] = 50
    """How many of the newest images are in the Atom feed; 0 for none. Needs site_url."""
    cards: bool = True
    """Draw a card of 1200 by 630 pixels for each image, which networks show when its page is named.
    Needs site_url."""
