"""The curator's table: overrules, survives nonsense, and is answered line by line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.measures.review import overrule, read_review, suspects_text
from builder.measures.types import KINDS, Verdict

IDS = ["f-1", "f-2", "f-3"]


def test_a_curator_overrules() -> None:
    """Kind and note are the curator's, the score is 1, others stay."""
    verdicts = [
        Verdict("blank", 0.9, "empty"),
        Verdict("ok", 0.8, "fine"),
        Verdict("ok", 1, "fine"),
    ]
    review = read_review(b"image,kind,note\nf-1,ok,a drypoint\nf-3,text,\n", IDS)

    found = overrule(verdicts, IDS, review)

    assert review.problems == ()
    assert found == [
        Verdict("ok", 1.0, "a drypoint", "curator"),
        verdicts[1],
        Verdict("text", 1.0, "the curator says so", "curator"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"note;kind;image\nx;BLANK;f-2\n",
        b"\xef\xbb\xbfimage\tkind\tnote\r\nf-2\tblank\tx\r\n",
        b"image,kind,note,who\n\nf-2, blank ,x,me\n",
    ],
)
def test_tables_of_many_makes_are_read(data: bytes) -> None:
    """Order, delimiter, case, byte order mark, blank lines and further columns do not matter."""
    review = read_review(data, IDS)

    assert {id_: said.kind for id_, said in review.said.items()} == {"f-2": "blank"}
    assert review.problems == ()


def test_each_wrong_line_is_a_problem_and_the_rest_counts() -> None:
    """Unknown images and kinds and repeated images are told with their lines."""
    data = b"image,kind\nf-9,blank\nf-1,blnk\nf-1,text\nf-1,ok\nf-2\nf-3,ok\n"

    review = read_review(data, IDS)

    assert {id_: said.kind for id_, said in review.said.items()} == {"f-1": "text", "f-3": "ok"}
    told = [problem.problem for problem in review.problems]
    assert told == [
        'line 2: there is no image "f-9"',
        'line 3: there is no kind "blnk"',
        'line 5: "f-1" stands in line 4 already, which counts',
        'line 6: there is no kind ""',
    ]
    assert all(problem.remedy for problem in review.problems)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"image,kind\nf-1,\xff\n", "line 2 is not UTF-8"),
        (b"id,kind\nf-1,ok\n", 'has no column "image"'),
        (b"image,note\nf-1,ok\n", 'has no column "kind"'),
        (b"image,kind\nf-1,ok\n" + b"x" * 200_000, "is no table"),
    ],
)
def test_a_table_beyond_use_is_one_problem(data: bytes, what: str) -> None:
    """Nothing is overruled, and the sentence names the fault."""
    review = read_review(data, IDS)

    assert review.said == {}
    assert len(review.problems) == 1
    assert review.problems[0].problem.startswith(what)


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_reader(data: bytes) -> None:
    """Whatever the file holds, only known images get known kinds."""
    review = read_review(b"image,kind\n" + data, IDS)

    assert set(review.said) <= set(IDS)
    assert {said.kind for said in review.said.values()} <= set(KINDS)


def test_an_empty_table_says_nothing() -> None:
    """No file, or only a header: no verdict changes."""
    assert read_review(b"", IDS).said == {}
    assert read_review(b"image,kind,note\n", IDS).said == {}


def test_suspects_can_be_pasted_into_the_review() -> None:
    """suspects.csv has every image that is not ok, and reads back as a review."""
    verdicts = [
        Verdict("blank", 0.9, 'nothing, "really"'),
        Verdict("ok", 1, "fine"),
        Verdict("suspect", 0.25, "blots"),
    ]

    text = suspects_text(IDS, verdicts)

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["image"], row["score"]) for row in rows] == [("f-1", "0.900"), ("f-3", "0.250")]
    again = read_review(text.encode(), IDS)
    assert again.problems == ()
    assert {id_: said.kind for id_, said in again.said.items()} == {
        "f-1": "blank",
        "f-3": "suspect",
    }
