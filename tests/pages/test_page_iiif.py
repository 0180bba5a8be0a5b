"""What IIIF viewers read is valid for readers that are not ours, whole, and says nothing else."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import iiif_prezi3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from builder.corpus.types import DateSpan, Image
from builder.pages import iiif, links
from builder.pages.frame import Frame
from builder.pages.iiif_addresses import content_state
from builder.pages.iiif_leaves import behaviour
from builder.pages.iiif_text import entry, literal, rights_address, texts
from builder.pages.relatives import relatives
from builder.pages.render import render
from builder.pages.types import SiteInput

_URL = "https://x.org/c/"
_CONTEXT = "http://iiif.io/api/presentation/3/context.json"
_READERS = {
    "Manifest": iiif_prezi3.Manifest,
    "Collection": iiif_prezi3.Collection,
    "AnnotationPage": iiif_prezi3.AnnotationPage,
}
_PIECES = (
    *("<", ">", "<b>", "</span>", "<script>alert(1)</script>", "<!--", "&lt;", "&amp", "&#60;"),
    *("&", ";", '"', "'", "a", " ", "\n", "كتاب", "Σ", "‮"),
)
_HOSTILE = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=8).map("".join)


@pytest.fixture(scope="module")
def public(make: Callable[..., SiteInput]) -> SiteInput:
    """A site with an address, two views, and hostile texts."""
    views = [{"name": "look"}, {"name": "form", "preset": "form"}]
    return make(30, catalogue={"site_url": _URL}, views=views)


@pytest.fixture(scope="module")
def files(public: SiteInput) -> dict[str, bytes]:
    return dict(render(public))


def documents(files: dict[str, bytes]) -> dict[str, Any]:
    return {
        path: json.loads(content)
        for path, content in files.items()
        if path.endswith("/manifest.json")
        or path.startswith("iiif/collection")
        or "/annotations/" in path
    }


def written(site: SiteInput) -> dict[str, bytes]:
    """What is written for viewers alone."""
    return dict(iiif.iiif_files(Frame(site)))


def described(site: SiteInput, *fields: dict[str, str], **told: Any) -> SiteInput:
    """The same site whose first images have these fields, and anything else told of all."""
    images = list(site.corpus.images)
    for row, found in enumerate(fields):
        images[row] = replace(images[row], fields=found, **told)
    return replace(site, corpus=replace(site.corpus, images=tuple(images)))


class Shown(HTMLParser):
    """The text of HTML and its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text, self.tags = "", []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def as_shown(value: str) -> str:
    """The text of a value, by the rule of Presentation API 3.0 for HTML in values."""
    is_html = value.startswith("<") and value.endswith(">")
    return Shown(value).text if is_html else value


def test_a_foreign_reader_takes_every_document(files: dict[str, bytes]) -> None:
    """Manifests of images and sources, the collection, and annotations of both views are valid."""
    found = documents(files)
    kinds = [document["type"] for document in found.values()]

    assert kinds.count("AnnotationPage") == 60
    assert kinds.count("Collection") == 1
    assert kinds.count("Manifest") > 30
    for path, document in found.items():
        _READERS[document["type"]].model_validate(document)
        assert document["id"] == links.absolute(_URL, path)
        assert _CONTEXT in document["@context"]


def test_the_foreign_reader_refuses_what_is_wrong(files: dict[str, bytes]) -> None:
    """A manifest without its label is none."""
    document = json.loads(files["items/image-001/manifest.json"])
    del document["label"]

    with pytest.raises(ValueError, match="label"):
        iiif_prezi3.Manifest.model_validate(document)


def test_all_that_is_named_on_the_site_is_there(files: dict[str, bytes], public: SiteInput) -> None:
    """Every address of a document is a file or a canvas of the site, or vocabulary of IIIF."""
    pictures = {f"{kind}/{image.id}.webp" for image in public.corpus.images
                for kind in ("images", "thumbs")}  # fmt: skip
    canvases = {f"items/{image.id}/canvas" for image in public.corpus.images}
    served = {links.absolute(_URL, path) for path in {*files, *pictures, *canvases}}
    served |= {f"{_URL}items/{image.id}/canvas/{part}" for image in public.corpus.images
               for part in ("page", "picture")}  # fmt: skip

    for document in documents(files).values():
        named = set(ids(document))
        assert {one.partition("#")[0] for one in named} <= served


