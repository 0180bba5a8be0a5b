"""Which images of two sources answer each other, for other programs, and the likeness tree."""

from __future__ import annotations

from collections.abc import Iterator

from builder.exports.tables import csv_text
from builder.pages.tree import newick, svg
from builder.pages.types import SiteInput

_HEAD = ("source", "image", "other_source", "other_image", "likeness", "mutual", "transposed")


def collation_files(site: SiteInput) -> Iterator[tuple[str, bytes]]:
    """The table of all answers; and the tree as SVG and Newick, where there is one."""
    found = site.collated
    if found is None:
        return
    ids = [image.id for image in site.corpus.images]
    lines = (
        [
            found.names[pair.first],
            ids[one.a],
            found.names[pair.second],
            ids[one.b],
            f"{one.score:.4f}",
            "true" if one.mutual else "false",
            "true" if one.crossing else "false",
        ]
        for pair in found.pairs
        for one in pair.answers
    )
    yield "exports/collations.csv", csv_text(list(_HEAD), lines).encode("utf-8", "replace")
    if found.joins:
        yield "exports/likeness-tree.nwk", newick(found).encode("utf-8", "replace")
        yield "exports/likeness-tree.svg", svg(found).encode("utf-8", "replace")
