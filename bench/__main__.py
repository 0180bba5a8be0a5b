"""All benchmarks, one after the other."""

from bench import (
    comparing,
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

for script in (
    extraction,
    measures,
    neighbours,
    grid,
    groups,
    layouts,
    pages,
    explorer,
    comparing,
    whole,
):
    script.main()
