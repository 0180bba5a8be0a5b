"""Boxes on pages as annotation tools write them, and what is to be cut out. No pictures here."""
