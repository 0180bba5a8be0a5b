"""Benchmarks: one script a stage, each runnable alone as `python -m bench.NAME`.

Each prints ratios against a reference that is measured in the same run. Real images come from
the folder that VOLVELLE_REAL_DATA names; without it the demonstration corpus is drawn.
"""
