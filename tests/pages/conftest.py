"""A small made-up catalogue with hostile texts, for the tests of the pages."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from builder.atlas.types import LEVELS, PAGE, Atlas, AtlasLevel
from builder.claiming import claims_of, news_of
from builder.clusters.types import Cluster, Clustering
from builder.corpus.types import Corpus, DateSpan, FormerPicture, Image, Relation, Tombstone
from builder.errors import Problem
from builder.layouts.types import Layout, Mark
from builder.measures.types import Column, Measures, Verdict
from builder.pages.data import atlas_twin
from builder.pages.render import render
from builder.pages.resources import data_dir
from builder.pages.types import Banded, Beside, ModelCard, SiteInput, Variance, ViewResult
from builder.settings import DescriptorSettings, Settings, ViewSettings, parse
from builder.similarity.types import NeighbourList, Neighbours
from builder.versions.types import Release

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    '"><img src=x onerror=alert(3)>',
    "'><svg onload=alert(4)>",
    "<!-- <script> -->",
    "{{ 7 * 7 }} {% raw %}",
    "كتاب المجسطي، شكل القمر",
    "‮reversed‬ 🌒 \u2028 line separator",
    "A & B &amp; C &lt;b&gt;",
    "javascript:alert(5)",
    "]]> </title> </style>",
)


def make_image(row: int, texts: tuple[str, ...] = HOSTILE) -> Image:
    text = texts[row % len(texts)]
    return Image(
        id=f"image-{row:03d}",
        path=f"folder {row % 3}/{text.replace('/', '_')}-{row}.jpg",
        sha256=f"{row:064x}",
        width=(300, 1200, 90, 2400)[row % 4],
        height=(200, 1200, 900, 800)[row % 4],
        title=f"{text} no. {row}",
        source=("", text, "Almagest", "Tadhkira", "<b>bold</b>")[row % 5],
        date=DateSpan(f"c. {1400 + row}", 1390 + row, 1410 + row) if row % 3 else None,
        fields={
            "topic": ("moon", text, "")[row % 3],
            text: text,
            "web": "https://example.org/a?b=1&c=2",
        },
        notes=(text,) if row % 4 == 0 else (),
    )


def make_neighbours(
    rng: np.random.Generator, n: int, k: int, measure: bool = True
) -> NeighbourList:
    similar = rng.random((n, n)).astype(np.float32)
    similar = (similar + similar.T) / 2
    np.fill_diagonal(similar, -1)
    rows = np.argsort(-similar, axis=1, kind="stable")[:, :k].astype(np.int32)
    scores = np.take_along_axis(similar, rows, axis=1)
    mutual = np.array([[row in rows[near] for near in line] for row, line in enumerate(rows)])
    short = min(k, max(0, n - 1))
    rows[:, short:], scores[:, short:], mutual[:, short:] = -1, 0, False
    orientation = (rows % 8).astype(np.uint8) if n > 8 else np.zeros(rows.shape, np.uint8)
    share = np.where(rows < 0, 0, 0.5 + scores / 2).astype(np.float32)
    chance = np.where(rows < 0, 0, (1 - scores) * 12).astype(np.float32)
    measured = (share, chance) if measure else (None, None)
    return NeighbourList(rows, scores, mutual.reshape(rows.shape), orientation, *measured)


def make_clustering(n: int, k: int, names: tuple[str, ...] = HOSTILE) -> Clustering:
    labels = (np.arange(n) % k).astype(np.int32)
    groups = []
    for number in range(1, k + 1):
        members = tuple(np.flatnonzero(labels == number - 1).tolist())
        nearest = members[:5]
        groups.append(
            Cluster(
                number=number,
                name=names[number % len(names)] if number % 2 else "",
                members=members,
                medoid=members[0],
                nearest=nearest,
                scores=tuple(0.9 - 0.05 * at for at in range(len(nearest))),
                cohesion=0.7123456,
            )
        )
    choice = {"rule": "best <mean> silhouette", "k": [2, 3, 4], "silhouette": [0.1, 0.2222, 0.15]}
    return Clustering("k-means over 64 principal components", labels, tuple(groups), choice)


def make_layouts(rng: np.random.Generator, n: int) -> tuple[Layout, ...]:
    side = int(np.ceil(np.sqrt(n)))
    cell = np.arange(n, dtype=np.int32)
    grid = (np.stack([cell % side, cell // side], axis=1) + 0.5).astype(np.float32) / side
    quality = {"trustworthiness": 0.91234567, "continuity": 0.9, "neighbours_kept": 0.4}
    return (
        Layout("map", "positions", rng.random((n, 2), np.float32), 0.03, quality=quality),
        Layout("grid", "grid", grid, 1 / side, side, side, cell, {"displacement": 1.25}),
        Layout("clusters", "positions", rng.random((n, 2), np.float32), 0.02),
    )


def make_card(own: DescriptorSettings) -> ModelCard:
    network = own.backbone != "strokes"
    return ModelCard(
        backbone=own.backbone,
        layer="blocks.4" if network else "",
        shape=(112, 20, 20) if network else (2048,),
        input_size=own.size,
        fit=own.fit,
        weights="efficientnet-lite0 <weights>" if network else "",
        checksum="ab" * 32 if network else "",
        licence="Apache-2.0" if network else "",
        preparation="padded to a square with its own ground and scaled to 320 px",
    )


def make_view(rng: np.random.Generator, n: int, k: int, settings: ViewSettings) -> ViewResult:
    return ViewResult(
        settings=settings,
        models=tuple(make_card(own) for own in settings.descriptors),
        neighbours=Neighbours(make_neighbours(rng, n, k), make_neighbours(rng, n, k)),
        clustering=make_clustering(n, min(4, n))
        if n
        else Clustering("none", np.empty(0, np.int32), (), {}),
        layouts=make_layouts(rng, n),
    )


def make_atlas(rng: np.random.Generator, n: int) -> Atlas:
    levels = tuple(AtlasLevel(cell, PAGE // cell, -(-n // (PAGE // cell) ** 2)) for cell in LEVELS)
    colours = rng.integers(0, 256, (n, 3)).astype(np.uint8)
    return Atlas(levels, rng.permutation(n).astype(np.int32), colours)


def make_site(n: int = 30, k: int = 20, seed: int = 0, **tables: dict[str, object]) -> SiteInput:
    """A site of `n` images whose every text is hostile; `tables` as in catalogue.toml."""
    rng = np.random.default_rng(seed)
    catalogue = {
        "title": "Stars </title><b>&",
        "authors": ["Surname, Given"],
        "licence": "CC-BY-4.0",
    }
    defaults: dict[str, dict[str, object]] = {
        "catalogue": catalogue | {"description": "Pictures <em>of</em> the sky"},
        "site": {"list_length": 10},
    }
    merged = {
        key: {**defaults.get(key, {}), **tables.get(key, {})}
        for key in {*defaults, *tables}
        if key != "views"
    }
    merged["views"] = tables.get("views", [{"name": "look"}])
    settings: Settings = parse(merged)
    corpus = Corpus(
        images=tuple(make_image(row) for row in range(n)),
        tombstones=(
            Tombstone("gone", "old/<i>gone</i>.jpg", "cd" * 32, "2025-01-01"),
            Tombstone("merged", "old/merged.jpg", "ef" * 32, "2025-01-01", "image-000"),
            Tombstone("lost", "old/lost.jpg", "01" * 32, "", "never-was"),
        ),
        columns=("topic", "web"),
        facets=("source", "topic"),
        problems=(Problem("images/<bad>.jpg", "is not a picture", "replace it"),),
    )
    return SiteInput(
        settings=settings,
        corpus=corpus,
        views=tuple(make_view(rng, n, min(k, max(n - 1, 1)), view) for view in settings.views),
        atlas=make_atlas(rng, n),
        version="0123456789ab",
        built="2026-01-02",
        figures={"images": n, "seconds": 12.3456},
    )


def make_rich(n: int = 30, **tables: dict[str, object]) -> SiteInput:
    """A site with all that a build can find: two clusterings, measures, kinds, variance, marks."""
    site = make_site(n, **tables)
    rng = np.random.default_rng(1)
    values = rng.random((n, 2)).round(3)
    values[0, 0] = np.nan
    columns = (
        Column("ink", "Ink <i>", "share", "Share of <b>ink</b>.", values[:, 0]),
        Column("parts", "Parts", "", "Number of parts.", np.arange(n, dtype=float)),
    )
    shares = np.tile(np.array([0.5, 0.25, 0], np.float32), (n, 1))
    measures = Measures(columns, rng.integers(0, 256, (n, 3, 3)).astype(np.uint8), shares)
    views = tuple(_rich_view(view, rng) for view in site.views)
    index = tuple(int(value >= 0.5) if np.isfinite(value) else -1 for value in values[:, 0])
    return replace(
        site,
        views=views,
        measures=measures,
        verdicts=make_verdicts(n),
        bands=(Banded("ink", ("0 to 0.5", "0.5 to 1"), index),),
    )


def _rich_view(view: ViewResult, rng: np.random.Generator) -> ViewResult:
    n = len(view.clustering.labels)
    families = make_clustering(n, 9)
    labels = np.where(families.labels == 8, -1, families.labels).astype(np.int32)
    choice = {
        "rule": "cut <where> they stand out",
        "k": [3, 8, 5],
        "silhouette": [0.1, 0.3, float("nan")],
        "likeness": [1.5, 2.5, 4.0],
        "cut": 2.4999,
        "chosen": 8,
    }
    further = Clustering(
        "families", labels, rich_clusters(families.clusters[:8]), choice, "families"
    )
    clusters = rich_clusters(view.clustering.clusters)
    distances = rng.random((4, 4)).astype(np.float32)
    main = replace(
        view.clustering,
        clusters=clusters,
        distances=distances + distances.T,
        order="by <hand>",
        choice={
            "rule": "best <mean> silhouette",
            "k": [2, 3, 4],
            "inertia": [9.0, 5.0, 4.5],
            "silhouette": [0.1, 0.2222, 0.15],
            "stability": [0.9, 0.8, 0.7],
            "knee": 3,
            "chosen": 4,
        },
    )
    marks = (Mark(0.5, 1.1, HOSTILE[0]), Mark(0.1, 1.1, "1400", 1))
    layouts = (replace(view.layouts[0], marks=marks, note="Near is <alike>."), *view.layouts[1:])
    spectrum = np.array([0.6, 0.25, 0.1, 0.05])
    variance = Variance(spectrum, {0.5: 1, 0.9: 3}, ".volvelle/components-look-0.npz")
    means = tuple(
        {f"{one.number}/{kind}": b"" for one in of for kind in ("mean", "deviation")}
        for of in (clusters, further.clusters)
    )
    return replace(
        view,
        clustering=main,
        further=(further,),
        means=means,
        variance=variance,
        layouts=layouts,
    )


def rich_clusters(found: tuple[Cluster, ...]) -> tuple[Cluster, ...]:
    """Clusters with everything that can be known of them."""
    return tuple(
        replace(
            one,
            apart=one.members[-3:],
            separation=-0.25,
            stability=0.5,
            kin=tuple(other.number for other in found if other.number != one.number)[:3],
            kin_distances=(0.5, 0.75, 1.25),
            sources=((HOSTILE[0], 0.5), ("Almagest", 0.004)),
            dates=((-99, 0, 0.25), (1401, 1500, 0.75)),
            changed=0.125 if one.number == 1 else 0.0,
        )
        for one in found
    )


def make_verdicts(n: int) -> tuple[Verdict, ...]:
    """All kinds of words on pictures; the text of a reason is hostile."""
    found = [Verdict("ok", 0.9, "nothing speaks against it") for _ in range(n)]
    found[1] = Verdict("blank", 0.75, f"nothing is drawn {HOSTILE[0]}")
    found[2] = Verdict("blank", 0.95, "nothing is drawn")
    found[3] = Verdict("duplicate", 1.0, "the same picture", other=0)
    found[4] = Verdict("suspect", 0.5, "seen by <eye>", by="curator")
    found[5] = Verdict("ok", 1.0, "looked at", by="curator")
    return tuple(found)


Draw = Callable[[Image], Picture.Image]


def plain_picture(image: Image) -> Picture.Image:
    """A sheet of the image's proportions with nothing on it."""
    return Picture.new("RGB", (image.width, image.height), (200, 190, 170))


