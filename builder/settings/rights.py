"""Settings of rights: which pictures may be shown, and the line that goes with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from builder.settings.base import Table

Access = Literal["open", "restricted", "withheld"]
"""What of a picture may be shown: all of it, a thumbnail alone, or nothing."""


class RightsSettings(Table):
    """What of a picture may be shown, where its own row of the metadata does not say."""

    default: Access = "open"
    """For images of which neither their row nor their source says anything: open, restricted (a
    thumbnail alone is shown) or withheld (the description alone)."""
    sources: Mapping[str, Access] = {}
    """The same by source, such as "MS A" = "restricted"."""
    credits: Mapping[str, str] = {}
    """The credit line of a source's pictures, where their rows have none."""
