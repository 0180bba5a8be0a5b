"""The same results as tables and graphs for other programs."""
