"""`sweep`: the grid, what is kept, and the advice."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Callable
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import pipeline, settings
from builder.commands import sweep_text, sweeping
from builder.commands.sweep_grid import Cell, Grid, cells
from builder.commands.sweep_kept import Cost, Result, label
from builder.commands.sweeping import Rival, Sweep
from builder.errors import SettingsError
from builder.settings import DescriptorSettings, Settings, ViewSettings
from builder.similarity.evaluate.types import METRICS, Answer, Measured

TRIED = [
    "--backbone", "lite0@blocks.2", "--backbone", "strokes",
    "--preparation", "colour", "--preparation", "pieces", "--size", "64",
]  # fmt: skip


@pytest.fixture(scope="module")
def swept(pairs: Path) -> Path:
    """The pairs; what sweeps keep there is shared by the tests."""
    return pairs


def test_a_sweep_agrees_with_evaluate(swept: Path, volvelle) -> None:
    """The view "form" of the catalogue is one of the cells, and has its measures."""
    told = volvelle("sweep", swept, *TRIED, "--json", "-q")
    known = volvelle("evaluate", swept, "--view", "form", "--json", "-q").json["views"]

    assert told.code == 0
    assert {one["cell"] for one in told.json["cells"]} == {
        "lite0@blocks.2 colour",
        "strokes pieces",
    }
    found = next(one for one in told.json["cells"] if one["cell"] == "strokes pieces")
    for one in known:
        assert found[one["scope"]]["map"] == one["map"]
        assert found[one["scope"]]["map_ci"] == one["map_ci"]
        assert found[one["scope"]]["groups"] == one["groups"] == 6


def test_the_best_is_first_and_costs_are_told(swept: Path, volvelle) -> None:
    """In JSON and in the table; the settings to copy are those of a cell."""
    told = volvelle("sweep", swept, *TRIED, "--json", "-q").json
    shown = volvelle("sweep", swept, *TRIED, "-q").out

    values = [one["others"]["map"] for one in told["cells"]]
    assert told["scope"] == "others"
    assert values == sorted(values, reverse=True)
    assert told["best"] == told["cells"][0]["cell"]
    assert all(one["images_per_second"] > 0 for one in told["cells"])
    network = next(one for one in told["cells"] if one["cell"].startswith("lite0"))
    assert network["bytes_per_image"] == 40 * 8 * 8 * 2
    assert told["recommendation"] in " ".join(shown.split())
    assert "lite0@blocks.2" in shown
    chosen = settings.parse(tomllib.loads(told["settings"])).views[0]
    dumped = [one["descriptor"] for one in told["cells"]]
    assert chosen.descriptors[0].model_dump(mode="json", exclude={"weight"}) in dumped


def test_a_second_sweep_does_nothing_again(
    swept: Path, volvelle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Finished cells are taken from what was kept; a new one alone is worked out."""
    first = volvelle("sweep", swept, *TRIED, "--json", "-q").json
    worked: list[str] = []
    plain = sweeping._Bench._measure

    def measured(bench, ranking, scope, cell):
        worked.append(label(cell))
        return plain(bench, ranking, scope, cell)

    monkeypatch.setattr(sweeping._Bench, "_measure", measured)

    again = volvelle("sweep", swept, *TRIED, "--json", "-q").json
    assert worked == []
    assert again == first

    volvelle("sweep", swept, *TRIED, "--preparation", "lines", "--json", "-q")
    assert set(worked) == {"lite0@blocks.2 lines", "strokes lines"}


def test_features_are_shared_with_builds(swept: Path, volvelle) -> None:
    """A sweep leaves no matrix behind, keeps what the build had, and its features serve builds."""
    volvelle("sweep", swept, *TRIED, "-q")
    before = (swept / "catalogue.toml").read_text()
    stages = volvelle("build", swept, "--dry-run", "--json").json["stages"]
    told = volvelle("sweep", swept, *TRIED, "--json", "-q").json
    network = next(one for one in told["cells"] if one["cell"].startswith("lite0"))
    values = {**network["descriptor"], "name": "new", "hubs": network["hubs"]}
    lines = [f"{key} = {json.dumps(value)}" for key, value in values.items()]

    (swept / "catalogue.toml").write_text("\n".join([before, "[[views]]", *lines]) + "\n")
    added = volvelle("build", swept, "--dry-run", "--json").json["stages"]
    (swept / "catalogue.toml").write_text(before)

    assert {one["name"]: one["done"] for one in stages} == dict.fromkeys(pipeline.STAGES, 0)
    assert next(one["done"] for one in added if one["name"] == "features") == 0
    assert next(one["done"] for one in added if one["name"] == "neighbours") > 0


def test_other_groups_are_measured_anew(swept: Path, tmp_path: Path, volvelle) -> None:
    """What is kept belongs to the groups that it was measured by."""
    table = tmp_path / "two.csv"
    table.write_text("image,group\nf0-a.png,x\nf0-b.png,x\nf1-a.png,y\nf2-a.png,y\ngone,y\n")

    ran = volvelle("sweep", swept, *TRIED, "--groups", table, "--json", "-q")

    assert ran.code == 1
    assert 'no image is called "gone"' in ran.json["problems"][0]["problem"]
    assert {one["all"]["groups"] for one in ran.json["cells"]} == {2}


