"""All benchmarks, one after the other."""

from bench import explorer, extraction, grid, neighbours, pages, whole

for script in (extraction, neighbours, grid, pages, explorer, whole):
    script.main()
