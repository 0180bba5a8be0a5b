"""How the number of clusters was chosen, and how much the components hold: curves and tables."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from builder.clusters.types import MEANINGS
from builder.pages.clusterings import Shown, shown
from builder.pages.plots import Plot, plot, value_text
from builder.pages.types import Variance, ViewResult

Context = dict[str, Any]

_SERIES = {
    "inertia": "Inertia",
    "silhouette": "Mean silhouette",
    "stability": "Stability",
    "bic": "BIC",
}
_MEANT = {"stability": "stability of k"}

_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)  # components that the table names


def clusterings(view: ViewResult) -> list[Context]:
    """Every clustering of a view: what it is, how its number came about, the curves, a table."""
    return [_clustering(one) for one in shown(view)]


def _clustering(one: Shown) -> Context:
    choice = one.clustering.choice
    alone = int((one.clustering.labels < 0).sum())
    return {
        "key": one.key,
        "label": one.label,
        "count": len(one.clustering.clusters),
        "alone": alone,
        "method": one.clustering.method,
        "rule": str(choice.get("rule", "")).rstrip("."),
        "plots": _plots(choice, len(one.clustering.clusters)),
        "table": _table(choice),
        "meanings": [
            (label, MEANINGS[_MEANT.get(name, name)])
            for name, label in _SERIES.items()
            if len(_series(choice, name)) > 1
        ],
    }


def _plots(choice: Mapping[str, object], count: int) -> list[Plot]:
    """A curve for each measure, over the number of clusters; of families over the cut."""
    if len(_series(choice, "likeness")) > 1:
        return _family_plots(choice)
    tried = _series(choice, "k")
    chosen, knee = _number(choice.get("chosen", count)), _number(choice.get("knee"))
    # The chosen number may have lost clusters that stayed empty: then no point is marked.
    found = [
        plot(
            label,
            "clusters",
            tried,
            _series(choice, name),
            [("chosen", chosen), *([("knee", knee)] if name == "inertia" else [])],
            _note(chosen, knee if name == "inertia" else None),
            log=True,
        )
        for name, label in _SERIES.items()
        if len(tried) > 1 and len(_series(choice, name)) == len(tried)
    ]
    return [one for one in found if one is not None]


def _note(chosen: float | None, knee: float | None) -> str:
    text = "by number of clusters"
    if chosen is not None:
        text += f"; the disc marks {chosen:g}, the number taken"
    if knee is not None:
        text += f"; the dashed line is the knee, at {knee:g}"
    return text + "."


def _family_plots(choice: Mapping[str, object]) -> list[Plot]:
    cuts, cut = _series(choice, "likeness"), _number(choice.get("cut"))
    at = None if cut is None else min(cuts, key=lambda one: abs(one - cut))
    by = "by the least likeness of those that are put together"
    where = "; the disc marks the cut that was taken" if at is not None else ""
    found = [
        plot(label, "least likeness", cuts, ys, [("chosen", at)], f"{by}{where}.")
        for label, ys in (
            ("Mean silhouette", _series(choice, "silhouette")),
            ("Number of families", _series(choice, "k")),
        )
        if len(ys) == len(cuts)
    ]
    return [one for one in found if one is not None]


def _table(choice: Mapping[str, object]) -> Context | None:
    """All measures at each number that was tried; None where only one was."""
    tried = _series(choice, "k")
    if len(tried) < 2:
        return None
    columns = {"likeness": "Least likeness", **_SERIES}
    used = {
        label: _series(choice, name)
        for name, label in columns.items()
        if len(_series(choice, name)) == len(tried)
    }
    return {
        "columns": ["Clusters", *used],
        "rows": [
            [f"{k:g}", *(value_text(values[at]) for values in used.values())]
            for at, k in enumerate(tried)
        ],
    }


def _series(choice: Mapping[str, object], name: str) -> Sequence[float]:
    values = choice.get(name)
    if not isinstance(values, list | tuple):
        return ()
    return [number if (number := _number(one)) is not None else math.nan for one in values]


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def components(variance: Variance | None) -> Context | None:
    """The curve of the explained variance, with how many components hold nine tenths of it."""
    if variance is None or not len(variance.spectrum):
        return None
    shares = np.asarray(variance.spectrum, np.float64)
    total = np.cumsum(shares)
    count = len(shares)
    nine = variance.holding.get(0.9)
    drawn = sorted({*_thinned(count), *([nine] if nine else [])})
    note = "by number of leading components, as a share of the whole"
    if nine:
        note += f"; the disc marks {nine:,}, which hold 90\N{NO-BREAK SPACE}%"
    rows = [at for at in _STEPS if at < count] + [count]
    return {
        "plot": plot(
            "Explained variance",
            "components",
            drawn,
            [float(total[at - 1]) for at in drawn],
            [("chosen", nine)],
            note + ".",
        ),
        "nine": f"{nine:,}" if nine else "",
        "holding": [
            (f"{100 * share:.0f}\N{NO-BREAK SPACE}%", f"{number:,}")
            for share, number in sorted(variance.holding.items())
        ],
        "rows": [
            (f"{at:,}", f"{shares[at - 1]:.4f}", f"{min(total[at - 1], 1):.3f}") for at in rows
        ],
        "file": variance.file,
        "count": f"{count:,}",
    }


def _thinned(count: int, most: int = 200) -> list[int]:
    """Numbers from 1 to count, at most about so many, denser where the curve bends."""
    steps = np.unique(np.rint(np.geomspace(1, count, most)).astype(int))
    even = np.unique(np.rint(np.linspace(1, count, most)).astype(int))
    return sorted({*steps.tolist(), *even.tolist()})
