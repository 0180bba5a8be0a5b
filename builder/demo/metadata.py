"""What a cataloguer writes about the images, and what is true about them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from builder.demo.chance import generator, pick
from builder.demo.kinds import SUBJECTS, design
from builder.demo.manuscripts import MANUSCRIPTS
from builder.demo.plan import Piece

COLUMNS = (
    "id", "filename", "title", "source", "folio", "place", "date", "subject", "script", "work",
)  # fmt: skip

_TOML = """# A demonstration: none of these manuscripts exists; a program drew every picture.

[catalogue]
title = "Circles of the heavens"
description = \"\"\"\\
Diagrams of the heavens from nine manuscripts of the invented library of Vellombre. \\
A demonstration: designs, manuscripts and pictures were made by a program.\"\"\"
licence = "CC0-1.0"
language = "en"

[images]
folder = "images"

[metadata]
file = "metadata.csv"
id = "id"
filename = "filename"
title = "title"
source = "source"
date = "date"
facets = ["source", "subject", "place", "script"]
"""


def settings_text() -> str:
    """The demonstration's catalogue.toml."""
    return _TOML


def metadata_text(pieces: Sequence[Piece], seed: int) -> str:
    """metadata.csv: a row for every image."""
    return _table([COLUMNS, *(_row(piece, seed) for piece in pieces)])


def groups_text(pieces: Sequence[Piece]) -> str:
    """groups.csv: copies of one design share a group."""
    rows = [(piece.id, piece.design) for piece in pieces if piece.diagram]
    return _table([("image", "group"), *rows])


def truth_text(seed: int, facts: dict[str, dict[str, object]]) -> str:
    """truth.json: how each image was made.

    A copy was drawn mirrored or not, turned by `rotation_degrees` against the clock, cut with
    `margins` around the figure (in its unit, which is about half its width; negative: cut into
    it), and the cut was turned by quarters. `orientation` counts the quarters with the clock,
    0 to 3, and 4 more if mirrored first. `same_orientations` are those in which the lines of the
    design look the same. `placement` is the affine map from the design to pixels of the picture,
    six numbers by row.
    """
    whole = {"format": 1, "seed": seed, "images": facts}
    return json.dumps(whole, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _table(rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _row(piece: Piece, seed: int) -> tuple[str, ...]:
    book = next(book for book in MANUSCRIPTS if book.siglum == piece.siglum)
    rng = generator(seed, "cataloguer", piece.id)
    folio = f"{int(piece.folio[:-1])}{piece.folio[-1]}"
    if piece.diagram:
        subject = SUBJECTS[piece.kind]
        title = design(piece.kind, piece.number, seed).title
        if rng.random() < 0.12:
            title = subject
    else:
        subject = pick(rng, ("", "", "unidentified"))
        title = pick(rng, (f"Figure on f. {folio}", "Unidentified figure"))
    date = "" if rng.random() < 0.03 else book.dates[piece.late]
    return (
        piece.id, piece.filename, title, book.source, folio, book.place, date, subject,
        book.script, book.work,
    )  # fmt: skip