def ids(value: Any) -> list[str]:
    """Every id in a document."""
    if isinstance(value, list):
        return [one for item in value for one in ids(item)]
    if not isinstance(value, dict):
        return []
    own = [value["id"]] if isinstance(value.get("id"), str) else []
    return own + [one for item in value.values() for one in ids(item)]


def test_sources_are_books_in_page_order(files: dict[str, bytes], public: SiteInput) -> None:
    """The manifest of a source has the canvases of its images, the same as in their own."""
    found = documents(files)
    manifests = {path: one for path, one in found.items() if path.startswith("sources/")}
    rows = {image.id for image in public.corpus.images if image.source.strip()}
    held = [canvas["id"] for one in manifests.values() for canvas in one["items"]]

    assert sorted(held) == sorted(f"{_URL}items/{image_id}/canvas" for image_id in rows)
    for one in manifests.values():
        for canvas in one["items"]:
            name = canvas["id"].removeprefix(_URL).removesuffix("/canvas")
            (own,) = found[f"{name}/manifest.json"]["items"]
            assert canvas | own == canvas


def test_a_source_has_a_date_where_all_its_images_have_it(public: SiteInput) -> None:
    """One date of all is told of the source; of some images it is told of those alone."""
    one = DateSpan("1400", 1400, 1400)
    images = tuple(
        replace(
            image, source="One" if row % 2 else "Some", date=one if row % 2 or row > 9 else None
        )
        for row, image in enumerate(public.corpus.images)
    )
    site = replace(public, corpus=replace(public.corpus, images=images))
    found = documents(written(site))

    assert found["sources/one/manifest.json"]["metadata"][0]["value"] == {"en": ["1400"]}
    assert "metadata" not in found["sources/some/manifest.json"]


def test_the_collection_leads_to_every_image(files: dict[str, bytes]) -> None:
    """Its members are the sources, and the images that name none."""
    found = documents(files)
    members = [one["id"] for one in found["iiif/collection.json"]["items"]]
    canvases = [
        canvas["id"] for member in members for canvas in found[member.removeprefix(_URL)]["items"]
    ]

    assert len(canvases) == len(set(canvases)) == 30


