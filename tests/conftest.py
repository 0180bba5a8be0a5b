"""What tests of several rooms share: small catalogues, and the command line run in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from browsers import CHROMIUM, CHROMIUM_ARGUMENTS, find
from playwright.sync_api import Browser, Playwright, sync_playwright
from support import SETTINGS, draw

from builder import cli


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict:
        return json.loads(self.out)


@pytest.fixture
def volvelle(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run a command line as a user would; gives exit code and output."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, printed.out, printed.err)

    return run


@pytest.fixture
def catalogue(tmp_path: Path) -> Callable[..., Path]:
    """Make a catalogue of `count` drawn images with metadata; gives its folder."""

    def make(count: int = 6, rows: Sequence[str] | None = None, settings: str = SETTINGS) -> Path:
        folder = tmp_path / "catalogue"
        for number in range(count):
            draw(folder / "images" / f"f{number}.png", number)
        lines = [f"f{n}.png,Figure {n},{'AB'[n % 2]},{1200 + n}" for n in range(count)]
        table = "\n".join(["filename,title,source,date", *(rows if rows is not None else lines)])
        folder.mkdir(exist_ok=True)
        (folder / "metadata.csv").write_text(table + "\n", encoding="utf-8")
        (folder / "catalogue.toml").write_text(settings, encoding="utf-8")
        return folder

    return make


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Headless Chromium with WebGL2 in software and the usual file:// policy."""
    path = find(CHROMIUM, "VOLVELLE_CHROMIUM")
    browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
    yield browser
    browser.close()
