"""What cannot be told from the files alone: a question in words, and what answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from builder.corpus.register import Entry
from builder.errors import QuestionError

Answer = Literal["", "pictures", "paths", "order", "metadata", "new"]
"""What questions are settled by: an id follows the picture, or its path; equal pictures are paired
in natural order; the metadata's word counts; or files are new images. "" leaves them open."""

Kind = Literal["which", "exchange", "back", "place", "claim"]

ANSWERS: dict[Kind, tuple[Answer, ...]] = {
    "which": ("order", "new"),
    "exchange": ("pictures", "paths"),
    "back": ("pictures", "paths"),
    "place": ("paths", "new"),
    "claim": ("metadata", "new"),
}
"""What can settle each kind of question."""

MEANINGS: dict[str, str] = {
    "pictures": "files were renamed: ids follow the pictures",
    "paths": "pictures were replaced: ids stay with the paths",
    "order": "equal pictures are paired in the order of their names",
    "metadata": "the ids in the metadata say which is which",
    "new": "they are new images, and what is gone is removed",
}

_NAMED = 4


@dataclass(frozen=True)
class Question:
    """One thing that somebody must decide.

    Attributes:
        kind: which: equal pictures, and no telling which of the ids a file has; exchange: a
            picture known by one id stands at another path, and the id's own path holds another
            picture; back: the picture of an image that is gone, or still lies elsewhere, lies at
            the path of another; place: another picture at the path of a removed image; claim: the
            metadata gives a file an id whose picture and path are gone.
        entries: the ids in question.
        files: paths of the files in question.
    """

    kind: Kind
    entries: tuple[Entry, ...]
    files: tuple[str, ...]

    @property
    def text(self) -> str:
        """The question as a sentence without its end."""
        ids = _named([entry.id for entry in self.entries])
        paths = _named(list(self.files))
        if self.kind == "which":
            return (
                f"the same picture was known as {ids} and now lies at {paths}: "
                "which file is which image"
            )
        if self.kind == "exchange":
            return (
                f"the picture of {ids} now lies at {paths}, while another lies where it was: "
                "were files renamed, or pictures replaced"
            )
        if self.kind == "back":
            other, owner = self.entries
            where = "lies" if other.status == "present" else "was gone and lies"
            return (
                f'the picture of "{other.id}" {where} at {paths} now, where "{owner.id}" was: '
                f'is it a new picture of "{owner.id}", or is "{owner.id}" gone'
            )
        if self.kind == "place":
            return (
                f"a new picture lies at {paths}, where the removed image {ids} was: "
                "is it the same image, or another"
            )
        return (
            f"the metadata gives {paths} the id {ids}, whose own file is gone and was another: "
            "is it the same image, or another"
        )

    @property
    def answers(self) -> tuple[str, ...]:
        """Commands that answer it."""
        return tuple(
            f"volvelle register settle --by {answer} ({MEANINGS[answer]})"
            for answer in ANSWERS[self.kind]
        )


def refusal(questions: Sequence[Question], register: str) -> QuestionError:
    """The error that asks; all of the questions are told by `volvelle register status`."""
    more = f" (and {len(questions) - 1} more questions)" if len(questions) > 2 else ""
    more = " (and 1 more question)" if len(questions) == 2 else more
    remedy = " or ".join(questions[0].answers)
    if len({question.kind for question in questions}) > 1 or more:
        remedy += "; volvelle register status tells all"
    return QuestionError(
        f"{questions[0].text}{more}? Nothing was changed", register, f"say {remedy}"
    )


def _named(names: Sequence[str]) -> str:
    shown = [f'"{name}"' for name in names[:_NAMED]]
    if len(names) > _NAMED:
        shown.append(f"{len(names) - _NAMED} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
