"""All benchmarks, one after the other."""

from bench import (
    explorer,
    extraction,
    grid,
    groups,
    ink,
    layouts,
    measures,
    neighbours,
    pages,
    vectors,
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
    ink,
    vectors,
    explorer,
    whole,
):
    script.main()
