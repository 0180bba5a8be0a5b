"""Networks that describe pictures, one short file a family, found by their names."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from builder.errors import SettingsError
from builder.features.backbones import families as folder
from builder.features.backbones.base import Family
from builder.features.backbones.naming import Name, kind, parse, suggest, vectors_file
from builder.features.backbones.opening import Backbone
from builder.settings.views import DRAWN

__all__ = ["Backbone", "choose", "families", "kind", "vectors_file"]


@cache
def families() -> dict[str, Family]:
    """Every family of the folder of that name, by its own."""
    found: dict[str, Family] = {}
    for module in pkgutil.iter_modules(folder.__path__):
        family: Family = importlib.import_module(f"{folder.__name__}.{module.name}").FAMILY
        found[family.name] = family
    return found


def choose(backbone: str, layer: str = "", weights: Path | None = None) -> Backbone:
    """The network that a descriptor asks for; nothing is loaded yet.

    Args:
        backbone: "lite0" or family:model, with "/tag" of published weights and "@layer" or
            "[:-3]" after it if wanted.
        layer: the setting of that name; "" is the one in `backbone`, or the default.
        weights: a local file of weights; None takes the embedded or published ones.

    Raises:
        SettingsError: there is no such family, model or tag; layers are checked by `raw`.
    """
    name = parse(backbone, layer)
    family = families().get(name.family)
    if family is None:
        raise _unknown(backbone, name)
    if name.family != "lite0":
        _check_model(family, name)
    return Backbone(family, name, weights)


def _check_model(family: Family, name: Name) -> None:
    models = family.models()
    if name.model not in models:
        raise SettingsError(
            f'{family.name} has no model "{name.model}"',
            "catalogue.toml",
            suggest(name.model, models),
        )
    tags = family.tags(name.model)
    if name.tag and name.tag not in tags:
        raise SettingsError(
            f'{name.model} has no weights "{name.tag}"',
            "catalogue.toml",
            suggest(name.tag, tags) if tags else "leave out what follows the /",
        )


def _unknown(backbone: str, name: Name) -> SettingsError:
    if ":" in backbone:
        what, known = f'unknown family "{name.family}" of networks', list(families())
        return SettingsError(what, "catalogue.toml", suggest(name.family, known))
    known = ["lite0", *DRAWN]
    # The reference first: torchvision's models are what their papers' authors published.
    for family in sorted(families().values(), key=lambda one: one.name, reverse=True):
        if family.name != "lite0" and name.model in family.models():
            known = [f"{family.name}:{name.model}"]
            break
    return SettingsError(
        f'unknown backbone "{backbone}"', "catalogue.toml", suggest(backbone, known)
    )
