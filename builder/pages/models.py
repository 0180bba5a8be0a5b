"""Which descriptors a view rests on: as the site's JSON has it, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from builder.features.types import ModelCard
from builder.pages.relatives import listed
from builder.pages.types import ViewResult
from builder.settings import DescriptorSettings

Json = dict[str, Any]

# Settings that a card does not tell, though its numbers cannot be computed anew without them.
_SETTINGS = (
    "pooling",
    "crop",
    "centring",
    "components",
    "whitening",
    "orientations",
    "turned_penalty",
)

_PREPARED = {
    "colour": "colour",
    "grey": "grey tones",
    "ink": "ink",
    "lines": "lines",
    "pieces": "the pieces of the figure",
}
_POOLED = {
    "none": "",
    "mean": "the mean over all places",
    "max": "the largest at any place",
    "gem": "a mean over all places that favours the large (GeM)",
    "cls": "the summary that the network makes itself",
}
_CENTRED = {
    "mean": "What all images have in common is taken off",
    "source": "What the images of a source have in common is taken off",
}
_TURNED = {
    "upright": "Pictures are compared as they are",
    "square": "Each is compared in the eight ways to turn and mirror a square; the best counts",
    "turned": "Each is compared in the eight ways to turn and mirror a square, "
    "tilted a little besides; the best counts",
}
_HELD = "Images that are near to everything are held back: from the likeness of two is taken what "
_HUBS = {
    "none": "",
    "global": _HELD + "each has with its nearest on average.",
    "sources": _HELD + "each has on average with its nearest in the source of the other, "
    "small sources taken together.",
}


def model(view: ViewResult) -> Json:
    """The one descriptor of a view, or all of several."""
    cards = [
        _card(card, own) | ({"weight": own.weight} if len(view.models) > 1 else {})
        for card, own in zip(view.models, view.settings.descriptors, strict=True)
    ]
    whole = cards[0] if len(cards) == 1 else {"descriptors": cards}
    verify = {"verify": view.settings.verify} if view.settings.verify else {}
    return whole | {"hubs": view.settings.hubs} | verify


def _card(card: ModelCard, own: DescriptorSettings) -> Json:
    told = own.model_dump(include=set(_SETTINGS))
    return asdict(card) | {"shape": list(card.shape)} | {name: told[name] for name in _SETTINGS}


def in_words(view: ViewResult) -> Json:
    """What the about page says of the descriptors of a view.

    Returns:
        `sum`, how several are added up ("" for one), `hubs`, the rule for what is near to
        everything and what is laid over each other, and `descriptors`, each with its `heading`
        and `rows` of (what, text, code).
    """
    owns = view.settings.descriptors
    several = len(owns) > 1
    return {
        "sum": _sum(owns) if several else "",
        "hubs": " ".join(
            filter(None, [_HUBS[view.settings.hubs], _verified(view.settings.verify)])
        ),
        "number": view.number,
        "descriptors": [
            {
                "heading": f"By {_PREPARED[own.preparation]}" if several else "",
                "rows": _rows(card, own),
            }
            for card, own in zip(view.models, owns, strict=True)
        ],
    }


def _verified(count: int) -> str:
    if not count:
        return ""
    return (
        f"The line drawings of the {count} nearest are then laid over the image's own, turned and "
        "stretched until they fit best; how well their lines coincide counts towards the number."
    )


def _sum(owns: Sequence[DescriptorSettings]) -> str:
    parts = [f"likeness by {_PREPARED[own.preparation]}" for own in owns]
    if len({own.weight for own in owns}) == 1:
        rule = "in equal parts"
    else:
        rule = "in parts of " + listed([f"{own.weight:g}" for own in owns])
    spread = "each measured by how much it differs from pair to pair"
    return f"Adds up {listed(parts)}, {rule}, {spread}."


def _rows(card: ModelCard, own: DescriptorSettings) -> list[tuple[str, str, bool]]:
    """What is told of one descriptor; the third is whether the text is a name or a number."""
    found = [
        ("Network", _network(card), False),
        ("Weights", card.weights, True),
        ("Licence", card.licence if card.weights else "", False),
        ("SHA-256", card.checksum if card.weights else "", True),
        ("Preparation", _preparation(card, own), False),
        ("Description", _description(card, own), False),
        ("Centring", _centring(own), False),
        ("Turning", _turning(own), False),
    ]
    return [entry for entry in found if entry[1]]


def _network(card: ModelCard) -> str:
    if card.backbone == "spectrum":
        return (
            "none: at what distances and in which directions lines follow each other, whatever "
            "their place, by the amplitudes of the Fourier transform. This is for drawings"
        )
    if card.backbone == "strokes":
        return (
            "none: the directions of the strokes are counted, place by place. This is for "
            "drawings; of photographs and shaded pictures it says little, and figures that look "
            "nearly the same however they are turned may be said to lie otherwise than they do"
        )
    return f"{card.backbone}, layer {card.layer}" if card.layer else card.backbone


def _preparation(card: ModelCard, own: DescriptorSettings) -> str:
    cropped = "cut to what stands out from the ground" if own.crop else ""
    parts = [part for part in (cropped, card.preparation) if part]
    # A card may tell of the cut itself.
    return card.preparation if "cut to" in card.preparation else ", ".join(parts)


def _description(card: ModelCard, own: DescriptorSettings) -> str:
    text = shape_text(card.shape)
    if _POOLED[own.pooling]:
        text += f", {_POOLED[own.pooling]}"
    if own.preparation == "pieces":
        text += " a piece"
    return text


def shape_text(shape: tuple[int, ...]) -> str:
    """Numbers in one description, and how they come about."""
    total = 1
    for side in shape:
        total *= side
    if len(shape) == 3:
        channels, height, width = shape
        return f"{total:,} numbers: {channels:,} at each of {height} × {width} places"
    return f"{total:,} numbers"


def _centring(own: DescriptorSettings) -> str:
    parts = [_CENTRED[own.centring]] if own.centring in _CENTRED else []
    if own.components:
        kept = f"at most {own.components:,} principal components are kept"
        if own.whitening:
            kept += f", each divided by its eigenvalue to the power of {own.whitening:g}"
        parts.append(kept if parts else kept[0].upper() + kept[1:])
    return "; ".join(parts)


def _turning(own: DescriptorSettings) -> str:
    text = _TURNED[own.orientations]
    if own.orientations != "upright" and own.turned_penalty:
        text += f", less {own.turned_penalty:g} standard deviations where it is turned"
    return text
