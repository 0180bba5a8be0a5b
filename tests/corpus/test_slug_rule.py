from __future__ import annotations

import random
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.identities import update
from builder.corpus.register import Register
from builder.corpus.slugs import LONGEST, numbered, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fol. 12r", "fol-12r"),
        ("  --Vat.gr.1594__f.3v--", "vat-gr-1594-f-3v"),
        ("Étude à l'œuvre", "etude-a-l-oeuvre"),
        ("Straße Ægir Łódź Øre Đuro Þór", "strasse-aegir-lodz-ore-duro-thor"),
        ("ﬁgure ²", "figure-2"),
        ("index", "index-x"),
        ("CON", "con-x"),
        ("lpt1", "lpt1-x"),
        ("com10", "com10"),
    ],
)
def test_rule(text: str, expected: str) -> None:
    """The documented rule, example by example; these slugs may never change."""
    assert expected == slug(text)


def test_text_without_latin_letters_is_hashed() -> None:
    """Names of other scripts give distinct slugs of a fixed form."""
    slugs = {slug(text) for text in ("مخطوط", "写本", "γράμμα", "🌙", "", "!?")}
    assert all(re.fullmatch(r"x-[0-9a-f]{10}", s) for s in slugs)
    assert len(slugs) == 6


def test_mostly_lost_text_stays_distinct() -> None:
    """Where more than half of the letters go, a hash keeps names apart; else none is added."""
    assert slug("写本写本 a") != slug("画像画像 a")
    assert re.fullmatch(r"a-[0-9a-f]{6}", slug("写本写本 a"))
    assert slug("manuscript 写本") == "manuscript"


def test_long_text_is_cut_and_stays_distinct() -> None:
    """Two long titles that differ at the end only differ in their slugs."""
    first, second = slug("word " * 40 + "a"), slug("word " * 40 + "b")
    assert first != second
    assert max(len(first), len(second)) <= LONGEST
    assert first.startswith("word-word-word-")


@given(st.text())
def test_any_text_gives_an_address(text: str) -> None:
    """Any text gives 1 to 80 characters of a-z, 0-9 and single hyphens, and a slug is its own."""
    result = slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", result)
    assert len(result) <= LONGEST
    assert result == slug(result)


@given(st.text())
def test_unicode_form_does_not_matter(text: str) -> None:
    """Composed and decomposed spellings of one name have one slug."""
    composed = unicodedata.normalize("NFC", text)
    assert slug(composed) == slug(unicodedata.normalize("NFD", composed))


@given(st.text(), st.integers(2, 10**6))
def test_numbered_fits(text: str, number: int) -> None:
    """A numbered slug is a slug, ends in its number and is not too long."""
    result = numbered(slug(text), number)
    assert result.endswith(f"-{number}")
    assert result == slug(result)


def test_ten_thousand_names() -> None:
    """Names of all scripts, lengths and cases: each an address of its own kind, none reserved."""
    chance = random.Random(7)
    alphabets = (
        "abcXYZ 019._-",
        "éøßÆłçñ",
        "αβγΩΣ",
        "مخطوط شكل",
        "写本図",
        "🌙½ﬁ²",
        "CONauxnulLPT1",
    )
    names = {
        "".join(chance.choice(chance.choice(alphabets)) for _ in range(chance.randint(1, 120)))
        for _ in range(10_000)
    }
    found = {name: slug(name) for name in names}
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", s) for s in found.values())
    assert max(map(len, found.values())) <= LONGEST
    assert not {"index", "con", "nul", "aux", "prn", "com1", "lpt1"} & set(found.values())
    files = [(f"{number}/{name}.png", f"{number:064x}") for number, name in enumerate(found)]
    ids = update(Register(), files, {path: path for path, _ in files}, "2026-01-01").ids
    assert len(set(ids.values())) == len(files)
