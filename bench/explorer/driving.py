"""One page in a fresh browser, driven by hand and measured."""

from __future__ import annotations

import os
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, Playwright

from bench.explorer.browser import CHROMIUM, CHROMIUM_ARGUMENTS, find

WINDOW = {"width": 1280, "height": 800}
PROBES = (Path(__file__).parent / "probes.js").read_text()
PATIENCE = 240_000
"""Milliseconds that a page is given to show its first thumbnails."""

ASKED = """() => performance.getEntriesByType('resource')
  .concat(performance.getEntriesByType('navigation'))
  .filter((one) => one.name.startsWith(location.protocol) && one.responseEnd <= probe.first)
  .map((one) => [one.name, one.transferSize])"""

FORTY = """async () => {
  const { stage } = volvelle.explorer;
  const { rig, places } = stage;
  const middle = volvelle.explorer.anchor(places);
  const pixels = Math.sqrt(rig.free.width * rig.free.height / 40);
  const start = performance.now();
  const [x, y] = places.xy.subarray(middle * 2, middle * 2 + 2);
  rig.go({ x, y, scale: pixels / places.size }, true);
  const sharp = () => {
    const rows = stage.visible();
    const loaded = (row) => document.querySelector(`.sharp.loaded[data-row="${row}"]`);
    return rows.length && rows.every(loaded);
  };
  const late = () => performance.now() - start > 20000;
  while (!sharp() && !late()) await new Promise((done) => setTimeout(done, 8));
  return [performance.now() - start, stage.visible().length, !late()];
}"""


@dataclass
class Measured:
    """What was found of one page; times in ms, memory in MB."""

    name: str
    first: float = float("nan")
    bytes: int = 0
    requests: int = 0
    frames: list[float] = field(default_factory=list)
    work: float = float("nan")
    """Of all cores for a frame: beside the time of frames, it does not hang on what else runs."""
    textures: float = 0
    memory: float = 0
    idle: int = 0
    starts: dict[str, float] = field(default_factory=dict)
    sharp: tuple[float, int, bool] | None = None


@contextmanager
def opened(playwright: Playwright, address: str, **options: object) -> Iterator[tuple[Page, int]]:
    """A page in a browser of its own, and the browser's process."""
    browser = playwright.chromium.launch(
        executable_path=find(CHROMIUM, "VOLVELLE_CHROMIUM"),
        args=[*CHROMIUM_ARGUMENTS, "--volvelle-bench"],
    )
    try:
        context = browser.new_context(**{"viewport": WINDOW, "screen": WINDOW} | options)  # type: ignore[arg-type]
        context.add_init_script(PROBES)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address, wait_until="commit")
        yield page, _process()
    finally:
        browser.close()


def loaded(page: Page, measured: Measured) -> None:
    """Wait for the first thumbnails and note when they came and what they cost."""
    page.wait_for_function("() => probe.first > 0", polling=50)
    measured.first = page.evaluate("probe.first")
    for name, size in page.evaluate(ASKED):
        measured.requests += 1
        local = Path(urllib.parse.unquote(urllib.parse.urlsplit(name).path))
        measured.bytes += local.stat().st_size if name.startswith("file:") else size


def moved(page: Page, measured: Measured, pid: int) -> None:
    """Zoom in and out under the pointer and pan, by hand."""
    before, drawn = busy(pid), page.evaluate("probe.draws")
    x, y = WINDOW["width"] // 2, WINDOW["height"] // 2
    page.mouse.move(x, y)
    page.evaluate("probe.record()")
    for delta in (*[-120] * 16, *[120] * 8):
        page.mouse.wheel(0, delta)
        page.wait_for_timeout(60)
    page.mouse.down()
    for step in range(24):
        page.mouse.move(x - 14 * min(step, 24 - step), y + 9 * (step % 12))
        page.wait_for_timeout(30)
    page.mouse.up()
    measured.frames = page.evaluate("probe.stop()")
    measured.work = (busy(pid) - before) / max(1, page.evaluate("probe.draws") - drawn)


def rested(page: Page, measured: Measured, pid: int) -> None:
    """Draws while nothing is asked, memory and textures."""
    page.wait_for_timeout(3000)
    before = page.evaluate("probe.draws")
    page.wait_for_timeout(2000)
    measured.idle = page.evaluate("probe.draws") - before
    measured.textures = page.evaluate("probe.textures") / 2**20
    measured.memory = proportional(pid)


def _process() -> int:
    """The newest browser that this bench has started."""
    found = [
        int(path.name)
        for path in Path("/proc").glob("[0-9]*")
        if b"--volvelle-bench" in _read(path / "cmdline")
        and b"--type=" not in _read(path / "cmdline")
    ]
    return max(found)


def proportional(pid: int) -> float:
    """Proportional set size of a process and all that it started, in MB."""
    lines = [
        line
        for one in _family(pid)
        for line in _read(Path(f"/proc/{one}/smaps_rollup")).splitlines()
    ]
    return sum(int(line.split()[1]) for line in lines if line.startswith(b"Pss:")) / 1024


def busy(pid: int) -> float:
    """Milliseconds that a process and all that it started have kept a core busy."""
    ticks = 0
    for one in _family(pid):
        fields = _read(Path(f"/proc/{one}/stat")).rpartition(b")")[2].split()
        ticks += sum(int(field) for field in fields[11:13])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    """A process and all that it started."""
    parents: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*"):
        stat = _read(path / "stat").rpartition(b")")[2].split()
        if stat:
            parents.setdefault(int(stat[1]), []).append(int(path.name))
    waiting, found = [pid], []
    while waiting:
        found.append(waiting.pop())
        waiting += parents.get(found[-1], [])
    return found


def _read(path: Path) -> bytes:
    """A file of a process, empty when that has ended."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
