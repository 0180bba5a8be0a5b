"""Builds: what is done, what is reused, and what never changes."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from support import draw, tree

from builder.settings import default_views

Make = Callable[..., Path]


def done(ran) -> dict[str, int]:
    return {stage["name"]: stage["done"] for stage in ran.json["stages"]}


def reasons(ran) -> dict[str, str]:
    return {stage["name"]: stage["why"] for stage in ran.json["stages"]}


def test_every_image_has_its_page_and_everything_agrees(catalogue: Make, volvelle) -> None:
    """Pages, data, thumbnails and exports of one build tell the same."""
    folder = catalogue(8)

    ran = volvelle("build", folder, "--json", "-q")

    assert (ran.code, ran.json["images"], ran.json["problems"]) == (0, 8, [])
    site = folder / "site"
    data = json.loads((site / "api/catalogue.json").read_text())
    neighbours = json.loads((site / "api/neighbours/look.json").read_text())
    assert [f"f{n}" for n in range(8)] == data["ids"] == neighbours["ids"]
    for number, image in enumerate(data["ids"]):
        assert (site / f"items/{image}/index.html").is_file()
        assert (site / f"images/{image}.webp").is_file()
        assert (site / f"thumbs/{image}.webp").is_file()
        scores = neighbours["all"]["scores"][number]
        assert len(scores) == 7
        assert scores == sorted(scores, reverse=True)
    with (site / "exports/neighbours.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["img_path", "query_img", "score"]
    assert len(rows) == 8 * 7


def test_published_neighbours_are_the_cosines_of_the_stored_features(
    catalogue: Make, volvelle
) -> None:
    """The features file and the register suffice to check a plain view by hand."""
    folder = catalogue(9, settings='[[views]]\nname = "plain"\nsize = 64\nlayer = "blocks.3"\n')
    volvelle("build", folder, "-q")
    (path,) = (folder / ".volvelle").glob("features-lite0-*.npy")
    features = np.load(path, allow_pickle=False).astype(np.float64)
    stored = [line.split()[0] for line in path.with_suffix(".txt").read_text().splitlines()]
    with (folder / "register.csv").open() as file:
        content = {row["id"]: row["sha256"] for row in csv.DictReader(file)}
    published = json.loads((folder / "site/api/neighbours/plain.json").read_text())
    rows = features[[stored.index(content[image]) for image in published["ids"]]]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    cosines = rows @ rows.T
    np.fill_diagonal(cosines, -2)

    expected = np.argsort(-cosines, axis=1, kind="stable")[:, :8].tolist()

    assert expected == published["all"]["neighbours"]


def test_a_second_build_does_nothing_and_says_so(catalogue: Make, volvelle) -> None:
    """Every stage is reused, no byte changes."""
    folder = catalogue()
    volvelle("build", folder, "-q")

    def kept() -> dict[str, bytes]:
        # Files younger than two seconds are hashed again, and only then remembered.
        return {path: data for path, data in tree(folder).items() if "hashes.json" not in path}

    before = kept()

    ran = volvelle("build", folder, "--json", "-q")
    told = volvelle("build", folder)

    assert {0} == set(done(ran).values())
    assert all(stage["reused"] for stage in ran.json["stages"])
    assert "nothing to do" in told.err
    assert before == kept()


def test_two_clean_builds_are_equal_to_the_byte(catalogue: Make, volvelle) -> None:
    """Same inputs, same site, wherever it is put."""
    folder = catalogue()
    volvelle("build", folder, "-q")
    first = tree(folder / "site")
    shutil.rmtree(folder / ".volvelle")
    shutil.rmtree(folder / "site")

    volvelle("build", folder, "--out", folder / "elsewhere", "-q")

    assert first == tree(folder / "elsewhere")


def test_a_changed_title_renders_pages_and_nothing_else(catalogue: Make, volvelle) -> None:
    """Only the last stage runs, and says why."""
    folder = catalogue()
    volvelle("build", folder, "-q")
    toml = folder / "catalogue.toml"
    toml.write_text('[catalogue]\ntitle = "Another name"\n' + toml.read_text())

    dry = volvelle("build", folder, "--dry-run", "--json")
    ran = volvelle("build", folder, "--json", "-q")

    assert {"pages"} == {name for name, count in done(ran).items() if count}
    assert reasons(dry)["pages"] == reasons(ran)["pages"] == "changed: settings"
    assert "Another name" in (folder / "site/index.html").read_text()


def test_new_images_alone_are_described(catalogue: Make, volvelle) -> None:
    """Adding two images to six extracts two; the others keep their ids."""
    folder = catalogue(6)
    volvelle("build", folder, "-q")
    for seed in (50, 51):
        draw(folder / "images" / f"g{seed}.png", seed)

    dry = volvelle("build", folder, "--dry-run", "--json")
    ran = volvelle("build", folder, "--json", "-q")

    assert reasons(dry)["corpus"] == "2 new or changed pictures"
    assert (done(ran)["corpus"], done(ran)["features"]) == (2, 2)
    assert ran.json["images"] == 8


def test_a_dry_run_changes_nothing(catalogue: Make, volvelle) -> None:
    """It writes no file, neither before the first build nor after."""
    folder = catalogue(3)
    before = tree(folder)

    volvelle("build", folder, "--dry-run")

    assert before == tree(folder)


def test_renamed_changed_and_removed_images_keep_their_addresses(catalogue: Make, volvelle) -> None:
    """A renamed file keeps its page, a changed one too, a removed one leaves a tombstone."""
    folder = catalogue(6, rows=[])
    volvelle("build", folder, "-q")
    images = folder / "images"
    (images / "f0.png").rename(images / "renamed.png")
    draw(images / "f1.png", 77)
    (images / "f2.png").unlink()

    ran = volvelle("build", folder, "--json", "-q")

    ids = json.loads((folder / "site/api/catalogue.json").read_text())["ids"]
    assert {"f0", "f1", "f3", "f4", "f5"} == set(ids)
    assert done(ran)["features"] == 1
    stone = (folder / "site/items/f2/index.html").read_text()
    assert "noindex" in stone
    with (folder / "register.csv").open() as file:
        status = {row["id"]: row["status"] for row in csv.DictReader(file)}
    assert status["f2"] == "removed"
    assert status["f0"] == "present"


def test_a_lost_or_damaged_page_is_made_again(catalogue: Make, volvelle) -> None:
    """The site is mended when a file is gone."""
    folder = catalogue(3)
    volvelle("build", folder, "-q")
    before = tree(folder / "site")
    (folder / "site/index.html").unlink()

    ran = volvelle("build", folder, "--json", "-q")

    assert reasons(ran)["pages"] == "files of the site are missing or changed"
    assert before == tree(folder / "site")


def test_files_that_others_put_into_the_site_stay(catalogue: Make, volvelle) -> None:
    """A CNAME file survives rebuilds; pages that are no longer made do not."""
    folder = catalogue(4)
    volvelle("build", folder, "-q")
    (folder / "site/CNAME").write_text("example.org\n")
    (folder / "images/f3.png").unlink()
    (folder / "register.csv").unlink()

    volvelle("build", folder, "-q")

    assert (folder / "site/CNAME").read_text() == "example.org\n"
    assert not (folder / "site/items/f3").exists()


def test_a_site_that_is_not_portable_leaves_the_scripts_out(catalogue: Make, volvelle) -> None:
    """For web servers only: no data/ folder."""
    folder = catalogue(3)
    toml = folder / "catalogue.toml"
    toml.write_text(toml.read_text() + "[site]\nportable = false\n")

    volvelle("build", folder, "-q")

    assert not (folder / "site/data").exists()


def test_two_views_share_features_and_stand_side_by_side(catalogue: Make, volvelle) -> None:
    """Views that see alike describe pictures once; each has its own data."""
    views = "".join(
        f'[[views]]\nname = "{name}"\nsize = 64\nlayer = "{layer}"\n'
        for name, layer in [("one", "blocks.3"), ("two", "blocks.3"), ("three", "blocks.4")]
    )
    folder = catalogue(5, settings=views)

    ran = volvelle("build", folder, "--json", "-q")

    assert done(ran)["features"] == 10
    for name in ("one", "two", "three"):
        assert (folder / f"site/api/neighbours/{name}.json").is_file()


def test_a_catalogue_without_settings_has_three_views_that_share_their_work(
    catalogue: Make, volvelle
) -> None:
    """Likeness, form and look: what two of them compare is described once, compared once."""
    folder = catalogue(5, settings="")
    all_of_them = [one for view in default_views() for one in view.descriptors]
    distinct = len({one.model_copy(update={"weight": 1.0}) for one in all_of_them})

    ran = volvelle("build", folder, "--json", "-q")
    again = volvelle("build", folder, "--json", "-q")

    assert ran.code == 0
    assert distinct < len(all_of_them)
    for name in ("likeness", "form", "look"):
        assert (folder / f"site/api/neighbours/{name}.json").is_file()
    kept = [path.name for path in (folder / ".volvelle").iterdir()]
    for artifact, count in [("axes-", distinct), ("likeness-", distinct), ("neighbours-", 3)]:
        assert sum(name.startswith(artifact) for name in kept) == count, artifact
    stores = [name for name in kept if name.startswith("features-") and name.endswith(".npy")]
    assert len(stores) <= distinct + 2  # the drawings that are laid over each other, and tones
    assert done(ran)["features"] == 5 * len(stores)
    assert {0} == set(done(again).values())


def test_another_rule_for_hubs_compares_nothing_anew(catalogue: Make, volvelle) -> None:
    """Neighbours and their graph are made again; features, axes, likenesses, groups, maps stay."""
    folder = catalogue(6)
    volvelle("build", folder, "-q")
    toml = folder / "catalogue.toml"
    toml.write_text(toml.read_text() + 'hubs = "none"\n')

    ran = volvelle("build", folder, "--json", "-q")

    assert {"neighbours": 1, "features": 0, "clusters": 0, "layouts": 1}.items() <= done(
        ran
    ).items()
    assert reasons(ran)["neighbours"] == "changed: hubs"


def test_a_change_of_centring_describes_nothing_anew(catalogue: Make, volvelle) -> None:
    """Only what comes after the features is made again."""
    folder = catalogue(6)
    volvelle("build", folder, "-q")
    toml = folder / "catalogue.toml"
    toml.write_text(toml.read_text() + 'centring = "none"\n')

    ran = volvelle("build", folder, "--json", "-q")

    assert done(ran)["features"] == 0
    assert done(ran)["neighbours"] == 3


def test_own_vectors_are_a_view_beside_others(catalogue: Make, volvelle) -> None:
    """Numbers that the user brings: their cosines are published as they are."""
    folder = catalogue(
        5,
        settings='[[views]]\nname = "mine"\nbackbone = "vectors:mine.npy"\n'
        '[[views]]\nname = "look"\nsize = 64\n',
    )
    rows = np.random.default_rng(0).normal(size=(5, 7)).astype(np.float32)
    np.save(folder / "mine.npy", rows)
    (folder / "mine.txt").write_text("".join(f"f{n}\n" for n in range(5)))

    ran = volvelle("build", folder, "--json", "-q")

    assert ran.code == 0
    assert done(ran)["features"] == 5
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, -2)
    published = json.loads((folder / "site/api/neighbours/mine.json").read_text())["all"]
    assert np.argsort(-cosines, axis=1)[:, :4].tolist() == published["neighbours"]


def test_a_second_build_at_the_same_time_is_turned_away(catalogue: Make, volvelle) -> None:
    """Two builds of one catalogue cannot trip over each other."""
    from builder.workspace import Workspace

    folder = catalogue(2)
    with Workspace(folder).lock():
        ran = volvelle("build", folder, "-q")

    assert ran.code == 1
    assert "another build of this catalogue is at work" in ran.err


def test_artifacts_that_are_no_longer_needed_are_pruned(catalogue: Make, volvelle) -> None:
    """After a change of k one clustering is kept, and files that are not ours stay."""
    folder = catalogue(9)
    volvelle("build", folder, "-q")
    (folder / ".volvelle/notes.txt").write_text("mine")
    toml = folder / "catalogue.toml"
    toml.write_text(toml.read_text() + "[clusters]\nk = 3\n")

    ran = volvelle("build", folder, "--json", "-q")

    assert done(ran)["features"] == 0
    assert len(list((folder / ".volvelle").glob("clusters-look-*"))) == 1
    assert (folder / ".volvelle/notes.txt").exists()


@pytest.mark.parametrize("count", [1, 2, 3, 12])
def test_collections_of_any_size_become_a_site(count: int, catalogue: Make, volvelle) -> None:
    """From one image on."""
    ran = volvelle("build", catalogue(count), "--json", "-q")

    assert (0, count) == (ran.code, ran.json["images"])
