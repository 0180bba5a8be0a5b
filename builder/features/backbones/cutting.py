"""Networks cut at a layer and made quick, with the same numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import torch
from torch import nn

from builder.errors import SettingsError
from builder.features.backbones.base import Architecture
from builder.features.backbones.naming import cut, suggest

_SAME = 1e-3  # of the largest number: what folding may change, far under float16's own grain


class Until(nn.Module):
    """A network that computes no further than one of its modules, and gives that one's output."""

    def __init__(self, network: nn.Module, path: str) -> None:
        super().__init__()
        self.network, self.path = network, path
        network.get_submodule(path).register_forward_hook(_stop)

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        """(b, 3, s, s) -> whatever the module gives."""
        try:
            self.network(batch)
        except _Reached as reached:
            # Not kept in the module, through which several threads may look at once.
            return reached.output
        raise SettingsError(
            f'layer "{self.path}" is never computed for pictures',
            "catalogue.toml",
            "choose another with layer",
        )


class _Reached(Exception):  # noqa: N818 - no error: how a forward pass is ended early
    def __init__(self, output: torch.Tensor) -> None:
        self.output = output


def _stop(_module: nn.Module, _given: object, output: Any) -> None:
    raise _Reached(first(output))


class _Whole(nn.Module):
    """The default layer of a family that computes it itself."""

    def __init__(self, architecture: Architecture) -> None:
        super().__init__()
        self.network, self.whole = architecture.model, architecture.whole

    def forward(self, batch: torch.Tensor) -> Any:
        assert self.whole is not None
        return first(self.whole(batch))


def first(output: Any) -> Any:
    """The tensor, or the first of several."""
    return output[0] if isinstance(output, tuple | list) else output


def at_layer(architecture: Architecture, layer: str, name: str) -> nn.Module:
    """The network up to and including a layer.

    Args:
        architecture: the network.
        layer: a module's path; "[:-3]" for all children but the last three, one after another;
            "" for the default.
        name: of the network, for messages.

    Raises:
        SettingsError: there is no such layer.
    """
    network = architecture.model
    end = cut(layer)
    if end is not None:
        kept = list(network.children())[:end]
        if not kept:
            raise SettingsError(f'layer "{layer}" of {name} keeps nothing', "catalogue.toml", "")
        return nn.Sequential(*kept)
    if layer in ("", architecture.default) and architecture.whole is not None:
        return _Whole(architecture)
    path = _called(network, layer or architecture.default, name)
    _drop_heads(architecture, path)
    return Until(network, path)


def _called(network: nn.Module, layer: str, name: str) -> str:
    """The path itself, or that of the last in a list, which is never called as such."""
    modules = dict(network.named_modules())
    if layer not in modules:
        listed = [path for path in modules if path.count(".") < 2 and path] or list(modules)
        raise SettingsError(
            f'unknown layer "{layer}" of {name}',
            "catalogue.toml",
            suggest(layer, [*_blocks_first(listed), *modules]),
        )
    while isinstance(modules[layer], nn.ModuleList):
        layer = f"{layer}.{len(modules[layer]) - 1}"
    return layer


def _blocks_first(paths: list[str]) -> list[str]:
    return sorted(paths, key=lambda path: path.count("."))


def _drop_heads(architecture: Architecture, path: str) -> None:
    """Let go of what only classifies: in a VGG nine tenths of the memory."""
    for head in architecture.head:
        if path == head or path.startswith(f"{head}."):
            continue
        above, _, last = head.rpartition(".")
        parent = architecture.model.get_submodule(above)
        if isinstance(getattr(parent, last, None), nn.Module):
            setattr(parent, last, nn.Identity())


def fold(network: nn.Module, size: int) -> bool:
    """Merge batch normalisations into the convolutions before them: a third less time.

    The pairs are guessed from the order of modules, therefore the result is tried on a picture.

    Args:
        network: changed in place.
        size: side of the picture to try, in pixels.

    Returns:
        Whether the network still gives the same; if not it is spoilt and must be loaded again.
    """
    pairs = list(_pairs(network, getattr(network, "path", None)))
    if not pairs:
        return True
    noise = torch.Generator().manual_seed(0)
    picture = torch.randn(1, 3, size, size, generator=noise)
    with torch.inference_mode():
        before = network(picture).float()
    for parent, convolution, normalisation in pairs:
        _merge(parent, convolution, normalisation)
    with torch.inference_mode():
        after = network(picture).float()
    return bool((after - before).abs().max() <= _SAME * before.abs().max())


def _pairs(network: nn.Module, path: str | None) -> Iterator[tuple[nn.Module, str, str]]:
    # The layer itself must give what it gave, so it is left alone.
    kept = network.get_submodule(f"network.{path}") if path else None
    for parent in network.modules():
        children = list(parent.named_children())
        for (one, conv), (other, norm) in pairwise(children):
            ordinary = isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d)
            fits = ordinary and conv.out_channels == norm.num_features
            if fits and kept not in (conv, norm) and norm.track_running_stats:
                yield parent, one, other


def _merge(parent: nn.Module, convolution: str, normalisation: str) -> None:
    from torch.nn.utils.fusion import fuse_conv_bn_eval

    norm: Any = getattr(parent, normalisation)
    setattr(parent, convolution, fuse_conv_bn_eval(getattr(parent, convolution), norm))
    # timm's normalisations have the activation inside, which stays.
    rest = [getattr(norm, name) for name in ("drop", "act") if hasattr(norm, name)]
    setattr(parent, normalisation, nn.Sequential(*rest) if rest else nn.Identity())


def blocks(network: nn.Module) -> Iterator[str]:
    """Paths of modules worth keeping: children, and members of lists in them; no parts of blocks.

    Source of what `volvelle info --backbones NAME` shows.
    """
    for path, child in network.named_children():
        yield path
        yield from _members(child, path, outer=True)


def _members(module: nn.Module, path: str, outer: bool) -> Iterator[str]:
    lists = isinstance(module, nn.Sequential | nn.ModuleList)
    if not (lists or outer):
        return
    for name, child in module.named_children():
        inner_list = isinstance(child, nn.Sequential | nn.ModuleList)
        if lists or inner_list:
            yield f"{path}.{name}"
            yield from _members(child, f"{path}.{name}", outer=False)
