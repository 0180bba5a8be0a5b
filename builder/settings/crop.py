"""Settings of images that were cut out of pages by `volvelle crop`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from builder.settings.base import Table


class CropSettings(Table):
    """How images are cut out of pages, and where the pages are."""

    pages: str = "pages"
    """Folder of the pages, searched with all its subfolders; where it is there, the page of an
    image shows where on its page it stood."""
    margin: Annotated[float, Field(ge=0, le=1)] = 0.02
    """Added to each side of a box, as a share of its longer side."""
