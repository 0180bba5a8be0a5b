from __future__ import annotations

from collections.abc import Mapping

import pytest

from builder.corpus.assemble import assemble, readable
from builder.corpus.metadata import ROLES, Metadata, Row
from builder.corpus.register import Entry, Register
from builder.corpus.types import Corpus, DateSpan, ReadFile, Tombstone
from builder.errors import CorpusError, SettingsError
from builder.settings import MetadataSettings, Settings

DAY = "2026-11-24"
ERAS = ["CE", "BCE", "?", "~", "ca.", "or later", "or 2000", "at the latest"]


def _file(path: str, content: int = 0) -> ReadFile:
    return ReadFile(path, f"{content:064x}", 40, 30, ("first of 2 pages",))


def _table(*rows: Mapping[str, str]) -> Metadata:
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    filled = tuple(
        Row(n + 2, {column: row.get(column, "") for column in columns})
        for n, row in enumerate(rows)
    )
    roles = {role: role for role in ROLES if role in columns}
    return Metadata("metadata.csv", columns, filled, roles)


def _corpus(paths: list[str], table: Metadata | None = None, **metadata: object) -> Corpus:
    settings = Settings(metadata=MetadataSettings.model_validate(metadata))
    files = [_file(path, n) for n, path in enumerate(paths)]
    return assemble(files, table, Register(), settings, DAY)[0]


def test_images_come_in_natural_order() -> None:
    """Whatever the order of the files, the images are in natural order of their paths."""
    corpus = _corpus(["f10.png", "f2.png", "a/f1.png"])
    assert [image.path for image in corpus.images] == ["a/f1.png", "f2.png", "f10.png"]


def test_without_metadata_names_are_titles() -> None:
    """A folder of images alone is a corpus: ids and titles from file names, no problems."""
    (image,) = _corpus(["ms_12/fol__3v.png"]).images
    assert (
        image.id, image.title, image.source, image.date, image.fields,
    ) == ("fol-3v", "fol 3v", "", None, {})  # fmt: skip
    assert (image.width, image.height, image.notes) == (40, 30, ("first of 2 pages",))
    assert _corpus(["a.png"]).problems == ()


@pytest.mark.parametrize(
    ("path", "title"),
    [("a/Fol_12r.png", "Fol 12r"), ("__.png", "__.png"), ("MS-1.2.tif", "MS-1.2")],
)
def test_readable_names(path: str, title: str) -> None:
    """Titles from file names have blanks for underscores and are never empty."""
    assert title == readable(path)


def test_metadata_fills_the_image() -> None:
    """Title, source and date come from their columns, every other one becomes a field."""
    table = _table(
        {"filename": "a.png", "id": "MS 1", "title": "A\n title", "source": "Vat. gr. 1",
         "date": "c. 1450", "place": "Rome", "note": "", "empty": ""},
        {"filename": "b.png", "place": "", "note": "<script>alert(1)</script>"},
    )  # fmt: skip
    corpus = _corpus(["a.png", "b.png"], table)
    image = corpus.images[0]
    assert (image.id, image.title, image.source) == ("ms-1", "A title", "Vat. gr. 1")
    assert DateSpan("c. 1450", 1440, 1460, "approximate") == image.date
    assert image.fields == {"place": "Rome"}
    assert corpus.images[1].fields == {"note": "<script>alert(1)</script>"}
    assert corpus.columns == ("place", "note")


def test_dates_that_are_not_understood() -> None:
    """Words of a date that give no years are kept as a field; one problem tells of all."""
    texts = ["old", "older", "n.d.", "1482", "old"]
    rows = [{"filename": f"{n}.png", "date": text} for n, text in enumerate(texts)]
    corpus = _corpus([f"{n}.png" for n in range(5)], _table(*rows))
    fields = [dict(image.fields) for image in corpus.images]
    assert fields == [{"date": "old"}, {"date": "older"}, {"date": "n.d."}, {}, {"date": "old"}]
    expected = '3 of 4 dates could not be read: "old", "older"'
    assert [expected] == [problem.problem for problem in corpus.problems]


def test_many_dates_of_which_some_are_rubbish() -> None:
    """500 of 10,000 different dates that say nothing are one problem, and stay on their pages."""
    texts = [f"{n // 8 + 1000} {ERAS[n % 8]}" for n in range(10_000)]
    texts[::20] = [f"rubbish {n}" for n in range(500)]
    rows = [{"filename": f"{n}.png", "date": text} for n, text in enumerate(texts)]
    corpus = _corpus([f"{n}.png" for n in range(10_000)], _table(*rows))
    odd = [image.fields["date"] for image in corpus.images if image.date is None]
    assert odd == texts[::20]
    [problem] = corpus.problems
    assert problem.problem.startswith('500 of 10,000 dates could not be read: "rubbish 0", "rubb')
    assert problem.problem.endswith("and 490 more")


