"""Thumbnails of all images, packed into pages for the explorer."""
