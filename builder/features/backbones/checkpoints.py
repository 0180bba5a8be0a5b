"""Files of weights: read without running what is in them, and checked tensor by tensor."""

from __future__ import annotations

import hashlib
import pickle
import warnings
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.errors import ModelError
from builder.features.backbones.base import State

if TYPE_CHECKING:
    import torch

_WRAPPERS = ("state_dict", "model_state_dict", "model")
_PREFIXES = ("module.", "_orig_mod.")  # of networks trained on several cards, or compiled
_ANOTHER = "name another file in weights, or the model that it belongs to in backbone"


def checksum(path: Path) -> str:
    """sha256 of a file, hex; computed once while the file stays as it is."""
    about = path.stat()
    return _sha256(path, about.st_size, about.st_mtime_ns)


@lru_cache(maxsize=64)
def _sha256(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(path: Path) -> State:
    """Read a checkpoint: `.safetensors`, or what torch.save wrote.

    Raises:
        ModelError: the file is missing, damaged, or holds anything but tensors by name.
    """
    if not path.is_file():
        raise ModelError(
            "there is no such file of weights", str(path), "correct weights in catalogue.toml"
        )
    stored = _safetensors(path) if path.suffix == ".safetensors" else _torch(path)
    return _unwrapped(stored, path)


def _safetensors(path: Path) -> Any:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except (SafetensorError, OSError) as error:
        raise ModelError(
            f"is not a whole safetensors file ({error})", str(path), "fetch it again"
        ) from error


def _torch(path: Path) -> Any:
    import torch

    try:
        with warnings.catch_warnings():
            # Its remarks on old and strange files end in our own sentence, or are of no use.
            warnings.simplefilter("ignore")
            return torch.load(path, map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError, OSError, ValueError) as error:
        script = "TorchScript" in str(error)
        what = (
            "is a TorchScript program, not a file of weights"
            if script
            else "is damaged, or holds more than weights, and is not opened"
        )
        raise ModelError(
            what, str(path), "fetch it again, or take the model's .safetensors file"
        ) from error


def _unwrapped(stored: Any, path: Path) -> State:
    import torch

    while isinstance(stored, Mapping):
        inner = next((stored[key] for key in _WRAPPERS if key in stored), None)
        if not isinstance(inner, Mapping):
            break
        stored = inner
    named = isinstance(stored, Mapping) and bool(stored)
    if not named or not all(isinstance(value, torch.Tensor) for value in stored.values()):
        raise ModelError("holds no tensors by name", str(path), "save model.state_dict() instead")
    state = dict(stored)
    for prefix in _PREFIXES:
        if all(key.startswith(prefix) for key in state):
            state = {key.removeprefix(prefix): value for key, value in state.items()}
    return state


def fill(model: torch.nn.Module, state: State, head: tuple[str, ...], path: Path) -> None:
    """Put a checkpoint into a network; only what merely classifies may be missing or different.

    Args:
        model: the network.
        state: tensors by the network's own names.
        head: modules whose tensors may be missing, and are then left as they are.
        path: where the checkpoint comes from, for the message.

    Raises:
        ModelError: names the first tensor that is missing, unknown or of another shape.
    """
    own = model.state_dict()
    spare = tuple(f"{name}." for name in head)
    needed = {name: value for name, value in own.items() if not name.startswith(spare)}
    for name, value in needed.items():
        if name not in state:
            # Counts how often a mean was updated in training; old files lack it.
            if name.endswith("num_batches_tracked"):
                continue
            raise ModelError(f'the checkpoint lacks the tensor "{name}"', str(path), _ANOTHER)
        if state[name].shape != value.shape:
            raise ModelError(
                f'the tensor "{name}" is {_shape(state[name])}, not {_shape(value)}',
                str(path),
                _ANOTHER,
            )
    for name in state:
        if name not in own and not name.startswith(spare):
            raise ModelError(
                f'the checkpoint has a tensor "{name}" that the model has not', str(path), _ANOTHER
            )
    model.load_state_dict({name: state[name] for name in needed if name in state}, strict=False)


def _shape(tensor: torch.Tensor) -> str:
    return " x ".join(map(str, tensor.shape)) or "a single number"
