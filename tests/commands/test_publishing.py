"""What init writes beside the settings: a workflow with few rights, and the catalogue's papers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from support import draw

from builder import settings
from builder.commands.publishing import WORKFLOW, citation, workflow

_TITLE = 'Stars: "a" # & \\ {b}'


@pytest.fixture
def begun(tmp_path: Path, volvelle) -> Path:
    """A folder in which a catalogue was begun."""
    draw(tmp_path / "images/a.png", 1)
    assert volvelle("init", tmp_path).code == 0
    return tmp_path


@pytest.mark.parametrize("way", ["actions", "home"])
def test_a_workflow_has_few_rights_and_names_commits(way: str) -> None:
    """It is YAML; nothing is allowed to all jobs; each action is a full commit hash."""
    text = workflow(way)
    read = yaml.safe_load(text)
    steps = [step for job in read["jobs"].values() for step in job["steps"]]
    used = [step["uses"] for step in steps if "uses" in step]

    assert read["permissions"] == {}
    assert read["jobs"]["build"]["permissions"] == {"contents": "read"}
    assert read["jobs"]["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", one) for one in used)
    assert text.count("# v") == len(used)
    assert any("volvelle build" in step.get("run", "") for step in steps) == (way == "actions")
    assert any("/cache@" in one for one in used) == (way == "actions")


def test_init_writes_what_is_missing_and_replaces_nothing(begun: Path, volvelle) -> None:
    """A user's README stays; with --publish a catalogue.toml stays, and a licence is added."""
    (begun / "README.md").write_text("mine", encoding="utf-8")
    (begun / WORKFLOW).unlink()
    toml = begun / "catalogue.toml"
    toml.write_text(toml.read_text().replace('# licence = "CC', 'licence = "CC'))
    before = toml.read_text()

    ran = volvelle("init", begun, "--publish", "home")

    assert ran.code == 0
    assert (begun / "README.md").read_text() == "mine"
    assert toml.read_text() == before
    assert "site/**" in (begun / WORKFLOW).read_text()
    assert "creativecommons.org/licenses/by/4.0" in (begun / "LICENSE").read_text()
    assert volvelle("init", begun, "--publish", "ftp").code == 2


def test_a_citation_file_says_what_the_settings_say() -> None:
    """Any title survives YAML, and authors are parted into family and given names."""
    about = settings.parse(
        {"catalogue": {"title": _TITLE, "authors": ["Eyck, Jan van", "A group"]}}
    ).catalogue
    read = yaml.safe_load(citation(about))

    assert (read["title"], read["type"], read["cff-version"]) == (_TITLE, "dataset", "1.2.0")
    assert read["authors"] == [
        {"family-names": "Eyck", "given-names": "Jan van"},
        {"name": "A group"},
    ]
    assert "license" not in read
