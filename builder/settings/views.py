"""Views and descriptors: the ways of seeing likeness, and the presets that most need.

A view adds up the likenesses of its descriptors; a descriptor is preparation, backbone, layer,
pooling, centring and scaling, each a setting of its own.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from builder.settings.base import Table

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Preparation = Literal["colour", "grey", "ink", "lines", "pieces"]
Orientations = Literal["upright", "square", "turned"]
Hubs = Literal["none", "global", "sources"]

DRAWN = ("strokes", "spectrum")
"""Backbones that describe line drawings, without a network."""

DRAWING = "drawing"
"""The line drawing itself, kept to be laid over others."""

TONE = "tone"
"""Where a drawing is dark, which tells how it lies where lines do not."""


class DescriptorSettings(Table):
    """One description of every picture."""

    weight: Annotated[float, Field(gt=0, le=1000)] = 1
    """How much its likeness counts beside that of the view's other descriptors."""
    preparation: Preparation = "colour"
    """What is described: the picture in colour or grey, its ink in black and white, its lines
    (strokes of one width, without ground and letters), or the connected pieces of its lines."""
    backbone: str = "lite0"
    """The network that describes the pictures, as family:model@layer, or "strokes" (directions of
    lines, place by place) or "spectrum" (how lines repeat), which need no network;
    `volvelle info --backbones` lists them."""
    layer: str = ""
    """Which layer's maps to keep; empty for the backbone's default, or the one after the @."""
    weights: str = ""
    """A local file of weights; empty for the embedded ones, or those of the model's own hub."""
    size: Annotated[int, Field(ge=32, le=2048)] = 320
    """Side of the square that is described, in pixels."""
    fit: Literal["pad", "squash"] = "pad"
    """pad keeps proportions and fills up with the picture's own ground; squash stretches."""
    crop: bool = False
    """Cut to the box of what differs from the ground, with a small margin."""
    pooling: Literal["none", "mean", "max", "gem", "cls"] = "none"
    """none keeps where things are (flattened maps); mean, max and gem forget it; cls takes the
    summary that transformers make."""
    centring: Literal["none", "mean", "source"] = "none"
    """What is common to all and therefore taken off: nothing, the mean of all images, or the mean
    of each source (small sources together)."""
    components: Annotated[int, Field(ge=0, le=4096)] = 0
    """Principal components kept; 0 keeps everything."""
    whitening: Annotated[float, Field(ge=0, le=0.5)] = 0
    """Components are divided by their eigenvalue to this power: 0 not at all, 0.5 wholly."""
    orientations: Orientations = "upright"
    """upright compares as they are; square takes the best of the eight ways to turn and mirror;
    turned tries small turns besides."""
    turned_penalty: Annotated[float, Field(ge=0, le=10)] = 0
    """Taken off the likeness of turned and mirrored ones, in standard deviations of all pairs."""

    @property
    def drawn(self) -> bool:
        """Whether it describes a line drawing, without a network."""
        return self.backbone in (*DRAWN, DRAWING, TONE)

    @model_validator(mode="after")
    def _fits_together(self) -> DescriptorSettings:
        if self.preparation == "pieces" and not self.drawn:
            raise ValueError('preparation "pieces" needs backbone "strokes" or "spectrum"')
        if self.drawn and self.preparation not in ("lines", "pieces"):
            raise ValueError(f'backbone "{self.backbone}" needs preparation "lines" or "pieces"')
        if self.whitening and not self.components:
            raise ValueError("whitening needs components")
        if "@" in self.backbone and self.layer:
            raise ValueError("name the layer once: after the @ of backbone, or as layer")
        return self


_COLOUR = {
    "size": 224,
    "crop": True,
    "centring": "source",
    "components": 512,
    "whitening": 0.25,
}
_PIECES = {
    "preparation": "pieces",
    "backbone": "strokes",
    "size": 192,
    "centring": "source",
    "components": 256,
    "orientations": "turned",
}

_REPEATS = {
    "weight": 0.3,
    "preparation": "lines",
    "backbone": "spectrum",
    "size": 192,
    "centring": "source",
    "components": 256,
    "orientations": "square",
}

_LINES = {
    "weight": 0.3,
    "preparation": "lines",
    "size": 224,
    "centring": "source",
    "components": 512,
    "whitening": 0.25,
}

TRACED = DescriptorSettings(preparation="lines", backbone=DRAWING, size=160)
"""What is laid over others: the whole line drawing, in one shape."""

TONED = DescriptorSettings(preparation="lines", backbone=TONE, size=32)
"""What is asked beside the lines how a drawing lies."""

