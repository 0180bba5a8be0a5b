"""Published weights: from the cache of the libraries, or fetched once, with a progress bar."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from builder.errors import ModelError
from builder.features.backbones.base import Origin

_HASHED = re.compile(r"-([0-9a-f]{8,})\.")  # file names of torch's hub end on their checksum
_PATIENCE = 5.0  # seconds until a host counts as out of reach


def fetch(origin: Origin, network: str) -> Path:
    """The file of weights, fetched if it is not here yet.

    Args:
        origin: where it lies.
        network: whose weights they are, for the message.

    Raises:
        ModelError: it is not here and cannot be fetched; says what to download where.
    """
    here = _cached(origin)
    if here is not None:
        return here
    _reach(origin, network)
    logging.getLogger(__name__).info("fetching %s", origin.url)
    try:
        return _from_hugging_face(origin) if origin.repository else _from_address(origin)
    except Exception as error:
        # The libraries raise many kinds for a cut line, a full disk, a gated model.
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise _missing(origin, network, f"could not be fetched ({reason})") from error


def _cached(origin: Origin) -> Path | None:
    if not origin.repository:
        path = _place(origin)
        return path if path.exists() else None
    from huggingface_hub import try_to_load_from_cache

    for file in origin.files:
        found = try_to_load_from_cache(origin.repository, file)
        if isinstance(found, str):
            return Path(found)
    return None


def _reach(origin: Origin, network: str) -> None:
    """Ask for the file's head first: the libraries try for up to a minute before they give up."""
    host = urlsplit(origin.url).netloc
    try:
        urlopen(Request(origin.url, method="HEAD"), timeout=_PATIENCE).close()  # noqa: S310
    except HTTPError:
        return  # the host answers; what it has against us is told when the file is fetched
    except OSError as error:
        raise _missing(origin, network, f"are not here, and {host} is out of reach") from error


def _from_hugging_face(origin: Origin) -> Path:
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import EntryNotFoundError

    *first, last = origin.files
    for file in first:
        try:
            return Path(hf_hub_download(origin.repository, file))
        except EntryNotFoundError:
            continue
    return Path(hf_hub_download(origin.repository, last))


def _from_address(origin: Origin) -> Path:
    import torch

    path = _place(origin)
    path.parent.mkdir(parents=True, exist_ok=True)
    named = _HASHED.search(origin.files[0])
    torch.hub.download_url_to_file(origin.url, str(path), named and named[1], progress=True)
    return path


def _place(origin: Origin) -> Path:
    """Where torch's own loaders keep this file, so that it is fetched once for all."""
    import torch

    return Path(torch.hub.get_dir()) / "checkpoints" / origin.files[0]


def _missing(origin: Origin, network: str, what: str) -> ModelError:
    file = origin.url.rsplit("/", 1)[-1].split("?")[0]
    return ModelError(
        f"the weights of {network} {what}",
        remedy=f"download {origin.url}, put the file into the catalogue's folder and set "
        f'weights = "{file}"',
    )