def write_site(site: SiteInput, folder: Path, draw: Draw = plain_picture) -> Path:
    """Everything that a browser reads: pages, front end, pictures and the atlas."""
    built = data_dir("static")
    if not (built / "page.js").exists():
        pytest.skip("the front end is not built: run `npm ci && npm run build` in static/")
    for path, content in render(site):
        put(folder / path, content)
    shutil.copytree(built, folder / "assets", dirs_exist_ok=True)
    for image in site.corpus.images:
        picture = draw(image)
        put(folder / f"images/{image.id}.webp", webp(picture))
        thumb = picture.copy()
        thumb.thumbnail((256, 256))
        put(folder / f"thumbs/{image.id}.webp", webp(thumb))
    page = webp(Picture.new("RGB", (PAGE, PAGE), (160, 140, 110)))
    for level in site.atlas.levels:
        for number in range(level.pages):
            key = f"atlas/{level.cell}/{number}"
            put(folder / f"{key}.webp", page)
            put(folder / f"data/{key}.js", atlas_twin(key, page))
    return folder


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def webp(picture: Picture.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "webp", lossless=True)
    return out.getvalue()


@pytest.fixture(scope="session")
def write() -> Callable[..., Path]:
    """Write a site into a folder as a browser reads it; gives the folder."""
    return write_site


