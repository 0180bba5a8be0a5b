"""The card of a descriptor: what describes the pictures, known without loading it."""

from __future__ import annotations

from pathlib import Path

from builder.features import drawing
from builder.features.backbones import choose, kind, vectors_file
from builder.features.backbones.checkpoints import checksum
from builder.features.own_vectors import vectors_checksum, vectors_width
from builder.features.pooling import pooled_shape
from builder.features.prepare import in_words, tone
from builder.features.spectrum import SIDE
from builder.features.strokes import BINS, CELLS
from builder.features.types import ModelCard
from builder.settings import DescriptorSettings

_SHAPES = {
    "strokes": (BINS, CELLS, CELLS),
    "spectrum": (SIDE, SIDE),
    "drawing": (drawing.WIDTH,),
    "tone": (tone.SIDE, tone.SIDE),
}


def weights_file(descriptor: DescriptorSettings, folder: Path) -> Path | None:
    """The file of weights that a descriptor names, or None for the model's own."""
    return folder / descriptor.weights if descriptor.weights else None


def model_card(descriptor: DescriptorSettings, folder: Path = Path()) -> ModelCard:
    """What describes the pictures, weights identified by their checksum.

    Args:
        descriptor: the descriptor.
        folder: of the catalogue, to which paths of weights and vectors are relative.

    Raises:
        SettingsError: there is no such backbone or layer, or it cannot take this size or pooling.
        ModelError: its weights, or own vectors, are missing.
    """
    what = kind(descriptor.backbone)
    if what == "drawn":
        return _drawn(descriptor)
    if what == "vectors":
        return _own_vectors(descriptor, folder)
    backbone = choose(descriptor.backbone, descriptor.layer, weights_file(descriptor, folder))
    raw = backbone.raw(descriptor.size)
    shape = pooled_shape(raw.shape, descriptor.pooling, raw.prefix, raw.summary)
    weights = backbone.weights()
    return ModelCard(
        backbone=backbone.name.network,
        layer=backbone.layer,
        shape=shape,
        input_size=descriptor.size,
        fit=descriptor.fit,
        weights=weights.path.name,
        checksum=checksum(weights.path),
        licence=weights.licence,
        preparation=in_words(descriptor),
        origin=weights.origin,
    )


def _drawn(descriptor: DescriptorSettings) -> ModelCard:
    return ModelCard(
        backbone=descriptor.backbone,
        layer="",
        shape=_SHAPES[descriptor.backbone],
        input_size=descriptor.size,
        fit=descriptor.fit,
        weights="",
        checksum="",
        licence="",
        preparation=in_words(descriptor),
    )


def _own_vectors(descriptor: DescriptorSettings, folder: Path) -> ModelCard:
    path = folder / vectors_file(descriptor.backbone)
    return ModelCard(
        backbone="vectors",
        layer="",
        shape=(vectors_width(path),),
        input_size=0,
        fit="",
        weights=path.name,
        checksum=vectors_checksum(path),
        licence="",
        preparation="Vectors from a file of the catalogue's makers",
    )
