"""A build that is killed loses nothing: the next one gives the bytes of an undisturbed one."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from support import tree

ROOT = Path(__file__).parents[2]
KILLS = 10

VIEWS = """
[[views]]
name = "look"
size = 64
layer = "blocks.3"
[[views]]
name = "form"
[[views.descriptors]]
preparation = "pieces"
backbone = "strokes"
size = 64
centring = "source"
components = 256
orientations = "turned"
[[clusters]]
k = 2
[[clusters]]
name = "books"
method = "from-column"
column = "source"
"""
"""One view through a network, one by pieces and turns; two clusterings of each."""

# Every opening of a file for writing, renaming and removing below the catalogue is an event; the
# process kills itself, as by kill -9, just before event number KILL (never, if it is -1).
PROGRAM = """
import os, signal, sys
folder, kill, report = sys.argv[1], int(sys.argv[2]), sys.argv[3]
seen = 0
def hook(event, arguments):
    global seen
    if event == "open":
        path, mode, flags = arguments
        writing = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
    else:
        path, writing = arguments[0] if arguments else "", event in ("os.rename", "os.remove")
    if writing and str(path).startswith(folder):
        if seen == kill:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1
sys.addaudithook(hook)
from builder.cli import main
try:
    main(["build", folder, "-q"])
except SystemExit:
    pass
open(report, "w").write(str(seen))
"""


def run(folder: Path, kill: int, report: Path) -> int:
    """Build in a process of its own; gives its exit status."""
    command = [sys.executable, "-c", PROGRAM, str(folder), str(kill), str(report)]
    return subprocess.run(command, cwd=ROOT, capture_output=True).returncode


def files_to_keep(folder: Path) -> list[Path]:
    """What a build writes beside the settings, to be committed with them."""
    return [folder / "register.csv", folder / "clusters.csv", *sorted(folder.glob("layouts/*"))]


def test_ten_kills_at_random_moments_change_no_byte(
    catalogue: Callable[..., Path], tmp_path: Path, volvelle
) -> None:
    """After kill -9 before any write, rename or removal, the next build ends as if undisturbed."""
    folder, report = catalogue(9, settings=VIEWS), tmp_path / "events"
    inputs = tmp_path / "inputs"
    shutil.copytree(folder, inputs)
    assert run(folder, -1, report) == 0
    events, expected = int(report.read_text()), tree(folder / "site")
    kept = {path: path.read_bytes() for path in files_to_keep(folder)}
    assert len(kept) == 4  # register, names of clusters, a map of each view

    for kill in random.Random(1).sample(range(events), KILLS):
        shutil.rmtree(folder)
        shutil.copytree(inputs, folder)
        assert run(folder, kill, report) == -signal.SIGKILL, kill
        assert volvelle("build", folder, "-q").code == 0

        assert tree(folder / "site") == expected, kill
        assert {path: path.read_bytes() for path in files_to_keep(folder)} == kept


def test_a_kill_while_a_site_is_replaced_leaves_a_whole_site(
    catalogue: Callable[..., Path], tmp_path: Path, volvelle
) -> None:
    """Whenever a rebuild is killed, the former or the new site is whole after the next call."""
    folder, report = catalogue(4), tmp_path / "events"
    assert volvelle("build", folder, "-q").code == 0
    former = tree(folder / "site")
    toml = folder / "catalogue.toml"
    toml.write_text('[catalogue]\ntitle = "Second"\n' + toml.read_text())
    kept = tmp_path / "kept"
    shutil.copytree(folder, kept)
    assert run(folder, -1, report) == 0
    events, fresh = int(report.read_text()), tree(folder / "site")
    renames = [events - n for n in (1, 2, 3, 40)]

    for kill in [*renames, events // 2]:
        shutil.rmtree(folder)
        shutil.copytree(kept, folder)
        run(folder, kill, report)
        site = folder / "site" if (folder / "site").exists() else folder / ".site.old"
        assert tree(site) in (former, fresh), kill
        assert volvelle("build", folder, "-q").code == 0
        assert tree(folder / "site") == fresh
        assert not list(folder.glob(".site*"))
