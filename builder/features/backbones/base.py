"""What a backbone is: a family of networks behind one small interface.

A new family is one module in `families/` with a `FAMILY` object of the shape `Family`; it is found
by that. Nothing here imports torch: families do so in the functions that need it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import torch

State = Mapping[str, "torch.Tensor"]
"""A checkpoint: tensors by name."""

Colour = tuple[float, float, float]


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
class Origin:
    """Where published weights lie.

    Attributes:
        url: address of the file, for a browser too.
        licence: of the weights.
        files: file names to look for, the best first.
        repository: at Hugging Face, "" when the file lies elsewhere.
    """

    url: str
    licence: str
    files: tuple[str, ...]
    repository: str = ""


@dataclass(frozen=True)
class Network:
    """A loaded network.

    Attributes:
        forward: (b, 3, s, s) float32, normalised -> maps (b, c, h, w), tokens (b, n, c) or
            vectors (b, d).
        to: moves the network to a device.
        mean, std: of the three colours (0-1), from the model's own configuration.
        prefix: tokens that stand before those of the patches.
        summary: the first token, or the vector, sums up the picture (`pooling = "cls"`).
    """

    forward: Callable[[torch.Tensor], torch.Tensor]
    to: Callable[[torch.device], object]
    mean: Colour
    std: Colour
    prefix: int = 0
    summary: bool = False


@dataclass(frozen=True)
class Architecture:
    """A network as its library builds it, its weights not yet loaded.

    Attributes:
        model: what sees pictures; checkpoints fill it, layers are named from it.
        default: the layer that is kept when none is named.
        whole: computes that layer where it is no module of its own.
        mean, std, prefix, summary: as in `Network`.
        size: side in pixels that it was trained for.
        patch: sizes must be multiples of this.
        resize: fits it to another size, after its weights are loaded; None where it fits any.
        head: modules that only classify, whose tensors a checkpoint may lack.
        translate: a checkpoint in its makers' names -> in the model's own.
    """

    model: torch.nn.Module
    default: str
    mean: Colour
    std: Colour
    size: int
    whole: Callable[[torch.Tensor], torch.Tensor] | None = None
    prefix: int = 0
    summary: bool = False
    patch: int = 1
    resize: Callable[[int], object] | None = None
    head: tuple[str, ...] = ()
    translate: Callable[[State], State] = lambda state: state


class Family(Protocol):
    """One short file: which models it has, where their weights lie, how one is built."""

    def __hash__(self) -> int:
        """Families are constants."""

    @property
    def name(self) -> str:
        """What stands before the colon in `backbone =`."""

    @property
    def about(self) -> str:
        """How its models are named, for `volvelle info --backbones`."""

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Layers known without building anything, the default last; mostly none."""

    def models(self) -> Sequence[str]:
        """Names of its models."""

    def tags(self, model: str, /) -> Sequence[str]:
        """Names of a model's published weights that may follow it after a "/"."""

    def published(self, model: str, tag: str, /) -> Origin | Weights | None:
        """Its weights: where they can be had, or the file itself if it is always there."""

    def build(self, model: str, tag: str, /) -> Architecture:
        """The network with random weights, on torch's present default device."""
