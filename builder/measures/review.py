"""The curator's word: review.csv says what images are, whatever the measures say.

We read it and never write it. Lines that cannot be understood are reported one by one and stay
where they are.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from builder.corpus.types import inert
from builder.errors import Problem
from builder.measures.types import KINDS, Kind, Verdict

COLUMNS = ("image", "kind", "note")

_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Overruled:
    """What a curator says of one image."""

    kind: Kind
    note: str = ""


@dataclass(frozen=True)
class Review:
    """All of review.csv: what is said of images by their ids, and what was wrong."""

    said: Mapping[str, Overruled]
    problems: tuple[Problem, ...] = ()


def read_review(data: bytes, ids: Sequence[str], name: str = "review.csv") -> Review:
    """Read the table: columns image, kind and note in any order; others are the curator's own.

    Args:
        data: the file's bytes, UTF-8; comma, semicolon or tab.
        ids: of the images of the catalogue.
        name: of the file, for problems.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Review({}, (Problem(name, f"line {line} is not UTF-8", "save it as UTF-8"),))
    try:
        lines = list(_lines(text))
    except csv.Error as error:
        return Review({}, (Problem(name, f"is no table ({error})", "save it as CSV"),))
    if not lines:
        return Review({})
    header = [cell.strip().casefold() for cell in lines[0][1]]
    missing = [column for column in COLUMNS[:2] if column not in header]
    if missing:
        what = f'has no column "{missing[0]}"'
        return Review({}, (Problem(name, what, "give it the columns image,kind,note"),))
    rows = [
        (line, dict(zip(header, map(str.strip, cells), strict=False))) for line, cells in lines[1:]
    ]
    return _read(rows, ids, name)


def overrule(verdicts: Sequence[Verdict], ids: Sequence[str], review: Review) -> list[Verdict]:
    """The verdicts with the curator's in the place of ours."""
    return [
        _said(review.said[id_], verdict) if id_ in review.said else verdict
        for id_, verdict in zip(ids, verdicts, strict=True)
    ]


def _said(word: Overruled, verdict: Verdict) -> Verdict:
    reason = word.note or "the curator says so"
    other = verdict.other if word.kind == "duplicate" else -1
    return Verdict(word.kind, 1.0, reason, "curator", other)


def _read(rows: Sequence[tuple[int, Mapping[str, str]]], ids: Sequence[str], name: str) -> Review:
    said: dict[str, Overruled] = {}
    lines: dict[str, int] = {}
    problems = []
    known = frozenset(ids)
    for line, row in rows:
        id_, kind = row.get("image", ""), row.get("kind", "").casefold()
        if id_ not in known:
            what, remedy = f'line {line}: there is no image "{id_}"', _close(id_, ids)
        elif kind not in KINDS:
            what, remedy = f'line {line}: there is no kind "{kind}"', "use " + ", ".join(KINDS)
        elif id_ in said:
            what = f'line {line}: "{id_}" stands in line {lines[id_]} already, which counts'
            remedy = "keep one of them"
        else:
            said[id_], lines[id_] = Overruled(kind, row.get("note", "")), line
            continue
        problems.append(Problem(name, what, remedy))
    return Review(said, tuple(problems))


def _close(wrong: str, ids: Sequence[str]) -> str:
    close = difflib.get_close_matches(wrong, ids, n=1) if len(ids) <= 20_000 else []
    return f'did you mean "{close[0]}"?' if close else "correct the id, or take the line out"


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Lines that hold anything, numbered."""
    head = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def suspects_text(ids: Sequence[str], verdicts: Sequence[Verdict]) -> str:
    """suspects.csv: every image that is not ok, in the columns of review.csv and a score.

    Lines can be copied into review.csv as they are.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*COLUMNS, "score", "by"))
    for id_, verdict in zip(ids, verdicts, strict=True):
        if verdict.kind != "ok":
            reason = inert(verdict.reason)
            writer.writerow((id_, verdict.kind, reason, f"{verdict.score:.3f}", verdict.by))
    return text.getvalue()
