"""The demonstration corpus: medieval diagrams of the heavens, invented and drawn by a program."""

from __future__ import annotations

from builder.demo.corpus import Drawn, draw

__all__ = ["Drawn", "draw"]
