"""Near duplicates: short codes of pictures in eight orientations, confirmed by small copies.

A code is the perceptual hash of Zauner (2010): the signs of the lowest frequencies of the cosine
transform against their median, 64 bits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.measures.sheet import Sheet
from builder.measures.symmetry import orientations

COPY = 48
"""Side of the small copy by which equal codes are confirmed."""

_CODED = 32
_KEPT = 8
_BITS = 6  # codes that differ in no more may be of one picture
_SAME = 0.95  # correlation of the small copies from which they are
_ONES = np.array([byte.bit_count() for byte in range(256)], np.uint8)


@dataclass(frozen=True)
class Twin:
    """Two rows that show one picture.

    Attributes:
        row, other: the later and the earlier of the two.
        orientation: how the earlier one must be turned to lie as the later, 0 to 7.
        bits: in how many bits their codes differ.
        correlation: of their small copies, -1 to 1.
    """

    row: int
    other: int
    orientation: int
    bits: int
    correlation: float


def small_copy(sheet: Sheet) -> NDArray[np.uint8]:
    """(COPY, COPY) the picture's contrast to its ground, padded to a square, without colour."""
    scale = COPY / sheet.side
    wide, tall = max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))
    small = cv2.resize(sheet.contrast, (wide, tall), interpolation=cv2.INTER_AREA)
    copy = np.zeros((COPY, COPY), np.uint8)
    top, left = (COPY - tall) // 2, (COPY - wide) // 2
    copy[top : top + tall, left : left + wide] = small
    return copy


def codes(copies: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """(n, COPY, COPY) small copies -> (n, 8) codes of their orientations."""
    found = np.zeros((len(copies), 8), np.uint64)
    for row, copy in enumerate(copies):
        for way, turned in enumerate(orientations(copy.astype(np.float32))):
            found[row, way] = _code(np.ascontiguousarray(turned))
    return found


def _code(copy: NDArray[np.float32]) -> np.uint64:
    small = cv2.resize(copy, (_CODED, _CODED), interpolation=cv2.INTER_AREA)
    low = cv2.dct(small)[:_KEPT, :_KEPT].ravel()
    bits = low > np.median(low[1:])
    return np.uint64(int.from_bytes(np.packbits(bits).tobytes(), "big"))


def twins(copies: NDArray[np.uint8], hashes: Sequence[str], known: NDArray[np.bool_]) -> list[Twin]:
    """For each row that repeats an earlier one the nearest such, rows in order.

    Args:
        copies: (n, COPY, COPY) of `small_copy`.
        hashes: (n,) of the files; equal files are twins whatever they show.
        known: (n,) rows with so little on them that likeness says nothing are False.
    """
    flat = copies.reshape(len(copies), COPY * COPY).astype(np.float32)
    flat = flat - flat.mean(axis=1, keepdims=True)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-6)
    code = codes(copies)
    first: dict[str, int] = {}
    found = []
    for row, sha256 in enumerate(hashes):
        earlier = first.setdefault(sha256, row)
        twin = Twin(row, earlier, 0, 0, 1.0) if earlier < row else _nearest(row, flat, code, known)
        if twin is not None:
            found.append(twin)
    return found


def _bits(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How many bits of each number are set."""
    bytes_ = np.ascontiguousarray(values).view(np.uint8).reshape(*values.shape, 8)
    return np.asarray(_ONES[bytes_].sum(axis=-1, dtype=np.int64), np.int64)


def _nearest(
    row: int,
    flat: NDArray[np.float32],
    code: NDArray[np.uint64],
    known: NDArray[np.bool_],
) -> Twin | None:
    if not row or not known[row]:
        return None
    apart = _bits(code[:row] ^ code[row, 0])
    rows, ways = np.nonzero((apart <= _BITS) & known[:row, None])
    best: Twin | None = None
    for other, way in zip(rows.tolist(), ways.tolist(), strict=True):
        turned = orientations(flat[other].reshape(COPY, COPY))[way]
        alike = float(np.vdot(turned, flat[row].reshape(COPY, COPY)))
        if alike >= _SAME and (best is None or alike > best.correlation):
            best = Twin(row, other, way, int(apart[other, way]), min(1.0, alike))
    return best
