"""Grounds: parchment and paper with clouds, follicles, laid lines, stains and worn edges."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.demo.chance import between, generator
from builder.demo.manuscripts import Ground
from builder.demo.pigments import Colour

Plane = NDArray[np.float32]
"""Shape (h, w), or (3, h, w) for colours from 0 to 1 (planes first, which NumPy does faster)."""

_TILE = 1536
_CLOUDS: dict[str, tuple[tuple[float, float, float], ...]] = {
    # Cells as (width, height, weight), in pixels of the finished image.
    "cloud": ((420, 420, 1.0), (190, 190, 0.6), (90, 90, 0.35), (40, 40, 0.2)),
    "mottle": ((48, 48, 1.0), (24, 24, 0.7), (12, 12, 0.5), (6, 6, 0.3)),
    "blotch": ((20, 20, 1.0), (9, 9, 0.8), (4, 4, 0.5)),
    "grain": ((3.2, 3.2, 1.0), (1.6, 1.6, 0.9)),
    "streak": ((150, 5, 1.0), (70, 3, 0.7), (240, 12, 0.8)),
}


@lru_cache(maxsize=16)
def tile(name: str) -> Plane:
    """A large piece of noise, mean 0 and deviation 1, made once."""
    if name == "fibre":
        return _fibres()
    if name == "follicle":
        return _follicles()
    rng = generator("tile", name)
    total = np.zeros((_TILE, _TILE), np.float32)
    for wide, high, weight in _CLOUDS[name]:
        shape = (int(_TILE / high) + 2, int(_TILE / wide) + 2)
        small = (rng.random(shape) - 0.5).astype(np.float32)
        total += weight * cv2.resize(small, (_TILE, _TILE), interpolation=cv2.INTER_CUBIC)
    total -= total.mean()
    return np.asarray(total / total.std(), np.float32)


def _fibres() -> Plane:
    """Short curved hairs, 0 to 1."""
    rng = generator("tile", "fibre")
    mask = np.zeros((_TILE, _TILE), np.uint8)
    for _ in range(2600):
        start = rng.random(2) * _TILE
        angle, bend = rng.random() * 6.28, (rng.random() - 0.5) * 1.6
        steps = np.linspace(0, 1, 7)[:, None] * (8 + 30 * rng.random())
        turns = angle + bend * np.linspace(0, 1, 7)
        points = start + steps * np.stack([np.cos(turns), np.sin(turns)], axis=1)
        cv2.polylines(
            mask,
            [np.rint(points * 16).astype(np.int32)],
            False,
            int(90 + 160 * rng.random()),
            1,
            cv2.LINE_AA,
            4,
        )
    return np.asarray(cv2.GaussianBlur(mask, (3, 3), 0.6).astype(np.float32) / 255)


def _follicles() -> Plane:
    """Pores of the hair side in drifting rows, thick in patches, 0 to 1."""
    rng = generator("tile", "follicle")
    mask = np.zeros((_TILE, _TILE), np.uint8)
    density = tile("cloud")
    for x, y, chance, shade in rng.random((26000, 4)):
        column, row = int(x * _TILE), int(y * _TILE)
        if chance * 3 < density[row, column]:
            at = (int(x * _TILE * 16), int(y * _TILE * 16))
            cv2.circle(mask, at, int(10 + 10 * shade), int(70 + 170 * shade), -1, cv2.LINE_AA, 4)
    return np.asarray(cv2.GaussianBlur(mask, (3, 3), 0.7).astype(np.float32) / 255)


def window(name: str, shape: tuple[int, int], rng: np.random.Generator) -> Plane:
    """A piece of a tile at a place of chance, perhaps flipped; streaks also run down.

    Shape (h, w).
    """
    high, wide = shape
    flips = int(rng.integers(8))
    turned = name == "streak" and flips & 4
    if turned:
        high, wide = wide, high
    top = int(rng.integers(_TILE - high + 1))
    left = int(rng.integers(_TILE - wide + 1))
    piece = tile(name)[top : top + high, left : left + wide]
    if flips & 1:
        piece = piece[::-1]
    if flips & 2:
        piece = piece[:, ::-1]
    return np.ascontiguousarray(piece.T if turned else piece)


def planes(colour: Colour) -> Plane:
    """A colour to be spread over planes. Shape (3, 1, 1)."""
    return np.array(colour, np.float32).reshape(3, 1, 1)


def lay(shape: tuple[int, int], ground: Ground, rng: np.random.Generator) -> Plane:
    """An unwritten piece of a manuscript. Shape (3, h, w)."""
    cloud, mottle = window("cloud", shape, rng), window("mottle", shape, rng)
    light = 1 + 0.012 * window("grain", shape, rng)
    light += 0.011 * ground.clouds * mottle
    light += ground.relief * 0.02 * _relief(cloud + 0.25 * mottle)
    light -= 0.16 * ground.follicles * window("follicle", shape, rng)
    light -= 0.07 * ground.fibres * window("fibre", shape, rng)
    if ground.laid:
        light += ground.laid * _laid(shape, rng)
    light *= _lamp(shape, rng)
    warm = ground.clouds * (0.5 * cloud + 0.3 * window("cloud", shape, rng))
    # Age takes blue first, then green, so that dark clouds are brown.
    tint = 1 - planes((0.022, 0.034, 0.058)) * warm
    sheet = planes(ground.colour) * np.float32(between(rng, 0.97, 1.02)) * tint * light
    for _ in range(int(rng.poisson(ground.stains))):
        sheet *= _stain(shape, rng)
    return np.asarray(sheet * _edges(shape, rng), np.float32)


def _relief(height: Plane) -> Plane:
    """Light from the upper left on an uneven skin, about unit size."""
    slope = cv2.GaussianBlur(height, (0, 0), 4)
    shade = np.zeros_like(slope)
    shade[1:, 1:] = 2 * slope[1:, 1:] - slope[:-1, 1:] - slope[1:, :-1]
    return np.clip(shade * 22, -1.6, 1.6)


def _laid(shape: tuple[int, int], rng: np.random.Generator) -> Plane:
    """The lines of a paper mould: close ones across, chains along."""
    high, wide = shape
    fine = between(rng, 3.6, 4.6)
    rows = np.sin(2 * np.pi * (np.arange(high) / fine + rng.random()))
    gap = between(rng, 85, 120)
    columns = (np.arange(wide) / gap + rng.random()) % 1.0
    chains = np.exp(-(((columns - 0.5) * gap / 2.2) ** 2))
    both = 0.011 * rows[:, None] + 0.03 * chains[None, :]
    if rng.random() < 0.5 and high == wide:
        both = both.T
    return np.asarray(both, np.float32)


def _lamp(shape: tuple[int, int], rng: np.random.Generator) -> Plane:
    """The photographer's light falls off a little to one side."""
    high, wide = shape
    angle = rng.random() * 6.28
    x = np.linspace(-0.5, 0.5, wide)[None, :] * np.cos(angle)
    y = np.linspace(-0.5, 0.5, high)[:, None] * np.sin(angle)
    return np.asarray(1 + between(rng, 0.01, 0.06) * (x + y), np.float32)


