"""What of each picture may be shown: its row, its source, the default; never more than is said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.rights import STRICTNESS, with_access
from builder.corpus.types import Image
from builder.settings import RightsSettings

_WORDS = st.sampled_from(
    ["", "open", "Open ", "restricted", "withheld", "witheld", "public domain"]
)


def image(path: str, source: str = "", sha256: str = "") -> Image:
    return Image(path, path, sha256 or path, 10, 10, path, source)


@given(
    st.lists(st.tuples(_WORDS, st.sampled_from(["", "A", "B"]), st.integers(0, 3)), max_size=8),
    st.sampled_from(STRICTNESS),
    st.dictionaries(st.sampled_from(["A", "B"]), st.sampled_from(STRICTNESS)),
)
def test_the_strictest_word_on_the_same_bytes_counts(
    rows: list[tuple[str, str, int]], default: str, sources: dict[str, str]
) -> None:
    """Compared with the rule said in one line an image."""
    images = [image(f"{at}.png", source, f"{sha}") for at, (_, source, sha) in enumerate(rows)]
    words = {f"{at}.png": word for at, (word, _, _) in enumerate(rows)}

    shown, _ = with_access(
        images, words, RightsSettings(default=default, sources=sources), "m.csv"  # type: ignore[arg-type]
    )  # fmt: skip

    said = [
        (word.strip().lower() if word.strip().lower() in STRICTNESS else "withheld")
        if word
        else sources.get(source, default)
        for word, source, _ in rows
    ]
    for at, one in enumerate(shown):
        same = [said[other] for other, row in enumerate(rows) if row[2] == rows[at][2]]
        assert one.access == max(same, key=STRICTNESS.index)


def test_what_is_not_as_said_is_told() -> None:
    """Unknown words, sources that no image has, and files of the same bytes."""
    images = [image("a.png", "MS A", "1"), image("b.png", "MS A", "1"), image("c.png")]
    rights = RightsSettings(sources={"MS a": "restricted"}, credits={"X": "y"})

    shown, problems = with_access(images, {"a.png": "witheld", "c.png": "open"}, rights, "m.csv")

    assert [one.access for one in shown] == ["withheld", "withheld", "open"]
    assert [(one.path, one.problem) for one in problems] == [
        ("m.csv", '"witheld", said of the rights in a.png, is not known: withheld'),
        ("b.png", "is withheld, not open: the same picture is so elsewhere"),
        ("catalogue.toml", 'rights.sources names the source "MS a", which no image has'),
        ("catalogue.toml", 'rights.credits names the source "X", which no image has'),
    ]
