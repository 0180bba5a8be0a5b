"""Where templates are found, and that everything in them is escaped."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from builder.pages.resources import data_dir


def environment() -> Environment:
    """The templates; what a template misses is an error, and all text is escaped."""
    return Environment(
        loader=FileSystemLoader(data_dir("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
