"""Graphs and tables, read by those who did not write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from builder.errors import SettingsError
from builder.exports.files import files
from builder.exports.graphs import gexf, graphml
from builder.exports.parquets import features_parquet, items_parquet
from builder.pages.edges import pairs
from builder.pages.types import SiteInput
from builder.settings.exports import ExportsSettings

Made = Callable[..., SiteInput]
ALL = ExportsSettings(min_score=0.0)


def options(site: SiteInput, wanted: ExportsSettings) -> SiteInput:
    """The same with other settings of the exports."""
    return replace(site, settings=site.settings.model_copy(update={"exports": wanted}))


@pytest.mark.parametrize(
    ("write", "read"),
    [
        (gexf, lambda data: nx.read_gexf(io.BytesIO(data))),
        (graphml, lambda data: nx.read_graphml(io.BytesIO(data))),
    ],
    ids=["gexf", "graphml"],
)
def test_networkx_reads_the_graph(write, read, made: Made) -> None:
    """Nodes with what is known, edges with weight above zero and mutuality; nothing lost."""
    site = options(made(url="https://example.org/c"), ALL)

    graph = read(write(site, site.views[0]))

    wanted = {
        frozenset((f"i{a}", f"i{b}")): (round(edge.score, 4), edge.mutual)
        for (a, b), edge in pairs(site.views[0]).items()
        if edge.score > 0
    }
    got = {frozenset((a, b)): (e["weight"], e["mutual"]) for a, b, e in graph.edges(data=True)}
    assert got == wanted
    assert len(graph) == 40
    known = graph.nodes["i4"]
    assert known["thumb"] == "https://example.org/c/thumbs/i4.webp"
    assert (known["source"], known["date"], known["cluster"]) == ("A", "c. 1000", 5)
    assert (known["label"], known["cluster_name"]) == ("Figure 4", "mappa mundi")
    assert all("type" not in node for _, node in graph.nodes(data=True))


def test_places_of_nodes_are_those_of_the_map(made: Made) -> None:
    """GEXF has them as viz, GraphML as x and y; upwards, as graph programs draw."""
    site = made()
    wanted = np.round(site.views[0].layouts[0].xy.astype(float) * [1000, -1000], 3)

    viz = nx.read_gexf(io.BytesIO(gexf(site, site.views[0])))
    plain = nx.read_graphml(io.BytesIO(graphml(site, site.views[0])))

    places = [viz.nodes[f"i{at}"]["viz"]["position"] for at in range(40)]
    assert np.allclose([[place["x"], place["y"]] for place in places], wanted)
    assert np.allclose([[plain.nodes[f"i{at}"][axis] for axis in "xy"] for at in range(40)], wanted)
    assert viz.nodes["i1"]["viz"]["color"]["r"] == plain.nodes["i1"]["r"]


def test_pictures_are_relative_without_an_address(made: Made) -> None:
    """To the folder exports/, so that a graph can be opened beside the site."""
    site = made()

    assert nx.read_gexf(io.BytesIO(gexf(site, site.views[0]))).nodes["i0"]["thumb"] == (
        "../thumbs/i0.webp"
    )


@pytest.mark.parametrize(
    "wanted",
    [
        ExportsSettings(min_score=0.5),
        ExportsSettings(mutual_only=True, min_score=0.0),
        ExportsSettings(min_percentile=0.6, min_score=0.0),
        ExportsSettings(edges_per_image=1.5),
    ],
    ids=["score", "mutual", "percentile", "auto"],
)
def test_edges_are_chosen_by_the_settings(wanted: ExportsSettings, made: Made) -> None:
    """Each rule against the naive choice."""
    site = options(made(), wanted)
    view = site.views[0]

    graph = nx.read_graphml(io.BytesIO(graphml(site, view)))

    found = [edge for edge in pairs(view).values() if edge.score > 0]
    found = [edge for edge in found if edge.percentile >= wanted.min_percentile]
    found = [edge for edge in found if edge.mutual or not wanted.mutual_only]
    if wanted.min_score == "auto":
        assert 0.8 * 60 <= graph.number_of_edges() <= 60
    else:
        found = [edge for edge in found if edge.score >= wanted.min_score]
        assert graph.number_of_edges() == len(found)
    weights = sorted(edge["weight"] for _, _, edge in graph.edges(data=True))
    strongest = sorted(round(edge.score, 4) for edge in found)[-len(weights) :]
    assert weights == strongest


def test_the_table_of_edges_counts_what_is_left(made: Made) -> None:
    """At each threshold as networkx counts it; one line of a view is where graphs are cut."""
    site = made()
    table = dict(files(site))["exports/edges-by-threshold.csv"].decode()
    lines = [line for line in csv.DictReader(io.StringIO(table)) if line["view"] == "look"]

    whole = [(pair, edge) for pair, edge in pairs(site.views[0]).items()]
    for line in lines:
        left = [(pair, edge) for pair, edge in whole if edge.score >= float(line["min_score"])]
        graph = nx.Graph(pair for pair, _ in left)
        parts = [len(part) for part in nx.connected_components(graph)]
        counted = [
            len(left),
            sum(edge.mutual for _, edge in left),
            len(graph),
            max(parts, default=0),
        ]
        names = ("edges", "mutual_edges", "images", "largest_group")
        assert [int(line[name]) for name in names] == counted
    cut = [int(line["edges"]) for line in lines if line["chosen"]]
    graph = nx.read_gexf(io.BytesIO(gexf(site, site.views[0])))
    assert cut == [graph.number_of_edges()]
    assert 10 <= len(lines) <= 30


def test_the_graph_of_another_view_can_have_the_plain_name(made: Made) -> None:
    """As the settings say; a view that is not there is told."""
    site = options(made(), ExportsSettings(view="form"))
    written = dict(files(site))

    assert written["exports/graph.gexf"] == gexf(site, site.views[1])
    assert written["exports/graph-look.graphml"] == graphml(site, site.views[0])
    with pytest.raises(SettingsError, match=r'names "fort"; views are: look, form'):
        dict(files(options(site, ExportsSettings(view="fort"))))


def test_pyarrow_reads_the_items(made: Made) -> None:
    """Neighbours as Embedding Atlas has them, and every clustering, measure, kind and place."""
    site = made()
    table = pq.read_table(io.BytesIO(items_parquet(site)))

    struct = pa.struct([("ids", pa.list_(pa.int64())), ("distances", pa.list_(pa.float64()))])
    assert table.schema.field("neighbours_look").type == struct
    found = site.views[0].neighbours.all
    for row, line in enumerate(table["neighbours_look"].to_pylist()):
        assert line["ids"] == found.rows[row].tolist()
        assert np.allclose(line["distances"], np.maximum(1 - found.scores[row], 0), atol=1e-6)
        assert line["distances"] == sorted(line["distances"])
    columns = table.to_pydict()
    assert columns["cluster_look"][:3] == [None, 2, 3]
    assert columns["cluster_form-families"][:8] == [1] * 7 + [2]
    assert columns["ink"][:2] == [None, 1 / 40]
    assert columns["colours"][0] == ["#1020ff", "#1020ff"]
    assert (columns["kind"][0], columns["Kind_"][0]) == ("blank", "wheel")
    assert np.allclose(columns["look_map_y"], site.views[0].layouts[0].xy[:, 1])


def test_duckdb_reads_items_and_features(made: Made, tmp_path: Path) -> None:
    """Fields, structs and vectors, joined by id; an image that has no vector has none."""
    site = made()
    vectors = np.random.default_rng(0).normal(size=(40, 7)).astype(np.float32)
    vectors[3] = np.nan
    (tmp_path / "items.parquet").write_bytes(items_parquet(site))
    (tmp_path / "features.parquet").write_bytes(features_parquet(site.corpus.images, vectors))
    base = duckdb.connect()

    near = base.sql(
        f"select id, neighbours_look.ids[1], neighbours_look.distances[1] "
        f"from '{tmp_path}/items.parquet' where kind = 'blank' and cluster_look = 2 order by id"
    ).fetchall()
    own = base.sql(
        f"select i.id, list_inner_product(f.vector, f.vector)::double "
        f"from '{tmp_path}/items.parquet' i join '{tmp_path}/features.parquet' f using (id) "
        "where f.vector is not null order by id"
    ).fetchall()

    found = site.views[0].neighbours.all
    rows = {f"i{at}": at for at in range(40)}
    assert len(near) == 8
    assert all(found.rows[rows[name], 0] == first for name, first, _ in near)
    assert len(own) == 39
    squares = (vectors.astype(float) ** 2).sum(axis=1)
    assert all(np.isclose(length, squares[rows[name]], rtol=1e-5) for name, length in own)


def test_an_image_without_neighbours_has_an_empty_list(made: Made) -> None:
    """So the column can be read where there is nothing."""
    site = made(count=8)
    found = replace(site.views[0].neighbours.all, rows=np.full((8, 6), -1, np.int32))
    look = replace(site.views[0], neighbours=replace(site.views[0].neighbours, all=found))

    table = pq.read_table(io.BytesIO(items_parquet(replace(site, views=(look,)))))

    assert table["neighbours_look"].to_pylist() == [{"ids": [], "distances": []}] * 8


def test_all_files_are_the_same_each_time(made: Made) -> None:
    """To the byte, in one order."""
    assert list(files(made())) == list(files(made()))
