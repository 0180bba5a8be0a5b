"""The layouts of a view: places that are kept and stay, layouts on demand, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support import tree

from builder.arranging import Arranged, Arranging, Basis
from builder.corpus.types import Corpus, DateSpan, Image
from builder.ledger import Ledger
from builder.places import place_file, read_places
from builder.progress import Silent
from builder.settings import LayoutsSettings
from builder.similarity.types import NeighbourList, Neighbours
from builder.told import Told, told
from builder.workspace import Workspace


@dataclass
class Given:
    """An artifact that is there."""

    value: Any
    fingerprint: str


def vectors(n: int, seed: int = 0) -> np.ndarray:
    """Sixteen groups in twelve dimensions; the first rows are the same for any n."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(16, 12))
    return np.stack([centres[row % 16] + rng.normal(size=12) * 0.4 for row in range(n)]).astype(
        np.float32
    )


def images(n: int, changed: tuple[int, ...] = ()) -> Told:
    ids = [f"i{row:04d}" for row in range(n)]
    return Told(ids, [f"{'b' if row in changed else 'a'}{row:011x}" for row in range(n)])


def arrange(
    folder: Path,
    data: np.ndarray,
    who: Told,
    dry_run: bool = False,
    seen: str = "as ever",
    **options: Any,
) -> tuple[Arranged, Ledger]:
    folder.mkdir(exist_ok=True)
    ledger = Ledger(Workspace(folder), Silent(), dry_run)
    components = Given({"scores": data, "share": np.ones(data.shape[1])}, f"{data.sum():.6f}")

    def nearest(count: int) -> np.ndarray:
        unit = data / np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-9)
        cosine = unit @ unit.T
        np.fill_diagonal(cosine, -2)
        return np.argsort(-cosine, axis=1)[:, :count].astype(np.int32)

    none = np.zeros((len(data), 0))
    lists = NeighbourList(nearest(6), none, none.astype(bool), none.astype(np.uint8))
    neighbours = Given(Neighbours(lists, lists), components.fingerprint)
    basis = Basis("look", seen, components, {}, nearest, neighbours)  # type: ignore[arg-type]
    settings = LayoutsSettings.model_validate({"show": ["map"], **options})
    return Arranging(ledger, settings, who, basis).run(), ledger


def xy(arranged: Arranged, name: str = "map") -> np.ndarray:
    return next(one.value.xy for one in arranged.layouts if one.value.name == name)


