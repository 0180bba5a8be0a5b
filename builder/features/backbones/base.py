"""What a backbone is: a family of networks behind one small interface.

A new family is one module in this folder with a `FAMILY` object of this shape; it is found by
its name. Nothing here imports torch until `load` is called.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Layer:
    """A layer whose maps can be kept: its name, channels, and pixels of input a cell (stride)."""

    name: str
    channels: int
    stride: int


@dataclass(frozen=True)
class Weights:
    """A file of weights, its licence and where it comes from, in words."""

    path: Path
    licence: str
    origin: str


@dataclass(frozen=True)
class Network:
    """A loaded network.

    Attributes:
        forward: (b, 3, s, s) float32, normalised -> (b, channels, s / stride, s / stride).
        to: moves the network to a device.
        mean, std: of the three colours (0-1), from the model's own configuration.
    """

    forward: Callable[[torch.Tensor], torch.Tensor]
    to: Callable[[torch.device], None]
    mean: tuple[float, float, float]
    std: tuple[float, float, float]


class Family(Protocol):
    """One short file: what its layers are, where its weights lie, and how to load it."""

    @property
    def name(self) -> str:
        """What `backbone =` in catalogue.toml says."""

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers to choose from; the last is the default."""

    def weights(self) -> Weights:
        """Where the weights lie, found without loading anything heavy."""

    def load(self, layer: Layer) -> Network:
        """Load the network, cut after `layer`."""