def test_a_network_without_weights_is_left_out(swept: Path, volvelle) -> None:
    """It is a problem, the others are tried; alone it is an error."""
    before = (swept / "catalogue.toml").read_text()
    named = '[[views]]\nname = "x"\nbackbone = "torchvision:resnet18"\nweights = "lost.pth"\n'
    (swept / "catalogue.toml").write_text(before + named)
    network = ["--backbone", "torchvision:resnet18@layer2"]

    some = volvelle("sweep", swept, *TRIED, *network, "--json", "-q")
    none = volvelle("sweep", swept, *network, "--preparation", "colour", "--json", "-q")
    (swept / "catalogue.toml").write_text(before)

    assert (some.code, none.code) == (1, 1)
    assert [one["path"] for one in some.json["problems"]] == ["torchvision:resnet18@layer2"]
    assert len(some.json["cells"]) == 2
    assert "no such file of weights" in none.err


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["--backbone", "lite1"], 'did you mean "lite0"?'),
        (["--backbone", "lite0@blocks.99"], "blocks.99"),
        (["--preparation", "sepia"], "preparation can be colour"),
        (["--orientations", "round"], "orientations can be upright, square, turned"),
        (["--backbone", "lite0", "--preparation", "pieces"], "no combination of these"),
        (["--backbone", "lite0@blocks.2", "--layer", "blocks.3"], "name the layer once"),
    ],
)
def test_values_that_are_not_there(words: list[str], answer: str, swept: Path, volvelle) -> None:
    """One sentence, and nothing is begun."""
    ran = volvelle("sweep", swept, *words, "-q")

    assert ran.code == 2
    assert answer in ran.err


def test_a_sweep_needs_groups_and_a_build(catalogue: Callable[..., Path], volvelle) -> None:
    """It says so."""
    folder = catalogue(2)
    unbuilt = volvelle("sweep", folder)
    assert volvelle("build", folder, "-q").code == 0

    groupless = volvelle("sweep", folder)

    assert (unbuilt.code, groupless.code) == (1, 1)
    assert "run volvelle build" in unbuilt.err
    assert "no such file of groups" in groupless.err


NETWORKS, PREPARATIONS = ("lite0", "lite0@blocks.4"), ("colour", "grey", "ink", "lines", "pieces")


@given(
    st.lists(st.sampled_from((*NETWORKS, "strokes")), min_size=1, unique=True),
    st.lists(st.sampled_from(PREPARATIONS), min_size=1, unique=True),
    st.lists(st.sampled_from(("upright", "square", "turned")), unique=True),
    st.lists(st.sampled_from(("none", "mean", "max")), unique=True),
)
def test_the_grid_is_every_sensible_combination_once(
    backbones: list[str], preparations: list[str], orientations: list[str], poolings: list[str]
) -> None:
    """Pooling says nothing of strokes; pieces need strokes, strokes lines or pieces."""
    fits = [
        (backbone, preparation)
        for backbone, preparation in product(backbones, preparations)
        if preparation in (("lines", "pieces") if backbone == "strokes" else PREPARATIONS[:4])
    ]
    expected = {
        (backbone, preparation, orientation, "none" if backbone == "strokes" else pooling)
        for backbone, preparation in fits
        for orientation in orientations or ["turned" if backbone == "strokes" else "upright"]
        for pooling in poolings or ["none"]
    }
    grid = Grid(
        {
            "backbone": backbones,
            "preparation": preparations,
            "orientations": orientations,
            "pooling": poolings,
        }
    )
    if not expected:
        with pytest.raises(SettingsError, match="no combination"):
            cells(grid, Settings())
        return

    found = [one.descriptor for one in cells(grid, Settings())]

    assert len(found) == len(expected)
    assert {
        (one.backbone, one.preparation, one.orientations, one.pooling) for one in found
    } == expected
    names = [one.view.name for one in cells(grid, Settings())]
    assert len(set(names)) == len(names)


def made(name: str, maps: list[float], rate: float, size: int = 100) -> Result:
    """A cell whose queries, one a group, have the average precisions given."""
    view = ViewSettings(name=name, descriptors=(DescriptorSettings(backbone=name),))
    none = np.empty(0, np.int64)
    answers = tuple(
        Answer(row, row, np.full(len(METRICS), value), none, none, none)
        for row, value in enumerate(maps)
    )
    return Result(Cell(view), {"all": Measured(name, "all", answers)}, Cost(rate, size))


def test_the_cheapest_of_the_equal_is_named() -> None:
    """The best need not be taken where another is as good, within chance, and costs less."""
    rng = np.random.default_rng(0)
    good = rng.uniform(0.5, 0.9, 40)
    results = [
        made("slow", list(good), 2),
        made("quick", list(good - rng.normal(0.01, 0.1, 40)), 50),
        made("lean", list(good - rng.normal(0.01, 0.1, 40)), 50, size=10),
        made("poor", list(good - 0.3), 500),
    ]

    found = sweeping._held_together(results[::-1], "all", ())

    assert found.best.cell.view.name == "slow"
    assert {one.cell.view.name for one in found.equal} == {"slow", "quick", "lean"}
    assert found.cheapest.cell.view.name == "lean"
    advice = sweep_text.advice(found)
    assert "Best among all images: slow colour, mAP 0." in advice
    assert "The cheapest of these, lean colour, describes 50.0 images a second" in advice
    assert "poor" not in advice
    assert "rough" not in advice


def test_few_groups_and_own_vectors_are_spoken_of() -> None:
    """The first as a caution; the second cost nothing to describe."""
    only = made("mine", [0.5, 0.7], math.inf)
    alone = Sweep((only,), "all", (), ())
    worse = Sweep(
        (only, made("bad", [0.1, 0.2], 9)), "all", (Rival(made("bad", [0], 9), 0.01),), ()
    )

    told = json.loads(json.dumps(sweep_text.as_json(alone), allow_nan=False))

    assert told["cells"][0]["images_per_second"] is None
    assert told["recommendation"].endswith("30 or more tell better.")
    assert "All others are worse beyond chance." in sweep_text.advice(worse)
