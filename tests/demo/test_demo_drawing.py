"""The tools of the demonstration corpus: numerals, geometry, writing, copying."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.demo.chance import generator
from builder.demo.kinds import KINDS, design
from builder.demo.letters import Hand, along, placed, write
from builder.demo.manuscripts import MANUSCRIPTS
from builder.demo.pigments import PIGMENTS
from builder.demo.scenes import Label, Stroke
from builder.demo.scribe import bounds, copy
from builder.demo.shapes import arc, distance, hit, polar, tangents
from builder.demo.words import LANGUAGES, number, prose, say, vocabulary

_ABJAD = dict(
    zip(
        "ابجدهوزحطيكلمنسعفصقرشت",
        (*range(1, 10), *range(10, 91, 10), 100, 200, 300, 400),
        strict=True,
    )
)
_HEBREW = dict(
    zip(
        "אבגדהוזחטיכלמנסעפצקרשת",
        (*range(1, 10), *range(10, 91, 10), 100, 200, 300, 400),
        strict=True,
    )
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@given(st.integers(1, 499))
def test_alphabetic_numerals_add_up(value: int) -> None:
    """Letters of Arabic and Hebrew numbers sum to the number."""
    assert value == sum(_ABJAD[letter] for letter in number(value, "arabic"))
    assert value == sum(_HEBREW[letter] for letter in number(value, "hebrew"))


@given(st.integers(1, 399))
def test_roman_numerals_read_back(value: int) -> None:
    """A sign before a greater one is taken away, else added."""
    signs = [_ROMAN[sign] for sign in number(value, "latin", roman=True)]
    pairs = zip(signs, [*signs[1:], 0], strict=True)
    assert value == sum(-sign if sign < after else sign for sign, after in pairs)


@given(
    st.floats(0.3, 1.0),
    st.floats(0.05, 0.29),
    st.floats(1.4, 4.0),
    st.floats(0, 360),
    st.booleans(),
)
def test_tangents_touch_both_circles_at_right_angles(
    big: float, small: float, apart: float, angle: float, crossed: bool
) -> None:
    """Each touching point lies on its circle, and the line is square to the radius there."""
    second = polar((0, 0), apart, angle)
    for one, two in tangents((0, 0), big, second, small, crossed=crossed):
        assert distance((0, 0), one) == pytest.approx(big)
        assert distance(second, two) == pytest.approx(small)
        line = np.subtract(two, one)
        assert float(line @ np.array(one)) == pytest.approx(0, abs=1e-9)
        assert float(line @ np.subtract(two, second)) == pytest.approx(0, abs=1e-9)


@given(st.floats(0, 0.5), st.floats(0, 360), st.floats(0, 360))
def test_a_ray_hits_the_circle_on_its_line(off: float, where: float, toward: float) -> None:
    """The hit is on the circle, ahead of the start, on the line through both points."""
    start = polar((0, 0), off, where)
    through = polar(start, 0.1, toward)
    end = hit(start, through, (0, 0), 1.0)
    assert distance((0, 0), end) == pytest.approx(1.0)
    ahead = np.subtract(end, start)
    assert math.isclose(
        math.atan2(-ahead[1], ahead[0]) % math.tau, math.radians(toward) % math.tau, abs_tol=1e-6
    ) or (toward % 360 < 1e-3 or toward % 360 > 359.999)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_and_number_can_be_written(language: str) -> None:
    """The alphabets hold all letters that labels, numbers and the text around figures need."""
    hand = Hand(language)
    texts = [say(key, language) for key in vocabulary()[language]]
    texts += [number(value, language) for value in range(500)]
    texts += prose(generator("test"), language, 1000)
    texts += [say(f"@{place}", language) for place in range(30)]
    for text in texts:
        words = write(text, hand)
        assert words.width > 0
        assert words.ends[-1] == len(words.points)
        assert np.isfinite(words.points).all()


@pytest.mark.parametrize("language", ["latin", "greek"])
def test_capitals_can_be_written(language: str) -> None:
    """Labels in capitals need no letter that is missing."""
    hand = Hand(language, capitals=True)
    for key in vocabulary()[language]:
        assert write(say(key, language, capitals=True), hand).width > 0


def test_hebrew_runs_from_right_to_left() -> None:
    """The first letter of a word stands at its right end."""
    hand = Hand("hebrew")
    first, word = write("ל", hand), write("לא", hand)
    rightmost = word.points[word.ends[-2] :] if len(word.ends) > 1 else word.points
    assert rightmost[:, 1].min() == pytest.approx(first.points[:, 1].min())
    assert rightmost[:, 0].max() > word.width * 0.6


def test_words_are_centred_where_they_are_placed() -> None:
    """A placed word lies around its point; along a level line it lies as if placed."""
    words = write("epiciclus", Hand("latin"))
    there = placed(words, (10.0, 5.0), 2.0, 0.0)
    middle = (there.points[:, 0].min() + there.points[:, 0].max()) / 2
    assert middle == pytest.approx(10.0, abs=0.5)
    level = np.array([[-40.0, 5.0], [60.0, 5.0]])
    np.testing.assert_allclose(along(words, level, 2.0).points, there.points, atol=1e-9)


@pytest.mark.parametrize("kind", list(KINDS))
def test_designs_of_a_kind_differ(kind: str) -> None:
    """Twelve designs have twelve titles, and the seed alone rules them."""
    scenes = [design(kind, number, 1) for number in range(12)]
    assert len({scene.title for scene in scenes}) == 12
    again = design(kind, 5, 1)
    assert len(scenes[5].marks) == len(again.marks)
    assert bounds(scenes[5]) == bounds(again)


@given(st.integers(0, 10_000), st.sampled_from(list(KINDS)), st.integers(0, 40))
@settings(max_examples=40, deadline=None)
def test_mirroring_exchanges_left_and_right_and_keeps_words_legible(
    seed: int, kind: str, number: int
) -> None:
    """Every point's x changes sign; words along lines still run with their feet the same way."""
    scene = design(kind, number, seed)
    plain = copy(scene, generator("copy", seed), 0)
    mirrored = copy(scene, generator("copy", seed), 4)
    assert (plain.changes, plain.margins) == (mirrored.changes, mirrored.margins)
    for before, after in zip(plain.scene.marks, mirrored.scene.marks, strict=True):
        if isinstance(before, Stroke) and isinstance(after, Stroke):
            np.testing.assert_allclose(before.points * (-1, 1), after.points)
        if isinstance(before, Label) and isinstance(after, Label):
            np.testing.assert_allclose(before.at * (-1, 1), after.at[::-1])
            assert -before.turn == after.turn


