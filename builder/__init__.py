"""Volvelle: a folder of images becomes a static visual catalogue."""

__version__ = "0.1.0"
