"""The rules of the house: imports point one way, modules are small, the project names itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILDER = ROOT / "builder"
ROOMS = (
    "corpus",
    "features",
    "measures",
    "similarity",
    "clusters",
    "collate",
    "layouts",
    "atlas",
    "pages",
    "exports",
    "demo",
    "ink",
    "vectors",
    "versions",
    "fetching",
    "cropping",
    "ink",
    "vectors",
    "care",
)
FLOOR = ("errors", "settings", "__init__")
MODULES = sorted(
    path for path in BUILDER.rglob("*.py") if "_data" not in path.relative_to(BUILDER).parts
)


def imports(path: Path) -> set[str]:
    """Names below `builder` that a module imports, as "room.module"."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("builder"):
            base = node.module.removeprefix("builder").lstrip(".")
            found |= {base} if base else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {
                alias.name.removeprefix("builder.")
                for alias in node.names
                if alias.name.startswith("builder.")
            }
    return found


def name(path: Path) -> str:
    return path.relative_to(BUILDER).with_suffix("").as_posix().replace("/", ".")


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.relative_to(BUILDER).parts[0] in ROOMS], ids=name
)
def test_rooms_import_only_themselves_the_floor_and_types(path: Path) -> None:
    """No room reaches into another, and none knows the pipeline."""
    room = path.relative_to(BUILDER).parts[0]
    for used in imports(path):
        first, *rest = used.split(".")
        own = first == room
        floor = first in FLOOR or used == "__version__"
        types = rest[-1:] == ["types"] and first in ROOMS
        # The exports are a second face of the pages' data.
        data = room == "exports" and first == "pages"
        assert own or floor or types or data, f"{name(path)} imports {used}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_are_short(path: Path) -> None:
    """Modules under 400 lines, no function above 50."""
    text = path.read_text(encoding="utf-8")
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 50
    ]

    assert len(text.splitlines()) < 400
    assert long == []


@pytest.mark.parametrize("command", [["--help"], ["--version"], ["check", "--help"]])
def test_light_commands_load_nothing_heavy(command: list[str]) -> None:
    """Help answers without torch, numpy and the like."""
    code = (
        "import sys\nfrom builder.cli import main\n"
        f"try: main({command!r})\nexcept SystemExit: pass\n"
        "heavy = {'torch', 'numpy', 'umap', 'sklearn', 'cv2', 'timm', 'PIL'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_every_command_is_in_the_readme() -> None:
    """What the tool can do is written down."""
    from builder.cli import app

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [
        command.callback.__name__
        for command in app.registered_commands
        if f"volvelle {command.callback.__name__}" not in readme
    ]

    assert missing == []


def test_every_setting_has_its_documentation() -> None:
    """No option without a sentence, in tables of tables too."""
    from pydantic import BaseModel

    from builder.settings import Settings

    def undocumented(model: type[BaseModel], place: str) -> list[str]:
        found = []
        for name, entry in model.model_fields.items():
            default = entry.default[0] if isinstance(entry.default, tuple) and entry.default else 0
            inner = default if isinstance(default, BaseModel) else entry.default
            if isinstance(inner, BaseModel):
                found += undocumented(type(inner), f"{place}{name}.")
            if place and not entry.description:
                found.append(place + name)
        return found

    assert undocumented(Settings, "") == []


def test_lock_files_name_no_registry() -> None:
    """The front end's lock file holds versions and checksums alone."""
    text = (ROOT / "static" / "package-lock.json").read_text(encoding="utf-8")

    assert not re.search(r'"resolved"', text)