def test_a_long_collection_is_taken_apart(
    public: SiteInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No part holds more than it may, and together they hold the same."""
    whole = documents(written(public))["iiif/collection.json"]["items"]
    monkeypatch.setattr(iiif, "A_PART", 4)
    found = documents(written(public))
    parts = [found[one["id"].removeprefix(_URL)] for one in found["iiif/collection.json"]["items"]]

    assert len(parts) > 1
    assert all(len(one["items"]) <= 4 for one in parts)
    assert [item for one in parts for item in one["items"]] == whole
    for part in parts:
        iiif_prezi3.Collection.model_validate(part)


def test_neighbours_are_linked_with_score_and_model(
    files: dict[str, bytes], public: SiteInput
) -> None:
    """Each annotation links two canvases and tells what a naive reading of the lists tells."""
    ids_of = [image.id for image in public.corpus.images]
    for view in public.views:
        for row, image_id in enumerate(ids_of):
            page = json.loads(files[f"items/{image_id}/annotations/{view.name}.json"])
            told = [
                (one["body"][0]["source"]["id"], one["body"][0]["score"], one["motivation"])
                for one in page["items"]
            ]
            expected = [
                (f"{_URL}items/{ids_of[kin.row]}/canvas", kin.score, "linking")
                for kin in relatives(view.neighbours.all, row)
            ]
            assert told == expected
            assert {one["target"] for one in page["items"]} == {f"{_URL}items/{image_id}/canvas"}
            models = {one["body"][0]["model"] for one in page["items"]}
            assert len(models) == 1
            assert all(card.backbone in models.copy().pop() for card in view.models)


def test_words_of_our_own_have_a_vocabulary(files: dict[str, bytes]) -> None:
    """What annotations say beyond IIIF is defined by the context that they name."""
    page = json.loads(files["items/image-001/annotations/look.json"])
    terms = json.loads(files[page["@context"][0].removeprefix(_URL)])["@context"]
    known = {"type", "purpose", "source"}

    assert {name for one in page["items"] for name in one["body"][0]} - known == set(terms)


@given(_HOSTILE, _HOSTILE)
@settings(max_examples=150, deadline=None)
def test_values_are_shown_as_they_were_written(text: str, label: str) -> None:
    """By the rule for HTML in values, and where all is read as HTML, no markup comes through."""
    value = literal(text)
    shown = Shown(value)

    assert as_shown(value) == text
    assert shown.text == text
    assert set(shown.tags) <= {"span"}
    (written,) = entry({"none": [label]}, text, "en")["value"].values()
    assert written == [value]


@given(_HOSTILE)
@settings(max_examples=25, deadline=None)
def test_hostile_metadata_stays_text(public: SiteInput, text: str) -> None:
    """Whatever a field says, documents are valid and show it as it is."""
    given_text = f"T{text}".strip()
    site = described(public, {"said": given_text, "credit": given_text}, title=f"A {text}")
    found = documents(written(site))
    manifest = found["items/image-000/manifest.json"]

    iiif_prezi3.Manifest.model_validate(manifest)
    (values,) = (one["value"] for one in manifest["metadata"] if one["label"] == {"none": ["Said"]})
    assert [as_shown(one) for one in next(iter(values.values()))] == [given_text]
    assert list(manifest["label"].values()) == [[f"A {text}"]]
    (lines,) = manifest["requiredStatement"]["value"].values()
    assert [as_shown(one) for one in lines] == [" ".join(given_text.split())]
    page = found["items/image-001/annotations/look.json"]
    for one in page["items"]:
        assert Shown(one["body"][1]["value"]).tags == ["p", "a"]


def test_rights_are_addresses_and_credits_are_shown(public: SiteInput) -> None:
    """A licence known by an address is one; rights in words stand with the credit."""
    site = described(
        public,
        {"rights": "CC-BY-SA-4.0", "credit": "Library"},
        {"rights": "https://rightsstatements.org/page/InC/1.0/?language=en"},
        {"rights": "Ask the library", "credit": "Library"},
        source="Almagest",
    )
    found = documents(written(site))
    own = [found[f"items/image-00{row}/manifest.json"] for row in range(3)]
    lines = [one.get("requiredStatement", {}).get("value") for one in own]

    assert [one.get("rights") for one in own] == [
        "http://creativecommons.org/licenses/by-sa/4.0/",
        "http://rightsstatements.org/vocab/InC/1.0/",
        None,
    ]
    assert lines == [{"en": ["Library"]}, None, {"en": ["Library", "Ask the library"]}]
    whole = found["sources/almagest/manifest.json"]
    assert "rights" not in whole
    assert whole["requiredStatement"]["value"] == {"en": ["Library", "Ask the library"]}


@pytest.mark.parametrize(
    ("rights", "address"),
    [
        ("CC0-1.0", "http://creativecommons.org/publicdomain/zero/1.0/"),
        ("https://creativecommons.org/licenses/by/4.0/deed.de",
         "http://creativecommons.org/licenses/by/4.0/"),
        ("http://creativecommons.org/publicdomain/mark/1.0",
         "http://creativecommons.org/publicdomain/mark/1.0/"),
        ("http://rightsstatements.org/vocab/NoC-US/1.0/",
         "http://rightsstatements.org/vocab/NoC-US/1.0/"),
        ("https://library.example/terms", ""),
        ("https://evil.example/creativecommons.org/licenses/by/4.0/", ""),
        ("All rights reserved", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_only_known_licences_are_rights(rights: str, address: str) -> None:
    """Creative Commons and RightsStatements.org, by the addresses that IIIF asks for."""
    assert rights_address(rights) == address


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("fol.\N{NO-BREAK SPACE}1r", "1v", "2r", "2v"), "paged"),
        (("p. 1", "p. 2", "p. 3", "p. 4"), "paged"),
        (("1v", "2r", "2v", "3r"), "individuals"),
        (("1r", "1v", "2v", "3r"), "individuals"),
        (("1r", "1r", "1v", "2r"), "individuals"),
        (("1r", "1v", "2r"), "individuals"),
        (("1r", "2", "2r", "2v"), "individuals"),
        (("", "", "", ""), "individuals"),
        ((), "individuals"),
    ],
)
def test_only_whole_leaves_are_openings(places: tuple[str, ...], expected: str) -> None:
    """Pages without a gap from a right-hand side on face each other; nothing else does."""
    assert behaviour(places) == expected


def test_texts_stand_under_their_language() -> None:
    """As the script or the label tells; a tag that is none is not used."""
    assert texts("Moon", "en") == {"en": ["Moon"]}
    assert texts("Mond", "en", "title (de)") == {"de": ["Mond"]}
    assert texts("القمر", "en") == {"und-Arab": ["القمر"]}
    assert texts("Moon", "no language") == {"none": ["Moon"]}


def test_a_page_hands_over_its_image(files: dict[str, bytes]) -> None:
    """Image and source pages name their manifests; the state of content says which canvas."""
    page = html.fromstring(files["items/image-001/index.html"].decode())
    (link,) = page.xpath("//a[@data-iiif-content]")
    code = link.get("data-iiif-content")
    state = json.loads(unquote(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode()))

    assert link.get("href") == "manifest.json"
    assert len(page.xpath("//link[@rel='alternate'][@href='manifest.json']")) == 1
    assert state == {
        "id": f"{_URL}items/image-001/canvas",
        "type": "Canvas",
        "partOf": [{"id": f"{_URL}items/image-001/manifest.json", "type": "Manifest"}],
    }
    source = html.fromstring(files["sources/almagest/index.html"].decode())
    assert len(source.xpath("//a[@href='manifest.json']")) == 1


@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_a_state_can_be_read_again(image_id: str) -> None:
    """Encoded by the specification, it is one word of letters that addresses may hold."""
    code = content_state(_URL, image_id)

    assert code.isascii()
    assert not set(code) & set("+/= ")
    read = json.loads(unquote(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode()))
    assert read["id"] == links.absolute(_URL, f"items/{image_id}/canvas")


def test_without_an_address_there_is_none(make: Callable[..., SiteInput]) -> None:
    """Nothing is written, and nothing is linked."""
    files = dict(render(make(12)))

    assert documents(files) == {}
    assert not [path for path in files if path.startswith("iiif/")]
    assert not [path for path, content in files.items() if b"manifest.json" in content]


def test_removed_images_are_not_told(files: dict[str, bytes]) -> None:
    """No document names an image that is gone, nor the path of any file."""
    for document in documents(files).values():
        text = json.dumps(document)
        assert "/gone/" not in text
        assert "/merged/" not in text
        assert "folder 1" not in text


def test_the_same_site_gives_the_same_bytes(files: dict[str, bytes], public: SiteInput) -> None:
    """Rendered once more, nothing differs."""
    again = written(public)
    assert {path: again[path] for path in documents(files)} == {
        path: files[path] for path in documents(files)
    }


def test_canvases_have_the_size_of_originals(files: dict[str, bytes], public: SiteInput) -> None:
    """Regions are told in pixels of the original, and pictures tell the size that they have."""
    for image in public.corpus.images:
        (canvas,) = json.loads(files[f"items/{image.id}/manifest.json"])["items"]
        body = canvas["items"][0]["items"][0]["body"]
        assert (canvas["width"], canvas["height"]) == size(image)
        assert body["id"] == f"{_URL}images/{image.id}.webp"
        assert max(body["width"], body["height"]) == min(1600, max(size(image)))


def size(image: Image) -> tuple[int, int]:
    return image.width, image.height
