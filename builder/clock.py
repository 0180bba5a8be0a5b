"""The date of a build, which SOURCE_DATE_EPOCH may say."""

from __future__ import annotations

import datetime
import os


def built() -> str:
    """ISO date from SOURCE_DATE_EPOCH; without it "", so that builds do not differ by the day."""
    return today().isoformat() if os.environ.get("SOURCE_DATE_EPOCH") else ""


def today() -> datetime.date:
    """The date, or the one that SOURCE_DATE_EPOCH says."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
