"""Settings of layouts: lists make several maps, and wrong names are told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.errors import SettingsError
from builder.settings import parse
from builder.settings.layouts import LayoutsSettings, slug


def test_lists_make_maps_side_by_side() -> None:
    """Every count with every distance, the first of all is the map."""
    options = LayoutsSettings(neighbours=(15, 50), min_distance=(0.15, 0.0))

    assert options.maps() == [
        ("map", 15, 0.15),
        ("map-n15-d0", 15, 0.0),
        ("map-n50-d015", 50, 0.15),
        ("map-n50-d0", 50, 0.0),
    ]


def test_facets_are_names_or_tables() -> None:
    """A word stands for a table with that column."""
    layouts = parse(
        {"layouts": {"facets": ["source", {"column": "Typ", "then": "source"}]}}
    ).layouts

    assert [one.name for one in layouts.facets] == ["facet-source", "facet-typ-source"]
    assert layouts.names()[-2:] == ["facet-source", "facet-typ-source"]


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"show": ["mapp"]}, 'show names "mapp"; known are map, grid'),
        ({"grids": ["grid"]}, 'grids names "grid"'),
        ({"facets": ["a", "A"]}, 'two layouts "facet-a"'),
        ({"neighbours": []}, "must name at least one"),
        ({"neighbours": "many"}, "layouts.neighbours"),
        ({"facets": [{"column": "a", "them": "b"}]}, 'did you mean "then"?'),
        ({"neighbors": 3}, 'did you mean "neighbours"?'),
        ({"min_distance": 2}, "layouts.min_distance"),
    ],
)
def test_what_makes_no_sense_is_told(table: dict[str, object], words: str) -> None:
    """One sentence that names the setting."""
    with pytest.raises(SettingsError) as caught:
        parse({"layouts": table})

    assert words in caught.value.sentence


@given(st.text())
def test_any_column_has_a_name_for_addresses(text: str) -> None:
    """Lower-case letters, digits and hyphens, never nothing for a name that is something."""
    found = slug(text)

    assert all(letter in "abcdefghijklmnopqrstuvwxyz0123456789-" for letter in found)
    assert found
