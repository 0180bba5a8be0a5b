"""What all tables of catalogue.toml have in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """One table of catalogue.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
