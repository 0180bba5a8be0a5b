"""Whatever stands in a document of somebody else's, reading it ends in words or in images."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.errors import CorpusError
from builder.fetching.images import Info, box_of, info, requests
from builder.fetching.read import presentation
from builder.fetching.texts import chosen, plain, values
from builder.fetching.types import Collection, Manifest, Picture, Service

_KEYS = (
    *("@context", "id", "@id", "type", "@type", "items", "sequences", "canvases", "images"),
    *("resource", "body", "service", "label", "metadata", "value", "structures", "ranges"),
    *("manifests", "collections", "members", "@value", "@language", "requiredStatement", "rights"),
    *("license", "attribution", "selector", "region", "full", "source", "default", "profile"),
    *("width", "height", "sizes", "tiles", "scaleFactors", "maxWidth", "homepage", "en", "none"),
)
_WORDS = (
    *("Manifest", "sc:Manifest", "Collection", "Canvas", "Range", "Image", "Choice", "full"),
    *("SpecificResource", "oa:Choice", "https://x.org/a", "http://[", "file:///a", "level0", "<b>"),
    *("http://iiif.io/api/presentation/3/context.json", "painting", "\ud800", "1,2,3,4", "pct:1,x"),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(_WORDS),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_KEYS), inner, max_size=5)
    ),
    max_leaves=40,
)
_TOPS = st.dictionaries(st.sampled_from(_KEYS), _JSON, max_size=8)


@given(_TOPS, st.sampled_from(["Manifest", "sc:Manifest", "Collection", "sc:Collection"]))
@settings(max_examples=60, deadline=None)
def test_any_document_is_read(document: dict[str, Any], kind: str) -> None:
    """Parts that make no sense are left out; nothing falls over."""
    document = {key: one for key, one in document.items() if key not in ("type", "@type")}
    named = {**document, "@type" if ":" in kind else "type": kind}

    found = presentation(json.dumps(named).encode(), "https://x.org/m")

    assert isinstance(found, Manifest | Collection)
    if isinstance(found, Manifest):
        for canvas in found.canvases:
            for picture in canvas.pictures:
                assert picture.address.startswith("http") or picture.service


@given(_TOPS)
@settings(max_examples=60, deadline=None)
def test_any_information_on_an_image_gives_requests(document: dict[str, Any]) -> None:
    """Or none; each is an address below the service."""
    service = Service("https://x.org/i", 2)
    for one in requests(Picture("", service), info(document, service), 300, ""):
        assert one.tiles or one.address.startswith("https://x.org/i/")


@given(st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_bytes_that_are_no_document_are_refused(content: bytes) -> None:
    """In one sentence."""
    with pytest.raises(CorpusError):
        presentation(content, "https://x.org/m")


@given(
    st.integers(1, 5000), st.integers(1, 5000), st.sampled_from([64, 256, 1000]),
    st.integers(0, 6000), st.sampled_from([2, 3]),
)  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_tiles_cover_a_picture_once(
    width: int, height: int, side: int, wanted: int, version: int
) -> None:
    """The tiles of a level lie side by side and are as large as the whole."""
    known = Info(
        Service("https://x.org/i", version), width, height, 0, tiles=(side, side, (1, 2, 4, 8, 64))
    )
    made = [one for one in requests(Picture("", known.service), known, wanted, "") if one.tiles]

    (request,) = made
    regions = [
        (0, 0, width, height)
        if "/full/" in one.address
        else tuple(map(int, one.address.split("/")[4].split(",")))
        for one in request.tiles
    ]
    assert sum(w * h for _, _, w, h in regions) == width * height
    assert len({(x, y) for x, y, _, _ in regions}) == len(regions)
    # As fine as is wanted, unless that would be too many requests.
    enough = max(request.size) >= min(wanted, max(width, height))
    finer = math.ceil(2 * request.size[0] / side) * math.ceil(2 * request.size[1] / side)
    assert enough or finer > 400


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("", (0, 0, 200, 100)),
        ("square", (50, 0, 100, 100)),
        ("10,20,30,40", (10, 20, 30, 40)),
        ("pct:50,50,50,50", (100, 50, 100, 50)),
        ("150,50,900,900", (150, 50, 50, 50)),
        ("-20,-20,50,50", (0, 0, 30, 30)),
        ("300,0,10,10", None),
        ("1,2,3", None),
        ("nan,0,1,1", None),
        ("1,2,0,4", None),
        ("abc", None),
    ],
)
def test_regions_are_cut_to_the_picture(region: str, expected: object) -> None:
    """What lies outside is left out, and what makes no sense is no region."""
    assert box_of(region, 200, 100) == expected


def test_texts_come_in_all_forms() -> None:
    """Strings, numbers, objects and lists of version 2, language maps of version 3."""
    assert values("a") == {"": ("a",)}
    assert values([{"@value": "a", "@language": "en"}, "b"]) == {"en": ("a",), "": ("b",)}
    assert values({"en": ["a", "a"], "none": ["b"], "not a tag": ["c"]}) == {
        "en": ("a",),
        "": ("b", "c"),
    }
    assert values(1450) == {"": ("1450",)}
    assert chosen(values({"de": ["Mond"], "en": ["Moon"]}), "en-GB") == ("en", "Moon")
    assert chosen(values({"de": ["Mond"], "en": ["Moon"]}), "") == ("de", "Mond")
    assert plain("<p>a<br>b</p><script>x()</script> &lt;c&gt;") == "a b <c>"
    assert plain("x < y & z") == "x < y & z"
