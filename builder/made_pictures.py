"""Pictures that the site makes of pictures, each made once and kept while it is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from builder.ledger import Ledger

T = TypeVar("T")


def make_missing(
    ledger: Ledger,
    folder: Path,
    name: str,
    parts: dict[str, object],
    wanted: Mapping[Path, T],
    make: Callable[[T], None],
    jobs: int,
    done: str,
    ending: str = ".jpg",
) -> None:
    """Make the pictures that are not there, and remove those that nobody needs.

    Args:
        ledger: of the build.
        folder: an artifact that holds them, two levels deep.
        name: of the artifact; parts: what it is made from.
        wanted: what is to be made at each path.
        make: makes one; called by several threads.
        jobs: threads.
        done: what was done, for the reader of the account.
        ending: of all files of the artifact.
    """
    missing = [one for path, one in wanted.items() if not path.exists()]
    if missing:
        ledger.workspace.prepare()
        folder.mkdir(parents=True, exist_ok=True)
        ledger.workspace.record(folder, name, parts)
        with (
            ledger.timed("pages", len(missing), done) as advance,
            ThreadPoolExecutor(jobs) as pool,
        ):
            for _ in pool.map(make, missing):
                advance(1)
    for path in folder.glob(f"*/*{ending}"):
        if path not in wanted:
            path.unlink()
