"""torchvision's classifiers: every ResNet, VGG and ViT, and the others."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from builder.features.backbones.base import Architecture, Layer, Origin

_LAST_MAPS = (
    "layer4",
    "encoder",
    "permute",
    "features",
    "trunk_output",
    "blocks",
    "layers",
    "conv5",
)
"""What the last layer that sees a picture is called, in one model or another."""
_HEADS = ("fc", "classifier", "heads", "head")
_OTHER_INPUT = ("googlenet", "inception_v3")  # normalise their input themselves, only if trained


@dataclass(frozen=True)
class Torchvision:
    """Models named as in torchvision, with weights named as there: resnet50/IMAGENET1K_V1."""

    name: str = "torchvision"
    about: str = "torchvision:resnet50@layer3, torchvision:resnet50[:-3], torchvision:vgg16"
    layers: tuple[Layer, ...] = ()

    def models(self) -> list[str]:
        """All classifiers."""
        from torchvision import models

        return [name for name in models.list_models(module=models) if name not in _OTHER_INPUT]

    def tags(self, model: str) -> list[str]:
        """Such as IMAGENET1K_V1."""
        from torchvision.models import get_model_weights

        return [weights.name for weights in get_model_weights(model)]

    def published(self, model: str, tag: str) -> Origin:
        """At download.pytorch.org; without a tag what torchvision thinks best."""
        weights = _weights(model, tag)
        licence = weights.meta.get("license", "BSD-3-Clause")
        return Origin(weights.url, licence, (weights.url.rsplit("/", 1)[-1],))

    def build(self, model: str, tag: str) -> Architecture:
        """As torchvision builds it; transformers for the picture size of the weights."""
        from torchvision.models import VisionTransformer, get_model

        preset = _weights(model, tag).transforms()
        size = preset.crop_size[0]
        transformer = model.startswith("vit_")
        network: Any = get_model(
            model, weights=None, **({"image_size": size} if transformer else {})
        )
        children = [name for name, _ in network.named_children()]
        tokens = isinstance(network, VisionTransformer)
        return Architecture(
            network,
            default=next((name for name in _LAST_MAPS if name in children), children[-1]),
            mean=tuple(preset.mean),
            std=tuple(preset.std),
            size=size,
            prefix=int(tokens),
            summary=tokens,
            patch=network.patch_size if tokens else 1,
            resize=(lambda side: _resize(network, side)) if tokens else None,
            head=_HEADS,
        )


def _weights(model: str, tag: str) -> Any:
    from torchvision.models import get_model_weights

    known = get_model_weights(model)
    return known[tag] if tag else known.DEFAULT


def _resize(network: Any, size: int) -> None:
    """Positions of patches interpolated, as torchvision does when it fine-tunes at a new size."""
    import torch
    from torchvision.models.vision_transformer import interpolate_embeddings

    key = "encoder.pos_embedding"
    state = OrderedDict({key: network.encoder.pos_embedding.data})
    resized = interpolate_embeddings(size, network.patch_size, state)[key]
    network.encoder.pos_embedding = torch.nn.Parameter(resized, requires_grad=False)
    network.seq_length = resized.shape[1]
    network.image_size = size


FAMILY = Torchvision()
