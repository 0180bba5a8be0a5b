"""From a box as it was drawn to pixels of a page."""

from __future__ import annotations

import math

from builder.cropping.types import Cut, Region

# Shares are written with few digits: so much of a pixel is none.
_HAIR = 0.02
_SLACK = 0.01  # share of the page's side that a box may reach beyond it without a word


def cut(region: Region, width: int, height: int, margin: float) -> tuple[Cut | None, str]:
    """What is to be cut out of a page, and what is wrong with the box ("" if nothing is).

    A box that lies partly outside is cut at the edge of the page, and that is told.

    Args:
        region: with its box.
        width, height: of the page in pixels.
        margin: added on each side, a share of the box's longer side.
    """
    if not all(map(math.isfinite, region.box)):
        return None, "has no box of four numbers"
    across, down = region.size or (width, height)
    if not (across > 0 and down > 0 and math.isfinite(across) and math.isfinite(down)):
        across, down = width, height
    left, top = region.box[0] * width / across, region.box[1] * height / down
    wide, high = region.box[2] * width / across, region.box[3] * height / down
    if not all(map(math.isfinite, (left, top, wide, high))):
        return None, "has no box of four numbers"
    if wide < 1 or high < 1:
        return None, f"has a box of {wide:.0f} x {high:.0f} pixels"
    if left >= width or top >= height or left + wide <= 0 or top + high <= 0:
        return None, f"has a box outside of the page ({width} x {height} pixels)"
    beyond = max(-left / width, -top / height, (left + wide) / width - 1, (top + high) / height - 1)
    drawn = _within(left, top, wide, high, width, height)
    more = margin * max(drawn[2], drawn[3])
    taken = _within(
        drawn[0] - more, drawn[1] - more, drawn[2] + 2 * more, drawn[3] + 2 * more, width, height
    )
    said = "reaches beyond the page; it is cut there" if beyond > _SLACK else ""
    return Cut(*taken, drawn), said


def _within(
    left: float, top: float, wide: float, high: float, width: int, height: int
) -> tuple[int, int, int, int]:
    """Whole pixels that cover a box, as far as it is on the page; at least one."""
    first = min(max(0, math.floor(left + _HAIR)), width - 1)
    upper = min(max(0, math.floor(top + _HAIR)), height - 1)
    last = max(min(width, math.ceil(left + wide - _HAIR)), first + 1)
    lower = max(min(height, math.ceil(top + high - _HAIR)), upper + 1)
    return first, upper, last - first, lower - upper
