"""A built catalogue, asked what is like an image, of its own or from outside."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from support import picture

from builder import settings
from builder.errors import SettingsError
from builder.pipeline import Opened

Make = Callable[..., Path]
VIEWS = ("likeness", "form", "look")


@pytest.fixture
def built(catalogue: Make, volvelle) -> Path:
    """Eight images in the three default views."""
    folder = catalogue(8, settings="")
    assert volvelle("build", folder, "-q").code == 0
    return folder


def test_scores_of_an_image_are_those_published(built: Path) -> None:
    """Among all and among other sources, in every view."""
    opened = Opened(built, settings.read(built))

    for view in VIEWS:
        published = json.loads((built / f"site/api/neighbours/{view}.json").read_text())
        ranking = opened.ranker(view)
        for row in range(8):
            for scope, scores in [
                ("all", ranking.scores(row)),
                ("others", ranking.scores_others(row)),
            ]:
                listed = [
                    i for i in published[scope]["neighbours"][row] if i is not None and i >= 0
                ]
                shown = published[scope]["scores"][row][: len(listed)]
                np.testing.assert_allclose(shown, scores[listed], atol=1e-4)


@pytest.mark.parametrize("view", VIEWS)
def test_a_picture_from_outside_finds_itself(view: str, built: Path) -> None:
    """A copy of an image has that image first; several asked together score as each alone."""
    ranking = Opened(built, settings.read(built)).ranker(view)
    with Image.open(built / "images/f3.png") as image:
        copy = np.asarray(image.convert("RGB"))
    mirrored = np.ascontiguousarray(picture(6)[:, ::-1])

    found = ranking.ask([copy, mirrored])

    assert found.shape == (2, 8)
    assert found[0].argmax() == 3
    if view != "look":
        assert found[1].argmax() == 6
    np.testing.assert_allclose(ranking.ask([mirrored])[0], found[1], atol=1e-3)


def test_a_blank_picture_from_outside_is_like_nothing(built: Path) -> None:
    """Scores are finite; in form there is nothing to compare, so all score alike but for hubs."""
    opened = Opened(built, settings.read(built))
    blank = np.full((40, 50, 3), 240, np.uint8)

    for view in VIEWS:
        assert np.isfinite(opened.ranker(view).ask([blank])).all()


def test_own_vectors_cannot_be_asked_from_outside(catalogue: Make, volvelle) -> None:
    """A new picture has none; the sentence says what to do."""
    folder = catalogue(3, settings='[[views]]\nname = "mine"\nbackbone = "vectors:mine.npy"\n')
    np.save(folder / "mine.npy", np.eye(3, dtype=np.float32))
    (folder / "mine.txt").write_text("f0\nf1\nf2\n")
    assert volvelle("build", folder, "-q").code == 0

    with pytest.raises(SettingsError, match="view"):
        Opened(folder, settings.read(folder)).ranker("mine").ask([picture(1)])
