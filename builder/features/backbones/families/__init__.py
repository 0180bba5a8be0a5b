"""Families of networks, one short file each; a new one needs only a `FAMILY` object."""
