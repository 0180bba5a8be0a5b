"""The language of a value."""

from __future__ import annotations

import pytest

from builder.pages.languages import language_of


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("شكل القمر ٨٨", "title", "und-Arab"),
        ("Περὶ σφαίρας, 40", "title", "und-Grek"),
        ("Περὶ sphaeras", "title", ""),
        ("Spheres", "title", ""),
        ("12", "folio", ""),
        ("قمر", "title@fa", "fa"),
        ("Mond", "Title (de-AT)", "de-AT"),
        ("Mond", "Title (German)", ""),
    ],
)
def test_a_value_says_its_language_or_its_script(text: str, label: str, expected: str) -> None:
    """A label goes before; letters of one script tell the script; nothing is guessed."""
    assert language_of(text, label) == expected
