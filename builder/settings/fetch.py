"""Settings of `volvelle fetch`: how politely other people's servers are asked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from builder.settings.base import Table


class FetchSettings(Table):
    """How pictures are brought from IIIF servers."""

    contact: str = ""
    """An address or e-mail of yours, told to servers with each request, so that they can write
    instead of shutting you out."""
    rate: Annotated[float, Field(gt=0, le=50)] = 2.0
    """Requests a second to one server, at most."""
    retries: Annotated[int, Field(ge=0, le=20)] = 4
    """How often a request that failed for the moment is made again, each after a longer wait."""
    timeout: Annotated[float, Field(gt=0, le=3600)] = 60.0
    """Seconds without a byte after which a request has failed."""
    patience: Annotated[float, Field(ge=0, le=86400)] = 120.0
    """Longest wait in seconds that a server may ask for; beyond it the image is left for the next
    call."""
    size: Annotated[int, Field(ge=0, le=20_000)] = 2000
    """Longer side of the pictures in pixels; 0 for the largest there is."""
    max_megabytes: Annotated[int, Field(gt=0, le=4000)] = 100
    """Larger files are refused."""
