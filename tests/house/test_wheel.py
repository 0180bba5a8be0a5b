"""The wheel holds all that a user needs: templates and the built front end."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_wheel_works_away_from_the_checkout(tmp_path: Path) -> None:
    """Built in isolation, unpacked elsewhere: the data is inside the package, and is found."""
    command = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), "."]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("volvelle-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        archive.extractall(tmp_path / "unpacked")
    code = (
        "import builder.pages.resources as r; print(r.__file__);"
        "print(r.data_dir('templates')); print(r.data_dir('static'))"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "unpacked")},
        capture_output=True,
        text=True,
        check=True,
    )

    for name in ("templates/base.html", "static/explorer.js", "static/volvelle.css"):
        assert f"builder/_data/{name}" in names
    assert any(name.endswith(".woff2") for name in names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"builder", "volvelle"}
    assert all(line.startswith(str(tmp_path)) for line in done.stdout.split())
