"""The clusters stage of a view: clusterings of settings, columns and files, names, mean images."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image as PillowImage

from builder import records
from builder.clusters.match import Former
from builder.corpus.types import Corpus, DateSpan, Image
from builder.curated import FILE, Curated, curated_text, read_curated, save_curated
from builder.grouping import Grouped, Grouping, Surroundings, with_rest
from builder.ledger import Ledger
from builder.progress import Silent
from builder.settings import ClustersSettings
from builder.workspace import Workspace

COUNT = 24
IDS = [f"i{n}" for n in range(COUNT)]
TOPICS = ["sun", "moon", "wheel"]


def corpus() -> Corpus:
    images = tuple(
        Image(
            id=IDS[n],
            path=f"{n}.png",
            sha256=f"{n:064d}",
            width=9,
            height=9,
            title=f"{TOPICS[n % 3]} {n}",
            source=f"MS {n % 2}",
            date=DateSpan("1250", 1250, 1250),
            fields={"Topic": TOPICS[n % 3] if n else ""},
        )
        for n in range(COUNT)
    )
    return Corpus(images, columns=("Topic",))


def vectors() -> np.ndarray:
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(3, 5)) * 9
    return (centres[np.arange(COUNT) % 3] + rng.normal(size=(COUNT, 5))).astype(np.float32)


def likeness() -> SimpleNamespace:
    unit = vectors() / np.linalg.norm(vectors(), axis=1, keepdims=True)
    cosines = (unit @ unit.T).astype(np.float32)
    return SimpleNamespace(
        index=np.arange(COUNT),
        rows=np.arange(COUNT),
        matrix=cosines,
        fingerprint="l",
        bands=lambda: (lambda a, b: cosines[a:b],) * 2,
        lie=lambda _, others: np.zeros(len(others), np.uint8),
    )


def grouping(folder: Path, **around: object) -> Grouping:
    ledger = Ledger(Workspace(folder), Silent(), dry_run=False)
    components = SimpleNamespace(fingerprint="c", value={"scores": vectors()})
    facts = Surroundings(folder, corpus(), **around)
    return Grouping(ledger, "look", likeness(), "n", components, facts)


def run(folder: Path, around: dict[str, object] | None = None, **options: object) -> Grouped:
    given = {"k": 3, "subsamples": 2, **options}
    return grouping(folder, **(around or {})).run(ClustersSettings(**given))


@pytest.mark.parametrize("method", ["kmeans", "gaussian-mixture", "ward", "hdbscan", "families"])
def test_every_method_becomes_a_clustering(tmp_path: Path, method: str) -> None:
    """The three groups of the pictures, with numbers, sources and names from the titles."""
    found = run(tmp_path, method=method).named.value

    assert {0, 1, 2} == set(found.labels[:3].tolist())
    assert (found.labels == found.labels[np.arange(COUNT) % 3]).all()
    assert {cluster.name for cluster in found.clusters} == set(TOPICS)
    assert {share for cluster in found.clusters for _, share in cluster.sources} == {0.5}
    assert {cluster.dates for cluster in found.clusters} == {((1250, 1259, 1.0),)}
    assert found.distances.shape == (3, 3)
    assert found.problems == ()


def test_a_clustering_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Every number, tuple and problem survives the disk; nothing is made twice."""
    first, second = grouping(tmp_path), grouping(tmp_path)
    options = ClustersSettings(k=99, subsamples=2, name="fine")

    made, again = first.run(options).found.value, second.run(options).found.value

    assert made.problems[0].problem == "asks for 99 clusters of 24 distinct images; 24 were made"
    assert made.clusters == again.clusters
    assert (made.name, made.method, made.choice) == (again.name, again.method, again.choice)
    assert second.ledger.account("clusters").done == 0


def test_clusters_from_a_column_in_any_case(tmp_path: Path) -> None:
    """An empty cell is no cluster; values are names."""
    found = run(tmp_path, method="from-column", column="topic").named.value

    assert {cluster.name for cluster in found.clusters} == set(TOPICS)
    assert found.labels[0] == -1
    assert found.method == "groups given in topic"


def test_a_missing_column_is_one_sentence(tmp_path: Path) -> None:
    """No image is in a cluster, none is lost, and a layout can still place all."""
    found = run(tmp_path, method="from-column", column="theme").named.value

    assert found.problems[0].problem == 'there is no column "theme" to take clusters from'
    assert found.clusters == ()
    assert [len(cluster.members) for cluster in with_rest(found).clusters] == [COUNT]


def test_clusters_from_a_file(tmp_path: Path) -> None:
    """A curator's CSV; rows that name nothing, or an image twice, are told."""
    lines = ["image,cluster", "i1,A", "2.png,A", "i3,B", "i3,A", "nobody,B"]
    (tmp_path / "mine.csv").write_text("\n".join(lines))

    found = run(tmp_path, method="from-file", file="mine.csv").named.value

    named = {cluster.name: cluster.members for cluster in found.clusters}
    assert {name: sorted(rows) for name, rows in named.items()} == {"A": [1, 2], "B": [3]}
    assert [problem.problem for problem in found.problems] == [
        'line 5: "i3" is in a cluster already, which counts',
        'line 6: no image is called "nobody"',
    ]


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """Nothing stops."""
    found = run(tmp_path, method="from-file", file="none.csv").named.value

    assert found.clusters == ()
    assert "there is no such file" in found.problems[0].problem


