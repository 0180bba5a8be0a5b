"""The pages: escaped, linked, permanent, equal from build to build."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest

from builder.exports.files import files as export_files
from builder.pages.cards import cards
from builder.pages.kin import Relations, fitting
from builder.pages.render import render
from builder.pages.types import Piece, SiteInput
from builder.similarity.types import Answers

_BUILT = {f"assets/{name}" for name in ("volvelle.css", "page.js", "explorer.js", "compare.js")}
_ADDRESSES = ("href", "src", "srcset")


class Page(HTMLParser):
    """Collects elements, addresses, ids and text of a page."""

    def __init__(self, html: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.addresses: list[str] = []
        self.ids: set[str] = set()
        self.scripts: list[tuple[dict[str, str], str]] = []
        self.metas: list[dict[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.text = ""
        self._in_script = False
        self.feed(html.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, tuple(found)))
        self.ids |= {found["id"]} if "id" in found else set()
        for name in _ADDRESSES:
            if name in found:
                self.addresses.append(found[name].split(" ")[0])
        self._in_script = tag == "script"
        if tag == "script":
            self.scripts.append((found, ""))
        if tag == "meta":
            self.metas.append(found)
        if tag == "link":
            self.links.append(found)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, text: str) -> None:
        if self._in_script:
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + text)
        else:
            self.text += text


@pytest.fixture(scope="module")
def files(site: SiteInput) -> dict[str, bytes]:
    return dict(render(site))


@pytest.fixture(scope="module")
def pages(files: dict[str, bytes]) -> dict[str, Page]:
    return {path: Page(text) for path, text in files.items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def rich_files(rich: SiteInput) -> dict[str, bytes]:
    return dict(render(rich))


@pytest.fixture(scope="module")
def rich_pages(rich_files: dict[str, bytes]) -> dict[str, Page]:
    return {path: Page(text) for path, text in rich_files.items() if path.endswith(".html")}


def test_all_kinds_of_pages_are_there(pages: dict[str, Page], site: SiteInput) -> None:
    """Every image, cluster and list has its page."""
    ids = [image.id for image in site.corpus.images]

    assert {f"items/{image_id}/index.html" for image_id in ids} <= set(pages)
    assert {f"clusters/look/{number}/index.html" for number in range(1, 5)} <= set(pages)
    assert {
        "index.html",
        "404.html",
        "about/index.html",
        "clusters/look/index.html",
        "list/index.html",
        "list/3/index.html",
        "list/source/index.html",
        "list/source/almagest/index.html",
        "list/source/none-given/index.html",
    } <= set(pages)
    assert "list/4/index.html" not in pages


def without_isolates(html: bytes) -> list[tuple[str, tuple[str, ...]]]:
    found = [tag for tag in Page(html).tags if tag != ("bdi", ())]
    return [(tag, tuple(name for name in names if name != "lang")) for tag, names in found]


def test_no_element_of_data_comes_through(
    files: dict[str, bytes], site: SiteInput, build_site: Callable[..., SiteInput]
) -> None:
    """Pages of images have the same elements and attributes whether texts are hostile or tame."""

    def tame(text: str) -> str:
        return re.sub(r"[^\w ]", "x", text)

    images = tuple(
        replace(
            image,
            title=tame(image.title),
            source=tame(image.source),
            fields={tame(k): v if k == "web" else tame(v) for k, v in image.fields.items()},
            notes=tuple(tame(note) for note in image.notes),
        )
        for image in site.corpus.images
    )
    plain = dict(render(replace(site, corpus=replace(site.corpus, images=images))))
    for image in images:
        path = f"items/{image.id}/index.html"

        # References isolate texts that run from right to left, and a text may say its script.
        assert without_isolates(plain[path]) == without_isolates(files[path])


def test_pages_hold_no_script_and_no_style(
    pages: dict[str, Page], rich_pages: dict[str, Page]
) -> None:
    """Only files run: no handlers, no inline scripts, no style attributes, anywhere."""
    for page in (*pages.values(), *rich_pages.values()):
        names = {name for _, attributes in page.tags for name in attributes}

        assert set() == {name for name in names if name.startswith("on")} | names & {"style"}
        assert set() == {tag for tag, _ in page.tags} & {"style", "b", "iframe", "object"}
        for attributes, text in page.scripts:
            assert attributes.get("src") or attributes["type"] == "application/ld+json"
            assert not (attributes.get("src") and text.strip())


def test_titles_come_out_as_text(pages: dict[str, Page], site: SiteInput) -> None:
    """What the metadata says is what a reader reads."""
    for image in site.corpus.images:
        page = pages[f"items/{image.id}/index.html"]

        assert image.title in page.text
        assert all(text in page.text for text in (*image.fields.values(), image.path))


def test_linked_data_is_json_with_the_title(pages: dict[str, Page], site: SiteInput) -> None:
    """The data block survives </script> in a title."""
    for image in site.corpus.images:
        blocks = [
            json.loads(text)
            for attributes, text in pages[f"items/{image.id}/index.html"].scripts
            if attributes.get("type") == "application/ld+json"
        ]

        assert [image.title] == [block["name"] for block in blocks]
        assert [image.id] == [block["identifier"] for block in blocks]


def test_every_link_leads_somewhere(
    pages: dict[str, Page], files: dict[str, bytes], site: SiteInput
) -> None:
    """Links are relative and name a file that is rendered, built or copied; fragments exist."""
    _check_links(pages, files, site)


def test_every_link_of_a_rich_site_leads_somewhere(
    rich_pages: dict[str, Page], rich_files: dict[str, bytes], rich: SiteInput
) -> None:
    """The same where there are mean images, distances, further clusterings and kinds."""
    copied = {"exports/suspects.csv", "exports/distances-look.csv"} | {
        f"clusters/{view.key(at)}/{path}.webp"
        for view in rich.views
        for at, means in enumerate(view.means)
        for path in means
    }
    _check_links(rich_pages, dict.fromkeys(copied, b"") | rich_files, rich)


def _check_links(pages: dict[str, Page], files: dict[str, bytes], site: SiteInput) -> None:
    ids = [image.id for image in site.corpus.images]
    known = set(files) | _BUILT | {path for path, _ in export_files(site)}
    known |= {f"{folder}/{one}.webp" for folder in ("images", "thumbs") for one in ids}
    for path, page in pages.items():
        for address in page.addresses:
            if address.startswith("https://"):
                continue
            target, _, fragment = address.partition("#")
            where = posixpath.normpath(posixpath.join(posixpath.dirname(path), target or "."))
            if target:
                assert where in known, (path, address)
            else:
                assert fragment in page.ids, (path, address)


def test_only_data_and_licences_lead_outside(pages: dict[str, Page]) -> None:
    """No page asks another host for anything: absolute addresses are only links to follow."""
    outside = {address for page in pages.values() for address in page.addresses if "//" in address}

    assert {
        "https://creativecommons.org/licenses/by/4.0/",
        "https://example.org/a?b=1&c=2",
    } == outside


def test_pages_are_small(files: dict[str, bytes]) -> None:
    """A page of an image, with both its lists of 20, stays under 60 kB."""
    sizes = [len(text) for path, text in files.items() if re.fullmatch("items/.*html", path)]

    assert max(sizes) < 60_000


def test_two_renders_are_equal(
    files: dict[str, bytes], build_site: Callable[..., SiteInput]
) -> None:
    """The same inputs give the same bytes, in the same order."""
    assert list(files.items()) == list(render(build_site()))


def test_pages_of_images_depend_on_ids_alone(
    files: dict[str, bytes], site: SiteInput, build_site: Callable[..., SiteInput]
) -> None:
    """Another order of the images moves no address."""
    images = tuple(reversed(site.corpus.images))
    other = replace(site, corpus=replace(site.corpus, images=images))

    assert {path for path in files if path.startswith("items/")} == {
        path for path, _ in render(other) if path.startswith("items/")
    }


def test_previous_and_next_follow_the_order(pages: dict[str, Page]) -> None:
    """Each page links to the one before and after; the ends have one link less."""

    def turns(image_id: str) -> dict[str, str]:
        links = pages[f"items/{image_id}/index.html"].links
        return {link["rel"]: link["href"] for link in links if link["rel"] in ("prev", "next")}

    assert turns("image-000") == {"next": "../image-001/index.html"}
    assert turns("image-004") == {
        "prev": "../image-003/index.html",
        "next": "../image-005/index.html",
    }
    assert turns("image-029") == {"prev": "../image-028/index.html"}


def test_removed_images_keep_their_address(pages: dict[str, Page]) -> None:
    """A tombstone says so and stays out of search engines; a merged image leads on."""
    gone, merged, lost = (pages[f"items/{one}/index.html"] for one in ("gone", "merged", "lost"))

    def refresh(page: Page) -> list[str]:
        return [m["content"] for m in page.metas if m.get("http-equiv") == "refresh"]

    assert [refresh(p) for p in (gone, merged, lost)] == [
        [],
        ["0; url=../image-000/index.html"],
        [],
    ]
    assert "no longer in the catalogue" in gone.text
    assert "old/<i>gone</i>.jpg" in gone.text
    for page in (gone, merged, lost):
        assert {"name": "robots", "content": "noindex"} in page.metas


def test_a_site_with_an_address_says_it(build_site: Callable[..., SiteInput]) -> None:
    """Canonical links, sitemap, previews and 404 use the address; other links stay relative."""
    files = dict(render(build_site(catalogue={"site_url": "https://example.org/cat"})))
    page = Page(files["items/image-001/index.html"])
    sitemap = files["sitemap.xml"].decode()

    assert {"rel": "canonical", "href": "https://example.org/cat/items/image-001/"} in page.links
    assert {"rel": "cite-as", "href": "https://example.org/cat/items/image-001/"} in page.links
    assert {
        "property": "og:image",
        "content": "https://example.org/cat/images/image-001.webp",
    } in page.metas
    assert "<loc>https://example.org/cat/items/image-001/</loc>" in sitemap
    assert "gone" not in sitemap
    assert "/cat/assets/volvelle.css" in Page(files["404.html"]).addresses
    assert files["robots.txt"].endswith(b"Sitemap: https://example.org/cat/sitemap.xml\n")
    assert "../../assets/volvelle.css" in page.addresses


def test_a_site_without_an_address_has_no_sitemap(files: dict[str, bytes]) -> None:
    """Nothing absolute is made up."""
    assert "sitemap.xml" not in files
    assert b"canonical" not in files["items/image-001/index.html"]


def test_reference_managers_find_an_artwork(pages: dict[str, Page], site: SiteInput) -> None:
    """Zotero's item type and the Dublin Core of an image stand in its head."""
    metas = {
        m["name"]: m["content"] for m in pages["items/image-001/index.html"].metas if "name" in m
    }

    assert ("artwork", site.corpus.images[1].title, "c. 1401") == (
        metas["z:itemType"],
        metas["DC.title"],
        metas["DC.date"],
    )


