"""Pages of clusters: one for each, and one of all in a clustering of a view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from builder.clusters.types import MEANINGS, Cluster
from builder.pages import links, portraits
from builder.pages.cards import Kin
from builder.pages.clusterings import NOWHERE, Shown, cluster_text, shown
from builder.pages.frame import Context, File, Frame
from builder.pages.heat import Heat, heat
from builder.pages.pager import page_count, pager
from builder.pages.relatives import score_text

_MOST = 240  # clusters on one page


def cluster_pages(frame: Frame) -> Iterator[File]:
    """All pages of clusters of all views; the pipeline puts mean images beside them."""
    for view in frame.site.views:
        found = shown(view)
        for one in found:
            yield from _clustering(frame, one, found)


def _clustering(frame: Frame, one: Shown, all_of_view: Sequence[Shown]) -> Iterator[File]:
    clustering = one.clustering
    alone = np.flatnonzero(clustering.labels < 0).tolist()
    yield from _overview(frame, one, all_of_view, alone)
    for cluster in clustering.clusters:
        yield _cluster(frame, one, all_of_view, cluster)
        yield from _further(frame, one, str(cluster.number), cluster_text(cluster), cluster.members)
    if alone:
        yield from _further(frame, one, NOWHERE, "In no cluster", alone, first=1)


def _overview(
    frame: Frame, one: Shown, found: Sequence[Shown], alone: Sequence[int]
) -> Iterator[File]:
    """The page of all clusters, and further pages where there are very many."""
    groups = _groups(frame, one, alone)
    pages = page_count(len(groups), _MOST)
    for page in range(1, pages + 1):
        path = links.clusters_page(one.key, page)

        def href(to: int, path: str = path) -> str:
            return links.relative(path, links.clusters_page(one.key, to))

        drawn = heat(one.clustering.distances) if page == 1 else None
        up = "" if page == 1 else "../../"
        yield frame.page(
            "clusters.html",
            path,
            section="list",
            heading=_heading(frame, one),
            lede=_lede(one),
            current=f"clusters/{one.view.name}",
            switch=_switch(found, path, one.key),
            groups=[
                group | {"href": up + str(group["href"])}
                for group in groups[(page - 1) * _MOST : page * _MOST]
            ],
            count=len(one.clustering.clusters),
            pager=pager(page, pages, href),
            heat=drawn,
            sides=_sides(frame, one, drawn),
            distance_words=MEANINGS["distance"],
            csv=f"exports/distances-{one.key}.csv" if one.clustering.distances.size else "",
        )


def _heading(frame: Frame, one: Shown) -> str:
    several = len(frame.site.views) > 1
    return f"Clusters by {one.view.label.lower()}" if several else "Clusters"


def _groups(frame: Frame, one: Shown, alone: Sequence[int]) -> list[Context]:
    """An entry for each cluster, and one for the images in none."""
    clusters = one.clustering.clusters
    groups = [portraits.group(frame, each, f"{each.number}/index.html") for each in clusters]
    if alone:
        nowhere = {"text": "In no cluster", "href": f"{NOWHERE}/index.html"}
        cards = [frame.cards[row] for row in alone[:5]]
        groups.append(nowhere | {"count": f"{len(alone):,}", "cards": cards})
    return groups


def _lede(one: Shown) -> str:
    clustering = one.clustering
    order = clustering.order.rstrip(".")
    return (
        f"{len(clustering.clusters):,} groups of images that look alike, by {clustering.method}. "
        "Likes stand beside likes" + (f": {order}." if order else ".")
    )


def _switch(found: Sequence[Shown], path: str, key: str) -> list[Context]:
    """The clusterings of a view as seen from a page, [] where there is one only."""
    if len(found) < 2:
        return []
    return [
        {
            "text": other.label,
            "href": links.relative(path, links.clusters_page(other.key)),
            "current": other.key == key,
        }
        for other in found
    ]


def _sides(frame: Frame, one: Shown, drawn: Heat | None) -> list[Context]:
    """The pictures along the sides of the table: the medoid of every so many-th cluster."""
    if drawn is None:
        return []
    clusters = one.clustering.clusters
    return [
        {
            "number": clusters[at].number,
            "text": cluster_text(clusters[at]),
            "id": frame.cards[clusters[at].medoid].id,
            "at": round(place, 1),
        }
        for at, place in drawn.pictures
    ]


def _cluster(frame: Frame, one: Shown, found: Sequence[Shown], cluster: Cluster) -> File:
    path = links.cluster_page(one.key, cluster.number)
    members, length = cluster.members, frame.site.settings.site.list_length
    miniature = frame.miniatures.get(one.view.name)
    pairs = zip(cluster.nearest, cluster.scores, strict=True)
    return frame.page(
        "cluster.html",
        path,
        section="list",
        view=one.view,
        key=one.key,
        label=one.label,
        main=not one.at,
        cluster=cluster,
        heading=cluster_text(cluster),
        size=len(members),
        clusters=len(one.clustering.clusters),
        switch=_switch(found, path, one.key),
        changed=portraits.changed(cluster),
        measures=portraits.measures(cluster),
        nearest=[Kin(frame.cards[row], score_text(score)) for row, score in pairs],
        apart=[frame.cards[row] for row in cluster.apart],
        mean=one.with_mean(cluster.number),
        sources=portraits.sources(frame, cluster, links.root_of(path)),
        dates=portraits.dates(cluster),
        medoid=frame.cards[cluster.medoid],
        members=[frame.cards[row] for row in members[:length]],
        pager=_pager(one, str(cluster.number), len(members), length, 1),
        map=frame.miniature(one.view),
        places=miniature.places[list(members)].tolist() if miniature else [],
        radius=max(8, miniature.dot * 2 // 3) if miniature else 0,
        previous=_turn(one, cluster.number - 1),
        next=_turn(one, cluster.number + 1),
        kin=portraits.kin(frame, one, cluster),
        measured=bool(cluster.kin),
        distance_words=MEANINGS["distance"],
    )


def _pager(one: Shown, address: str, count: int, length: int, page: int) -> object:
    here = links.group_page(one.key, address, page)
    return pager(
        page,
        page_count(count, length),
        lambda to: links.relative(here, links.group_page(one.key, address, to)),
    )


def _further(
    frame: Frame, one: Shown, address: str, heading: str, rows: Sequence[int], first: int = 2
) -> Iterator[File]:
    """The pages of a long list of members from number `first` on."""
    length = frame.site.settings.site.list_length
    pages = page_count(len(rows), length)
    for page in range(first, pages + 1):
        images = f"{len(rows):,}\N{NO-BREAK SPACE}image" + ("" if len(rows) == 1 else "s")
        yield frame.page(
            "list.html",
            links.group_page(one.key, address, page),
            section="list",
            heading=heading,
            lede=f"{images}, page {page} of {pages}." if pages > 1 else f"{images}.",
            current=f"clusters/{one.view.name}",
            cards=[frame.cards[row] for row in rows[(page - 1) * length : page * length]],
            pager=_pager(one, address, len(rows), length, page),
        )


def _turn(one: Shown, number: int) -> Context | None:
    clusters = one.clustering.clusters
    if not 1 <= number <= len(clusters):
        return None
    return {"href": f"../{number}/index.html", "title": cluster_text(clusters[number - 1])}
