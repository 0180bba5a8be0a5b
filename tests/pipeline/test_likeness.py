"""Neighbours of a view against a naive computation, for every option of views and descriptors.

Features are random and put into the stores by hand; everything after them is what a build does.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path
from zlib import crc32

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.describing import Describing, Pictures
from builder.features.describe import turns
from builder.features.drawing import packed
from builder.features.store import FeatureStore
from builder.ledger import Ledger
from builder.likeness import Likeness
from builder.progress import Silent
from builder.settings import DescriptorSettings, ViewSettings
from builder.settings.views import TONED, TRACED
from builder.similarity.dihedral import eight_histograms
from builder.similarity.overlay import SIDE, coincidence
from builder.similarity.overlay import field as ready
from builder.similarity.pieces import DOUBT
from builder.similarity.tones import COUNTS
from builder.similarity.types import NeighbourList
from builder.similarity.verified import WEIGHT
from builder.workspace import Workspace

COUNT = 6
NEAREST = 5


@dataclass
class World:
    """A few images with random features.

    Attributes:
        hashes, sources: of the images; some images are the same picture.
        rows: of each descriptor and picture, (pieces, turns, d) as they are stored.
        weights: of the pieces.
    """

    seed: int
    hashes: list[str]
    sources: list[str]
    room: Describing
    rows: dict[tuple[DescriptorSettings, str], np.ndarray] = field(default_factory=dict)
    weights: dict[tuple[DescriptorSettings, str], np.ndarray] = field(default_factory=dict)


def world(folder: Path, n: int, large: bool, seed: int, view: ViewSettings) -> World:
    """Images of a large and two small sources, some without one, some of the same picture."""
    rng = np.random.default_rng(seed)
    pictures = [f"{i:064x}" for i in rng.integers(max(n - 2, 1), size=n)]
    names = ["L"] * 4 + ["S", "T", "U", ""] if large else ["S", "T", ""]
    sources = [names[i] for i in rng.integers(len(names), size=n)]
    ids = [f"i{row}" for row in range(n)]
    asked = Pictures(ids, pictures, sources, "#ffffff", lambda *_: pytest.fail("decoded"))
    ledger = Ledger(Workspace(folder), Silent(), dry_run=False)
    room = Describing(ledger, asked, list(view.descriptors), folder, "cpu")
    made = World(seed, pictures, sources, room)
    for one in view.descriptors:
        if one.backbone.startswith("vectors:"):
            _own_vectors(made, one, folder, ids)
        else:
            _fill(made, one.model_copy(update={"weight": 1.0}))
    if view.verify:
        made.room[TRACED].store.array.parent.mkdir(exist_ok=True)
        for sha256 in dict.fromkeys(made.hashes):
            row = packed(drawn(sha256)).astype(np.float16)[None]
            made.room[TRACED].store.append([sha256], row)
    if TONED in view.described:
        _fill(made, TONED)
    return made


def drawn(sha256: str) -> np.ndarray:
    """A drawing of its own for each picture: circles about the middle, and a line."""
    canvas = np.zeros((SIDE, SIDE), np.uint8)
    for radius in range(10, 70, 8 + int(sha256, 16) % 7):
        cv2.circle(canvas, (SIDE // 2, SIDE // 2), radius, 1)
    cv2.line(canvas, (SIDE // 2, SIDE // 2), (150, 20 + int(sha256, 16) % 90), 1)
    return canvas > 0


def _fill(made: World, one: DescriptorSettings) -> None:
    store = made.room[one].store
    # Descriptors that share a store get the same numbers.
    rng = np.random.default_rng([made.seed, crc32(store.array.name.encode())])
    store.array.parent.mkdir(exist_ok=True)
    for sha256 in dict.fromkeys(made.hashes):
        pieces = int(rng.integers(0, 4)) if one.preparation == "pieces" else 1
        rows = (rng.random((pieces, turns(one), store.width)) ** 4).astype(np.float16)
        rows *= np.float16(0.02) if one == TONED else 1  # as long as tones are
        weights = rng.dirichlet(np.ones(pieces)) if pieces else np.zeros(0)
        if sha256 not in store:
            store.append([sha256], rows.reshape(-1, store.width), [tuple(weights.tolist())])
        made.rows[one, sha256], made.weights[one, sha256] = rows, weights


def _own_vectors(made: World, one: DescriptorSettings, folder: Path, ids: list[str]) -> None:
    rows = np.random.default_rng(made.seed).normal(size=(len(ids), 12)).astype(np.float32)
    np.save(folder / "own.npy", rows)
    (folder / "own.txt").write_text("\n".join(ids))
    for row, name in enumerate(ids):
        made.rows[one, name] = rows[row].reshape(1, 1, -1)


# The naive computation, one image or pair at a time.


def pooled(sources: list[str]) -> list[str]:
    """The group of each image: its source if that is large, or what all others are together."""
    large = [name for name in dict.fromkeys(sources) if name and sources.count(name) >= 30]
    few = sum(name not in large for name in sources) < 30
    rest = max(large, key=sources.count) if large and few else ""
    return [name if name in large else rest for name in sources]


def contents(made: World, one: DescriptorSettings) -> list[tuple[object, ...]]:
    """What is compared: pictures of a group of sources, or each image by its own vector."""
    groups = pooled(made.sources)
    if one.backbone.startswith("vectors:"):
        return [(f"i{row}", group) for row, group in enumerate(groups)]
    return list(zip(made.hashes, groups, strict=True))


def unit(rows: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-5)


def views_of(one: DescriptorSettings, rows: np.ndarray) -> tuple[np.ndarray, list[int]]:
    """(pieces, views, d), and the orientation of each view."""
    exact = rows.astype(np.float64)
    if one.backbone != "strokes":
        return exact, list(range(exact.shape[1]))
    if one.orientations == "upright":
        return exact, [0] * exact.shape[1]
    ways = [eight_histograms(piece.astype(np.float32)) for piece in exact]
    stacked = np.stack(ways) if ways else np.zeros((0, rows.shape[1], 8, rows.shape[2]))
    flat = stacked.reshape(len(rows), 8 * rows.shape[1], rows.shape[2])
    return flat.astype(np.float64), list(range(8)) * rows.shape[1]


def naive_descriptor(made: World, one: DescriptorSettings) -> np.ndarray:
    """Likeness of every image with every image by one descriptor, (n, n)."""
    per_image = contents(made, one)
    distinct = list(dict.fromkeys(per_image))
    group_of = {c: (c[1] if one.centring == "source" else "") for c in distinct}
    rows = {c: made.rows[one, str(c[0])] for c in distinct}
    means, width = {}, next(iter(rows.values())).shape[-1]
    for group in set(group_of.values()):
        own = [c for c in distinct if group_of[c] == group]
        seen = [rows[c][:, 0] for c in own]
        if one.backbone == "strokes":
            seen = [eight_histograms(part.astype(np.float32)).reshape(-1, width) for part in seen]
        stacked = np.concatenate([np.zeros((0, width)), *seen]).astype(np.float64)
        nothing = one.centring == "none" or not len(stacked)
        means[group] = np.zeros(width) if nothing else stacked.mean(axis=0)
    turn = naive_axes(one, distinct, rows, group_of, means)
    views = {}
    for c in distinct:
        centred = views_of(one, rows[c])[0] - means[group_of[c]]
        views[c] = unit(turn(centred))
    off = one.turned_penalty * naive_spread([view for c in distinct for view in views[c][:, 0]])
    found = np.array(
        [[naive_pair(made, one, views, off, a, b) for b in distinct] for a in distinct]
    )
    if one.backbone == "strokes" or one.orientations != "upright":
        # Either of the two may be the one that is turned.
        found = (found + found.T) / 2
    index = [distinct.index(c) for c in per_image]
    return found[np.ix_(index, index)]


def naive_axes(one, distinct, rows, group_of, means):
    """What turns centred rows onto principal axes, by a singular value decomposition."""
    if not one.components:
        return lambda centred: centred
    seen = []
    for c in distinct:
        upright = rows[c][:, 0].astype(np.float64)
        if one.backbone == "strokes":
            ways = eight_histograms(upright.astype(np.float32)).astype(np.float64)
            seen.append(unit(ways - means[group_of[c]]).reshape(-1, upright.shape[1]))
        else:
            seen.append(upright - means[group_of[c]])
    sample = np.concatenate(seen)
    if not len(sample):
        return lambda centred: centred
    _, values, vectors = np.linalg.svd(sample, full_matrices=False)
    kept = np.flatnonzero(values[: one.components] > 1e-3 * max(values[0], 1e-6))
    power = (values[kept] ** 2 / len(sample)) ** -one.whitening
    return lambda centred: centred @ (vectors[kept].T * power)


def naive_spread(upright: list[np.ndarray]) -> float:
    cosines = [a @ b for i, a in enumerate(upright) for j, b in enumerate(upright) if i != j]
    return float(np.std(cosines)) if cosines else 0.0


def naive_pair(made, one, views, off, a, b, only=None) -> float:
    """The best assignment of the pieces of a, turned in all ways, to those of b, upright."""
    whole = one.backbone != "strokes" and one.orientations == "upright"
    if whole:
        return float(views[a][0, 0] @ views[b][0, 0])
    lie = views_of(one, made.rows[one, str(a[0])])[1]
    weights = [made.weights[one, str(c[0])] for c in (a, b)]
    swapped = len(views[a]) > len(views[b])
    few, many = sorted((len(views[a]), len(views[b])))
    best = 0.0
    for way in permutations(range(many), few):
        total = 0.0
        for x, y in enumerate(way):
            p, q = (y, x) if swapped else (x, y)
            cosines = [
                float(view @ views[b][q, 0]) - (off if o and only is None else 0)
                for view, o in zip(views[a][p], lie, strict=True)
                if only is None or o == only
            ]
            total += max(0.0, *cosines) * np.sqrt(weights[0][p] * weights[1][q])
        best = max(best, total)
    return best


def naive_view(made: World, view: ViewSettings) -> tuple[np.ndarray, np.ndarray]:
    """(n, n) scores among all, and among other sources."""
    parts = [naive_descriptor(made, made_for(one)) for one in view.descriptors]
    n = len(made.hashes)
    different = ~np.eye(n, dtype=bool)
    spreads = [part[different].std() if n > 1 else 0.0 for part in parts]
    shares = [
        w.weight / sd if sd > 1e-9 else 0.0 for w, sd in zip(view.descriptors, spreads, strict=True)
    ]
    if not sum(shares) or len(parts) == 1:
        shares = [1.0] * len(parts)
    plain = sum(s * part for s, part in zip(shares, parts, strict=True)) / sum(shares)
    if view.hubs == "none":
        return plain, plain
    if view.hubs == "sources":
        both = csls(plain, pooled(made.sources), np.zeros((n, n), bool))
        return both, both
    one = [""] * n
    return csls(plain, one, np.zeros((n, n), bool)), csls(plain, one, same_source(made.sources))


def made_for(one: DescriptorSettings) -> DescriptorSettings:
    if one.backbone.startswith("vectors:"):
        return one
    return one.model_copy(update={"weight": 1.0})


def same_source(sources: list[str]) -> np.ndarray:
    return np.array([[bool(a) and a == b for b in sources] for a in sources])


def csls(similar: np.ndarray, groups: list[str], apart: np.ndarray) -> np.ndarray:
    """Less half the mean of the nearest that each has in the other's group."""
    n = len(similar)

    def near(i: int, group: str) -> float:
        candidates = [j for j in range(n) if j != i and groups[j] == group and not apart[i, j]]
        best = sorted((similar[i, j] for j in candidates), reverse=True)[:NEAREST]
        return float(np.mean(best)) if best else 0.0

    off = [[(near(i, groups[j]) + near(j, groups[i])) / 2 for j in range(n)] for i in range(n)]
    return similar - np.array(off) + np.mean(off)