@pytest.fixture
def build_site() -> Callable[..., SiteInput]:
    return make_site


@pytest.fixture(scope="session")
def rich() -> SiteInput:
    """A site with all that a build can find."""
    return make_rich()


@pytest.fixture(scope="session")
def make_clusters() -> Callable[[int, int], Clustering]:
    """Makes a clustering of so many images into so many clusters."""
    return make_clustering


@pytest.fixture(scope="session")
def make_rich_site() -> Callable[..., SiteInput]:
    """Makes such a site of another size or with other settings."""
    return make_rich


@pytest.fixture(scope="session")
def site() -> SiteInput:
    return make_site()


@pytest.fixture(scope="session")
def make() -> Callable[..., SiteInput]:
    """The same as `build_site`, for fixtures that outlive a test."""
    return make_site


def make_whole(**tables: dict[str, object]) -> SiteInput:
    """A site with a page of every kind: what `make_rich` has, and all that was and is beside."""
    address = {"catalogue": {"site_url": "https://example.org/c/", "title": HOSTILE[0]}}
    made = make_rich(30, **{**address, **tables})
    stones = (
        Tombstone(
            "gone", "old/gone.jpg", "cd" * 32, "2025-01-01", title=HOSTILE[1], date="2026-01-02",
            reason="Sold.", successors=("image-001",),
        ),
        Tombstone("merged", "m.jpg", "ef" * 32, "2025-01-01", "image-000", reason="The same."),
    )  # fmt: skip
    former = (
        FormerPicture("image-002", "aa" * 32, "a/old.jpg", "2025-01-01", "2025-02-02"),
        FormerPicture("image-002", "bb" * 32, "a.jpg", "2025-02-02", "2026-01-01"),
    )
    corpus = replace(made.corpus, tombstones=stones, former=former)
    days = {image.id: f"2026-01-{row % 28 + 1:02d}" for row, image in enumerate(corpus.images)}
    note = "# A heading\n\nSee [[image-002]].[^1]\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n[^1]: Said."
    relations = (Relation("image-000", "copy of", "image-001", HOSTILE[3]),)
    beside = Beside(days, {"image-000": note}, relations, True)
    kept = frozenset({f"thumb {'cd' * 32}", f"picture {'bb' * 32}"})
    was = claims_of(replace(made, corpus=corpus))
    was = replace(was, ids=("merged", *was.ids[1:-1], "gone"))
    release = Release("v1", "f" * 12, "2026-01-01", "10.1/x", "The first.", "c" * 64, was)
    site = replace(made, corpus=corpus, kept=kept, releases=(release,), beside=beside)
    return replace(site, news=news_of(site))


@pytest.fixture(scope="session")
def whole_site() -> SiteInput:
    """A site with a page of every kind."""
    return make_whole()