PRESETS: dict[str, dict[str, Any]] = {
    "likeness": {"descriptors": [_COLOUR, _PIECES], "hubs": "sources"},
    "form": {"descriptors": [_PIECES, _REPEATS, _LINES], "hubs": "global", "verify": 30},
    "look": {"descriptors": [_COLOUR], "hubs": "sources"},
    "meaning": {
        "descriptors": [
            {"backbone": "open_clip:ViT-B-32", "size": 224, "pooling": "cls", "centring": "mean"}
        ],
    },
    "seed": {"descriptors": [{"backbone": "torchvision:resnet50[:-3]", "fit": "squash"}]},
    "seed-lite": {"descriptors": [{"backbone": "lite0", "layer": "blocks.4", "fit": "squash"}]},
}
"""What each preset stands for: settings of a view, every one of which can be set otherwise."""


class ViewSettings(Table):
    """One way of seeing likeness.

    Settings of a descriptor may stand in the view itself when it has only one.
    """

    name: str = "look"
    """Name in addresses: lower-case letters, digits and hyphens."""
    label: str = ""
    """Name shown to readers; without it the name with a capital."""
    preset: Literal["", "likeness", "form", "look", "meaning", "seed", "seed-lite"] = ""
    """Where to start from: likeness (any collection), form (line drawings), look (colour),
    meaning (CLIP), seed (flattened ResNet-50 maps), seed-lite (the same recipe on the embedded
    weights). Empty for the preset of the view's own name, if there is one."""
    hubs: Hubs = "none"
    """Whether images that are near to everything are held back: not at all, by one rule for all,
    or for each pair of sources (small sources together)."""
    verify: Annotated[int, Field(ge=0, le=200)] = 0
    """How many of the nearest are laid over each image, line drawing over line drawing, before the
    lists are made; 0 for none."""
    descriptors: Annotated[tuple[DescriptorSettings, ...], Field(min_length=1, max_length=8)] = (
        DescriptorSettings(),
    )
    """The descriptions whose likenesses are added up."""

    @property
    def described(self) -> tuple[DescriptorSettings, ...]:
        """All that is seen of each picture: the descriptors, what is laid over others, tones."""
        turns = any(one.orientations != "upright" for one in self.descriptors)
        return (
            *self.descriptors,
            *((TRACED,) if self.verify else ()),
            *((TONED,) if turns else ()),
        )

    @model_validator(mode="after")
    def _describes(self) -> ViewSettings:
        if any(one.backbone == DRAWING for one in self.descriptors):
            raise ValueError('"drawing" describes nothing by itself: set verify = 30 in the view')
        if any(one.backbone == TONE for one in self.descriptors):
            raise ValueError('"tone" is looked at where a view turns pictures, and not compared')
        return self

    @model_validator(mode="before")
    @classmethod
    def _from_preset(cls, given: Any) -> Any:
        return _resolve(dict(given)) if isinstance(given, dict) else given

    @field_validator("name")
    @classmethod
    def _slug(cls, value: str) -> str:
        if not _NAME.fullmatch(value):
            raise ValueError("must consist of lower-case letters, digits and single hyphens")
        return value


def _resolve(given: dict[str, Any]) -> dict[str, Any]:
    """Fill in the preset, and move settings of the one descriptor to where they belong."""
    chosen = given.get("preset") or given.get("name", "look")
    # What is no preset, or not even a word, is left to the checks of the fields.
    preset = chosen if isinstance(chosen, str) and chosen in PRESETS else ""
    given = {**PRESETS.get(preset, {}), **given}
    if preset:
        given["preset"] = preset
    # `weight` means nothing for one descriptor, so it is no setting of a view.
    own = [key for key in given if key in DescriptorSettings.model_fields and key != "weight"]
    if not own:
        return given
    descriptors = given.get("descriptors", [{}])
    if not _are_tables(descriptors):
        raise ValueError("descriptors are tables: write [[views.descriptors]]")
    if len(descriptors) != 1:
        raise ValueError(
            f'"{own[0]}" belongs to one descriptor of several: write [[views.descriptors]]'
        )
    moved = {key: given.pop(key) for key in own}
    one = descriptors[0]
    one = one.model_dump() if isinstance(one, DescriptorSettings) else dict(one)
    if "backbone" in moved and "layer" not in moved:
        one.pop("layer", None)
    given["descriptors"] = [{**one, **moved}]
    return given


def _are_tables(given: Any) -> bool:
    return isinstance(given, list | tuple) and all(
        isinstance(one, dict | DescriptorSettings) for one in given
    )


def default_views() -> tuple[ViewSettings, ...]:
    """The views of a catalogue that names none; they share what their descriptors see."""
    return tuple(ViewSettings(name=name) for name in ("likeness", "form", "look"))
