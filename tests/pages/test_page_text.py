"""Text for machines and addresses."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.pages.text import (
    json_in_script,
    json_text,
    natural_key,
    number,
    numbers,
    plain,
    script_text,
    slug,
    slugs,
    words,
)

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_JSON)
def test_json_in_a_script_is_the_same_json(value: object) -> None:
    """Escaping for scripts changes no value."""
    assert value == json.loads(json_in_script(value))


@given(st.text(alphabet="<>&/!-script\u2028\u2029\"'\\ "))
def test_nothing_in_a_script_can_end_it(text: str) -> None:
    """No angle bracket, ampersand or line separator is left in a script."""
    assert set() == set("<>&\u2028\u2029") & set(json_in_script({text: [text]}))


def test_a_script_hands_over_key_and_value() -> None:
    """A twin is one call with the key and the payload."""
    assert (
        script_text("a/b", {"x": [1, "</script>"]})
        == 'volvelle.add("a/b", {"x":[1,"\\u003c/script\\u003e"]});\n'
    )


def test_json_keeps_the_order_and_the_letters() -> None:
    """JSON is compact, in the given order, and not ASCII only."""
    assert json_text({"z": "ā", "a": 1}) == '{"z":"ā","a":1}'


def test_json_refuses_what_is_not_json() -> None:
    """NaN never gets into a document."""
    with pytest.raises(ValueError):
        json_text({"x": float("nan")})


def test_numbers_are_rounded_to_four_decimals() -> None:
    """float32 noise is gone, not-finite is 0 in lists and null alone, minus zero is zero."""
    values = np.array([[0.1, 1 / 3], [-0.00001, np.nan]], np.float32)

    assert numbers(values) == [[0.1, 0.3333], [0.0, 0.0]]
    assert json_text(numbers(values)) == "[[0.1,0.3333],[0.0,0.0]]"
    assert (number(2 / 3), number(float("inf"))) == (0.6667, None)


def test_plain_knows_numpy() -> None:
    """Arrays and numpy scalars become lists and numbers, at any depth."""
    value = {"a": np.float32(0.5), "b": (np.int64(3), np.array([True, False])), 1: None}

    assert plain(value) == {"a": 0.5, "b": [3, [True, False]], "1": None}


@given(st.lists(st.text(), unique=True, max_size=30))
def test_slugs_are_safe_and_distinct(texts: list[str]) -> None:
    """Distinct texts get distinct addresses of lower-case letters, digits and hyphens."""
    found = slugs(texts)

    assert len(texts) == len(set(found))
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for name in found)
    assert all(name for name in found)


def test_a_slug_that_clashes_depends_on_its_own_text_only() -> None:
    """A further value never moves the address of one that clashed before."""
    assert slugs(["Ā", "a"])[0] == slugs(["Ā", "a", "á"])[0]
    assert slugs(["Ā"]) == ["a"]


def test_slug_of_other_scripts_is_a_hash() -> None:
    """Arabic has an address too, always the same."""
    assert slug("القمر") == slug("القمر")
    assert slug("القمر") != slug("الشمس")
    assert slug("Bibliotheca Apostolica, Vat. gr. 1594") == "bibliotheca-apostolica-vat-gr-1594"


def test_natural_order_reads_numbers() -> None:
    """Folio 9 stands before folio 10, whatever the case."""
    assert sorted(["fol. 10a", "fol. 10", "Fol. 9"], key=natural_key) == [
        "Fol. 9",
        "fol. 10",
        "fol. 10a",
    ]


def test_words_of_a_column() -> None:
    """Underscores become spaces, the first letter a capital; the rest stays."""
    assert (words("orig_file"), words("DOI"), words("")) == ("Orig file", "DOI", "")