def _stain(shape: tuple[int, int], rng: np.random.Generator) -> Plane:
    """Damp: a pale brown pool with a darker rim, as a factor of shape (3, h, w)."""
    high, wide = shape
    x0, y0 = between(rng, -0.1, 1.1) * wide, between(rng, -0.1, 1.1) * high
    radius = between(rng, 0.06, 0.38) * max(high, wide)
    y, x = np.ogrid[:high, :wide]
    away = np.sqrt((x - x0) ** 2 + (y - y0) ** 2).astype(np.float32) / np.float32(radius)
    away += 0.13 * window("cloud", shape, rng) + 0.05 * window("mottle", shape, rng)
    pool = np.clip((1.0 - away) / between(rng, 0.05, 0.3), 0, 1)
    rim = np.exp(-(((away - 0.97) / 0.045) ** 2))
    depth = between(rng, 0.02, 0.1)
    strength = depth * pool + depth * between(rng, 0.2, 1.3) * rim
    return np.asarray(1 - strength * planes((0.55, 0.85, 1.35)), np.float32)


def _edges(shape: tuple[int, int], rng: np.random.Generator) -> Plane:
    """Thumbed margins and the shadow of the gutter, as a factor of shape (3, h, w)."""
    high, wide = shape
    factor = np.ones((3, high, wide), np.float32)
    cloud = window("cloud", shape, rng)
    for side in range(4):
        chance = rng.random()
        if chance > 0.3:
            continue
        along = np.arange(wide if side % 2 else high, dtype=np.float32)
        near = along if side < 2 else along[::-1]
        depth = near[None, :] if side % 2 else near[:, None]
        reach = between(rng, 25, 110)
        dark = np.exp(-np.maximum(depth + 14 * cloud, 0) / reach) * between(rng, 0.08, 0.26)
        factor *= 1 - dark * planes((0.8, 1.0, 1.2) if chance > 0.1 else (1.0, 1.0, 1.0))
    return factor
