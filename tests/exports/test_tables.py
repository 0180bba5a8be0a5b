"""Tables and graphs for other programs, against literal data."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

from builder.atlas.types import Atlas
from builder.clusters.types import NEAREST, WHOLE, Cluster, Clustering
from builder.corpus.types import Corpus, DateSpan, Image
from builder.exports.files import files
from builder.exports.graphs import gexf
from builder.exports.parquets import items_parquet
from builder.exports.tables import distances_csv, edges_csv, neighbours_csv, nodes_csv
from builder.gathering import further_files
from builder.layouts.types import Layout
from builder.pages.edges import pairs
from builder.pages.offered import export_files
from builder.pages.types import ModelCard, SiteInput, ViewResult
from builder.settings import Settings, ViewSettings
from builder.similarity.types import NeighbourList, Neighbours

_GEXF = "{http://www.gexf.net/1.2draft}"


def image(image_id: str, title: str, **more: object) -> Image:
    known = {"path": f"in/{image_id}.jpg", "sha256": "0" * 64, "width": 40, "height": 30} | more
    return Image(id=image_id, title=title, **known)  # type: ignore[arg-type]


def view(name: str) -> ViewResult:
    """Rows a and b are mutual relatives, c has a; nothing has c."""
    found = NeighbourList(
        rows=np.array([[1, -1], [0, -1], [0, 1]], np.int32),
        scores=np.array([[0.9, 0], [0.9, 0], [0.25, 0.125]], np.float32),
        mutual=np.array([[True, False], [True, False], [False, False]]),
        orientation=np.zeros((3, 2), np.uint8),
    )
    cluster = Cluster(1, "", (0, 1), 0, (0, 1), (0.9, 0.8), 0.85)
    return ViewResult(
        ViewSettings(name=name),
        (ModelCard("lite0", "l", (8,), 320, "pad", "w", "0" * 64, "MIT", "as it is"),),
        Neighbours(found, found),
        Clustering("by hand", np.array([0, 0, -1], np.int32), (cluster,), {}),
        (Layout("map", "positions", np.array([[0, 0], [1, 0.5], [0.25, 1]], np.float32), 0.1),),
    )


@pytest.fixture
def site() -> SiteInput:
    views = (view("look"), view("form"))
    images = (
        image("a", "Moon, waxing", source="Vat. gr. 1594", date=DateSpan("c. 1000", 990, 1010)),
        image("b", '=HYPERLINK("x")', fields={"topic": "sun", "title": "other"}),
        image("c", "قمر <&>\x0b"),
    )
    return SiteInput(
        Settings(views=tuple(one.settings for one in views)),
        Corpus(images),
        views,
        Atlas((), np.arange(3, dtype=np.int32), np.zeros((3, 3), np.uint8)),
        "0123456789ab",
    )


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_nodes_have_one_line_an_image(site: SiteInput) -> None:
    """What is known, the cluster of each view, and where the page is; no cell is a formula."""
    found = rows(nodes_csv(site))

    assert [line[:7] for line in found[:2]] == [
        ["id", "label", "title", "source", "date", "year_first", "year_last"],
        ["a", "Moon, waxing", "Moon, waxing", "Vat. gr. 1594", "c. 1000", "990", "1010"],
    ]
    assert [line[7:] for line in found[:2]] == [
        ["cluster_look", "cluster_form", "rights_status", "credit", "rights", "page", "thumb"],
        ["1", "1", "open", "", "", "../items/a/index.html", "../thumbs/a.webp"],
    ]
    assert found[2][1] == '\'=HYPERLINK("x")'
    assert found[3][3:7] == ["", "", "", ""]
    assert found[3][7:9] == ["", ""]


def test_edges_are_undirected_and_stand_once(site: SiteInput) -> None:
    """A pair stands once a view, mutual if each has the other."""
    assert rows(edges_csv(site)) == [
        ["Source", "Target", "Weight", "Mutual", "View", "Type"],
        ["a", "b", "0.9000", "true", "look", "Undirected"],
        ["a", "c", "0.2500", "false", "look", "Undirected"],
        ["b", "c", "0.1250", "false", "look", "Undirected"],
        ["a", "b", "0.9000", "true", "form", "Undirected"],
        ["a", "c", "0.2500", "false", "form", "Undirected"],
        ["b", "c", "0.1250", "false", "form", "Undirected"],
    ]


def test_edges_tell_the_percentile_where_it_was_measured(site: SiteInput) -> None:
    """A last column, empty for a view without the measure; the graph has it as an attribute."""
    look, form = site.views
    share = np.array([[0.99994, 0], [0.5, 0], [0.25, 0.125]], np.float32)
    measured = replace(look.neighbours.all, percentile=share)
    look = replace(look, neighbours=replace(look.neighbours, all=measured))

    found = rows(edges_csv(replace(site, views=(look, form))))
    graph = gexf(site, look).decode()

    assert found[0][-1] == "Percentile"
    assert [line[-1] for line in found[1:]] == ["0.9999", "0.2500", "0.1250", "", "", ""]
    assert 'value="0.9999"' in graph
    assert "percentile" not in gexf(site, form).decode()


def test_pairs_are_those_of_the_lists(site: SiteInput) -> None:
    """The edges are the naive set of unordered pairs of the lists."""
    lists = site.views[0].neighbours.all.rows.tolist()
    naive = {
        tuple(sorted((row, near))) for row, line in enumerate(lists) for near in line if near >= 0
    }

    assert naive == set(pairs(site.views[0]))


def test_neighbours_are_in_the_notebooks_columns(site: SiteInput) -> None:
    """The neighbour's path, the query's path, the cosine; best first, nothing for empty places."""
    assert rows(neighbours_csv(site, site.views[0])) == [
        ["img_path", "query_img", "score"],
        ["in/b.jpg", "in/a.jpg", "0.900000"],
        ["in/a.jpg", "in/b.jpg", "0.900000"],
        ["in/a.jpg", "in/c.jpg", "0.250000"],
        ["in/b.jpg", "in/c.jpg", "0.125000"],
    ]


def test_the_graph_reads_as_gexf(site: SiteInput) -> None:
    """Labelled nodes, weighted edges, no attribute called type, no control letters."""
    graph = ElementTree.fromstring(gexf(site, site.views[0]))
    nodes = [(node.get("id"), node.get("label")) for node in graph.iter(f"{_GEXF}node")]
    edges = [
        (edge.get("source"), edge.get("target"), edge.get("weight"))
        for edge in graph.iter(f"{_GEXF}edge")
    ]
    titles = {one.get("title") for one in graph.iter(f"{_GEXF}attribute")}

    assert nodes == [("a", "Moon, waxing"), ("b", '=HYPERLINK("x")'), ("c", "قمر <&>\ufffd")]
    assert edges == [("a", "b", "0.9"), ("a", "c", "0.25"), ("b", "c", "0.125")]
    assert titles == {
        *("title", "source", "date", "cluster", "cluster_name", "page", "thumb", "mutual"),
        *("year_first", "year_last", "rights_status", "credit", "rights"),
    }
    assert b"lastmodified" not in gexf(site, site.views[0])


def test_the_table_reads_as_parquet(site: SiteInput) -> None:
    """Types are kept, unknown cells are null, and a column called title moves aside."""
    table = pq.read_table(io.BytesIO(items_parquet(site))).to_pydict()

    assert table["id"] == ["a", "b", "c"]
    assert table["year_first"] == [990, None, None]
    assert table["cluster_look"] == [1, 1, None]
    assert table["look_map_x"] == [0.0, 1.0, 0.25]
    assert table["topic"] == [None, "sun", None]
    assert table["title_"] == [None, "other", None]


def test_the_about_page_offers_what_is_made(site: SiteInput) -> None:
    """The files of exports/ are those that the about page links to, and equal each time."""
    made = dict(files(site))
    offered = {path for path, _ in export_files(site) if path.startswith("exports/")}

    further = {path for path, _ in further_files(site) if path.startswith("exports/")}
    assert offered == set(made) | further
    assert made == dict(files(site))


def many_clusters(count: int) -> Clustering:
    """As many clusters of one image, at drawn places on a plane."""
    from scipy.spatial.distance import cdist

    places = np.random.default_rng(3).random((count, 2))
    clusters = tuple(Cluster(n + 1, f"c{n}", (n,), n, (n,), (1.0,), 1.0) for n in range(count))
    apart = cdist(places, places).astype(np.float32)
    return Clustering("drawn", np.arange(count, dtype=np.int32), clusters, {}, distances=apart)


def test_distances_of_few_clusters_are_a_square() -> None:
    """Up to the stated number there is a line and a column for each cluster."""
    lines = list(csv.reader(io.StringIO(distances_csv(many_clusters(WHOLE)))))

    assert len(lines) == 1 + WHOLE
    assert {len(line) for line in lines} == {2 + WHOLE}


def test_distances_of_many_clusters_are_those_of_the_nearest() -> None:
    """Above it each cluster has its twenty nearest, nearest first, and never itself."""
    found = many_clusters(WHOLE + 1)
    lines = list(csv.DictReader(io.StringIO(distances_csv(found))))

    assert len(lines) == (WHOLE + 1) * NEAREST
    for number in (1, 77, WHOLE + 1):
        own = [line for line in lines if line["number"] == str(number)]
        order = np.argsort(found.distances[number - 1])[1 : NEAREST + 1]
        assert [int(line["nearest"]) - 1 for line in own] == order.tolist()
        assert [line["nearest_name"] for line in own] == [f"c{at}" for at in order]
        expected = found.distances[number - 1, order].tolist()
        assert [float(line["distance"]) for line in own] == pytest.approx(expected, abs=5e-5)
