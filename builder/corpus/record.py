"""The corpus as plain JSON values, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from builder.corpus.types import Corpus, DateSpan, FormerPicture, Image, Tombstone
from builder.errors import Problem

FORMAT = 1


def corpus_to_json(corpus: Corpus) -> dict[str, Any]:
    """A dictionary for `json.dumps`; `corpus_from_json` gives the equal corpus back."""
    return {
        "format": FORMAT,
        "images": [{**asdict(image), "fields": dict(image.fields)} for image in corpus.images],
        "tombstones": [asdict(tombstone) for tombstone in corpus.tombstones],
        "columns": list(corpus.columns),
        "facets": list(corpus.facets),
        "problems": [asdict(problem) for problem in corpus.problems],
        "former": [asdict(picture) for picture in corpus.former],
    }


def corpus_from_json(data: dict[str, Any]) -> Corpus:
    """The corpus that `corpus_to_json` was given.

    Raises:
        ValueError: the data is of another format.
    """
    if data.get("format") != FORMAT:
        raise ValueError(f"not a corpus of format {FORMAT}")
    return Corpus(
        images=tuple(_image(image) for image in data["images"]),
        tombstones=tuple(_tombstone(tombstone) for tombstone in data["tombstones"]),
        columns=tuple(data["columns"]),
        facets=tuple(data["facets"]),
        problems=tuple(Problem(**problem) for problem in data["problems"]),
        former=tuple(FormerPicture(**picture) for picture in data.get("former", ())),
    )


def _tombstone(data: dict[str, Any]) -> Tombstone:
    return Tombstone(**{**data, "successors": tuple(data.get("successors", ()))})


def _image(data: dict[str, Any]) -> Image:
    date = DateSpan(**data["date"]) if data["date"] is not None else None
    return Image(**{**data, "date": date, "notes": tuple(data["notes"])})
