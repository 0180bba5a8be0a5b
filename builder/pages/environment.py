"""Where templates are found, and that everything in them is escaped."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import (
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateSyntaxError,
)

from builder.pages.resources import data_dir


def environment(own: Mapping[str, str] | None = None) -> Environment:
    """The templates; what a template misses is an error, and all text is escaped.

    Args:
        own: templates of the user, which go before ours; "!image.html" in them is ours.
    """
    ours = FileSystemLoader(data_dir("templates"))
    return Environment(
        loader=ChoiceLoader([DictLoader(own or {}), PrefixLoader({"": ours}, "!"), ours]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def fault_in(template: str) -> str:
    """What is wrong with the language of a template; "" if nothing."""
    try:
        environment().parse(template)
    except TemplateSyntaxError as error:
        return f"line {error.lineno}: {error.message}"
    return ""
