"""Where templates and the built front end lie: inside the package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent.parent

# In a wheel the built front end is called static; in a checkout it is static/dist.
_CHECKOUT = {"static": "static/dist"}


def data_dir(name: str) -> Path:
    """The folder of packaged data called `name` ("templates", or "static" for the front end)."""
    packaged = _PACKAGE / "_data" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / _CHECKOUT.get(name, name)
