"""The likeness tree of sources as a drawing, and as text for programs that read trees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.collate.types import Collations
from builder.pages.environment import environment

ROW = 26.0
WIDE = 320.0
LABEL = 320.0
"""Units of the drawing: height of a source's row, width of the branches, width of the names."""

_LETTERS = 44  # of a name that there is room for


@dataclass(frozen=True)
class Leaf:
    """A source: its number, its name as there is room for it, and in full."""

    source: int
    y: float
    label: str
    name: str


@dataclass(frozen=True)
class TreeDrawing:
    """Where everything is: leaves from the top down, and the path of each join."""

    leaves: tuple[Leaf, ...]
    paths: tuple[str, ...]
    width: float
    height: float


def drawing(found: Collations) -> TreeDrawing | None:
    """The tree with its root at the left and the sources at the right; None without one."""
    if not found.joins:
        return None
    order = leaf_order(found)
    ys = {source: (at + 0.5) * ROW for at, source in enumerate(order)}
    top = max(found.joins[-1].height, 1e-9)
    xs = dict.fromkeys(order, WIDE)
    paths = []
    for step, join in enumerate(found.joins):
        x = WIDE - (WIDE - 10) * join.height / top
        (xa, ya), (xb, yb) = ((xs[one], ys[one]) for one in (join.left, join.right))
        paths.append(f"M{xa:.1f} {ya:.1f}H{x:.1f}V{yb:.1f}H{xb:.1f}")
        node = len(found.names) + step
        xs[node], ys[node] = x, (ya + yb) / 2
    leaves = tuple(Leaf(one, ys[one], _short(found.names[one]), found.names[one]) for one in order)
    return TreeDrawing(leaves, tuple(paths), WIDE + LABEL, ROW * len(order))


def leaf_order(found: Collations) -> list[int]:
    """Sources as they stand in the tree from the top down, so that no branches cross."""
    count = len(found.names)
    waiting, order = [count + len(found.joins) - 1], []
    while waiting:
        node = waiting.pop()
        if node < count:
            order.append(node)
        else:
            join = found.joins[node - count]
            waiting += [join.right, join.left]
    return order


def newick(found: Collations) -> str:
    """The tree in Newick's notation, lengths as differences of distance; "" without one."""
    texts = [_quoted(name) for name in found.names]
    heights = [0.0] * len(texts)
    for join in found.joins:
        parts = [
            f"{texts[one]}:{max(join.height - heights[one], 0.0):.4f}"
            for one in (join.left, join.right)
        ]
        texts.append(f"({','.join(parts)})")
        heights.append(join.height)
    return f"{texts[-1]};\n" if found.joins else ""


def svg(found: Collations) -> str:
    """The drawing as a file of its own; "" without a tree."""
    tree = drawing(found)
    if tree is None:
        return ""
    template = environment().get_template("tree.svg")
    return template.render(tree=tree, hrefs=None, alone=True)


def hrefs(slugs: Sequence[str]) -> list[str]:
    """From collate/index.html to the pages of sources."""
    return [f"../sources/{slug}/index.html" for slug in slugs]


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _short(name: str) -> str:
    return (
        name if len(name) <= _LETTERS else name[: _LETTERS - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
    )
