"""What machines read on a page: reference managers, search engines, feeds, crawlers."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from pyld import jsonld

from builder.corpus.types import DateSpan, Image
from builder.pages.citation import Citing
from builder.pages.crawlers import robots, xml
from builder.pages.machine import linked_data
from builder.pages.render import render
from builder.pages.types import Beside, SiteInput

_URL = "https://x.org/c/"
_ATOM = "{http://www.w3.org/2005/Atom}"
_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_PICTURE = "{http://www.google.com/schemas/sitemap-image/1.1}"


@pytest.fixture(scope="module")
def public(make: Callable[..., SiteInput]) -> SiteInput:
    """A site with an address, whose images came on three days."""
    site = make(12, catalogue={"site_url": _URL}, crawlers={"ai": "refuse"})
    days = {image.id: f"2026-01-0{1 + row % 3}" for row, image in enumerate(site.corpus.images)}
    return replace(site, beside=Beside(first_seen=days, cards=True))


@pytest.fixture(scope="module")
def files(public: SiteInput) -> dict[str, bytes]:
    return dict(render(public))


def page(files: dict[str, bytes], image_id: str) -> Any:
    return html.fromstring(files[f"items/{image_id}/index.html"].decode())


def read_as_zotero(tree: Any) -> dict[str, Any]:
    """The tags that Zotero's "Embedded Metadata" reads, by its rules of precedence.

    z:itemType goes before og:type; a citation_* tag would make it an article. Creators of an
    artwork are z:artists, split at a comma; the other z: tags are fields by their names.
    """
    metas = [
        (one.get("name") or one.get("property"), one.get("content"))
        for one in tree.xpath("//meta[@content]")
    ]
    assert not [name for name, _ in metas if name and name.startswith("citation_")]
    found: dict[str, Any] = {"artists": []}
    for name, content in metas:
        if name == "z:artists":
            family, _, given = content.partition(", ")
            found["artists"].append((family, given))
        elif name and name.startswith("z:"):
            found[name.removeprefix("z:")] = content
        elif name in ("DC.title", "DC.date", "DC.rights", "dcterms.medium"):
            found[name.partition(".")[2]] = content
    found["url"] = tree.xpath("string(//link[@rel='canonical']/@href)")
    found["language"] = tree.get("lang")
    return found


def test_reference_managers_save_a_work_of_art(make: Callable[..., SiteInput]) -> None:
    """With its makers, place, medium and permanent address, and no website in between."""
    site = make(3, catalogue={"site_url": _URL, "title": "Circles"})
    moon = Image(
        "image-000", "m.jpg", "0" * 64, 80, 60, "Moon", "Vat. gr. 1", DateSpan("1400", 1400, 1400),
        {"creator": "Eyck, Jan van", "medium": "ink", "folio": "4v"},
    )  # fmt: skip
    corpus = replace(site.corpus, images=(moon, *site.corpus.images[1:]))
    tree = page(dict(render(replace(site, corpus=corpus))), "image-000")

    read = read_as_zotero(tree)

    assert read["itemType"] == "artwork"
    assert (read["title"], read["date"]) == ("Moon", "1400")
    assert read["artists"] == [("Eyck", "Jan van")]
    assert (read["archive"], read["archiveLocation"]) == ("Vat. gr. 1", "fol. 4v")
    assert (read["libraryCatalog"], read["medium"]) == ("Circles", "ink")
    assert read["url"] == f"{_URL}items/image-000/"
    assert not tree.xpath("//meta[@property='og:type']")


def offline(url: str, options: object) -> dict[str, Any]:
    """The context of schema.org as far as pages use it: every term is one of its own."""
    assert url == "https://schema.org"
    context = {
        "@vocab": "https://schema.org/",
        "url": {"@type": "@id"},
        "license": {"@type": "@id"},
    }
    document = {"@context": context}
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": document,
    }


def expanded(tree: Any) -> dict[str, Any]:
    text = tree.xpath("string(//script[@type='application/ld+json'])")
    options = {"documentLoader": offline, "base": _URL}
    (work,) = jsonld.expand(json.loads(text), options)
    return work


def test_linked_data_is_a_work_of_art_with_its_picture(
    files: dict[str, bytes], public: SiteInput
) -> None:
    """A processor of JSON-LD finds type, title, years and the picture with its licence."""
    for image in public.corpus.images:
        work = expanded(page(files, image.id))
        (picture,) = work["https://schema.org/image"]

        assert work["@type"] == ["https://schema.org/VisualArtwork"]
        assert work["https://schema.org/name"] == [{"@value": image.title}]
        assert picture["@type"] == ["https://schema.org/ImageObject"]
        assert picture["https://schema.org/license"] == [
            {"@id": "https://creativecommons.org/licenses/by/4.0/"}
        ]
        assert picture["https://schema.org/contentUrl"] == [
            {"@value": f"{_URL}images/{image.id}.webp"}
        ]


def test_linked_data_leaves_out_what_is_unknown(build_site: Callable[..., SiteInput]) -> None:
    """Dates before the common era are astronomical; without a source there is no whole."""
    site = build_site(catalogue={"licence": "all mine"})
    ancient = Image("a", "a.jpg", "0" * 64, 8, 6, "A", "", DateSpan("c. 150 BCE", -159, -139))
    of = Citing(site).image(ancient).reference

    found = linked_data(site, ancient, of, "x.webp")

    assert found["temporalCoverage"] == "-0159/-0139"
    assert {"isPartOf", "url", "creator", "artMedium"}.isdisjoint(found)
    assert "license" not in found["image"]
    assert found["image"]["copyrightNotice"] == "all mine"


def test_the_catalogue_is_a_dataset(files: dict[str, bytes]) -> None:
    """With its version and what can be taken away."""
    work = expanded(html.fromstring(files["about/index.html"].decode()))
    downloads = work["https://schema.org/distribution"]

    assert work["@type"] == ["https://schema.org/Dataset"]
    assert work["https://schema.org/version"] == [{"@value": "0123456789ab"}]
    assert {f"{_URL}exports/nodes.csv"} <= {
        one["https://schema.org/contentUrl"][0]["@value"] for one in downloads
    }


def test_pages_are_signposted(files: dict[str, bytes], public: SiteInput) -> None:
    """cite-as, canonical, license and alternates, each to something that is there."""
    tree = page(files, "image-003")
    links = {(one.get("rel"), one.get("type")): one.get("href") for one in tree.xpath("//link")}

    assert links["cite-as", None] == links["canonical", None] == f"{_URL}items/image-003/"
    assert links["license", None] == "https://creativecommons.org/licenses/by/4.0/"
    for media, name in (
        ("application/x-bibtex", "cite.bib"),
        ("application/x-research-info-systems", "cite.ris"),
        ("application/vnd.citationstyles.csl+json", "cite.csl.json"),
    ):
        assert links["alternate", media] == name
        assert f"items/image-003/{name}" in files
    assert links["alternate", "application/atom+xml"] == "../../feed.xml"


def test_networks_show_a_card(files: dict[str, bytes]) -> None:
    """An absolute address, with its size and the picture in words."""
    tree = page(files, "image-001")
    found = {one.get("property"): one.get("content") for one in tree.xpath("//meta[@property]")}

    assert found["og:image"] == f"{_URL}items/image-001/card.jpg"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"] == tree.xpath("string(//figure//img/@alt)")


def test_the_feed_has_the_newest_first(files: dict[str, bytes], public: SiteInput) -> None:
    """Well-formed Atom: an id, a title and a day for each image, hostile titles as text."""
    feed = ElementTree.fromstring(files["feed.xml"])
    entries = feed.findall(f"{_ATOM}entry")
    days = [one.findtext(f"{_ATOM}updated", "") for one in entries]
    titles = {image.title for image in public.corpus.images}

    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{_ATOM}updated") == days[0] == "2026-01-03T00:00:00Z"
    assert {one.findtext(f"{_ATOM}title") for one in entries} == titles
    assert len({one.findtext(f"{_ATOM}id") for one in entries}) == len(public.corpus.images)


def test_the_sitemap_names_pictures(files: dict[str, bytes], public: SiteInput) -> None:
    """Each image's page with its picture; sources are listed too."""
    tree = ElementTree.fromstring(files["sitemap.xml"])
    pictures = {
        one.findtext(f"{_MAP}loc"): one.findtext(f"{_PICTURE}image/{_PICTURE}loc")
        for one in tree.findall(f"{_MAP}url")
    }

    for image in public.corpus.images:
        assert pictures[f"{_URL}items/{image.id}/"] == f"{_URL}images/{image.id}.webp"
    assert f"{_URL}sources/almagest/" in pictures


