"""Pages of what was: removed images, redirects, former pictures, frozen versions, what is new."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from builder.claiming import claims_of, news_of
from builder.corpus.types import FormerPicture, Tombstone
from builder.pages.render import render
from builder.pages.types import SiteInput
from builder.versions.types import Release

BAD = '<img src=x onerror="alert(1)"> & </title>'


@pytest.fixture(scope="module")
def site(make: Callable[..., SiteInput]) -> SiteInput:
    """A site with hostile texts in everything that is said of what was, and a release of it."""
    made = make(12)
    stones = (
        Tombstone(
            "gone", f"old/{BAD}.jpg", "cd" * 32, "2025-01-01", title=BAD, date="2026-01-02",
            reason=BAD, successors=("image-001", "older"),
        ),
        Tombstone("older", "o.jpg", "ab" * 32, "2025-01-01", title="Older"),
        Tombstone("merged", "m.jpg", "ef" * 32, "2025-01-01", "image-000", reason=BAD),
        Tombstone("lost", "l.jpg", "01" * 32, "2025-01-01", unreadable=True),
    )  # fmt: skip
    sha = made.corpus.images[2].sha256
    former = (
        FormerPicture("image-002", "aa" * 32, f"a/{BAD}.jpg", "2025-01-01", "2025-02-02"),
        FormerPicture("image-002", "bb" * 32, "a.jpg", "2025-02-02", "2026-01-01"),
    )
    assert sha not in {one.sha256 for one in former}
    corpus = replace(made.corpus, tombstones=stones, former=former)
    kept = frozenset({f"thumb {'cd' * 32}", f"picture {'bb' * 32}"})
    claims = claims_of(replace(made, corpus=corpus))
    first = replace(
        claims,
        ids=("merged", *claims.ids[1:-1], "gone"),
        sha256=(*claims.sha256[:3], "f" * 64, *claims.sha256[4:]),
    )
    release = Release("v1", "f" * 12, "2026-01-01", "10.1/x", BAD, "c" * 64, first)
    site = replace(made, corpus=corpus, kept=kept, releases=(release,))
    return replace(site, news=news_of(site))


@pytest.fixture(scope="module")
def files(site: SiteInput) -> dict[str, str]:
    return {path: data.decode() for path, data in render(site) if not path.endswith(".webp")}


def test_a_tombstone_tells_what_became_of_an_image(files: dict[str, str]) -> None:
    """Title, picture, reason, date and successors; nothing of it is markup."""
    page = files["items/gone/index.html"]
    assert '<meta name="robots" content="noindex">' in page
    assert 'src="../../thumbs/gone.webp"' in page
    assert '<time datetime="2026-01-02">' in page
    assert 'href="../image-001/index.html"' in page
    assert "(removed, too)" in page
    assert 'http-equiv="refresh"' not in page
    assert "could not be read" in files["items/lost/index.html"]
    assert "thumbs/older" not in files["items/older/index.html"]


def test_a_redirect_leads_on(files: dict[str, str]) -> None:
    """A merged image's page opens the other one, and works without waiting."""
    page = files["items/merged/index.html"]
    assert 'content="0; url=../image-000/index.html"' in page
    assert '<a href="../image-000/index.html">' in page
    assert '<meta name="robots" content="noindex">' in page


def test_former_pictures_are_listed(files: dict[str, str]) -> None:
    """The latest first, with hash and dates, and the picture where it is kept."""
    page = files["items/image-002/versions/index.html"]
    assert page.index("bb" * 32) < page.index("aa" * 32)
    assert f'href="{"bb" * 6}.webp"' in page
    assert "Not kept" in page
    assert "2025-02-02" in page


def test_an_image_leads_to_its_former_pictures(files: dict[str, str]) -> None:
    """Where there are some, and nowhere else."""
    link = '<a href="versions/index.html">2 former pictures</a>'
    assert link in files["items/image-002/index.html"]
    assert "versions/index.html" not in files["items/image-003/index.html"]


def test_a_release_shows_no_later_picture_as_its_own(files: dict[str, str]) -> None:
    """Images that are gone or have another picture are named, and not shown."""
    cluster = files["v/v1/clusters/look/4/index.html"]
    assert "another picture since" in cluster
    assert "removed since" in cluster
    assert "thumbs/image-003" not in cluster
    assert "thumbs/gone" not in cluster
    first = files["v/v1/clusters/look/1/index.html"]
    assert "items/merged/index.html" in first


def test_a_release_is_published_whole(files: dict[str, str], site: SiteInput) -> None:
    """A page for each image and cluster, and the list of versions."""
    claims = site.releases[0].claims
    assert all(f"v/v1/items/{one}/index.html" in files for one in claims.ids)
    assert "10.1/x" in files["v/index.html"]
    assert json.loads(files["version.json"])["releases"][0]["label"] == "v1"
    assert "What is new since v1" in files["new/index.html"]


def test_no_text_becomes_markup(files: dict[str, str]) -> None:
    """On none of these pages."""
    pages = [
        path for path in files if path.endswith(".html") and ("v/" in path or "items/" in path)
    ]
    assert len(pages) > 20
    assert all("<img src=x" not in files[path] for path in pages)