def test_scribes_change_what_they_say() -> None:
    """A copy that leaves a circle out has one mark less; one without writing has no labels."""
    scene = design("epicycle", 3, 1)
    seen = set()
    for turn in range(120):
        copied = copy(scene, generator("scribe", turn), 0)
        seen |= set(copied.changes)
        if "no writing entered" in copied.changes:
            assert not any(isinstance(mark, Label) for mark in copied.scene.marks)
        elif "letters missing" not in copied.changes:
            left_out = sum("left out" in change for change in copied.changes)
            assert len(scene.marks) - left_out == len(copied.scene.marks)
    assert {"a line left out", "letters in another order", "letters missing"} <= seen


def test_manuscripts_name_pigments_that_exist() -> None:
    """Every colour of every manuscript is a pigment, hatching or bare ground."""
    assert len({book.siglum for book in MANUSCRIPTS}) == 9
    for book in MANUSCRIPTS:
        assert set(book.fills.values()) <= {*PIGMENTS, "", "hatch"}


def test_arcs_begin_and_end_where_they_should() -> None:
    """An arc runs from its first angle to its last at its radius."""
    points = arc((1.0, 2.0), 3.0, 20, 250)
    np.testing.assert_allclose(points[0], polar((1, 2), 3, 20))
    np.testing.assert_allclose(points[-1], polar((1, 2), 3, 250))
    np.testing.assert_allclose(np.hypot(*(points - (1, 2)).T), 3.0)
