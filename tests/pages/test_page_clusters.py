"""Pages of clusters: what they say of each, how clusterings are told apart, long lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from builder.clusters.types import Clustering
from builder.pages.render import render
from builder.pages.types import SiteInput


@pytest.fixture(scope="module")
def files(rich: SiteInput) -> dict[str, str]:
    return {path: text.decode() for path, text in render(rich) if path.endswith(".html")}


def test_a_cluster_tells_its_numbers_with_their_meaning(files: dict[str, str]) -> None:
    """Cohesion, separation and stability each have a value and a sentence."""
    text = files["clusters/look/1/index.html"]

    for value, meant in (
        ("0.71", "Mean cosine of the members"),
        ("\N{MINUS SIGN}0.25", "Mean silhouette"),
        ("0.50", "Jaccard"),
    ):
        assert re.search(f'<strong class="num">{value}</strong> <span>[^<]*{meant}', text)


def test_a_cluster_shows_members_sources_dates_and_kin(files: dict[str, str]) -> None:
    """The most typical, those furthest apart, mean images, shares and nearest clusters."""
    text = files["clusters/look/1/index.html"]

    assert 'src="mean.webp"' in text
    assert 'src="deviation.webp"' in text
    assert "Furthest apart" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    # A share that rounds to nothing has no bar.
    assert re.findall(r'<rect width="([\d.]+)" height="6"', text) == ["50.0", "25.0", "75.0"]
    assert "100\N{NO-BREAK SPACE}BCE\N{EN DASH}1\N{NO-BREAK SPACE}BCE" in text
    assert re.findall(r'group-count num">([\d.]+)<', text) == ["0.50", "0.75", "1.25"]


def test_only_a_changed_cluster_says_so(files: dict[str, str]) -> None:
    """The share of images that came or went stands on its page, and on no other."""
    said = [path for path in files if path.startswith("clusters/") and "Changed:" in files[path]]

    assert said == ["clusters/look/1/index.html", "clusters/look-families/1/index.html"]
    assert "Changed: 12\N{NO-BREAK SPACE}% of its images" in files["clusters/look/1/index.html"]


def test_clusterings_lead_to_each_other(files: dict[str, str]) -> None:
    """Every page of a cluster has a way to the other clustering; images name both clusters."""
    assert 'href="../../look-families/index.html"' in files["clusters/look/1/index.html"]
    assert 'href="../look/index.html"' in files["clusters/look-families/index.html"]
    assert "clusters/look-families/1/index.html" in files["items/image-000/index.html"]


def test_images_in_no_cluster_are_listed(files: dict[str, str], rich: SiteInput) -> None:
    """Nothing is lost: those without a cluster have a list of their own."""
    alone = (rich.views[0].further[0].labels < 0).nonzero()[0]
    text = files["clusters/look-families/none/index.html"]

    assert [f"image-{row:03d}" for row in alone] == re.findall(r"items/(image-\d+)/", text)
    assert "none/index.html" in files["clusters/look-families/index.html"]
    assert "clusters/look/none/index.html" not in files


def test_a_large_cluster_has_pages(make_rich_site: Callable[..., SiteInput]) -> None:
    """Members beyond the length of a list are on further pages, each member once."""
    site = make_rich_site(101)
    members = site.views[0].clustering.clusters[0].members
    pages = {path: text.decode() for path, text in render(site) if "clusters/look/1/" in path}
    found = []
    for page in ("", "2/", "3/"):
        text = pages[f"clusters/look/1/{page}index.html"]
        # Before the heading the first page shows the most typical ones.
        listed = text.partition("<h2>All")[2] or text
        found += re.findall(r"items/(image-\d+)/", listed)

    assert len(members) > 20
    assert [f"image-{row:03d}" for row in members] == found
    assert "clusters/look/1/4/index.html" not in pages


def test_distances_are_drawn_with_medoids(files: dict[str, str]) -> None:
    """The overview has a picture of the table with a link for each cluster, and the table."""
    text = files["clusters/look/index.html"]

    assert len(re.findall(r'<a href="\d/index.html" aria-label=', text)) == 4
    assert "exports/distances-look.csv" in text
    # Where no distances are known there is no picture.
    assert "exports/distances" not in files["clusters/look-families/index.html"]


def test_very_many_clusters_have_pages(
    make_rich_site: Callable[..., SiteInput], make_clusters: Callable[[int, int], Clustering]
) -> None:
    """Of 300 clusters 240 stand on the first page, each once, and all lead somewhere."""
    site = make_rich_site(300)
    view = replace(site.views[0], clustering=make_clusters(300, 300), further=(), means=())
    files = {
        path: text.decode()
        for path, text in render(replace(site, views=(view,)))
        if path.endswith(".html")
    }
    first, second = files["clusters/look/index.html"], files["clusters/look/all/2/index.html"]
    numbers = re.findall(r'<li><a href="(\d+)/index.html">', first)
    numbers += re.findall(r'<li><a href="../../(\d+)/index.html">', second)

    assert [str(number) for number in range(1, 301)] == numbers
    assert 'href="all/2/index.html"' in first