def test_all_images_stand_in_the_list_once(pages: dict[str, Page], site: SiteInput) -> None:
    """The pages of the list together hold every image, in order."""
    found = [
        match[1]
        for path in ("list/index.html", "list/2/index.html", "list/3/index.html")
        for address in pages[path].addresses
        if (match := re.search(r"items/(.*)/index.html", address))
    ]

    assert [image.id for image in site.corpus.images] == found


def test_about_tells_the_models_and_numbers(pages: dict[str, Page], site: SiteInput) -> None:
    """Checksum, weights, rule, curve, measures and what failed stand on the about page."""
    text = pages["about/index.html"].text

    for said in (
        "ab" * 32,
        "efficientnet-lite0 <weights>",
        "best <mean> silhouette",
        "0.222",
        "0.912",
        "images/<bad>.jpg",
        "0123456789ab",
        "44,800 numbers",
    ):
        assert said in text
    assert "polyline" in {tag for tag, _ in pages["about/index.html"].tags}


@pytest.fixture(scope="module")
def three(make: Callable[..., SiteInput]) -> SiteInput:
    return make(n=60, views=[{"name": "likeness"}, {"name": "form"}, {"name": "look"}])


@pytest.fixture(scope="module")
def three_files(three: SiteInput) -> dict[str, bytes]:
    return dict(render(three))