def check_lists(scores: np.ndarray, allowed: np.ndarray, found: NeighbourList) -> None:
    """The listed images are candidates, and no other candidate has a higher naive score."""
    for row in range(len(scores)):
        listed = [i for i in found.rows[row].tolist() if i >= 0]
        candidates = np.flatnonzero(allowed[row])
        expected = np.sort(scores[row, candidates])[::-1][:COUNT]
        assert len(set(listed)) == len(listed) == len(expected)
        assert set(listed) <= set(candidates.tolist())
        np.testing.assert_allclose(scores[row, listed], expected, atol=3e-3)
        np.testing.assert_allclose(found.scores[row][: len(listed)], expected, atol=3e-3)
        assert (found.rows[row][len(listed) :] == -1).all()


def check(folder: Path, view: ViewSettings, n: int, large: bool, seed: int) -> None:
    """Everything that a view says, against the naive computation."""
    made = world(folder, n, large, seed, view)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = Likeness(made.room, view).neighbours(COUNT)
    every, others = naive_view(made, view)
    different = ~np.eye(n, dtype=bool)
    check_lists(every, different, found.all)
    check_lists(others, different & ~same_source(made.sources), found.others)
    for scope in (found.all, found.others):
        if n * (n - 1) < 100:  # too few pairs to speak of chance
            assert scope.percentile is None
            assert scope.chance is None
        else:
            assert scope.percentile is not None
            assert scope.chance is not None
            assert (scope.percentile >= 0).all()
            assert (scope.percentile <= 1).all()
            assert (scope.chance >= 0).all()
        assert scope.orientation.shape == scope.rows.shape


