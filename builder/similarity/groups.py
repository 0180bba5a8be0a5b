"""Sources as numbers, small ones put together, so that each has enough images to speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SMALL = 30
"""Sources of fewer images are taken together: means of a few images say little, and correcting by
them did great harm where it was measured."""


def source_groups(sources: Sequence[str], small: int = SMALL) -> NDArray[np.int64]:
    """A number for each source, small ones and images without a source sharing one.

    Where these are too few even together, they go with the largest source: the mean of one image
    is that image, and nothing of it would be left.

    Args:
        sources: (n,) source of each image, "" for none.
        small: sources of fewer images are small.

    Returns:
        (n,) numbers from 0 without gaps, in order of first use.
    """
    counts = Counter(sources)
    large = [source for source in counts if source and counts[source] >= small]
    few = len(sources) - sum(counts[source] for source in large) < small
    rest = max(large, key=counts.__getitem__) if large and few else ""
    numbers: dict[str, int] = {}
    named = (source if source in large else rest for source in sources)
    return np.array([numbers.setdefault(name, len(numbers)) for name in named], np.int64)
