from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.corpus.record import corpus_from_json, corpus_to_json
from builder.corpus.types import Corpus, DateSpan, Image, Tombstone
from builder.errors import Problem

_WORDS = st.text(max_size=5)
_MANY = st.lists(_WORDS, max_size=3).map(tuple)
_IMAGES = st.builds(
    Image,
    id=_WORDS, path=_WORDS, sha256=_WORDS, width=st.integers(), height=st.integers(), title=_WORDS,
    source=_WORDS, date=st.none() | st.builds(DateSpan, _WORDS, st.integers(), st.integers()),
    fields=st.dictionaries(_WORDS, _WORDS, max_size=3), notes=_MANY,
)  # fmt: skip
_CORPORA = st.builds(
    Corpus,
    images=st.lists(_IMAGES, max_size=3).map(tuple),
    tombstones=st.lists(
        st.builds(Tombstone, _WORDS, _WORDS, _WORDS, _WORDS, _WORDS), max_size=2
    ).map(tuple),
    columns=_MANY,
    facets=_MANY,
    problems=st.lists(st.builds(Problem, _WORDS, _WORDS, _WORDS), max_size=2).map(tuple),
)


@given(_CORPORA)
def test_round_trip_through_json(corpus: Corpus) -> None:
    """A corpus written as JSON and read again is equal, fields in their order."""
    again = corpus_from_json(json.loads(json.dumps(corpus_to_json(corpus))))
    assert corpus == again
    assert [list(i.fields) for i in corpus.images] == [list(i.fields) for i in again.images]


def test_another_format_is_refused() -> None:
    """A record of another format is not taken for ours."""
    with pytest.raises(ValueError, match="not a corpus of format 1"):
        corpus_from_json({"format": 2})
