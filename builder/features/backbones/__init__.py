"""Networks that describe pictures, one short file a family, found by their names."""

from __future__ import annotations

import difflib
import importlib
import pkgutil

from builder.errors import SettingsError
from builder.features.backbones.base import Family, Layer


def families() -> dict[str, Family]:
    """Every family in this folder, by name."""
    found: dict[str, Family] = {}
    for module in pkgutil.iter_modules(__path__):
        family = getattr(importlib.import_module(f"{__name__}.{module.name}"), "FAMILY", None)
        if family is not None:
            found[family.name] = family
    return found


def choose(backbone: str, layer: str) -> tuple[Family, Layer]:
    """The family and the layer that a view asks for; "" is the family's default layer.

    Raises:
        SettingsError: there is no such family or layer.
    """
    known = families()
    if backbone not in known:
        raise SettingsError(
            f'unknown backbone "{backbone}"', "catalogue.toml", _suggest(backbone, list(known))
        )
    family = known[backbone]
    layers = {candidate.name: candidate for candidate in family.layers}
    if layer and layer not in layers:
        raise SettingsError(
            f'unknown layer "{layer}" of {backbone}',
            "catalogue.toml",
            _suggest(layer, list(layers)),
        )
    return family, layers[layer] if layer else family.layers[-1]


def _suggest(word: str, known: list[str]) -> str:
    close = difflib.get_close_matches(word, known, n=1)
    return f'did you mean "{close[0]}"?' if close else "known are " + ", ".join(known)