NETWORK = {"layer": "blocks.2", "size": 32, "pooling": "mean"}
PIECES = {"preparation": "pieces", "backbone": "strokes", "size": 32}
LINES = {"preparation": "lines", "backbone": "strokes", "size": 32}


@st.composite
def descriptors(draw: st.DrawFn) -> DescriptorSettings:
    """Any descriptor of a network, of strokes, of pieces, or of the user's own vectors."""
    what = draw(st.sampled_from([NETWORK, PIECES, LINES, {"backbone": "vectors:own.npy"}]))
    # Strokes in all orientations have pairs of equal eigenvalues, which a cut could part.
    components = draw(st.sampled_from([0, 200 if "strokes" in str(what) else 3]))
    orientations = draw(st.sampled_from(["upright", "square", "turned"]))
    return DescriptorSettings(
        **what,
        weight=draw(st.sampled_from([1.0, 2.5])),
        centring=draw(st.sampled_from(["none", "mean", "source"])),
        components=components,
        whitening=draw(st.sampled_from([0.0, 0.25])) if components else 0.0,
        orientations="upright" if "vectors" in str(what) else orientations,
        turned_penalty=draw(st.sampled_from([0.0, 0.5])),
    )


@given(
    st.lists(descriptors(), min_size=1, max_size=2),
    st.sampled_from(["none", "global", "sources"]),
    st.integers(1, 7),
    st.integers(0, 2**31),
)
@settings(max_examples=50, deadline=None)
def test_neighbours_equal_the_naive_ones_for_every_option(
    tmp_path_factory: pytest.TempPathFactory,
    chosen: list[DescriptorSettings],
    hubs: str,
    n: int,
    seed: int,
) -> None:
    """Preparation, orientations, centring, components, weights and hubs, in any combination."""
    view = ViewSettings(name="any", hubs=hubs, descriptors=tuple(chosen))

    check(tmp_path_factory.mktemp("world"), view, n, False, seed)


