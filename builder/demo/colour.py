"""Colour: inks and pigments laid on a ground, with their pools, grains and losses."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from builder.demo.chance import Points, between, generator
from builder.demo.manuscripts import MANUSCRIPTS, Manuscript
from builder.demo.page import block
from builder.demo.parchment import Plane, lay, planes, window
from builder.demo.pen import FINER, Canvas, Mask
from builder.demo.pigments import PIGMENTS, Colour, Pigment

_GHOST = 1000
_GHOST_UNIT = 220.0
_PAPER = (0.93, 0.88, 0.78)
_WHITE = (0.93, 0.88, 0.76)


def compose(
    canvas: Canvas, book: Manuscript, rng: np.random.Generator, ruling: list[Points], unit: float
) -> NDArray[np.uint8]:
    """The finished sheet, shape (h, w, 3), uint8.

    Args:
        canvas: inks and pigments.
        book: the manuscript.
        rng: the image's own chance.
        ruling: lines in pixels of the canvas.
        unit: the unit of designs in pixels of the image.
    """
    high, wide = canvas.shape[0] // FINER, canvas.shape[1] // FINER
    shape = (high, wide)
    sheet = lay(shape, book.ground, rng)
    sheet *= _show_through(shape, book, rng, unit)
    sheet *= _ruled(shape, ruling, book, rng)
    dark = np.zeros(shape, np.float32)
    for name, mask in canvas.fields.items():
        part = _part(mask)
        if part is None:
            continue
        pigment = PIGMENTS[name]
        cover = _uneven(_smaller(mask)[part], rng)
        sheet[:, *part] = _lay_pigment(sheet[:, *part], cover, pigment, rng)
        if pigment.dark:
            dark[part] = np.maximum(dark[part], cover)
    for layer, colour in (("ink", book.ink), ("rubric", book.rubric)):
        part = _part(canvas.lines[layer])
        if part is not None:
            line = _smaller(canvas.lines[layer])[part]
            sheet[:, *part] = _lay_ink(sheet[:, *part], line, colour, dark[part], rng)
    finished = np.clip(sheet * 255 + 0.5, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(finished.transpose(1, 2, 0))


def _part(mask: Mask) -> tuple[slice, slice] | None:
    """Where on the image a mask holds anything, with a little room around it."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if len(rows) == 0:
        return None
    room = 12
    return (
        slice(max(0, int(rows[0]) // FINER - room), int(rows[-1]) // FINER + room),
        slice(max(0, int(columns[0]) // FINER - room), int(columns[-1]) // FINER + room),
    )


def _smaller(mask: Mask) -> Plane:
    high, wide = mask.shape[0] // FINER, mask.shape[1] // FINER
    small = cv2.resize(mask, (wide, high), interpolation=cv2.INTER_AREA)
    return np.asarray(small.astype(np.float32) / 255, np.float32)


def _uneven(cover: Plane, rng: np.random.Generator) -> Plane:
    """A brush neither keeps to the lines nor reaches every corner."""
    shape = (cover.shape[0], cover.shape[1])
    shift = rng.normal(0, 0.9, 2)
    move = np.array([[1, 0, shift[0]], [0, 1, shift[1]]])
    moved = cv2.warpAffine(cover, move, (shape[1], shape[0]))
    soft = cv2.GaussianBlur(moved, (0, 0), 1.3)
    edge = soft + 0.11 * window("blotch", shape, rng) * (soft * (1 - soft) * 4)
    return np.asarray(np.clip((edge - 0.36) / 0.3, 0, 1), np.float32)


def _lay_pigment(sheet: Plane, cover: Plane, pigment: Pigment, rng: np.random.Generator) -> Plane:
    shape = (cover.shape[0], cover.shape[1])
    grain = pigment.grain
    tone = 1 + grain * (0.55 * window("cloud", shape, rng) + 0.5 * window("mottle", shape, rng))
    tone += grain * (0.35 * window("blotch", shape, rng) + 0.2 * window("streak", shape, rng))
    pool = cover * (1 - cv2.GaussianBlur(cover, (0, 0), 4.5))
    density = (
        np.clip(pigment.strength * tone + 0.75 * (1 - pigment.cover) * pool, 0.15, 1.25) * cover
    )
    colour = planes(pigment.colour)
    # A wash takes light from the ground; a body colour hides it.
    clear = np.log(np.minimum(colour / planes(_PAPER), 1.0))
    wash = sheet * np.exp(density * clear)
    light = 1 + 0.35 * grain * window("blotch", shape, rng) + 0.03 * window("grain", shape, rng)
    if pigment.shine:
        light *= 1 + pigment.shine * _glitter(shape, rng)
    loss = window("blotch", shape, rng) + 0.6 * window("cloud", shape, rng)
    worn = np.clip((loss - 2.2) * 0.9, 0, 0.75)
    hides = np.minimum(density, 1.0) * pigment.cover * (1 - worn)
    return np.asarray(wash + (colour * light - wash) * hides, np.float32)


def _glitter(shape: tuple[int, int], rng: np.random.Generator) -> Plane:
    """Leaf catches the light in bands."""
    band = window("cloud", shape, rng) + 0.35 * window("mottle", shape, rng)
    return np.asarray(np.clip(0.55 * band, -0.7, 1.0), np.float32)


def _lay_ink(
    sheet: Plane, mask: Plane, colour: Colour, dark: Plane, rng: np.random.Generator
) -> Plane:
    shape = (mask.shape[0], mask.shape[1])
    blotch, mottle = window("blotch", shape, rng), window("mottle", shape, rng)
    flow = 1 + 0.13 * mottle + 0.13 * blotch + 0.12 * window("cloud", shape, rng)
    worn = np.clip((blotch[::-1, ::-1] + 0.5 * mottle - 2.0) * 0.5, 0, 0.6)
    load = cv2.GaussianBlur(mask, (0, 0), 0.55) * flow * (1 - worn)
    load = np.clip(load * between(rng, 0.95, 1.12), 0, 1)
    ink = planes(colour)
    on_dark = np.clip((cv2.GaussianBlur(dark, (0, 0), 1.5) - 0.4) * 4, 0, 1)
    halo = cv2.GaussianBlur(mask, (0, 0), 3.2) * 0.07 * (1 - on_dark)
    # Thin ink is lighter and warmer than thick.
    tone = ink * ((1.18 - 0.26 * load) * (1 - on_dark)) + planes(_WHITE) * on_dark
    soaked = sheet * (1 - halo * (1 - ink))
    return np.asarray(soaked + (tone - soaked) * (load * 0.96), np.float32)


def _ruled(
    shape: tuple[int, int], ruling: list[Points], book: Manuscript, rng: np.random.Generator
) -> Plane:
    """Ruling as a factor: furrows or lead, broken and faint."""
    strength = book.ground.ruling
    if strength <= 0 or not ruling:
        return np.ones((1, *shape), np.float32)
    mask = np.zeros(shape, np.uint8)
    lines = [np.rint(points / FINER * 16).astype(np.int32) for points in ruling]
    cv2.polylines(mask, lines, False, 255, 1, cv2.LINE_AA, 4)
    faint = np.clip(
        0.55 + 0.3 * window("mottle", shape, rng) + 0.3 * window("cloud", shape, rng), 0, 1.2
    )
    depth = mask.astype(np.float32) / 255 * faint * strength * between(rng, 0.35, 1.0)
    return np.asarray(1 - depth * (0.9 - 0.9 * planes(book.ground.ruling_colour)), np.float32)


@lru_cache(maxsize=12)
def _other_side(siglum: str) -> Plane:
    """Writing of the other side, seen from behind, blurred; square, _GHOST_UNIT pixels a unit."""
    book = next(book for book in MANUSCRIPTS if book.siglum == siglum)
    rng = generator("other side", siglum)
    canvas = Canvas(_GHOST // FINER, _GHOST // FINER, ())
    wide = _GHOST / _GHOST_UNIT
    for item in block(rng, book, (0.0, 0.1), wide, int(wide / (book.letter * 3.1)) + 1):
        words = item.words.at(item.words.points * _GHOST_UNIT)
        canvas.write(item.layer, words, item.size * _GHOST_UNIT, book.hand)
    mask = np.maximum(canvas.lines["ink"], canvas.lines["rubric"]).astype(np.float32) / 255
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), 1.8)[:, ::-1], np.float32)


def _show_through(
    shape: tuple[int, int], book: Manuscript, rng: np.random.Generator, unit: float
) -> Plane:
    """The other side's writing as a factor; `unit` in pixels of the image."""
    ghost = _other_side(book.siglum)
    high, wide = (min(_GHOST, round(side * _GHOST_UNIT / unit)) for side in shape)
    top, left = int(rng.integers(_GHOST - high + 1)), int(rng.integers(_GHOST - wide + 1))
    part = np.ascontiguousarray(ghost[top : top + high, left : left + wide])
    piece = cv2.resize(part, shape[::-1], interpolation=cv2.INTER_LINEAR)
    strength = book.ground.through * between(rng, 0.0, 0.34)
    patches = np.clip(0.6 + 0.4 * window("cloud", shape, rng), 0, 1.3)
    return np.asarray(1 - piece * patches * strength * planes((0.5, 0.62, 0.75)), np.float32)