@pytest.fixture(scope="module")
def eight_hundred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue whose map of 800 images is kept."""
    folder = tmp_path_factory.mktemp("kept") / "catalogue"
    arrange(folder, vectors(800), images(800))
    return folder


def copied(folder: Path, to: Path, cache: bool = True) -> Path:
    for path, data in tree(folder).items():
        if cache or not path.startswith(".volvelle/"):
            (to / path).parent.mkdir(parents=True, exist_ok=True)
            (to / path).write_bytes(data)
    return to


def test_a_second_build_does_nothing(eight_hundred: Path, tmp_path: Path) -> None:
    """No artifact is made, the kept file is not touched, the map is equal to the bit."""
    folder = copied(eight_hundred, tmp_path / "c")
    before = tree(folder / "layouts")
    first, _ = arrange(eight_hundred, vectors(800), images(800))

    again, ledger = arrange(folder, vectors(800), images(800))

    assert ledger.account("layouts").done == 0
    assert tree(folder / "layouts") == before
    assert np.array_equal(xy(again), xy(first))


def test_a_clean_clone_shows_the_same_map(eight_hundred: Path, tmp_path: Path) -> None:
    """Without the cache nothing is unfolded anew: the file alone says where images lie."""
    clone = copied(eight_hundred, tmp_path / "clone", cache=False)
    before = tree(clone / "layouts")
    first, _ = arrange(eight_hundred, vectors(800), images(800))

    found, _ = arrange(clone, vectors(800) + np.float32(0.01), images(800))

    assert np.array_equal(xy(found), xy(first))
    assert np.array_equal(xy(found, "grid"), xy(first, "grid"))
    assert tree(clone / "layouts") == before


def test_two_builds_from_nothing_give_equal_places(tmp_path: Path) -> None:
    """One seed, one machine: the same bytes, for UMAP and for t-SNE."""
    for name in ("one", "two"):
        arrange(tmp_path / name, vectors(90), images(90), show=["map", "tsne"])

    assert tree(tmp_path / "one" / "layouts") == tree(tmp_path / "two" / "layouts")
    assert len(tree(tmp_path / "one" / "layouts")) == 2


def test_fifty_more_images_leave_the_map_as_it_was(eight_hundred: Path, tmp_path: Path) -> None:
    """The 800 move less than 2 % of the width in the median; the new ones lie among their own."""
    folder = copied(eight_hundred, tmp_path / "c")
    before = xy(arrange(eight_hundred, vectors(800), images(800))[0])

    grown, _ = arrange(folder, vectors(850), images(850))

    after, layout = xy(grown), grown.layouts[0].value
    moved = np.linalg.norm(after[:800] - before, axis=1)
    assert np.median(moved) < 0.02 * np.ptp(before[:, 0])
    assert np.percentile(moved, 95) < 0.05 * np.ptp(before[:, 0])
    old, new = layout.faithful[:800].mean(), layout.faithful[800:].mean()
    assert new > 0.6 * old
    middles = np.stack([np.median(before[group::16], axis=0) for group in range(16)])
    own = np.linalg.norm(after[800:, None] - middles[None], axis=2).argmin(axis=1)
    assert (own == np.arange(800, 850) % 16).mean() > 0.8


def test_a_new_map_is_made_when_asked_for(eight_hundred: Path, tmp_path: Path) -> None:
    """With `fresh` all images are unfolded anew, once; and lie as the map lay."""
    folder = copied(eight_hundred, tmp_path / "c")
    before = xy(arrange(eight_hundred, vectors(800), images(800))[0])

    fresh, _ = arrange(folder, vectors(850), images(850), fresh=True)
    again, ledger = arrange(folder, vectors(850), images(850), fresh=True)

    moved = np.linalg.norm(xy(fresh)[:800] - before, axis=1)
    assert np.median(moved) > 0.02
    assert ledger.account("layouts").done == 0
    assert np.array_equal(xy(again), xy(fresh))


def test_other_parameters_give_a_map_turned_like_the_former(
    eight_hundred: Path, tmp_path: Path
) -> None:
    """No quarter turn nor mirroring would bring it nearer to the former one."""
    folder = copied(eight_hundred, tmp_path / "c")
    before = xy(arrange(eight_hundred, vectors(800), images(800))[0]).astype(float)

    changed, _ = arrange(folder, vectors(800), images(800), min_distance=0.5)

    after = xy(changed).astype(float)
    former, found = before - before.mean(axis=0), after - after.mean(axis=0)
    assert not np.array_equal(after, before)

    def match(turned: np.ndarray) -> float:
        return float((turned * former).sum())

    turns = [np.array(m) for m in ([[0, 1], [-1, 0]], [[-1, 0], [0, -1]], [[0, -1], [1, 0]])]
    mirrors = [np.diag([-1, 1]), np.diag([1, -1])]
    assert all(match(found @ turn) < match(found) for turn in (*turns, *mirrors))


def test_a_view_that_sees_otherwise_gets_a_new_map(eight_hundred: Path, tmp_path: Path) -> None:
    """And a picture that was replaced is placed anew, while the others stay."""
    folder = copied(eight_hundred, tmp_path / "c")
    before = xy(arrange(eight_hundred, vectors(800), images(800))[0])
    data = vectors(800)
    data[5] = data[6]

    replaced, _ = arrange(folder, data, images(800, changed=(5,)))
    other, _ = arrange(folder, vectors(800), images(800), seen="with other eyes")

    moved = np.linalg.norm(xy(replaced) - before, axis=1)
    assert np.median(moved) < 0.005
    assert np.linalg.norm(xy(replaced)[5] - before[6]) < 0.1
    assert np.median(np.linalg.norm(xy(other) - xy(replaced), axis=1)) > 0


def test_images_that_come_back_find_their_places(eight_hundred: Path, tmp_path: Path) -> None:
    """Taken out and put back: everything lies as before."""
    folder = copied(eight_hundred, tmp_path / "c")
    first, _ = arrange(eight_hundred, vectors(800), images(800))

    fewer, _ = arrange(folder, vectors(780), images(780))
    again, _ = arrange(folder, vectors(800), images(800))

    assert np.array_equal(xy(fewer), xy(first)[:780])
    assert np.array_equal(xy(again), xy(first))


def test_a_damaged_file_costs_only_its_lines(eight_hundred: Path, tmp_path: Path) -> None:
    """Lines that are no places are told in one sentence; those images are placed anew."""
    folder = copied(eight_hundred, tmp_path / "c")
    path = place_file(folder, "look", "map")
    lines = path.read_text().splitlines()
    lines[5], lines[9] = "<<<<<<< HEAD", lines[9].replace(",0.", ",x.")
    path.write_text("\n".join(lines) + "\n")

    found, _ = arrange(folder, vectors(800), images(800))
    after, _ = arrange(folder, vectors(800), images(800))

    assert [one.problem for one in found.problems] == ["2 lines are no places"]
    assert found.problems[0].path == "layouts/look-map.csv"
    assert not after.problems
    assert len(xy(found)) == 800


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """It says what would be made, and asks for no vectors."""
    arranged, ledger = arrange(tmp_path / "c", vectors(30), images(30), dry_run=True)

    assert ledger.account("layouts").done == len(arranged.layouts) == 2
    assert tree(tmp_path / "c") == {}


def test_places_are_open_and_documented(eight_hundred: Path) -> None:
    """One line an image, in order of ids, on the scale of the site, below a line that says how."""
    path = place_file(eight_hundred, "look", "map")
    first, head, *lines = path.read_text().splitlines()
    places, problems = read_places(path)

    assert first.startswith("# ")
    assert '"method":"umap"' in first
    assert head == "id,x,y,content"
    assert [line.split(",")[0] for line in lines] == sorted(f"i{row:04d}" for row in range(800))
    assert not problems
    assert max(max(x, y) for x, y, _ in places.rows.values()) == 1


def corpus(n: int) -> Corpus:
    """Images with columns good and bad."""

    def fields(row: int) -> dict[str, str]:
        return {
            "kind": ("sun", "moon", "")[row % 3],
            "weight": str(row) if row % 4 else "heavy",
            "number": f"no. {row}",
            "lat": str(row % 60),
            "Long": str(row % 150),
            "words": "ink",
        }

    return Corpus(
        tuple(
            Image(
                f"i{row}",
                f"{row}.png",
                f"{row:012x}",
                90 + row,
                70,
                f"Title {row}",
                "A" if row % 2 else "B",
                DateSpan(str(1400 + row), 1400 + row, 1400 + row) if row % 5 else None,
                {key: value for key, value in fields(row).items() if value},
            )
            for row in range(n)
        ),
        columns=("kind", "weight", "number", "lat", "Long", "words"),
    )


def test_every_layout_that_is_asked_for_is_made(tmp_path: Path) -> None:
    """All of them, in the order of the settings, the map and the grid first."""
    pytest.importorskip("vc_flas")
    show = ["tsne", "pca", "flas", "geography", "facet-kind-source", "scatter-width-weight"]
    show += ["tsne-grid", "map-n5-d0", "timeline", "sources", "graph"]

    arranged, _ = arrange(
        tmp_path / "c",
        vectors(60),
        told(corpus(60)),
        show=show,
        neighbours=[15, 5],
        min_distance=[0.15, 0],
        grids=["tsne"],
        facets=[{"column": "Kind", "then": "source", "shape": "piles"}],
        scatters=[{"x": "width", "y": "weight"}],
    )

    layouts = [one.value for one in arranged.layouts]
    assert [one.name for one in layouts] == ["map", "grid", *show]
    assert all(np.isfinite(one.xy).all() and one.xy.shape == (60, 2) for one in layouts)
    assert all("trustworthiness" in one.quality for one in layouts)
    assert all(one.faithful.shape == (60,) for one in layouts)
    by_name = {one.name: one for one in layouts}
    assert by_name["geography"].lines
    assert "excess over the optimum" in by_name["tsne-grid"].quality
    assert [one.problem for one in arranged.problems] == [
        '15 of 60 cells of the column "weight" are no numbers, such as "heavy"'
    ]


def test_without_settings_there_is_what_the_data_allow(tmp_path: Path) -> None:
    """The timeline where there are dates, sources where there are two, geography likewise."""
    bare, _ = arrange(tmp_path / "a", vectors(20), images(20), show=None)
    full, _ = arrange(tmp_path / "b", vectors(20), told(corpus(20)), show=None)

    def names(arranged: Arranged) -> list[str]:
        return [path.path.name.split("-look-")[0] for path in arranged.layouts]

    usual = ["layout-map", "layout-grid"]
    assert names(bare) == [*usual, "layout-graph"]
    told_of = ["layout-timeline", "layout-sources", "layout-graph", "layout-geography"]
    assert names(full) == [*usual, *told_of]


def test_what_cannot_be_done_is_told_and_all_else_is_made(tmp_path: Path) -> None:
    """A sentence each: no such column, nothing in it, no number, no coordinates, many values."""
    many = 600
    who = told(corpus(many))
    arranged, _ = arrange(
        tmp_path / "c",
        np.zeros((many, 0), np.float32),
        who,
        show=["facet-number", "facet-knd", "scatter-words-width", "geography", "facet-kind"],
        facets=["number", "knd", "kind"],
        scatters=[{"x": "words", "y": "width"}],
        latitude="words",
    )

    told_ = {one.problem: one.remedy for one in arranged.problems}
    assert len(told_) == 4
    assert told_['there is no column "knd" for the layout facet-knd'] == 'did you mean "kind"?'
    assert 'the column "words" holds no numbers at all' in told_
    assert any("no geography" in one for one in told_)
    assert any("has 600 values" in one for one in told_)
    names = [one.value.name for one in arranged.layouts]
    assert names == ["map", "grid", "facet-number", "facet-kind"]
    assert all(len(one.value.xy) == many for one in arranged.layouts)


@pytest.mark.parametrize("n", [1, 2, 30])
def test_one_image_and_images_that_are_all_equal(tmp_path: Path, n: int) -> None:
    """Every layout of them is finite, and none lies on another."""
    pytest.importorskip("vc_flas")
    show = ["map", "tsne", "pca", "flas", "facet-kind", "scatter-width-height", "geography"]
    arranged, _ = arrange(
        tmp_path / "c",
        np.zeros((n, 0), np.float32),
        told(corpus(n)),
        show=[*show, "graph", "timeline"] if n > 1 else [*show, "graph"],
        facets=["kind"],
        scatters=[{"x": "width", "y": "height"}],
    )

    for made in arranged.layouts:
        assert np.isfinite(made.value.xy).all()
        assert len(np.unique(made.value.xy.round(5), axis=0)) == n
        assert made.value.size > 0
