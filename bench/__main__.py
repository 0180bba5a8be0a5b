"""All benchmarks, one after the other."""

from bench import (
    comparing,
    extraction,
    grid,
    groups,
    layouts,
    measures,
    neighbours,
    pages,
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
    explorer,
    comparing,
    whole,
):
    script.main()
