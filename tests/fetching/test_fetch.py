"""`volvelle fetch`: what it brings, how it asks, and what faults of servers do to it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from iiif_server import HEIGHT, WIDTH, Served, pixels
from PIL import Image

from builder.commands.fetching import Asked, fetch
from builder.errors import CorpusError
from builder.fetched import Fetched
from builder.settings import FetchSettings
from builder.visiting import VisitError, Visitor

Make = Callable[..., dict]


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now, self.slept = 0.0, []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fetched(tmp_path: Path, clock: Clock) -> Callable[..., Fetched]:
    """Fetch an address into the test's catalogue; time stands still but for waiting."""

    def run(address: str, *, size: int = 300, **asked: object) -> Fetched:
        def visit(settings: FetchSettings) -> Visitor:
            return Visitor(settings, clock.sleep, clock)

        changes = {"size": size, "contact": "me@example.org"}
        return fetch(
            tmp_path, Asked(address, **asked), changes, lambda _: lambda: None, visit  # type: ignore[arg-type]
        )  # fmt: skip

    return run


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "metadata.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sizes(folder: Path) -> list[tuple[int, int]]:
    return [Image.open(folder / "images" / row["filename"]).size for row in rows(folder)]


def test_a_manifest_of_version_3_becomes_images_and_rows(
    served: Served, manifest3: Make, fetched: Callable[..., Fetched], tmp_path: Path
) -> None:
    """Metadata by language, rights, credit, sections and where all came from."""
    document = manifest3(
        ("three", "1r"),
        ("two", "1v"),
        metadata=[
            {"label": {"en": ["Date"]}, "value": {"none": ["c. 1450"]}},
            {"label": {"en": ["Topic"]},
             "value": {"en": ["<b>Moon</b> &amp; sun"], "ar": ["القمر"]}},
            {"label": {"en": ["Title"]}, "value": {"none": ["=HYPERLINK(1)"]}},
        ],
        rights="http://creativecommons.org/licenses/by/4.0/",
        requiredStatement={"label": {"en": ["Credit"]}, "value": {"en": ["© <i>A library</i>"]}},
        structures=[
            {"id": "r", "type": "Range", "label": {"en": ["Book I"]}, "items": [
                {"type": "Range", "id": "q", "label": {"en": ["Ch. 2"]}, "items": [
                    {"type": "Canvas", "id": f"{served.url}/canvas/1v#xywh=0,0,9,9"}]}]},
        ],
    )  # fmt: skip

    done = fetched(served.put("/m.json", document))

    assert (done.new, done.kept, done.problems) == (2, 0, [])
    first, second = rows(tmp_path)
    assert (first["title"], first["source"], first["folio"]) == ("f. 1r", "A manuscript", "f. 1r")
    assert (first["Date"], first["Topic"], first["Topic@ar"]) == ("c. 1450", "Moon & sun", "القمر")
    assert first["Title (IIIF)"] == " =HYPERLINK(1)"
    assert first["rights"] == "http://creativecommons.org/licenses/by/4.0/"
    assert first["credit"] == "© A library"
    assert (first["section"], second["section"]) == ("", "Book I / Ch. 2")
    assert first["iiif_service"] == f"{served.url}/three/1r"
    assert first["iiif_url"] == f"{served.url}/three/1r/full/300,/0/default.jpg"
    assert first["iiif_size"] == f"{2 * WIDTH}x{2 * HEIGHT}"
    assert sizes(tmp_path) == [(300, 197), (300, 197)]
    assert (tmp_path / "catalogue.toml").exists()
    assert "(+me@example.org)" in served.heads["User-Agent"]