def test_each_view_has_its_block(three_files: dict[str, bytes]) -> None:
    """Every view has its relatives, cluster and map on the page, with a link to each."""
    page = Page(three_files["items/image-000/index.html"])

    for view in ("likeness", "form", "look"):
        assert {f"by-{view}", f"others-by-{view}"} <= page.ids
        assert f"#by-{view}" in page.addresses
        assert f"../../index.html#v={view}&i=image-000" in page.addresses
        assert f"../../about/index.html#view-{view}" in page.addresses
        html = three_files["items/image-000/index.html"].decode()
        # Its relatives, its cluster, its place on the map, how it is cited.
        assert html.count(f'data-by="{view}"') == 4


def test_pages_with_three_views_are_small(three_files: dict[str, bytes]) -> None:
    """Three views with two lists of 20 each, and nearly all of them turned: still under 60 kB."""
    sizes = [len(text) for path, text in three_files.items() if re.fullmatch("items/.*html", path)]

    assert max(sizes) < 60_000


def test_relatives_say_all_that_is_known(three: SiteInput, three_files: dict[str, bytes]) -> None:
    """Number, share, mutual mark, agreement and how it lies stand at each relative, as text."""
    html = three_files["items/image-005/index.html"].decode()
    found = fitting(Relations(three, cards(three.corpus.images)).of(5))
    entries = re.findall(r'<li class="(r\d+(?: t\d)?)">(<a href=\.\./.*?</a>)', html, re.DOTALL)
    told = iter(entries)
    for kin in found:
        for one in kin.all.whole + (kin.others.whole if kin.others else ()):
            classes, entry = next(told)
            text = Page(entry.encode()).text

            assert classes.split()[1:] == ([f"t{one.orientation}"] if one.orientation else [])
            for said in (one.score, one.share, one.found_words, one.turn, one.card.title):
                assert said in text
            assert ("<i>mutual</i>" in entry) == one.mutual


