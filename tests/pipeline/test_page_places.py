"""An image that was cut out of a page shows where it stood, unless something there is withheld."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from support import picture, tree

_SETTINGS = '[[views]]\nname = "pieces"\npreparation = "pieces"\nsize = 32\nbackbone = "strokes"\n'


@pytest.fixture
def cut(tmp_path: Path, volvelle: Callable) -> Path:
    """A catalogue of images cut out of two pages, one of them with an image that is withheld."""
    folder = tmp_path / "c"
    (folder / "pages").mkdir(parents=True)
    boxes = []
    for number in range(2):
        page = Image.fromarray(picture(number, (500, 700)))
        page.save(folder / "pages" / f"p{number}.png")
        boxes += [
            {"id": 2 * number + at, "image_id": number, "bbox": [20, 20 + 300 * at, 200, 150]}
            for at in range(2)
        ]
    images = [{"id": number, "file_name": f"p{number}.png"} for number in range(2)]
    (folder / "boxes.json").write_text(json.dumps({"images": images, "annotations": boxes}))
    ran = volvelle("crop", folder / "boxes.json", "--to", folder, "-q")
    assert ran.code == 0, ran.err
    (folder / "catalogue.toml").write_text(_SETTINGS)
    return folder


def test_pages_show_the_box_and_withheld_ones_no_page(cut: Path, volvelle: Callable) -> None:
    """The small page is one file for all its images; with one withheld it is not there at all."""
    with (cut / "metadata.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    rows[3] |= {"rights_status": "withheld"}
    with (cut / "metadata.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "rights_status"])
        writer.writeheader()
        writer.writerows(rows)

    ran = volvelle("build", cut, "--json", "-q")

    assert (ran.code, ran.json["problems"]) == (0, [])
    files = tree(cut / "site")
    (small,) = [path for path in files if path.startswith("pages/")]
    shown = np.asarray(Image.open(io.BytesIO(files[small])).convert("RGB").resize((50, 70)))
    page = np.asarray(Image.fromarray(picture(0, (500, 700))).resize((50, 70)))
    assert np.abs(shown.astype(int) - page).mean() < 12
    marked = [path for path, text in files.items() if b'class="stood"' in text]
    assert len(marked) == 2
    text = files[sorted(marked)[1]].decode()
    assert 'viewBox="0 0 500 700"' in text
    assert '<rect x="20" y="320" width="200" height="150"' in text

    again = volvelle("build", cut, "--json", "-q")
    assert all(stage["done"] == 0 for stage in again.json["stages"])