@pytest.mark.parametrize(
    ("index", "ai", "expected", "missing"),
    [
        (True, "", ["Disallow:\n"], ["ai", "GPTBot"]),
        (True, "allow", ["Content-Usage: train-ai=y", "Disallow:\n"], ["GPTBot"]),
        (True, "refuse", ["Content-Usage: train-ai=n", "User-agent: GPTBot"], []),
        (False, "", ["User-agent: *\nDisallow: /\n"], ["ai"]),
    ],
)
def test_robots_say_what_the_owner_chose(
    index: bool, ai: str, expected: list[str], missing: list[str]
) -> None:
    """Nothing of training where nothing was said."""
    text = robots("", index, ai)

    assert all(part in text for part in expected)
    assert not any(re.search(rf"\b{part}\b", text) for part in missing)


def test_a_reserved_site_says_so_on_each_page(files: dict[str, bytes]) -> None:
    """As text and data mining's reservation asks."""
    reserved = json.loads(files[".well-known/tdmrep.json"])

    assert reserved == [{"location": "/*", "tdm-reservation": 1}]
    assert b'<meta name="tdm-reservation" content="1">' in files["items/image-001/index.html"]


def test_an_unlisted_site_has_no_sitemap(build_site: Callable[..., SiteInput]) -> None:
    """Its pages ask not to be indexed."""
    site = build_site(3, catalogue={"site_url": _URL}, crawlers={"index": False})
    files = dict(render(site))

    assert "sitemap.xml" not in files
    assert b'<meta name="robots" content="noindex">' in files["items/image-001/index.html"]


def test_xml_has_no_sign_that_xml_cannot_have() -> None:
    """Control signs and halves of pairs become the sign for what cannot be shown."""
    odd = "a\x00\x0b\ud800\uffff<&"

    assert ElementTree.fromstring(f"<a>{xml(odd)}</a>").text == "a\ufffd\ufffd\ufffd\ufffd<&"