@pytest.mark.parametrize("hubs", ["none", "global", "sources"])
@pytest.mark.parametrize("centring", ["none", "mean", "source"])
@pytest.mark.parametrize("what", [NETWORK, LINES], ids=["network", "strokes"])
def test_neighbours_equal_the_naive_ones_where_sources_are_large(
    tmp_path: Path, what: dict[str, object], centring: str, hubs: str
) -> None:
    """A source of thirty and more is a group of its own; the small ones are one together."""
    one = DescriptorSettings(**what, centring=centring, orientations="upright")
    view = ViewSettings(name="any", hubs=hubs, descriptors=(one,))

    check(tmp_path, view, 80, True, 7)


@given(st.sampled_from([NETWORK, PIECES]), st.integers(2, 5), st.integers(0, 2**31))
@settings(max_examples=12, deadline=None)
def test_neighbours_lie_as_the_best_orientation_says(
    tmp_path_factory: pytest.TempPathFactory, what: dict[str, object], n: int, seed: int
) -> None:
    """Of the eight, each tried alone; the plainer unless another is clearly better."""
    one = DescriptorSettings(**what, orientations="turned", centring="mean")
    view = ViewSettings(name="any", descriptors=(one,))
    made = world(tmp_path_factory.mktemp("world"), n, False, seed, view)

    found = Likeness(made.room, view).neighbours(COUNT).all

    per_image = contents(made, one)
    views = {c: made_views(made, one, c) for c in per_image}
    for row, (listed, lie) in enumerate(zip(found.rows, found.orientation, strict=True)):
        for other, orientation in zip(listed.tolist(), lie.tolist(), strict=True):
            totals = [
                naive_pair(made, one, views, 0, per_image[row], per_image[other], only=way)
                for way in range(8)
            ]
            said = COUNTS * naive_tones(made, row, other)
            totals = [sum(all_) for all_ in zip(totals, DOUBT, said, strict=True)]
            equal = max(totals) - 1e-3
            assert totals[orientation] >= equal - 1e-4
            assert all(total < equal + 1e-4 for total in totals[:orientation])


def naive_tones(made: World, row: int, other: int) -> np.ndarray:
    """Products of the tone of one image, laid in each of the eight ways, with another's, (8,)."""
    mine, theirs = (
        made.rows[TONED, made.hashes[at]].astype(np.float64).reshape(32, 32) for at in (row, other)
    )
    ways = [np.rot90(one, -turn) for one in (mine, mine[:, ::-1]) for turn in range(4)]
    return np.array([(way * theirs).sum() for way in ways])