def test_families_by_a_threshold(tmp_path: Path) -> None:
    """The fewer unrelated images are accepted, the fewer are together."""
    strict = run(tmp_path, method="families", accept=1e-6).found.value
    loose = run(tmp_path, method="families", accept=1e3).found.value

    alone = [int((found.labels < 0).sum()) for found in (strict, loose)]
    assert alone[0] > alone[1]
    assert strict.choice["rule"] == "set in catalogue.toml"


def test_names_survive_a_rebuild(tmp_path: Path) -> None:
    """Edited in the file, they come back with the images; building again writes nothing."""
    first = run(tmp_path)
    rows = {("look", ""): first.kept}
    assert save_curated(tmp_path, rows)
    path = tmp_path / FILE
    path.write_text(path.read_text().replace(",sun,sun,", ",Suns of all sorts,sun,"))

    curated = read_curated(tmp_path, IDS)
    second = run(tmp_path, {"curated": curated}, k=4)
    saved = save_curated(tmp_path, {("look", ""): second.kept})
    third = run(tmp_path, {"curated": read_curated(tmp_path, IDS)}, k=4)

    assert "Suns of all sorts" in {cluster.name for cluster in second.named.value.clusters}
    assert saved
    assert not save_curated(tmp_path, {("look", ""): third.kept})
    assert second.named.fingerprint == third.named.fingerprint
    assert first.found.fingerprint == run(tmp_path).found.fingerprint


def test_a_lost_name_is_told_and_kept(tmp_path: Path) -> None:
    """A name whose images are strewn over all clusters."""
    mine = Former(7, "Mine", "words", frozenset(["i0", "i1", "i2"]))

    found = run(tmp_path, {"curated": Curated({("look", ""): (mine,)})})

    assert [problem.problem for problem in found.problems] == [
        'the name "Mine" fits no cluster of the view "look" any more; it is kept'
    ]
    assert replace(mine, number=0) in found.kept


def test_names_of_images_that_are_gone(tmp_path: Path) -> None:
    """A sentence for each line, and the name stays."""
    mine = Former(1, "Mine", "sun", frozenset(["i0", "i3", "i6", "gone-1"]))
    (tmp_path / FILE).write_text(curated_text({("look", ""): [mine]}))

    found = read_curated(tmp_path, IDS)

    assert found.rows["look", ""] == (mine,)
    assert [problem.problem for problem in found.problems] == [
        "line 2 names an image that is gone (gone-1); the others count"
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("view,name\nlook,Mine\n", 'has no column "number", "members"'),
        ("\0\0\0\0", "line 1 holds a NUL byte at position 1"),
    ],
)
def test_a_broken_file_is_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    """It is not read, and not an error."""
    (tmp_path / FILE).write_text(text)

    found = read_curated(tmp_path, IDS)

    assert found.rows == {}
    assert [problem.problem for problem in found.problems] == [said]


def test_no_file_says_nothing(tmp_path: Path) -> None:
    """The first build has none."""
    assert read_curated(tmp_path, IDS) == Curated({})


def test_mean_images_are_pictures(tmp_path: Path) -> None:
    """Of every cluster of two or more: a mean in colour, a deviation in grey."""

    def thumbnail(sha256: str) -> np.ndarray:
        return np.full((9, 6, 3), int(sha256) % 3 * 100, np.uint8)

    means = run(tmp_path, {"thumbnail": thumbnail}, k=3).means

    assert means is not None
    assert set(means.value) == {f"{n}/{what}" for n in (1, 2, 3) for what in ("mean", "deviation")}
    picture = PillowImage.open(io.BytesIO(means.value["1/mean"]))
    assert (picture.format, picture.size) == ("WEBP", (256, 256))


def test_pictures_are_kept_as_they_are(tmp_path: Path) -> None:
    """Also empty ones, and none at all."""
    for pictures in ({"a": b"123", "b": b"", "c": b"45"}, {}):
        path = tmp_path / "pictures.npz"
        with path.open("wb") as file:
            records.write_pictures(pictures)(file)
        assert pictures == records.read_pictures(path)


def test_columns_that_people_add_stay(tmp_path: Path) -> None:
    """Their own columns are written back as they were, after ours, and a second time alike."""
    mine = Former(1, "Wheels", "words", frozenset({IDS[0]}))
    lines = curated_text({("look", ""): [mine]}).splitlines()
    head, line = lines
    text = f'note,{head},Seen by\n"a, b",{line},Anna\n'
    (tmp_path / FILE).write_text(text)

    found = read_curated(tmp_path, IDS)
    save_curated(tmp_path, found.rows)
    again = read_curated(tmp_path, IDS)

    assert found.rows["look", ""][0].more == (("note", "a, b"), ("Seen by", "Anna"))
    assert (tmp_path / FILE).read_text() == f'{head},note,Seen by\n{line},"a, b",Anna\n'
    assert again == found
    assert not save_curated(tmp_path, again.rows)
