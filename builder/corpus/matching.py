"""Pairing ids that have lost their files with files that have no id, by what both have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from builder.corpus.natural import natural_key
from builder.corpus.register import Entry

Pair = tuple[Entry, str]


def by_content(
    entries: Iterable[Entry], files: Iterable[tuple[str, str]]
) -> Iterator[tuple[list[Entry], list[str]]]:
    """Entries and paths of the same picture, for each picture that both have, in natural order."""
    known: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=lambda e: (natural_key(e.path), natural_key(e.id))):
        known[entry.sha256].append(entry)
    places: dict[str, list[str]] = defaultdict(list)
    for path, sha256 in files:
        places[sha256].append(path)
    for sha256, paths in places.items():
        if sha256 in known:
            yield known[sha256], sorted(paths, key=natural_key)


def pairs(
    entries: Sequence[Entry],
    paths: Sequence[str],
    wishes: Mapping[str, str],
    in_order: bool = False,
) -> tuple[list[Pair], bool]:
    """Which file is which image among equal pictures.

    The metadata's id counts first, then the file's name, then that there is one of each.

    Args:
        entries, paths: of one and the same picture.
        wishes: the id that the metadata asks for, by path.
        in_order: pair what is left in the order given.

    Returns:
        The pairs, and whether both entries and paths are left over.
    """
    found: list[Pair] = []
    left, rest = list(entries), list(paths)

    def match(of_entry: Callable[[Entry], Hashable], of_path: Callable[[str], Hashable]) -> None:
        ids: dict[Hashable, list[Entry]] = defaultdict(list)
        for entry in left:
            ids[of_entry(entry)].append(entry)
        files: dict[Hashable, list[str]] = defaultdict(list)
        for path in rest:
            files[of_path(path)].append(path)
        for sign, (entry, *others) in ids.items():
            if not others and len(files.get(sign, ())) == 1:
                found.append((entry, files[sign][0]))
                left.remove(entry)
                rest.remove(files[sign][0])

    match(lambda entry: entry.id, lambda path: wishes.get(path))
    match(lambda entry: PurePosixPath(entry.path).name, lambda path: PurePosixPath(path).name)
    if in_order or (len(left) == 1 and len(rest) == 1):
        found += zip(left, rest, strict=False)
        return found, False
    return found, bool(left and rest)
