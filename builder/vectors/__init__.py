"""Drafts of drawings in lines: segments, circles and arcs found in ink, as SVG and for GeoGebra."""
