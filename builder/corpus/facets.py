"""Which columns readers can filter by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

MOST = 6

_FEWEST_VALUES, _MOST_VALUES = 2, 40
_IMAGES_A_VALUE = 3
_LONGEST_VALUE = 80


def choose_facets(
    columns: Sequence[str], rows: Sequence[Mapping[str, str]], most: int = MOST
) -> list[str]:
    """The first columns that sort images into a few groups.

    Those with 2 to 40 distinct values, each on three images or more on average, none longer than
    80 characters: what is longer is a sentence, not the name of a group.

    Args:
        columns: candidates, in order.
        rows: the cells of each image; missing and empty ones do not count.
        most: how many columns to give at most.
    """
    return [column for column in columns if _sorts(column, rows)][:most]


def _sorts(column: str, rows: Sequence[Mapping[str, str]]) -> bool:
    values = [value for row in rows if (value := row.get(column, ""))]
    distinct = set(values)
    return (
        _FEWEST_VALUES <= len(distinct) <= _MOST_VALUES
        and len(values) >= _IMAGES_A_VALUE * len(distinct)
        and max(map(len, distinct)) <= _LONGEST_VALUE
    )
