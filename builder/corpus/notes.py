"""notes/<id>.md: what somebody has to say of an image, in Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder.corpus.groups import finder
from builder.corpus.problems import summarise
from builder.corpus.types import Corpus
from builder.errors import Problem

FOLDER = "notes"
LARGEST = 1_000_000
"""Bytes that a note may have."""


@dataclass(frozen=True)
class Notes:
    """The text of each image's note by its id, and what is wrong with other files."""

    texts: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_notes(folder: Path, corpus: Corpus) -> Notes:
    """Read the Markdown files of a folder; each is called as the image that it speaks of.

    A name is an id (one that was merged means the other), or the image's file name. Nothing is
    raised: a file that names no image, or cannot be read, is a problem.
    """
    find = finder(corpus)
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".md")
    except OSError:
        return Notes()
    for path in paths:
        shown = f"{folder.name}/{path.name}"
        rows = find(path.stem)
        if len(rows) != 1:
            what = "is named like no image" if not rows else "is named like several images"
            problems.append(Problem(shown, what, "name it <id>.md after the image's id"))
            continue
        text = _text(path)
        if isinstance(text, tuple):
            problems.append(Problem(shown, *text))
        elif corpus.images[rows[0]].id in texts:
            what = f"is a second note on {corpus.images[rows[0]].id}, and is left out"
            problems.append(Problem(shown, what, "bring the two together in one file"))
        elif text.strip():
            texts[corpus.images[rows[0]].id] = text
    rest, remedy = "further notes are left out", f"see to the files in {folder.name}/"
    return Notes(texts, tuple(summarise(problems, folder.name, rest, remedy)))


def _text(path: Path) -> str | tuple[str, str]:
    """The text, or what is wrong and what to do."""
    try:
        if path.stat().st_size > LARGEST:
            return "is larger than a megabyte", "shorten it"
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        return f"is not UTF-8 (byte {error.start})", "save it as UTF-8"
    except OSError as error:
        return f"cannot be read ({error.strerror})", "make it readable"
