"""The browser that the tests drive, for benchmarks."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "browser"))

from browsers import CHROMIUM, CHROMIUM_ARGUMENTS, find

__all__ = ["CHROMIUM", "CHROMIUM_ARGUMENTS", "find"]
