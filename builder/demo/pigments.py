"""Pigments and inks by name."""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[float, float, float]
"""Red, green, blue from 0 to 1."""


@dataclass(frozen=True)
class Pigment:
    """A colour as it is laid on. `cover` is 0 for a clear wash, 1 for a body colour."""

    colour: Colour
    cover: float
    grain: float = 0.1
    strength: float = 0.9
    dark: bool = False
    """Lines on it are drawn in white."""
    shine: float = 0.0
    """Glitter of gold."""


PIGMENTS: dict[str, Pigment] = {
    "ochre": Pigment((0.84, 0.62, 0.27), 0.1, 0.16),
    "pale ochre": Pigment((0.91, 0.77, 0.47), 0.05, 0.14, 0.75),
    "saffron": Pigment((0.93, 0.76, 0.24), 0.15, 0.12),
    "umber": Pigment((0.52, 0.38, 0.25), 0.2, 0.2),
    "sepia": Pigment((0.36, 0.25, 0.17), 0.4, 0.2, 0.92, dark=True),
    "black": Pigment((0.13, 0.11, 0.10), 0.75, 0.1, 0.95, dark=True),
    "slate": Pigment((0.42, 0.43, 0.44), 0.35, 0.2),
    "verdigris": Pigment((0.42, 0.63, 0.50), 0.3, 0.2),
    "sap green": Pigment((0.60, 0.66, 0.36), 0.1, 0.18, 0.8),
    "malachite": Pigment((0.38, 0.56, 0.42), 0.6, 0.22),
    "azurite": Pigment((0.27, 0.42, 0.62), 0.65, 0.26),
    "pale blue": Pigment((0.62, 0.72, 0.78), 0.2, 0.2, 0.8),
    "lapis": Pigment((0.12, 0.20, 0.45), 0.9, 0.16, 0.97, dark=True),
    "indigo": Pigment((0.20, 0.25, 0.36), 0.6, 0.24, 0.92, dark=True),
    "vermilion": Pigment((0.79, 0.24, 0.14), 0.7, 0.12),
    "minium": Pigment((0.87, 0.44, 0.22), 0.45, 0.16),
    "madder": Pigment((0.83, 0.55, 0.49), 0.1, 0.2, 0.8),
    "rose": Pigment((0.88, 0.66, 0.60), 0.15, 0.2, 0.75),
    "gold": Pigment((0.83, 0.64, 0.27), 0.95, 0.05, 0.97, shine=0.28),
    "white": Pigment((0.95, 0.92, 0.85), 0.85, 0.08, 0.85),
    "silver": Pigment((0.70, 0.69, 0.66), 0.85, 0.08, 0.9, shine=0.14),
}