def test_named_facets() -> None:
    """Facets are the columns named, in that order, the source under its own word."""
    table = _table({"filename": "a.png", "source": "x", "Topic": "y", "date": "old"})
    corpus = _corpus(["a.png"], table, facets=["topic", "source", "date", "Topic"])
    assert corpus.facets == ("Topic", "source", "date")
    assert corpus.images[0].fields == {"Topic": "y", "date": "old"}


def test_source_column_of_another_name() -> None:
    """The source's column is the facet "source", whichever of its two names is used."""
    columns = ("filename", "ms")
    row = Row(2, {"filename": "a.png", "ms": "Vat."})
    table = Metadata("m.csv", columns, (row,), {"filename": "filename", "source": "ms"})
    for name in ("ms", "source"):
        corpus = _corpus(["a.png"], table, facets=[name], source="ms")
        assert (
            corpus.facets, corpus.images[0].source, corpus.images[0].fields,
        ) == (("source",), "Vat.", {})  # fmt: skip


def test_unknown_facet() -> None:
    """A facet that is no column is an error that says what was meant."""
    with pytest.raises(SettingsError, match=r'"topics".* does not have; did you mean "topic"\?'):
        _corpus(["a.png"], _table({"filename": "a.png", "topic": "y"}), facets=["topics"])
    with pytest.raises(SettingsError, match="there are no columns at all"):
        _corpus(["a.png"], None, facets=["topic"])


def test_guessed_facets() -> None:
    """Without settings: the source, and at most six columns that sort images into groups."""
    rows = [
        {"filename": f"{n}.png", "source": "one", "group": str(n % 3), "single": "same",
         "each": str(n), "long": "x" * 90 + str(n % 2), "rare": "ab"[n] if n < 2 else "",
         **{f"c{k}": str(n % 2) for k in range(9)}}
        for n in range(12)
    ]  # fmt: skip
    corpus = _corpus([f"{n}.png" for n in range(12)], _table(*rows))
    assert corpus.facets == ("source", "group", "c0", "c1", "c2", "c3")
    assert _corpus(["a.png"], _table(*rows), facets=[]).facets == ()


def test_removed_images_become_tombstones() -> None:
    """What the register knows and nobody finds is a tombstone, redirects included."""
    gone = Entry("gone", "gone.png", "f" * 64, "2026-01-01", "present")
    moved = Entry("moved", "m.png", "e" * 64, "2026-01-01", "redirect", "gone")
    corpus, register = assemble([_file("a.png")], None, Register((gone, moved)), Settings(), DAY)
    assert (
        Tombstone("gone", "gone.png", "f" * 64, "2026-01-01", date=DAY),
        Tombstone("moved", "m.png", "e" * 64, "2026-01-01", "gone"),
    ) == corpus.tombstones
    assert {entry.id: entry.status for entry in register.entries} == {
        "a": "present",
        "gone": "removed",
        "moved": "redirect",
    }


def test_unreadable_image_is_no_tombstone() -> None:
    """An image that cannot be decoded this time keeps its entry in the register."""
    known = Register((Entry("b", "b.png", "f" * 64, "2026-01-01", "present"),))
    corpus, register = assemble([_file("a.png")], None, known, Settings(), DAY, ["b.png"])
    assert [(stone.id, stone.unreadable) for stone in corpus.tombstones] == [("b", True)]
    assert known.entries[0] == register.by_id["b"]


def test_second_build_changes_nothing() -> None:
    """The same inputs and the register of the first build give the same corpus and register."""
    files = [_file("a.png", 1), _file("b.png", 1)]
    first, register = assemble(files, None, Register(), Settings(), DAY)
    assert (first, register) == assemble(files, None, register, Settings(), "2027-01-01")


def test_no_images_at_all() -> None:
    """Nothing to show is one sentence with the remedy, and no image becomes a tombstone."""
    with pytest.raises(CorpusError) as caught:
        assemble([], None, Register(), Settings(), DAY)
    expected = (
        "images: there are no images that can be read; put jpg, png, tif, bmp, webp or gif files "
        "there, or name another folder as images.folder in catalogue.toml."
    )
    assert expected == caught.value.sentence


@pytest.mark.parametrize("count", [1, 2, 30])
def test_few_and_identical_images(count: int) -> None:
    """One image, two images, thirty identical ones: each is in the corpus under its own id."""
    files = [_file(f"{n}.png") for n in range(count)]
    corpus, _ = assemble(files, None, Register(), Settings(), DAY)
    assert (count, ()) == (len({image.id for image in corpus.images}), corpus.problems)


def test_many_kept_ids_are_summarised() -> None:
    """Metadata that would rename hundreds of published images makes twenty-one problems."""
    paths = [f"{n}.png" for n in range(100)]
    files = [_file(path, n) for n, path in enumerate(paths)]
    _, register = assemble(files, None, Register(), Settings(), DAY)
    table = _table(*({"filename": path, "id": f"new-{path}"} for path in paths))
    corpus, again = assemble(files, table, register, Settings(), DAY)
    assert (21, register) == (len(corpus.problems), again)
