"""Where templates and the built front end lie: inside the package, or beside it in a checkout."""

from __future__ import annotations

import hashlib
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent

# In a wheel the built front end is called static; in a checkout it is static/dist.
_CHECKOUT = {"static": "static/dist"}


def data_dir(name: str) -> Path:
    """The folder of packaged data called `name` ("templates", or "static" for the front end)."""
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / _CHECKOUT.get(name, name)


def digest(folder: Path) -> str:
    """Hash of all files in a folder of templates or assets: they are inputs of the pages."""
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:12]