def made_views(made: World, one: DescriptorSettings, content: tuple[object, ...]) -> np.ndarray:
    """The views of a content, all centred by the one mean of all upright rows."""
    distinct = list(dict.fromkeys(contents(made, one)))
    width = made.rows[one, str(content[0])].shape[-1]
    seen = [made.rows[one, str(c[0])][:, 0] for c in distinct]
    if one.backbone == "strokes":
        seen = [eight_histograms(part.astype(np.float32)).reshape(-1, width) for part in seen]
    stacked = np.concatenate([np.zeros((0, width)), *seen]).astype(np.float64)
    mean = stacked.mean(axis=0) if len(stacked) else np.zeros(width)
    return unit(views_of(one, made.rows[one, str(content[0])])[0] - mean)


def test_equal_pictures_are_neighbours_in_order_of_rows(tmp_path: Path) -> None:
    """The same picture of one source many times: equal scores to the bit, ties by row."""
    view = ViewSettings(name="form")
    made = world(tmp_path, 40, False, 3, view)

    found = Likeness(made.room, view).neighbours(39).all

    for row in range(40):
        scores: dict[tuple[str, str], set[float]] = {}
        places: dict[tuple[str, str], list[int]] = {}
        for other, score in zip(found.rows[row].tolist(), found.scores[row].tolist(), strict=True):
            # Within sources and between them likeness is evened out.
            same = made.hashes[other], made.sources[other] or str(other)
            scores.setdefault(same, set()).add(score)
            places.setdefault(same, []).append(other)
        assert all(len(own) == 1 for own in scores.values())
        assert all(sorted(own) == own for own in places.values())


def test_the_nearest_are_laid_over_each_other(tmp_path: Path) -> None:
    """What coincidence adds, for pairs that are candidates either way, against the naive sum."""
    view = ViewSettings(
        name="any", hubs="none", verify=3, descriptors=(DescriptorSettings(**LINES),)
    )
    made = world(tmp_path, 12, False, 5, view)
    plain, _ = naive_view(made, view.model_copy(update={"verify": 0}))
    likeness = Likeness(made.room, view)

    found = likeness.bands()[0](0, 12)

    per_image = contents(made, view.descriptors[0])
    apart = ~same_source(made.sources)
    pairs = set()
    for row in range(12):
        for allowed in (np.ones(12, bool), apart[row]):
            others = [j for j in np.flatnonzero(allowed) if j != row]
            nearest = sorted(others, key=lambda j: (-likeness.plain(row, row + 1)[0, j], j))[:3]
            pairs |= {frozenset((per_image[row], per_image[j])) for j in nearest}
    fields = {c: ready(drawn(str(c[0]))) for c in per_image}
    worth = {pair: coincidence(*(fields[c] for c in pair)) for pair in pairs if len(pair) == 2}
    level = {}
    for c in fields:
        own = sorted(value for pair, value in worth.items() if c in pair)
        level[c] = np.mean(own[: max(len(own) // 2, 1)]) if own else 0.0
    unit_ = likeness.unit
    for i, a in enumerate(per_image):
        for j, b in enumerate(per_image):
            more = worth.get(frozenset((a, b)))
            added = 1.0 if a == b else 0.0 if more is None else more - (level[a] + level[b]) / 2
            assert found[i, j] == pytest.approx(plain[i, j] + WEIGHT * unit_ * added, abs=5e-3)


def test_pairs_once_laid_over_each_other_are_known(tmp_path: Path) -> None:
    """The next build with the same pictures lays none again, and finds the same."""
    view = ViewSettings(name="any", verify=3, descriptors=(DescriptorSettings(**LINES),))
    made = world(tmp_path, 9, False, 2, view)
    first = Likeness(made.room, view).neighbours(4).all
    for path in (tmp_path / ".volvelle").glob("verified-*"):
        path.unlink()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FeatureStore, "append", lambda *_: pytest.fail("laid again"))
        again = Likeness(made.room, view).neighbours(4).all

    assert (again.rows == first.rows).all()
    assert (again.scores == first.scores).all()


def test_a_view_made_twice_is_read_the_second_time(tmp_path: Path) -> None:
    """Artifacts of descriptors are named by what they were made of, weights apart."""
    two = [DescriptorSettings(**NETWORK, weight=w, centring="mean") for w in (1.0, 2.0)]
    views = [
        ViewSettings(name="any", descriptors=(one, DescriptorSettings(**LINES))) for one in two
    ]
    made = world(tmp_path, 7, False, 1, views[0])
    first = Likeness(made.room, views[0])
    scores = first.neighbours(3).all.scores
    done = made.room.ledger.account("neighbours").done

    again = Likeness(made.room, views[1])

    assert again.fingerprint != first.fingerprint
    assert again.neighbours(3).all.scores.shape == scores.shape
    assert made.room.ledger.account("neighbours").done == done
