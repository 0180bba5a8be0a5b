"""All benchmarks, one after the other."""

from bench import (
    comparing,
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
from bench.explorer import __main__ as explorer

for script in (
    extraction,
    measures,
    neighbours,
    grid,
    groups,
    layouts,
    pages,
    comparing,
    ink,
    vectors,
    explorer,
    whole,
):
    script.main()