def test_what_rows_refer_to_is_on_the_page(three_files: dict[str, bytes]) -> None:
    """Every drawing of dots that a relative uses is defined, once, and no id stands twice."""
    for path, text in three_files.items():
        if not re.fullmatch("items/image.*html", path):
            continue
        html = text.decode()
        ids = re.findall(r'\bid="([^"]*)"', html)
        used = set(re.findall(r'<use href="#([^"]*)"', html))

        assert len(ids) == len(set(ids))
        assert used == {name for name in ids if re.fullmatch("f[01]{3}", name)}


def test_one_view_needs_no_switch(files: dict[str, bytes]) -> None:
    """Without a choice there is none: no links to views and no dots."""
    html = files["items/image-001/index.html"].decode()

    assert 'aria-label="Views"' not in html
    assert "<symbol" not in html
    assert 'id="by-look"' in html


def test_about_tells_every_descriptor_in_words(build_site: Callable[..., SiteInput]) -> None:
    """Preparation, weights, turning and hubs of a view of two descriptors are told."""
    site = build_site(views=[{"name": "likeness"}, {"name": "plain", "backbone": "lite0"}])
    text = Page(dict(render(site))["about/index.html"]).text

    for said in (
        "likeness by colour and likeness by the pieces of the figure, in equal parts",
        "By the pieces of the figure",
        "2,048 numbers a piece",
        "What the images of a source have in common is taken off",
        "at most 512 principal components are kept, each divided by its eigenvalue to the power",
        "tilted a little besides",
        "with its nearest in the source of the other, small sources taken together",
        "Pictures are compared as they are",
        "The number is the cosine of the two descriptions",
        "There are two ways of seeing",
    ):
        assert said in text


def test_weights_are_told_where_they_differ(build_site: Callable[..., SiteInput]) -> None:
    """Parts that are not equal are named."""
    descriptors = [{"weight": 2}, {"preparation": "lines", "backbone": "strokes"}]
    site = build_site(views=[{"name": "mixed", "descriptors": descriptors}])

    assert "in parts of 2 and 1" in Page(dict(render(site))["about/index.html"]).text


def test_a_view_says_what_its_number_is(three: SiteInput) -> None:
    """Words of a view's own stand in its legend and on the about page."""
    views = (replace(three.views[0], score_words="Standard deviations <above> all pairs."),)
    files = dict(render(replace(three, views=views)))

    for path in ("items/image-000/index.html", "about/index.html"):
        assert "Standard deviations <above> all pairs." in Page(files[path]).text
    assert "cosine of the two" not in Page(files["items/image-000/index.html"]).text


def test_pieces_are_drawn(three: SiteInput) -> None:
    """Where a view tells what it compared, the page draws the pieces with their shares."""
    pieces = ((Piece("M0 0L100 100", 0.75), Piece("M5 5L9 9", 0.25)),) * 60
    views = (three.views[0], replace(three.views[1], pieces=pieces))
    files = dict(render(replace(three, views=views)))
    html = files["items/image-000/index.html"].decode()
    drawn = files[f"items/image-000/pieces-{views[1].name}.svg"].decode()

    assert 'd="M0 0L100 100"' in drawn
    assert 'id="p2"' in drawn
    assert html.count("What was compared") == 1
    assert 'src="pieces-form.svg#p1"' in html
    assert "75 %" in html


def test_pieces_say_which_answered_them(three: SiteInput) -> None:
    """Own pieces and those of the nearest that answered, laid the same way, with their cosine."""
    n = len(three.corpus.images)
    pieces = ((Piece("M0 0L100 100", 0.75), Piece("M5 5L9 9", 0.25)),) * n
    rows = np.full((n, 4), -1, np.int32)
    rows[0, :2] = [7, 9]
    partners = np.full((n, 4, 4), -1, np.int8)
    partners[0, 0, :2] = [1, 0]
    partners[0, 1, 1] = 1
    lie = np.zeros((n, 4), np.uint8)
    lie[0, 1] = 5
    answers = Answers(rows, lie, partners, np.full((n, 4, 4), 0.625, np.float32))
    views = (three.views[0], replace(three.views[1], pieces=pieces, answers=answers))
    files = dict(render(replace(three, views=views)))

    html = files["items/image-000/index.html"].decode()
    part = html[html.index('<ol class="answered">') :]

    assert part.index('"pieces-form.svg#p1"') < part.index('"../image-007/pieces-form.svg#p2"')
    assert part.index('"pieces-form.svg#p2"') < part.index('"../image-007/pieces-form.svg#p1"')
    assert '<li class="reply t5"><img src="pieces-form.svg#p2"' in part
    assert part.count('<li class="reply') == 3
    assert part.count("0.62") == 3
    assert 'class="answered"' not in files["items/image-001/index.html"].decode()
