"""Names of backbones: family:model/tag@layer, "lite0", "strokes", "spectrum", "vectors:file"."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from builder.errors import SettingsError
from builder.settings.views import DRAWING, DRAWN, TONE

_NAME = re.compile(
    r"(?:(?P<family>\w+):)?(?P<model>[^:/@\[\]\s]+)(?:/(?P<tag>[^:/@\[\]\s]+))?"
    r"(?P<layer>\[:-?\d+\]|@[^\s@]+)?"
)
_CUT = re.compile(r"\[:(-?\d+)\]")
VECTORS = "vectors:"


@dataclass(frozen=True)
class Name:
    """A name in its parts; `layer` is "" for the default, a module's path, or "[:-3]"."""

    family: str
    model: str
    tag: str = ""
    layer: str = ""

    @property
    def network(self) -> str:
        """The name without its layer."""
        tag = f"/{self.tag}" if self.tag else ""
        return self.model if self.family == self.model else f"{self.family}:{self.model}{tag}"


def kind(backbone: str) -> Literal["network", "drawn", "vectors"]:
    """Whether a backbone is a network, a description of lines, or the user's own vectors."""
    if backbone in (*DRAWN, DRAWING, TONE):
        return "drawn"
    return "vectors" if backbone.startswith(VECTORS) else "network"


def vectors_file(backbone: str) -> str:
    """The file that "vectors:file.npy" names.

    Raises:
        SettingsError: it names none.
    """
    file = backbone.removeprefix(VECTORS).strip()
    if not file:
        raise SettingsError(
            f'backbone "{backbone}" names no file', "catalogue.toml", 'write "vectors:file.npy"'
        )
    return file


def parse(backbone: str, layer: str = "") -> Name:
    """Take a name apart; `layer` is the setting of that name.

    A name without a colon has its model as family, as "lite0" has.

    Raises:
        SettingsError: it has another form, or the layer is named twice and differently.
    """
    found = _NAME.fullmatch(backbone)
    if found is None:
        raise SettingsError(
            f'backbone "{backbone}" is no name of a network',
            "catalogue.toml",
            'write family:model@layer, such as "torchvision:resnet50@layer3"',
        )
    inner = (found["layer"] or "").removeprefix("@")
    if inner and layer and inner != layer:
        raise SettingsError(
            f'layer "{layer}" is not that of "{backbone}"', "catalogue.toml", "name it once"
        )
    model = found["model"]
    return Name(found["family"] or model, model, found["tag"] or "", inner or layer)


def cut(layer: str) -> int | None:
    """The end of a cut such as "[:-3]", which keeps all but the last three children."""
    found = _CUT.fullmatch(layer)
    return int(found[1]) if found else None


def suggest(word: str, known: Sequence[str]) -> str:
    """What to do about an unknown name: the nearest known one, or what there is."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    if close:
        return f'did you mean "{close[0]}"?'
    shown = ", ".join(known[:12])
    return f"known are {shown}" + (" and others" if len(known) > 12 else "")
