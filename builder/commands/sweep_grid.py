"""The grid of a sweep: every sensible combination of the values given, each a view of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, get_args

from pydantic import ValidationError

from builder.errors import SettingsError
from builder.settings import PRESETS, DescriptorSettings, Settings, ViewSettings
from builder.settings.views import DRAWN, Hubs, Orientations, Preparation

DEFAULTS: dict[str, tuple[str, ...]] = {
    "backbone": ("lite0@blocks.3", "lite0@blocks.4", "lite0@blocks.6", "strokes"),
    "preparation": ("colour", "lines", "pieces"),
}
"""What is tried when nothing is said: what needs no internet."""

_NETWORK_ONLY = ("layer", "pooling")
_WORDS = {
    "preparation": get_args(Preparation),
    "orientations": get_args(Orientations),
    "hubs": get_args(Hubs),
    "pooling": get_args(DescriptorSettings.model_fields["pooling"].annotation),
    "centring": get_args(DescriptorSettings.model_fields["centring"].annotation),
    "fit": get_args(DescriptorSettings.model_fields["fit"].annotation),
}


@dataclass(frozen=True)
class Grid:
    """Values to be combined, by the setting's name; a setting without values keeps its default.

    `backbone`, `layer`, `preparation`, `pooling`, `orientations`, `size`, `fit`, `centring`,
    `components` are those of a descriptor, `hubs` that of a view.
    """

    values: Mapping[str, Sequence[str | int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """One combination: a view of one descriptor."""

    view: ViewSettings

    @property
    def descriptor(self) -> DescriptorSettings:
        """The one descriptor."""
        return self.view.descriptors[0]


def cells(grid: Grid, settings: Settings) -> list[Cell]:
    """Every combination that makes sense, each once, in the order of the values.

    Networks and strokes start from the settings of the presets "look" and "form". Pieces are for
    strokes and strokes for lines or pieces: other combinations are left out. A network that a view
    of the catalogue loads from a local file is loaded from there.

    Raises:
        SettingsError: there is no such value, or nothing is left.
    """
    given = {name: list(values) for name, values in grid.values.items() if values}
    for name, words in _WORDS.items():
        _check(name, given.get(name, []), words)
    for name, values in DEFAULTS.items():
        given.setdefault(name, list(values))
    made: dict[ViewSettings, None] = {}
    for combination in product(*given.values()):
        view = _view(dict(zip(given, combination, strict=True)), settings)
        if view is not None:
            made[view] = None
    if not made:
        raise SettingsError(
            "no combination of these makes sense",
            remedy='pieces are for "strokes" and "spectrum", and those for lines or pieces',
        )
    return [
        Cell(view.model_copy(update={"name": f"cell-{number}"}))
        for number, view in enumerate(made, 1)
    ]


def _check(name: str, values: Sequence[str | int], known: Sequence[str]) -> None:
    for value in values:
        if value not in known:
            remedy = f"{name} can be " + ", ".join(known)
            raise SettingsError(f'there is no {name} "{value}"', remedy=remedy)


def _view(chosen: dict[str, Any], settings: Settings) -> ViewSettings | None:
    """The view of one combination; None if it makes no sense."""
    strokes = chosen["backbone"] in DRAWN
    fits = ("lines", "pieces") if strokes else ("colour", "grey", "ink", "lines")
    if chosen["preparation"] not in fits:
        return None
    preset = PRESETS["form" if strokes else "look"]
    hubs = chosen.pop("hubs", preset["hubs"])
    if strokes:
        # A drawing has the preset's size and no layers; what differs there only is the same cell.
        chosen = {key: v for key, v in chosen.items() if key not in (*_NETWORK_ONLY, "size", "fit")}
    else:
        chosen.setdefault("weights", _local_weights(chosen["backbone"], settings))
    wanted = {**preset["descriptors"][0], **chosen}
    if not wanted["components"]:
        wanted["whitening"] = 0
    try:
        return ViewSettings(
            name="cell", hubs=hubs, descriptors=(DescriptorSettings.model_validate(wanted),)
        )
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise SettingsError(reason[0].lower() + reason[1:], remedy="try other values") from error


def _local_weights(backbone: str, settings: Settings) -> str:
    def network(name: str) -> str:
        return name.partition("@")[0].partition("[")[0]

    found = (
        one.weights
        for view in settings.views
        for one in view.descriptors
        if one.weights and network(one.backbone) == network(backbone)
    )
    return next(found, "")
