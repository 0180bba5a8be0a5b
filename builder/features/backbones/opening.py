"""A backbone that a descriptor asks for: its shape before, its network after loading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from builder.errors import ModelError, SettingsError
from builder.features.backbones import checkpoints, hub
from builder.features.backbones.base import Architecture, Family, Network, Weights
from builder.features.backbones.naming import Name

if TYPE_CHECKING:
    from torch import nn

CANNOT = (RuntimeError, AssertionError, ValueError, TypeError, IndexError, NotImplementedError)
"""What libraries raise at sizes, or cuts, that a network is not made for."""


@dataclass(frozen=True)
class Raw:
    """What a layer gives for one picture: its shape, and how to read it (see `Network`)."""

    shape: tuple[int, ...]
    prefix: int
    summary: bool


@dataclass(frozen=True)
class Backbone:
    """One network at one layer.

    Args:
        family: which library makes it.
        name: model, tag of published weights, and layer ("" for the default).
        file: a local file of weights, or None for the published ones.
    """

    family: Family
    name: Name
    file: Path | None = None

    def raw(self, size: int) -> Raw:
        """What the layer gives at a size, found without loading weights.

        Raises:
            SettingsError: the size does not suit the network, or there is no such layer.
        """
        known = {layer.name: layer for layer in self.family.layers}
        if self.layer in known:
            cells = -(-size // known[self.layer].stride)
            return Raw((known[self.layer].channels, cells, cells), 0, False)
        return _raw(self.family, self.name, size)

    @property
    def layer(self) -> str:
        """The layer's name, also of the default."""
        if self.name.layer:
            return self.name.layer
        if self.family.layers:
            return self.family.layers[-1].name
        return empty(self.family, self.name).default

    def weights(self) -> Weights:
        """The file of weights, fetched if it must be.

        Raises:
            ModelError: it is missing, and cannot be fetched.
        """
        if self.file is not None:
            if not self.file.is_file():
                raise ModelError(
                    "there is no such file of weights",
                    str(self.file),
                    "correct weights in catalogue.toml",
                )
            return Weights(self.file, "not stated", "a file of the catalogue")
        published = self.family.published(self.name.model, self.name.tag)
        if published is None:
            raise ModelError(
                f"nobody has published weights of {self.name.network}",
                "catalogue.toml",
                "set weights to a file of your own",
            )
        if isinstance(published, Weights):
            return published
        path = hub.fetch(published, self.name.network)
        return Weights(path, published.licence, published.url)

    def load(self, size: int) -> Network:
        """Load the network for pictures of `size` px, cut after the layer.

        Raises:
            SettingsError: see `raw`.
            ModelError: the weights are missing, damaged or another model's.
        """
        self.raw(size)
        weights = self.weights()
        return _load(self, size, weights.path, checkpoints.checksum(weights.path))


@lru_cache(maxsize=2)
def _load(backbone: Backbone, size: int, path: Path, _checksum: str) -> Network:
    """Kept for those who ask picture by picture."""
    from builder.features.backbones.cutting import fold

    network, architecture = _filled(backbone, size, path)
    if not fold(network, size):
        network, architecture = _filled(backbone, size, path)
    return _ready(network, architecture)


def _filled(backbone: Backbone, size: int, path: Path) -> tuple[nn.Module, Architecture]:
    architecture = backbone.family.build(backbone.name.model, backbone.name.tag)
    architecture.model.eval().requires_grad_(False)
    state = architecture.translate(checkpoints.read(path))
    checkpoints.fill(architecture.model, state, architecture.head, path)
    return _cut(architecture, backbone.name, size), architecture


def _ready(network: nn.Module, architecture: Architecture) -> Network:
    import torch

    # Convolutions on processors and cards like this order of numbers best.
    network.eval().to(memory_format=torch.channels_last)
    return Network(
        network,
        network.to,
        architecture.mean,
        architecture.std,
        architecture.prefix,
        architecture.summary,
    )


def _cut(architecture: Architecture, name: Name, size: int) -> nn.Module:
    from builder.features.backbones.cutting import at_layer

    fit_size(architecture, name, size)
    return at_layer(architecture, name.layer, name.network)


def fit_size(architecture: Architecture, name: Name, size: int) -> None:
    """Fit a network to a size of pictures; most convolutional ones need nothing.

    Raises:
        SettingsError: it cannot take this size; says which it can.
    """
    if size == architecture.size or architecture.resize is None:
        return
    _check_size(architecture, name, size)
    try:
        architecture.resize(size)
    except CANNOT as error:
        raise unfit(architecture, name, size) from error


def _check_size(architecture: Architecture, name: Name, size: int) -> None:
    patch = architecture.patch
    if size % patch:
        low = max(patch, size // patch * patch)
        near = " or ".join(str(side) for side in sorted({low, low + patch}))
        raise SettingsError(
            f"{name.network} cannot take pictures of {size} px: it wants multiples of {patch}",
            "catalogue.toml",
            f"set size to {near}",
        )


def unfit(architecture: Architecture, name: Name, size: int) -> SettingsError:
    """What to say of a size, or a layer at a size, that a network fails at."""
    layer = f' at layer "{name.layer}"' if name.layer else ""
    return SettingsError(
        f"{name.network} cannot take pictures of {size} px{layer}",
        "catalogue.toml",
        f"it was made for size {architecture.size}; choose that or another layer",
    )


@lru_cache(maxsize=64)
def _raw(family: Family, name: Name, size: int) -> Raw:
    import torch

    architecture = empty(family, name)
    try:
        with torch.device("meta"), torch.inference_mode():
            network = _cut(architecture, name, size)
            given = network(torch.zeros(1, 3, size, size))
        shape = tuple(given.shape[1:])
    except (*CANNOT, AttributeError) as error:
        raise unfit(architecture, name, size) from error
    return Raw(shape, architecture.prefix, architecture.summary)


def empty(family: Family, name: Name) -> Architecture:
    """The network without numbers: its shapes cost nothing to find."""
    import torch

    try:
        with torch.device("meta"):
            architecture = family.build(name.model, name.tag)
    except NotImplementedError:
        # A few networks reckon with numbers while they are built.
        architecture = family.build(name.model, name.tag)
        architecture.model.to("meta")
    architecture.model.eval()
    return architecture
