"""Forces of a graph, compiled: plain loops over numbers; `graph.py` says what they are for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numba
import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Rows = np.ndarray[Any, np.dtype[np.int64]]


def compiled(function: Callable[..., Any]) -> Any:
    """Compile a function, kept on disk where a folder for it can be written."""
    try:
        return numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder to keep it in: compile it in every process
        return numba.njit(nogil=True)(function)


_TOLERANCE = 1.0  # how much swinging is borne for the sake of speed
_GRAVITY = 0.02  # draws to the middle, by the distance


@compiled
def settle(xy: Floats, ends: Rows, weights: Floats, mass: Floats, rounds: int, side: int) -> None:
    """Move the nodes of a graph, in place, until its forces are nearly even.

    ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian 2014) with its own rule for speed. Nodes
    in the same or a touching cell of a lattice repel each other one by one, all others as the
    middles of their cells: a Barnes-Hut tree of one level, whose sums have a fixed order.

    Args:
        xy: (n, 2) places, changed.
        ends: (m, 2) rows that an edge joins.
        weights: (m,) of edges, by which they pull.
        mass: (n,) by which nodes push; one and the number of a node's edges.
        rounds: how many times all nodes are moved.
        side: cells of the lattice in each direction.
    """
    n = len(xy)
    before = np.zeros((n, 2))
    force = np.zeros((n, 2))
    speed = 1.0
    for _ in range(rounds):
        for i in range(n):
            force[i, 0] = force[i, 1] = 0.0
        _repel(xy, mass, force, side)
        for e in range(len(ends)):
            a, b = ends[e, 0], ends[e, 1]
            for axis in range(2):
                pull = weights[e] * (xy[b, axis] - xy[a, axis])
                force[a, axis] += pull
                force[b, axis] -= pull
        for i in range(n):
            for axis in range(2):
                force[i, axis] -= _GRAVITY * mass[i] * xy[i, axis]
        speed = _move(xy, force, before, mass, speed)
        for i in range(n):
            before[i, 0], before[i, 1] = force[i, 0], force[i, 1]


@compiled
def _repel(xy: Floats, mass: Floats, force: Floats, side: int) -> None:
    n = len(xy)
    cell = _cells(xy, side)
    heavy = np.zeros((side * side, 3))  # mass, and its middle
    starts = np.zeros(side * side + 1, np.int64)
    for i in range(n):
        heavy[cell[i], 0] += mass[i]
        heavy[cell[i], 1] += mass[i] * xy[i, 0]
        heavy[cell[i], 2] += mass[i] * xy[i, 1]
        starts[cell[i] + 1] += 1
    full = np.empty(side * side, np.int64)
    some = 0
    for c in range(side * side):
        if starts[c + 1] > 0:
            full[some] = c
            some += 1
            heavy[c, 1] /= heavy[c, 0]
            heavy[c, 2] /= heavy[c, 0]
        starts[c + 1] += starts[c]
    order = np.empty(n, np.int64)
    free = starts.copy()
    for i in range(n):
        order[free[cell[i]]] = i
        free[cell[i]] += 1
    for i in range(n):
        row, column = cell[i] // side, cell[i] % side
        for f in range(some):
            c = full[f]
            if abs(c // side - row) > 1 or abs(c % side - column) > 1:
                _push(force, xy, i, heavy[c, 1], heavy[c, 2], mass[i] * heavy[c, 0])
                continue
            for k in range(starts[c], starts[c + 1]):
                j = order[k]
                if j != i:
                    _push(force, xy, i, xy[j, 0], xy[j, 1], mass[i] * mass[j])


@compiled
def _cells(xy: Floats, side: int) -> Rows:
    """(n,) which cell of a square lattice over all nodes each lies in."""
    low_x = high_x = xy[0, 0]
    low_y = high_y = xy[0, 1]
    for i in range(len(xy)):
        low_x, high_x = min(low_x, xy[i, 0]), max(high_x, xy[i, 0])
        low_y, high_y = min(low_y, xy[i, 1]), max(high_y, xy[i, 1])
    extent = max(high_x - low_x, high_y - low_y, 1e-9) * 1.0001
    cell = np.empty(len(xy), np.int64)
    for i in range(len(xy)):
        column = int((xy[i, 0] - low_x) / extent * side)
        cell[i] = int((xy[i, 1] - low_y) / extent * side) * side + column
    return cell


@compiled
def _push(force: Floats, xy: Floats, i: int, x: float, y: float, strength: float) -> None:
    dx, dy = xy[i, 0] - x, xy[i, 1] - y
    push = strength / max(dx * dx + dy * dy, 1e-4)
    force[i, 0] += dx * push
    force[i, 1] += dy * push


@compiled
def _move(xy: Floats, force: Floats, before: Floats, mass: Floats, speed: float) -> float:
    """One step along the forces; nodes that swing go slower. Gives the speed of the whole."""
    n = len(xy)
    swings = np.empty(n)
    swinging, pulling = 1e-12, 0.0
    for i in range(n):
        dx, dy = force[i, 0] - before[i, 0], force[i, 1] - before[i, 1]
        swings[i] = math.sqrt(dx * dx + dy * dy)
        sx, sy = force[i, 0] + before[i, 0], force[i, 1] + before[i, 1]
        swinging += mass[i] * swings[i]
        pulling += mass[i] * math.sqrt(sx * sx + sy * sy) / 2
    speed = min(_TOLERANCE * pulling / swinging, 1.5 * speed)
    for i in range(n):
        size = math.sqrt(force[i, 0] ** 2 + force[i, 1] ** 2)
        own = speed / (1 + speed * math.sqrt(swings[i]))
        step = min(own, 10.0 / max(size, 1e-12))
        xy[i, 0] += force[i, 0] * step
        xy[i, 1] += force[i, 1] * step
    return speed
