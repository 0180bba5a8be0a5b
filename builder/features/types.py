"""What the features room tells of itself: the card of what described the pictures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelCard:
    """Everything needed to say, and to check, which network described the pictures.

    Attributes:
        backbone: name of the family or model ("lite0").
        layer: which of its layers is kept.
        shape: of one image's features, (channels, height, width), or (d,) when pooled.
        input_size: side in pixels of the square that the network is shown.
        fit: "pad" or "squash".
        weights: file name of the weights.
        checksum: sha256 of that file, hex; of the user's own vectors, of the array and its ids.
        licence: of the weights.
        preparation: in words, what happens to a picture before the network sees it.
        origin: where the weights come from: an address, or in words.
    """

    backbone: str
    layer: str
    shape: tuple[int, ...]
    input_size: int
    fit: str
    weights: str
    checksum: str
    licence: str
    preparation: str
    origin: str = ""
