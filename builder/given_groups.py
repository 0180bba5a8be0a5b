"""Groups that people have made: a column of the metadata, or a curator's file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from builder.corpus.groups import finder
from builder.corpus.metadata import Metadata, find_column, read_metadata
from builder.corpus.problems import did_you_mean, summarise
from builder.corpus.types import Corpus, Image
from builder.errors import CorpusError, Problem
from builder.settings import FILE_NAME, MetadataSettings

_IMAGE = ("image", "image_id", "id", "filename", "file", "path")
_CLUSTER = ("cluster", "group", "family", "label", "group_id")
_ROLES = ("source", "title", "date")

Values = tuple[list[str], tuple[Problem, ...]]
"""The group of each image, "" for none, and what was wrong."""


def column_values(corpus: Corpus, column: str) -> Values:
    """Each image's value in a column of the metadata, in whatever case its name is written."""
    label = find_column(corpus.columns, column)
    if label is None and column not in _ROLES:
        what = f'there is no column "{column}" to take clusters from'
        remedy = did_you_mean(column, [*corpus.columns, "source"])
        return [""] * len(corpus.images), (Problem(FILE_NAME, what, remedy),)
    return [_value(image, column, label) for image in corpus.images], ()


def _value(image: Image, column: str, label: str | None) -> str:
    if label is not None and label in image.fields:
        return image.fields[label]
    date = image.date.text if image.date else ""
    return {"source": image.source, "title": image.title, "date": date}.get(column, "")


def file_values(folder: Path, corpus: Corpus, name: str) -> Values:
    """Each image's cluster in a CSV file with the columns image and cluster (or group).

    `image` is an id, a path inside the images folder, or a file name that only one image has.
    """
    nothing = [""] * len(corpus.images)
    try:
        # Named in the settings, the file must be there.
        table = read_metadata(folder / name, MetadataSettings(file=name))
    except CorpusError as error:
        remedy = "write it, or correct clusters.file" if "no such" in error.what else error.remedy
        what = error.what.replace("file of metadata", "file of clusters")
        return nothing, (Problem(name, what, remedy),)
    image, cluster = (_column(table, names) for names in (_IMAGE, _CLUSTER))
    if image is None or cluster is None:
        missing = _IMAGE[0] if image is None else _CLUSTER[0]
        return nothing, (Problem(name, f'has no column "{missing}"', "name one of its columns so"),)
    values, wrong = _joined(table, corpus, image, cluster)
    remedy = "write an id, or a path inside the images folder, one line an image"
    told = summarise(
        [Problem(name, one, remedy) for one in wrong], name, "further lines are wrong", remedy
    )
    return values, (*table.problems, *told)


def _column(table: Metadata, names: Sequence[str]) -> str | None:
    return next((found for name in names if (found := find_column(table.columns, name))), None)


def _joined(
    table: Metadata, corpus: Corpus, image: str, cluster: str
) -> tuple[list[str], list[str]]:
    """The cluster of each image, and what is wrong with lines."""
    find, wrong = finder(corpus), []
    values = [""] * len(corpus.images)
    for row in table.rows:
        name, value = row.cells[image], row.cells[cluster]
        found = find(name) if name else []
        if not value:
            continue
        if len(found) != 1:
            many = f"{len(found)} images are" if found else "no image is"
            wrong.append(f'line {row.line}: {many} called "{name}"')
        elif values[found[0]] not in ("", value):
            wrong.append(f'line {row.line}: "{name}" is in a cluster already, which counts')
        else:
            values[found[0]] = value
    return values, wrong
