"""Pages that lie outside the site and show its style and pictures, wherever they lie."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from builder.errors import OutputError
from builder.workspace import write_atomic


def has_site(site: Path) -> bool:
    """Whether there is a built site whose style and pictures a page could show."""
    return (site / "index.html").exists()


def write_page(path: Path, site: Path, page: Callable[[str], bytes]) -> None:
    """Write a page.

    Args:
        path: of the page.
        site: folder of the built site.
        page: gives the page; told the relative address of the site's folder from there, which
            ends in a slash.

    Raises:
        OutputError: there is no site, or `path` cannot be written.
    """
    if not has_site(site):
        raise OutputError(
            "there is no site whose pictures a page could show",
            str(site),
            "run volvelle build, or name the site's folder with --out",
        )
    if path.is_dir():
        raise OutputError("is a folder", str(path), "name the file that --html should write")
    root = quote(Path(os.path.relpath(site, path.parent)).as_posix()) + "/"
    write_atomic(path, page(root))
