"""The card of a view's network: known without loading it."""

from __future__ import annotations

import hashlib

from builder.features.backbones import choose
from builder.features.prepare import in_words
from builder.features.types import ModelCard
from builder.settings import ViewSettings


def model_card(view: ViewSettings) -> ModelCard:
    """What will describe the pictures in this view, weights identified by their checksum.

    Raises:
        SettingsError: there is no such backbone or layer.
        ModelError: its weights are missing.
    """
    family, layer = choose(view.backbone, view.layer)
    weights = family.weights()
    cells = -(-view.size // layer.stride)
    shape = (layer.channels, cells, cells) if view.pooling == "none" else (layer.channels,)
    return ModelCard(
        backbone=family.name,
        layer=layer.name,
        shape=shape,
        input_size=view.size,
        fit=view.fit,
        weights=weights.path.name,
        checksum=hashlib.sha256(weights.path.read_bytes()).hexdigest(),
        licence=weights.licence,
        preparation=in_words(view.size, view.fit),
    )
