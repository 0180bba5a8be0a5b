"""A small catalogue that is built once for all tests of a module; they leave it as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from support import draw

from builder import cli

FIGURES = 6
SETTINGS = """
[[views]]
name = "look"
size = 64
layer = "blocks.3"
centring = "mean"

[[views]]
name = "form"
preset = "form"

[[views]]
name = "both"
hubs = "sources"
[[views.descriptors]]
size = 64
layer = "blocks.3"
crop = true
centring = "mean"
components = 512
whitening = 0.25
[[views.descriptors]]
preparation = "pieces"
backbone = "strokes"
size = 192
centring = "source"
components = 256
orientations = "turned"
"""


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six figures, each drawn in source A and, paler and mirrored, in source B; with groups."""
    folder = tmp_path_factory.mktemp("made") / "pairs"
    for number in range(FIGURES):
        first = folder / f"images/f{number}-a.png"
        draw(first, number, size=(160, 120))
        pixels = np.asarray(Image.open(first))[:, ::-1]
        Image.fromarray((128 + pixels // 2).astype(np.uint8)).save(
            first.with_name(f"f{number}-b.png")
        )
    names = [f"f{number}-{copy}" for number in range(FIGURES) for copy in "ab"]
    write(folder / "metadata.csv", "filename,title,source", "{0}.png,<i>{0}</i>,{1}", names)
    write(folder / "groups.csv", "image,group", "{0}.png,{2}", names)
    (folder / "catalogue.toml").write_text(SETTINGS, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        cli.main(["build", str(folder), "-q"])
    assert ended.value.code == 0
    return folder


def write(path: Path, header: str, form: str, names: list[str]) -> None:
    lines = [form.format(name, name[-1].upper(), name[:-2]) for name in names]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
