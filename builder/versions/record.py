"""Claims as JSON values and back, and claims read out of the documents of a site."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from builder.versions.types import Claims, GroupingClaim, Json, ListClaim, ViewClaim

FORMAT = 1
SCOPES = ("all", "others")

Document = Callable[[str], Json | None]
"""Gives a document of a site by its path below api/ without .json; None if there is none."""


def claims_to_json(claims: Claims) -> Json:
    """A dictionary for `json.dumps`; `claims_from_json` gives the equal claims back."""
    return {
        "format": FORMAT,
        "version": claims.version,
        "title": claims.title,
        "generator": claims.generator,
        "ids": list(claims.ids),
        "titles": list(claims.titles),
        "sources": list(claims.sources),
        "sha256": list(claims.sha256),
        "gone": dict(claims.gone),
        "views": [_view_to_json(view) for view in claims.views],
    }


def claims_text(claims: Claims) -> str:
    """The same as text: the file of a release."""
    values = claims_to_json(claims)
    return json.dumps(values, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def _view_to_json(view: ViewClaim) -> Json:
    return {
        "name": view.name,
        "label": view.label,
        "number": view.number,
        "model": view.model,
        "lists": {
            scope: {"neighbours": [*map(list, one.rows)], "scores": [*map(list, one.scores)]}
            for scope, one in view.lists.items()
        },
        "groupings": [
            {
                "key": one.key,
                "label": one.label,
                "method": one.method,
                "labels": one.labels.tolist(),
                "clusters": [
                    {"number": number, "name": name, "medoid": one.medoids[number]}
                    for number, name in one.names.items()
                ],
            }
            for one in view.groupings
        ],
        "places": None if view.places is None else view.places.tolist(),
    }


def claims_from_json(data: Json) -> Claims:
    """The claims that `claims_to_json` was given.

    Raises:
        ValueError: the data is of another format, or its parts do not fit together.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"are not the claims of a catalogue in format {FORMAT}")
    try:
        claims = Claims(
            data["version"],
            data["title"],
            data["generator"],
            tuple(data["ids"]),
            tuple(data["titles"]),
            tuple(data["sources"]),
            tuple(data["sha256"]),
            dict(data["gone"]),
            tuple(_view_from_json(view) for view in data["views"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"lack something ({error})") from error
    _check(claims)
    return claims


def _view_from_json(data: Json) -> ViewClaim:
    groupings = tuple(
        GroupingClaim(
            one["key"],
            one["label"],
            one["method"],
            np.array(one["labels"], np.int32),
            {cluster["number"]: cluster["name"] for cluster in one["clusters"]},
            {cluster["number"]: cluster["medoid"] for cluster in one["clusters"]},
        )
        for one in data["groupings"]
    )
    lists = {scope: _list(one) for scope, one in data["lists"].items()}
    places = None if data["places"] is None else np.array(data["places"], float).reshape(-1, 2)
    return ViewClaim(
        data["name"], data["label"], data["number"], data["model"], lists, groupings, places
    )


def _list(data: Json) -> ListClaim:
    return ListClaim(
        tuple(map(tuple, data["neighbours"])),
        tuple(map(tuple, data["scores"])),
    )


def _check(claims: Claims) -> None:
    """Everything has a row for each image, and names none that is not there."""
    count = len(claims.ids)
    sizes = [len(claims.titles), len(claims.sources), len(claims.sha256), len(set(claims.ids))]
    for view in claims.views:
        sizes += [len(one.labels) for one in view.groupings]
        sizes += [len(side) for one in view.lists.values() for side in (one.rows, one.scores)]
        sizes += [] if view.places is None else [len(view.places)]
        named = {row for one in view.lists.values() for line in one.rows for row in line}
        named |= {row for one in view.groupings for row in one.medoids.values()}
        if named and not (min(named) >= 0 and max(named) < count):
            raise ValueError("name images that are not among them")
    if set(sizes) - {count}:
        raise ValueError("have parts of different lengths")


def claims_of_documents(
    document: Document, generator: str, sources: Sequence[str], sha256: Sequence[str]
) -> Claims:
    """What the documents of a site claim.

    Args:
        document: gives "catalogue", "neighbours/<view>", "clusters/<key>", "layouts/<view>-map"
            and "removed".
        generator: the program that made them.
        sources, sha256: of the images.

    Raises:
        ValueError: one that is needed is missing, or they do not fit together.
    """
    head = _needed(document, "catalogue")
    removed = document("removed") or {"removed": []}
    gone = {one["id"]: one["redirect_to"] for one in removed["removed"]}
    try:
        views = tuple(_view(document, view) for view in head["views"])
        claims = Claims(
            head["version"],
            head["title"],
            generator,
            tuple(head["ids"]),
            tuple(head["titles"]),
            tuple(sources),
            tuple(sha256),
            gone,
            views,
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"lack something ({error})") from error
    _check(claims)
    return claims


def _view(document: Document, told: Json) -> ViewClaim:
    name = told["name"]
    neighbours = _needed(document, f"neighbours/{name}")
    parts = [_needed(document, path.removesuffix(".json")) for path in neighbours.get("parts", [])]
    lists = {}
    for scope in SCOPES:
        of = [part[scope] for part in parts] if parts else [neighbours[scope]]
        joined = {key: [x for one in of for x in one[key]] for key in ("neighbours", "scores")}
        lists[scope] = _list(joined)
    groupings = [
        _grouping(_needed(document, f"clusters/{one['key']}"), one) for one in told["clusterings"]
    ]
    layout = document(f"layouts/{name}-map")
    places = None if layout is None else np.array([layout["x"], layout["y"]], float).T
    return ViewClaim(
        name,
        told["label"],
        told.get("number", ""),
        neighbours["model"],
        lists,
        tuple(groupings),
        places,
    )


def _grouping(found: Json, told: Mapping[str, str]) -> GroupingClaim:
    row = {name: at for at, name in enumerate(found["ids"])}
    return GroupingClaim(
        told["key"],
        told["label"],
        found["method"],
        np.array(found["label"], np.int32),
        {one["number"]: one["name"] for one in found["clusters"]},
        {one["number"]: row[one["medoid"]] for one in found["clusters"]},
    )


def _needed(document: Document, key: str) -> Json:
    found = document(key)
    if found is None:
        raise ValueError(f"lack api/{key}.json")
    return found
