"""What networks there are, and what each of their layers gives: for `volvelle info --backbones`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builder.errors import SettingsError, VolvelleError
from builder.features.backbones import Backbone, choose, families
from builder.features.backbones.base import Architecture, Weights
from builder.features.backbones.opening import empty, fit_size, unfit
from builder.features.pooling import maps_shape

if TYPE_CHECKING:
    from torch import nn


def known() -> dict[str, Any]:
    """Every family: how its models are named, and the layers that are known at once."""
    return {
        family.name: {
            "write": family.about,
            **{
                layer.name: f"{layer.channels} channels, one cell for {layer.stride} px"
                for layer in family.layers
            },
        }
        for family in families().values()
    }


def layers(name: str, size: int = 0) -> dict[str, Any]:
    """One network: its layers with the shape of their maps and their stride.

    Args:
        name: as in `backbone =`, or a family's, whose models are listed then.
        size: side of the picture in pixels; 0 for the size that it was trained for.

    Raises:
        SettingsError: there is no such network, or it cannot take this size.
    """
    family = families().get(name)
    if family is not None and not family.layers:
        return {"models": list(dict.fromkeys(family.models()))}
    backbone = choose(name)
    architecture = empty(backbone.family, backbone.name)
    side = size or architecture.size
    found = _shapes(architecture, backbone, side)
    default = architecture.default
    return {
        "network": backbone.name.network,
        "size": f"{side} px" + _wanted(architecture),
        "weights": _origin(backbone),
        "default": default,
        "layers": {path: _in_words(shape, architecture, side) for path, shape in found.items()},
    }


def _wanted(architecture: Architecture) -> str:
    trained = f"trained at {architecture.size} px"
    if architecture.resize is not None and architecture.patch > 1:
        return f", {trained}, takes multiples of {architecture.patch} px"
    return f", {trained}"


def _origin(backbone: Backbone) -> str:
    published = backbone.family.published(backbone.name.model, backbone.name.tag)
    if published is None:
        return "none published: set weights to a file of your own"
    where = published.origin if isinstance(published, Weights) else published.url
    return f"{where} ({published.licence})"


def _shapes(
    architecture: Architecture, backbone: Backbone, side: int
) -> dict[str, tuple[int, ...]]:
    """Shape of one picture's output for each layer that a forward pass reaches, in its order."""
    import torch

    from builder.features.backbones.cutting import blocks, first

    network, found = architecture.model, dict[str, tuple[int, ...]]()

    def note(path: str) -> Any:
        def hook(_module: nn.Module, _given: object, output: Any) -> None:
            output = first(output)
            if isinstance(output, torch.Tensor) and output.shape[:1] == (1,):
                found.setdefault(path, tuple(output.shape[1:]))

        return hook

    for path in blocks(network):
        network.get_submodule(path).register_forward_hook(note(path))
    try:
        with torch.device("meta"), torch.inference_mode():
            fit_size(architecture, backbone.name, side)
            given = (architecture.whole or network)(torch.zeros(1, 3, side, side))
    except VolvelleError:
        raise
    except Exception as error:
        if not found:
            raise unfit(architecture, backbone.name, side) from error
        return found  # what comes after, such as a pooling for one size only, is no layer here
    if architecture.whole is not None:
        found[architecture.default] = tuple(first(given).shape[1:])
    return found


def _in_words(shape: tuple[int, ...], architecture: Architecture, side: int) -> str:
    try:
        ordered = maps_shape(shape, architecture.prefix)
    except SettingsError:
        return f"{' x '.join(map(str, shape))}: no maps"
    if len(ordered) == 1:
        return f"{ordered[0]} numbers, no places"
    channels, rows, _ = ordered
    tokens = " (tokens)" if len(shape) == 2 else ""
    stride = f"{side / rows:.4g}"
    return f"{channels} x {rows} x {rows}{tokens}, one cell for {stride} px"
