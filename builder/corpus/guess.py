"""Guess what the columns of a table of metadata are, by their names and what they hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from builder.corpus.dates import parse_date
from builder.corpus.facets import MOST, choose_facets
from builder.corpus.scan import is_picture_name

Rows = Sequence[Mapping[str, str]]

_NAMES = {
    "filename": "filename file_name file image image_file imagefile img img_path image_path path "
    "filepath file_path datei dateiname bild bilddatei fichier nom_fichier image_name picture "
    "photo thumbnail archivo imagen nome_file immagine",
    "id": "id identifier image_id img_id object_id item_id uid uuid inventory inventory_number "
    "inventory_no inv_no accession_number accession identifiant inventarnummer objectid",
    "title": "title titre titel titolo titulo name caption label legende bildtitel object_name "
    "object_title",
    "source": "source manuscript ms mss witness shelfmark shelf_mark signature signatur codex cote "
    "manuscrit handschrift manoscritto manuscrito book livre buch libro collection sammlung volume "
    "edition work repository album",
    "date": "date year dating dated datation datierung data anno annee jahr fecha ano date_text "
    "date_created created period century siecle jahrhundert",
}  # fmt: skip


def guess_columns(columns: Sequence[str], rows: Rows) -> dict[str, str]:
    """Columns for the roles id, filename, title, source and date, as far as they can be told.

    Names are compared without case, marks, spaces and hyphens, the most usual one first; a column
    is taken only if its values suit the role.

    Args:
        columns: labels, in the file's order.
        rows: cells by column.
    """
    guessed: dict[str, str] = {}
    for role, names in _NAMES.items():
        suits = _SUITS.get(role, _says_anything)
        for column in _candidates(columns, names.split()):
            if column not in guessed.values() and suits(_values(column, rows), len(rows)):
                guessed[role] = column
                break
    if "filename" not in guessed:
        for column in columns:
            if column not in guessed.values() and _names_pictures(_values(column, rows)):
                guessed["filename"] = column
                break
    return guessed


def guess_facets(columns: Sequence[str], rows: Rows, roles: Mapping[str, str]) -> list[str]:
    """Columns that sort the rows into a few groups: the source first, no other role's column."""
    source = roles.get("source")
    free = [column for column in columns if column not in roles.values()]
    first = [source] if source else []
    return [*first, *choose_facets(free, rows, MOST - len(first))]


def _candidates(columns: Sequence[str], names: Sequence[str]) -> list[str]:
    return [column for name in names for column in columns if _plain(column) == name]


def _plain(label: str) -> str:
    """Lower case without marks, the words joined by "_"."""
    letters = unicodedata.normalize("NFKD", label.casefold()).encode("ascii", "ignore").decode()
    return "_".join(letters.replace("-", " ").split())


def _values(column: str, rows: Rows) -> list[str]:
    return [value for row in rows if (value := row.get(column, "").strip())]


def _says_anything(values: Sequence[str], count: int) -> bool:
    return bool(values) or count == 0


def _names_pictures(values: Sequence[str]) -> bool:
    return bool(values) and 2 * sum(map(is_picture_name, values)) >= len(values)


def _could_name_files(values: Sequence[str], count: int) -> bool:
    return count == 0 or 2 * len(set(values)) > count


def _is_distinct(values: Sequence[str], count: int) -> bool:
    return count == 0 or len(set(values)) == len(values) == count


def _are_dates(values: Sequence[str], count: int) -> bool:
    understood = sum(parse_date(value) is not None for value in values)
    return count == 0 or (bool(values) and 2 * understood >= len(values))


_SUITS: dict[str, Callable[[Sequence[str], int], bool]] = {
    "filename": _could_name_files,
    "id": _is_distinct,
    "date": _are_dates,
}
