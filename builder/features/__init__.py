"""Seeing: pictures become rows of numbers."""
