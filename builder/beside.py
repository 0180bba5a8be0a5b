"""What lies beside the pictures: notes, relations, verdicts, and the day each image came."""

from __future__ import annotations

from dataclasses import asdict
from functools import cached_property
from pathlib import Path

from builder.corpus.notes import FOLDER, Notes, read_notes
from builder.corpus.problems import did_you_mean
from builder.corpus.register import Register
from builder.corpus.relations import FILE, Relations, read_relations
from builder.corpus.types import Corpus
from builder.corpus.verdicts import FILE as VERDICTS_FILE
from builder.corpus.verdicts import Verdicts, read_verdicts
from builder.errors import Problem
from builder.page_places import places
from builder.pages.alt import OWN, unknown_names
from builder.pages.notes import lost_links
from builder.pages.types import Beside
from builder.settings import FILE_NAME, Settings
from builder.workspace import fingerprint


class Margin:
    """Reads it once.

    Args:
        folder: of the catalogue.
        settings: of the catalogue.
        corpus: its images.
        register: with the day of each.
    """

    def __init__(
        self, folder: Path, settings: Settings, corpus: Corpus, register: Register
    ) -> None:
        self._settings, self._corpus, self._register = settings, corpus, register
        self._notes: Notes = read_notes(folder / FOLDER, corpus)
        self._relations: Relations = read_relations(folder / FILE, corpus)
        self._verdicts: Verdicts = read_verdicts(folder / VERDICTS_FILE, corpus)
        self._places = places(folder, settings, corpus)

    @cached_property
    def beside(self) -> Beside:
        """For the pages."""
        known = self._register.by_id
        return Beside(
            {one.id: known[one.id].first_seen for one in self._corpus.images if one.id in known},
            self._notes.texts,
            self._relations.rows,
            bool(self._settings.catalogue.site_url and self._settings.crawlers.cards),
            self._places,
            self._verdicts.rows,
        )

    @cached_property
    def fingerprint(self) -> str:
        """Of what is said of images: it is part of the catalogue's version."""
        related = [asdict(one) for one in self._relations.rows]
        judged = [asdict(one) for one in self._verdicts.rows]
        told = {"notes": dict(self._notes.texts), "relations": related}
        return fingerprint(told | ({"verdicts": judged} if judged else {}))

    @property
    def days(self) -> str:
        """A fingerprint of days and pages: they are shown, but make no other version."""
        states = {image_id: one.state for image_id, one in self._places.items()}
        days = dict(self.beside.first_seen)
        return fingerprint({"days": days, "pages": states} if states else days)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What cannot be used."""
        return (
            *self._notes.problems,
            *self._lost(),
            *self._relations.problems,
            *self._verdicts.problems,
            *self._unnamed(),
        )

    def _lost(self) -> list[Problem]:
        ids = {image.id for image in self._corpus.images}
        return [
            Problem(f"{FOLDER}/{image_id}.md", f'links to "{target}", which is no image', remedy)
            for image_id, text in self._notes.texts.items()
            for target in lost_links(text, ids)
            for remedy in ("write the id of an image, or a whole address",)
        ]

    def _unnamed(self) -> list[Problem]:
        columns = self._corpus.columns
        known = (*OWN, *columns)
        return [
            Problem(
                FILE_NAME,
                f'images.alt names "{name}", which is no column',
                did_you_mean(name, known),
            )
            for name in unknown_names(self._settings.images.alt, columns)
        ]