def test_a_manifest_of_version_2_becomes_the_same(
    served: Served, fetched: Callable[..., Fetched], tmp_path: Path
) -> None:
    """Labels in all their forms, choices, parts of images, ranges that name each other."""
    url = served.url
    service = {"@id": f"{url}/two/a", "profile": "http://iiif.io/api/image/2/level2.json",
               "@context": "http://iiif.io/api/image/2/context.json"}  # fmt: skip
    image = {
        "@id": f"{url}/two/a/full/full/0/default.jpg",
        "@type": "dctypes:Image",
        "service": service,
    }
    choice = {"@type": "oa:Choice", "default": image, "item": {**image, "@id": f"{url}/no"}}
    part = {"@id": f"{url}/two/a/0,0,320,210/full/0/default.jpg", "@type": "oa:SpecificResource",
            "full": image, "selector": {"region": "0,0,320,210"}}  # fmt: skip

    def canvas(name: str, resource: dict) -> dict:
        return {"@id": f"{url}/c/{name}", "@type": "sc:Canvas", "label": name, "images": [
            {"motivation": "sc:painting", "resource": resource}]}  # fmt: skip

    address = served.put("/v2.json", {
        "@context": "http://iiif.io/api/presentation/2/context.json", "@type": "sc:Manifest",
        "@id": f"{url}/v2.json", "label": [
            {"@value": "Old", "@language": "en"}, {"@value": "Ancien", "@language": "fr"}],
        "attribution": ["Given by <a href='x'>us</a>"],
        "license": "https://rightsstatements.org/vocab/InC/1.0/",
        "metadata": ["odd", {"label": [{"@value": "Sujet", "@language": "fr"}],
                             "value": ["a", {"@value": "b", "@language": "fr"}]}],
        "sequences": [
            {"canvases": [canvas("1", choice), canvas("2", part), {"@id": f"{url}/c/3"}]}],
        "structures": [{"@id": "r0", "label": "Top", "viewingHint": "top", "ranges": ["r1"]},
                       {"@id": "r1", "label": "Part", "ranges": ["r1"],
                        "canvases": [f"{url}/c/1"]}],
    })  # fmt: skip

    done = fetched(address, language="fr")

    first, second = rows(tmp_path)
    assert (first["source"], first["credit"], first["section"]) == ("Ancien", "Given by us", "Part")
    assert first["rights"] == "https://rightsstatements.org/vocab/InC/1.0/"
    assert (first["Sujet"], first["Sujet@und"]) == ("b", "a")
    assert second["iiif_region"] == "0,0,320,210"
    assert sizes(tmp_path) == [(300, 197), (300, 197)]
    whole = np.asarray(pixels("a").crop((0, 0, 320, 210)).resize((300, 197))).astype(int)
    shown = np.asarray(Image.open(tmp_path / "images" / second["filename"])).astype(int)
    assert np.abs(whole - shown).mean() < 6
    assert [one.problem for one in done.problems] == ["has no picture"]


@pytest.mark.parametrize(
    ("kind", "size", "expected"),
    [
        ("three", 0, (WIDTH, HEIGHT)),
        ("two", 600, (500, 328)),  # no more than the service gives
        ("zero", 150, (160, 105)),
        ("zero", 200, (320, 210)),
        ("zero", 0, (WIDTH, HEIGHT)),
        ("tiles", 300, (320, 210)),
        ("tiles", 0, (WIDTH, HEIGHT)),
        ("none", 300, (WIDTH, HEIGHT)),
        ("broken", 300, (WIDTH, HEIGHT)),
    ],
)
def test_every_level_of_service_gives_a_picture(
    kind: str, size: int, expected: tuple[int, int], served: Served, manifest3: Make,
    fetched: Callable[..., Fetched], tmp_path: Path,
) -> None:  # fmt: skip
    """By size, by the sizes that there are, of tiles put together, and without any service."""
    done = fetched(served.put("/m.json", manifest3((kind, "x"))), size=size)

    assert done.problems == []
    assert sizes(tmp_path) == [expected]
    shown = Image.open(tmp_path / "images" / rows(tmp_path)[0]["filename"]).resize((64, 42))
    original = pixels("x").resize((64, 42))
    assert np.abs(np.asarray(shown).astype(int) - np.asarray(original)).mean() < 8


