"""All benchmarks, one after the other."""

from bench import (
    explorer,
    extraction,
    grid,
    groups,
    layouts,
    measures,
    neighbours,
    pages,
    whole,
)

for script in (extraction, measures, neighbours, grid, groups, layouts, pages, explorer, whole):
    script.main()
