"""HTML validity, by html-validate where it is installed (an npm package; MIT)."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from builder.care.types import Finding

MISSING = "HTML validity was not checked: html-validate is not there (npm install -g html-validate)"

_RULES = {"root": True, "extends": ["html-validate:standard"]}
_AT_ONCE = 200
_EACH = 3  # pages of a kind are made by one template


def validator(folders: Iterable[Path]) -> str | None:
    """The program, from one of the folders' node_modules or the system's; None without it."""
    places = [str(folder / "node_modules/.bin") for folder in folders]
    found = (shutil.which("html-validate", path=place) for place in places)
    return next(filter(None, found), shutil.which("html-validate"))


def sample(pages: Sequence[str]) -> list[str]:
    """A few pages of each kind: those that lie equally deep in the same folder."""
    chosen: dict[tuple[str, int], list[str]] = {}
    for path in pages:
        parts = path.split("/")
        chosen.setdefault((parts[0], len(parts)), []).append(path)
    return [path for some in chosen.values() for path in some[:_EACH]]


def validity_findings(program: str, site: Path, pages: Sequence[str]) -> Iterator[Finding]:
    """What breaks the rules of the HTML standard."""
    with tempfile.TemporaryDirectory() as folder:
        rules = Path(folder) / "rules.json"
        rules.write_text(json.dumps(_RULES), encoding="utf-8")
        command = [program, "--config", str(rules), "--formatter", "json"]
        for at in range(0, len(pages), _AT_ONCE):
            files = [str(site / path) for path in pages[at : at + _AT_ONCE]]
            ran = subprocess.run([*command, *files], capture_output=True, text=True)
            yield from _told(ran, site)


def _told(ran: subprocess.CompletedProcess[str], site: Path) -> Iterator[Finding]:
    try:
        found = json.loads(ran.stdout)
    except ValueError:
        said = (ran.stderr or ran.stdout).strip().splitlines()
        what = f"html-validate failed: {said[0] if said else 'it said nothing'}"
        remedy = "install a version that fits your Node.js"
        yield Finding(str(site), what, remedy, "html", "warning")
        return
    for page in found:
        path = Path(page["filePath"]).relative_to(site).as_posix()
        for one in page["messages"]:
            what = f"{one['message']} ({one['ruleId']})"
            remedy = "mend the template or note that it comes from"
            yield Finding(path, what, f"{remedy}; it stands in line {one['line']}", "html")