@pytest.mark.parametrize("kind", ["three", "zero", "none"])
def test_a_region_is_the_same_wherever_it_is_cut(
    kind: str, served: Served, manifest3: Make, fetched: Callable[..., Fetched], tmp_path: Path
) -> None:
    """By the server where it can, else here."""
    fetched(served.put("/m.json", manifest3((kind, "x"))), size=0, region="pct:50,50,50,50")

    (row,) = rows(tmp_path)
    shown = Image.open(tmp_path / "images" / row["filename"])
    original = pixels("x").crop((WIDTH // 2, HEIGHT // 2, WIDTH, HEIGHT))
    assert shown.size == original.size
    assert np.abs(np.asarray(shown).astype(int) - np.asarray(original)).mean() < 8


def test_a_second_call_asks_for_nothing_and_changes_nothing(
    served: Served, manifest3: Make, fetched: Callable[..., Fetched], tmp_path: Path
) -> None:
    """What was brought stays, with what was written into its row since."""
    address = served.put("/m.json", manifest3(("three", "1"), ("three", "2")))
    fetched(address, limit=1)
    table = tmp_path / "metadata.csv"
    table.write_text(table.read_text().replace("f. 1,A man", "Edited by hand,A man"))
    done = fetched(address)
    assert (done.new, done.kept) == (1, 1)
    before, asked = table.read_bytes(), served.asked.copy()

    done = fetched(address)

    assert (done.new, done.kept, done.problems) == (0, 2, [])
    assert served.asked == asked
    assert table.read_bytes() == before
    assert rows(tmp_path)[0]["title"] == "Edited by hand"


def test_a_table_of_ones_own_keeps_its_rows(
    served: Served, manifest3: Make, fetched: Callable[..., Fetched], tmp_path: Path
) -> None:
    """Rows are added below; columns that are there are used, whatever their case."""
    (tmp_path / "metadata.csv").write_text(
        "File;Title;Place\nmine.png;Mine;Here\n", encoding="utf-8"
    )
    (tmp_path / "catalogue.toml").write_text('[metadata]\nfilename = "File"\n')

    fetched(served.put("/m.json", manifest3(("three", "1"))))

    mine, fresh = rows(tmp_path)
    assert (mine["File"], mine["Title"], mine["Place"]) == ("mine.png", "Mine", "Here")
    assert (fresh["Title"], fresh["source"]) == ("f. 1", "A manuscript")
    assert fresh["File"].endswith("/0001-f-1.jpg")


def test_collections_are_followed_each_manifest_once(
    served: Served, manifest3: Make, fetched: Callable[..., Fetched]
) -> None:
    """Collections of collections, that hold each other, and one member that fails."""
    url = served.url
    one = {**manifest3(("three", "a")), "id": f"{url}/one.json"}
    two = {**manifest3(("three", "b")), "id": f"{url}/two.json"}
    served.put("/one.json", one)
    served.put("/two.json", two)
    served.put("/inner.json", {
        "@type": "sc:Collection", "@id": f"{url}/inner.json",
        "@context": "http://iiif.io/api/presentation/2/context.json",
        "manifests": [{"@id": f"{url}/two.json"}, {"@id": f"{url}/one.json"}],
        "collections": [{"@id": f"{url}/top.json"}],
    })  # fmt: skip
    address = served.put("/top.json", {
        "@context": "http://iiif.io/api/presentation/3/context.json", "type": "Collection",
        "id": f"{url}/top.json", "label": {"none": ["All"]},
        "items": [{"id": f"{url}/one.json", "type": "Manifest"},
                  {"id": f"{url}/gone.json", "type": "Manifest"},
                  {"id": f"{url}/inner.json", "type": "Collection"}],
    })  # fmt: skip

    done = fetched(address)

    assert (done.new, done.manifests) == (2, 2)
    assert [(p.path, p.problem) for p in done.problems] == [
        (f"{url}/gone.json", "the server does not have it")
    ]


@pytest.mark.parametrize("fault", [429, 500, 503, "cut"])
def test_what_fails_for_the_moment_is_asked_for_again(
    fault: object, served: Served, manifest3: Make, fetched: Callable[..., Fetched], clock: Clock
) -> None:
    """After as long as the server says, and longer each time."""
    address = served.put("/m.json", manifest3(("three", "a")))
    served.faults["/m.json"] = [fault, fault]
    served.faults["/three/a/full/300,/0/default.jpg"] = [fault]

    done = fetched(address)

    assert (done.new, done.problems) == (1, [])
    assert served.asked["/m.json"] == 3
    assert max(clock.slept) >= (3 if isinstance(fault, int) else 1)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (404, "does not have it"),
        (403, "refuses it"),
        ("html", "picture"),
        ("torn", "damaged"),
        ("huge", "larger than 100 MB"),
        ("loop", "for ever"),
        ("file", "no address of the web"),
        ("late", "to wait 86400 s"),
    ],
)
def test_what_cannot_be_had_is_told_and_the_rest_comes(
    fault: object, said: str, served: Served, manifest3: Make,
    fetched: Callable[..., Fetched], tmp_path: Path,
) -> None:  # fmt: skip
    """One sentence for the image, and the next one is fetched; a later call brings it."""
    address = served.put("/m.json", manifest3(("three", "bad"), ("three", "good")))
    paths = ["full/300,", "full/max"]
    for path in paths:
        served.faults[f"/three/bad/{path}/0/default.jpg"] = [fault] * 9

    done = fetched(address)

    assert done.new == 1
    (problem,) = done.problems
    assert said in problem.problem
    assert len(rows(tmp_path)) == 1

    served.faults.clear()
    assert fetched(address).new == 1
    assert [row["folio"] for row in rows(tmp_path)] == ["f. good", "f. bad"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html><p>Hello", "is a web page"),
        (b'{"type": "Mani', "cut off"),
        (b"[1, 2]", "no IIIF document"),
        (b'{"type": "Canvas", "id": "x"}', 'type "Canvas"'),
        (b"\xff\xfe\x00", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_what_is_no_manifest_is_refused_in_words(
    content: bytes, said: str, served: Served, fetched: Callable[..., Fetched]
) -> None:
    """The address itself must lead to something."""
    with pytest.raises(CorpusError, match=said):
        fetched(served.put("/m.json", content))


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://x.org/m", "m.json", "http://", "http://[x"]
)
def test_only_addresses_of_the_web_are_asked_for(
    address: str, fetched: Callable[..., Fetched]
) -> None:
    """Whatever a manifest or a command names."""
    with pytest.raises(VisitError, match="no address of the web"):
        fetched(address)


def test_servers_are_asked_slowly(served: Served, clock: Clock) -> None:
    """No faster than the rate, whatever comes."""
    address = served.put("/x.json", {})
    visitor = Visitor(FetchSettings(rate=2), clock.sleep, clock)

    for _ in range(5):
        visitor.get(address)

    assert clock.now == pytest.approx(2.0)


def test_names_stay_in_the_folder(
    served: Served, manifest3: Make, fetched: Callable[..., Fetched], tmp_path: Path
) -> None:
    """Labels like paths, devices or nothing at all; two of one name do not meet."""
    labels = ["../../etc/passwd", "CON", "", "a/b\\c:*?", "كتاب", "same", "same"]
    document = manifest3(*(("three", f"x{at}") for at in range(len(labels))))
    document["label"] = {"none": ["../.."]}
    for canvas, label in zip(document["items"], labels, strict=True):
        canvas["label"] = {"none": [label]}

    done = fetched(served.put("/m.json", document))

    assert (done.new, done.problems) == (len(labels), [])
    files = list(tmp_path.rglob("*.jpg"))
    assert len(files) == len(labels)
    assert all(path.parent.parent == tmp_path / "images" for path in files)
    assert not list(tmp_path.parent.glob("*.jpg"))


def test_the_command_reports(
    served: Served, manifest3: Make, volvelle: Callable, tmp_path: Path
) -> None:
    """Numbers on standard output, and a code for problems."""
    address = served.put("/m.json", manifest3(("none", "a"), ("none", "b")))
    served.faults["/none/b/full/max/0/default.jpg"] = [404]

    ran = volvelle("fetch", address, "--to", tmp_path / "new", "--rate", 50, "--json", "-q")

    assert ran.code == 1
    assert ran.json["images"] == {"new": 1, "kept": 0}
    assert json.dumps(ran.json["problems"]).count("does not have it") == 1
    assert (tmp_path / "new/metadata.csv").exists()
