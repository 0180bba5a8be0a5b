"""What an image is: a picture as wanted, a blank, a block of text or another false detection.

Each kind gets a degree between 0 and 1 from a few numbers, every one brought to that range
between two limits; a kind holds if all its numbers say so, so its degree is that of the least.
The limits lie in the wide gaps between drawn corpora and printed books, not at the best fit to
any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from builder.measures.twins import Twin
from builder.measures.types import Kind, Verdict

Clues = Mapping[str, NDArray[np.float64]]

SURE, DOUBT = 0.5, 0.2
"""Degrees from which a kind holds, and from which an image is suspect of it."""

PROMPTS: dict[Kind, tuple[str, ...]] = {
    "ok": ("a diagram", "a drawing", "an illustration from a book"),
    "blank": ("an empty page of a manuscript", "blank parchment"),
    "text": ("a page of handwriting", "a block of text"),
    "photograph": ("a photograph",),
}
"""What a network that knows words is asked, where its weights are there; the best prompt of a
kind counts. The answers only settle images that the measures leave in doubt."""

_DUPLICABLE = 0.004  # of the picture drawn: with less, small copies are alike by chance

_REASONS: dict[Kind, str] = {
    "blank": "{drawn:.2%} of the picture is drawn, but for letters at one side",
    "text": "{letters:.0f} marks like letters over {coverage:.0%} of the picture, in regular rows, "
    "and {lines:.0%} of the ink in lines",
    "photograph": "tones pass into each other over {tones:.0%} of the picture",
    "fragment": "{width:.0f} x {height:.0f} pixels show too little of a figure",
}


def ramp(values: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    """0 up to `low`, 1 from `high` on, straight between; either may be the greater."""
    return np.asarray(np.clip((values - low) / (high - low), 0, 1), np.float64)


def degrees(clues: Clues) -> dict[Kind, NDArray[np.float64]]:
    """How much each image is blank, text, photograph and fragment, (n,) in 0 to 1."""
    lines = np.nan_to_num(clues["lines"], nan=1.0)
    short = np.minimum(clues["width"], clues["height"])
    long = np.maximum(clues["width"], clues["height"])
    return {
        "blank": _least(
            ramp(np.log10(np.maximum(clues["drawn"], 1e-6)), -2.2, -3.6),
            # Faint drawing and dim photographs have no ink either, but they are not even.
            ramp(clues["traces"], 0.2, 0.06),
            ramp(clues["variety"], 0.75, 0.55),
        ),
        "text": _least(
            ramp(lines, 0.45, 0.15),
            ramp(clues["coverage"], 0.3, 0.6),
            ramp(clues["rows"], 0.7, 1.0),
            ramp(clues["letters"], 6, 40),
            ramp(clues["blot"], 0.6, 0.35),  # discs in rows
            # Fine lines between what looks like letters: a map, an engraving.
            ramp(clues["traces"] / np.maximum(clues["ink"], 1e-6), 2.6, 2.1),
        ),
        "photograph": _least(
            ramp(clues["tones"], 0.2, 0.5),
            ramp(clues["variety"], 0.6, 0.85),
            ramp(clues["passing"], 0.55, 0.8),
        ),
        "fragment": np.maximum(ramp(long, 64, 24), ramp(long / np.maximum(short, 1), 16, 32)),
    }


def doubts(clues: Clues) -> list[tuple[NDArray[np.float64], str]]:
    """What makes an image suspect beside nearly being of a kind: degrees (n,), and the reason."""
    # Stars and points are little too, but many.
    little = _least(
        ramp(np.log10(np.maximum(clues["drawn"], 1e-6)), -1.9, -2.5), ramp(clues["parts"], 40, 10)
    )
    blots = _least(
        ramp(clues["blot"], 0.1, 0.3),
        ramp(clues["drawn"], 0.075, 0.055),
        ramp(np.nan_to_num(clues["symmetry"]), 0.95, 0.8),
        ramp(clues["lightness"], 55, 65),
        ramp(clues["colours"], 7.5, 5.5),  # spilt ink is of one colour
        # In thin drawings at few pixels lines are thick, too, but they run across the picture.
        ramp(clues["reach"], 0.65, 0.5),
    )
    return [
        (little, "only {drawn:.1%} of the picture is drawn"),
        (blots, "{blot:.0%} of the little ink is in blots"),
    ]


def classify(
    clues: Clues,
    twins: Sequence[Twin] = (),
    confirm: Callable[[Twin], bool] | None = None,
    prompted: Mapping[Kind, NDArray[np.float64]] | None = None,
) -> list[Verdict]:
    """What every image is.

    Args:
        clues: numbers by name, (n,) each, of `examine.clues`.
        twins: near duplicates, of `twins.twins`.
        confirm: whether the likeness of a view agrees that two images show one picture.
        prompted: probabilities of some kinds, (n,) each, from a network that was asked PROMPTS.
    """
    found, hesitations = degrees(clues), doubts(clues)
    repeated = {twin.row: twin for twin in twins if confirm is None or confirm(twin)}
    drawn = clues["drawn"] >= _DUPLICABLE
    verdicts = []
    for row in range(len(clues["drawn"])):
        own = {kind: float(values[row]) for kind, values in found.items()}
        twin = repeated.get(row)
        if twin is not None and (drawn[row] or twin.correlation >= 1) and own["blank"] < SURE:
            verdicts.append(_repeats(twin))
            continue
        words = {name: float(values[row]) for name, values in clues.items()}
        answers = {kind: float(values[row]) for kind, values in (prompted or {}).items()}
        doubt = [(float(values[row]), reason) for values, reason in hesitations]
        verdicts.append(_settled(_verdict(own, doubt, words), own, answers))
    return verdicts


def distinctive(clues: Clues) -> NDArray[np.bool_]:
    """(n,) images with enough on them to be recognised again: what `twins.twins` asks for."""
    return np.asarray(clues["drawn"] >= _DUPLICABLE, np.bool_)


def included(kinds: Sequence[str], exclude: Sequence[str]) -> NDArray[np.bool_]:
    """(n,) which images take part in neighbours and clusters, by `images.exclude`."""
    left_out = frozenset(exclude)
    return np.array([kind not in left_out for kind in kinds], np.bool_)


def _least(*values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(np.minimum.reduce(values), np.float64)


def _repeats(twin: Twin) -> Verdict:
    if not twin.bits and twin.correlation >= 1:
        what = "the same picture as an earlier one"
    else:
        turned = ", turned or mirrored" if twin.orientation else ""
        what = (
            f"nearly the same as an earlier picture{turned} "
            f"({twin.bits} of 64 bits differ, correlation {twin.correlation:.3f})"
        )
    return Verdict("duplicate", max(0.0, twin.correlation), what, other=twin.other)


def _verdict(
    own: Mapping[Kind, float], doubt: Sequence[tuple[float, str]], words: Mapping[str, float]
) -> Verdict:
    kind = max(own, key=lambda one: own[one])
    if own[kind] >= SURE:
        return Verdict(kind, own[kind], _REASONS[kind].format(**words))
    most, reason = max(doubt)
    nearly = max(("blank", "text", "fragment"), key=lambda one: own[one])  # type: ignore[index]
    if own[nearly] >= max(DOUBT, most):  # type: ignore[index]
        reason = f"nearly {nearly}: " + _REASONS[nearly].format(**words)  # type: ignore[index]
        return Verdict("suspect", 2 * own[nearly], reason)  # type: ignore[index]
    if most >= SURE:
        return Verdict("suspect", most, reason.format(**words))
    return Verdict("ok", 1 - max(most, *own.values()), "nothing speaks against it")


def _settled(verdict: Verdict, own: Mapping[Kind, float], answers: Mapping[Kind, float]) -> Verdict:
    """A suspect that a network recognises as what the measures nearly took it for, or as good."""
    if verdict.kind != "suspect" or not answers:
        return verdict
    kind = max(answers, key=lambda one: answers[one])
    if answers[kind] < 0.8 or (kind != "ok" and own.get(kind, 0.0) < DOUBT):
        return verdict
    return Verdict(kind, answers[kind], f"{verdict.reason}; a network settles it", "prompts")
