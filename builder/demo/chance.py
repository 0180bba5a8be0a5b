"""Chance that depends on names alone, so that the order of drawing never matters."""

from __future__ import annotations

import hashlib
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")

Points = NDArray[np.float64]
"""Positions, shape (n, 2): x to the right, y downwards."""


def generator(*names: object) -> np.random.Generator:
    """A random generator of its own for whatever the names say together."""
    text = "\x1f".join(str(name) for name in names)
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def pick(rng: np.random.Generator, things: tuple[T, ...] | list[T]) -> T:
    """One of the things, each as likely."""
    return things[int(rng.integers(len(things)))]


def between(rng: np.random.Generator, low: float, high: float) -> float:
    """A number from low to high, each as likely."""
    return float(low + (high - low) * rng.random())


def waves(rng: np.random.Generator, at: NDArray[np.float64], longest: float) -> Points:
    """Smooth noise along a line: four sines of shrinking length, about unit amplitude.

    Args:
        at: where along the line, any shape, in the unit of `longest`.
        longest: length of the longest wave.
    """
    total = np.zeros_like(at)
    for octave, strength in enumerate((1.0, 0.6, 0.4, 0.25)):
        length = longest / (1.9**octave) * between(rng, 0.8, 1.2)
        total += strength * np.sin(2 * np.pi * (at / length + rng.random()))
    return total / 1.3
