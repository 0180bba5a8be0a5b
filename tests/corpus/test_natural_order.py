from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.natural import natural_key


def _ordered(*texts: str) -> list[str]:
    return sorted(texts, key=natural_key)


def test_numbers_go_by_value() -> None:
    """file2 comes before file10, whatever the zeros in front."""
    expected = ["file1.png", "file2.png", "file010.png", "file11.png"]
    assert expected == _ordered("file11.png", "file010.png", "file2.png", "file1.png")


def test_folders_go_first_by_their_own_names() -> None:
    """A path is ordered folder by folder, so that a hyphen cannot come between a folder's files."""
    assert _ordered("a-b/1", "a/2", "a/1") == ["a/1", "a/2", "a-b/1"]


def test_case_decides_only_between_equals() -> None:
    """Upper and lower case sort together, and still in one order."""
    assert _ordered("b", "B", "a", "A") == ["A", "a", "B", "b"]


def test_very_long_numbers_and_foreign_digits() -> None:
    """Numbers longer than Python converts, superscripts and other scripts' digits do no harm."""
    long = "1" * 5000
    assert ["2", "10", long, "²", "٣"] == _ordered("٣", "²", long, "10", "2")


@given(st.lists(st.text(max_size=12), max_size=12))
def test_order_is_total(texts: list[str]) -> None:
    """Any texts can be ordered, and the order does not depend on how they came."""
    assert _ordered(*texts) == _ordered(*reversed(texts))
    assert len(set(texts)) == len(set(map(natural_key, texts)))
