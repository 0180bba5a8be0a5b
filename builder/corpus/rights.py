"""What of each picture may be shown: as its row says, else its source, else the settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from builder.corpus.problems import did_you_mean, summarise
from builder.corpus.types import Access, Image
from builder.errors import Problem
from builder.settings import FILE_NAME, RightsSettings

STRICTNESS: tuple[Access, ...] = get_args(Access)
"""From the freest to the strictest."""


def with_access(
    images: Sequence[Image], words: Mapping[str, str], rights: RightsSettings, file: str
) -> tuple[tuple[Image, ...], tuple[Problem, ...]]:
    """The images with what may be shown of each, and what was not understood.

    A word that is not known withholds the picture: a slip of the pen must not publish it. Files
    with the same bytes show the same picture, so the strictest word on any of them is for all.

    Args:
        images: of the catalogue.
        words: path of an image -> the word in its row, where there is one.
        rights: of the settings.
        file: name of the metadata, for messages.
    """
    given: list[Access] = []
    odd: list[Problem] = []
    for image in images:
        word = words.get(image.path, "")
        known = _known(word)
        if word and known is None:
            known = "withheld"
            what = f'"{word[:40]}", said of the rights in {image.path}, is not known: withheld'
            odd.append(Problem(file, what, f"write {', '.join(STRICTNESS)}, or nothing"))
        given.append(known or rights.sources.get(image.source, rights.default))
    strictest = _strictest(images, given)
    shown = tuple(replace(image, access=strictest[image.sha256]) for image in images)
    told = summarise(odd, file, "further words on rights are not known", "write one of the three")
    return shown, (*told, *_twins(shown, given), *_unknown_sources(images, rights))


def _known(word: str) -> Access | None:
    return next((one for one in STRICTNESS if one == word.strip().casefold()), None)


def _strictest(images: Sequence[Image], given: Sequence[Access]) -> dict[str, Access]:
    found: dict[str, Access] = {}
    for image, access in zip(images, given, strict=True):
        found[image.sha256] = max(found.get(image.sha256, access), access, key=STRICTNESS.index)
    return found


def _twins(images: Sequence[Image], given: Sequence[Access]) -> Iterator[Problem]:
    for image, access in zip(images, given, strict=True):
        if image.access != access:
            what = f"is {image.access}, not {access}: the same picture is so elsewhere"
            yield Problem(image.path, what, "say the same of both, or remove one of the files")


def _unknown_sources(images: Sequence[Image], rights: RightsSettings) -> Iterator[Problem]:
    """Sources that the settings name and no image has: a slip there would publish pictures."""
    there = list(dict.fromkeys(image.source for image in images if image.source))
    for key in ("sources", "credits"):
        for source in getattr(rights, key):
            if source not in there:
                what = f'rights.{key} names the source "{source}", which no image has'
                yield Problem(FILE_NAME, what, did_you_mean(source, there))
