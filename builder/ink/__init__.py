"""Ink and ground: pictures in black and white."""
