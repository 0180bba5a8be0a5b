"""Likeness: who is near whom."""
