"""The default views on collections of any division into sources: never worse than plain cosines.

Features are made up: images come in pairs of relatives, and each source has a manner of its own
that all its images share. Nothing is learnt from which image is whose relative.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from builder.describing import Describing, Pictures
from builder.features.describe import turns
from builder.ledger import Ledger
from builder.likeness import Likeness
from builder.progress import Silent
from builder.settings import PRESETS, DescriptorSettings, ViewSettings
from builder.settings.views import TONED
from builder.workspace import Workspace

NOISE = 0.02
"""How much worse is still noise, beside two standard errors; reciprocal ranks are 0 to 1."""

PAIRS = 40

# As the presets are, but quicker.
SMALL = {
    "look": {"layer": "blocks.2", "size": 32, "pooling": "mean"},
    "form": {"orientations": "square"},
}

# Sources of the first and the second relative of pair p.
DIVISIONS = {
    "no source column": lambda p: ("", ""),
    "one source only": lambda p: ("A", "A"),
    "every image its own": lambda p: (f"a{p}", f"b{p}"),
    "sources of ten images": lambda p: (f"a{p // 10}", f"b{p // 10}"),
    "two sources that share all": lambda p: ("A", "B"),
    "two sources that share nothing": lambda p: ("AB"[p % 2], "AB"[p % 2]),
    "one large source and a few strays": lambda p: ("A", f"s{p}" if p < 4 else "A"),
    "a large source and small ones": lambda p: ("A", f"s{p % 9}" if p < 35 else "A"),
}


def features(sources: list[str], width: int, seed: int) -> np.ndarray:
    """(2 PAIRS, width): what relatives share, what a source shares, what an image has alone.

    Directions are unequally strong, as in what networks say.
    """
    rng = np.random.default_rng(seed)
    strength = np.arange(1, width + 1) ** -0.5
    shared = np.repeat(rng.normal(size=(PAIRS, width)), 2, axis=0)
    manner = {name: rng.normal(size=width) for name in dict.fromkeys(sources)}
    own = np.stack([manner[name] if name else np.zeros(width) for name in sources])
    return (shared + 0.5 * own + 1.2 * rng.normal(size=shared.shape)) * strength + 1


def likeness(folder: Path, sources: list[str], seed: int, one: DescriptorSettings, hubs: str):
    """The likenesses of a view with one descriptor on such features."""
    hashes = [f"{i:064x}" for i in range(len(sources))]
    pictures = Pictures(hashes, hashes, sources, "#ffffff", lambda *_: pytest.fail("decoded"))
    room = Describing(Ledger(Workspace(folder), Silent(), False), pictures, [one], folder, "cpu")
    store = room[one].store
    store.array.parent.mkdir(exist_ok=True)
    if not len(store):
        rows = features(sources, 40, seed)
        if one.backbone == "strokes":
            # Forty cells with strokes, as histograms have them: nothing below zero.
            places = np.random.default_rng(0).choice(store.width, 40, replace=False)
            wide = np.zeros((len(rows), store.width))
            wide[:, places] = np.maximum(rows + 2, 0)
            rows = wide
        store.append(hashes, np.repeat(rows, turns(one), axis=0).astype(np.float16))
    view = ViewSettings(name="any", hubs=hubs, descriptors=(one,))
    if TONED in view.described and not len(room[TONED].store):
        room[TONED].store.append(hashes, np.zeros((len(hashes), 1024), np.float16))
    return Likeness(room, view)


def reciprocal_ranks(rows: np.ndarray) -> list[float]:
    """Of the relative of each image in its list, where it is listed."""
    relative = np.arange(2 * PAIRS)[:, None] ^ 1
    there = (rows == relative).any(axis=1)
    return (1 / (1 + (rows == relative)[there].argmax(axis=1))).tolist()


@pytest.mark.parametrize("preset", ["look", "form"])
@pytest.mark.parametrize("division", DIVISIONS)
def test_presets_are_never_worse_than_plain_cosines(
    division: str, preset: str, tmp_path: Path
) -> None:
    """Mean over two collections of the reciprocal rank of each image's relative."""
    base = PRESETS[preset]["descriptors"][0]
    small = SMALL[preset]
    chosen = DescriptorSettings(**{**base, **small})
    nothing = {"centring": "none", "components": 0, "whitening": 0.0}
    plain = chosen.model_copy(update=nothing)
    sources = [name for p in range(PAIRS) for name in DIVISIONS[division](p)]
    ways = {"preset": (chosen, PRESETS[preset].get("hubs", "none")), "plain": (plain, "none")}
    reached: dict[tuple[str, str], list[float]] = {}
    for seed in range(2):
        folder = tmp_path / str(seed)
        folder.mkdir()
        for way, (one, hubs) in ways.items():
            lists = likeness(folder, sources, seed, one, hubs).neighbours(2 * PAIRS)
            reached.setdefault((way, "all"), []).extend(reciprocal_ranks(lists.all.rows))
            reached.setdefault((way, "others"), []).extend(reciprocal_ranks(lists.others.rows))

    for scope in ("all", "others"):
        if reached["plain", scope]:
            gained = np.subtract(reached["preset", scope], reached["plain", scope])
            assert 0.2 < np.mean(reached["plain", scope]) < 0.98
            assert gained.mean() > -NOISE - 2 * gained.std() / np.sqrt(len(gained)), scope
