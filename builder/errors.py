"""What can go wrong, told in one sentence: what happened, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


class VolvelleError(Exception):
    """A failure that a user can mend.

    Args:
        what: what happened, a clause without a full stop.
        where: the file, setting or folder concerned ("" if there is none).
        remedy: what to do about it, a clause without a full stop.
    """

    exit_code = 1

    def __init__(self, what: str, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The one line that a user reads."""
        place = f"{self.where}: " if self.where else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        sentence = f"{place}{self.what}{remedy}"
        return sentence if sentence.endswith("?") else sentence + "."


class SettingsError(VolvelleError):
    """The settings, or the words on the command line, make no sense (exit code 2)."""

    exit_code = 2


class CorpusError(VolvelleError):
    """The folder of images, its metadata or its register cannot be used."""


class ModelError(VolvelleError):
    """A backbone, or its weights, cannot be used."""


class QuestionError(CorpusError):
    """What became of an image cannot be told from the files; somebody must say (exit code 3)."""

    exit_code = 3


class OutputError(VolvelleError):
    """The site or an artifact cannot be written."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with one input that does not stop a build.

    `path` is as the user knows it (relative to the catalogue where possible).
    """

    path: str
    problem: str
    remedy: str
