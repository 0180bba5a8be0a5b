"""Where the browsers are, and how Firefox is asked things without a driver.

Chromium is driven by Playwright. Firefox is asked over Marionette, its own remote protocol, since
Debian has no geckodriver: a TCP socket that carries JSON arrays, each preceded by its length.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VIEWER = Path(__file__).parents[2] / "build/mirador"
"""Where `make browser` puts the IIIF viewer."""
FIREFOX = ("firefox-esr", "firefox")
CHROMIUM_ARGUMENTS = [
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
# Under remote control Firefox would switch the strict policy of file:// off, and tests would pass
# where readers see nothing; the first two lines keep it on.
FIREFOX_PREFERENCES = {
    "remote.prefs.recommended": False,
    "security.fileuri.strict_origin_policy": True,
    "webgl.force-enabled": True,
    "webgl.disabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.startup.homepage_override.mstone": "ignore",
}


def find(names: tuple[str, ...], variable: str) -> str | None:
    """The browser that the environment variable names, else the first that is installed."""
    named = os.environ.get(variable)
    return named or next((path for name in names if (path := shutil.which(name))), None)


class Firefox:
    """A Firefox with a profile of its own, under Marionette, on a screen that nobody sees.

    Headless Firefox has no WebGL without a graphics card, so it is given a real, virtual screen.
    """

    def __init__(self, binary: str) -> None:
        self.profile = Path(tempfile.mkdtemp(prefix="volvelle-firefox-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        preferences = FIREFOX_PREFERENCES | {"marionette.port": port}
        lines = [f'user_pref("{name}", {json.dumps(v)});' for name, v in preferences.items()]
        (self.profile / "user.js").write_text("\n".join(lines))
        self.screen, display = _virtual_screen()
        command = [
            binary,
            "--marionette",
            "-remote-allow-system-access",
            "--no-remote",
            "--profile",
        ]
        self.process = subprocess.Popen(
            [*command, str(self.profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "DISPLAY": display, "HOME": str(self.profile)},
        )
        self.socket = self._connect(port)
        self._receive()  # the greeting
        self._number = 0
        self.ask("WebDriver:NewSession", {"pageLoadStrategy": "normal"})
        self.ask("WebDriver:SetTimeouts", {"script": 60_000, "pageLoad": 60_000})

    def ask(self, command: str, arguments: dict[str, Any] | None = None) -> Any:
        """Send a command and wait for its answer."""
        self._number += 1
        message = json.dumps([0, self._number, command, arguments or {}])
        self.socket.sendall(f"{len(message.encode())}:{message}".encode())
        _, _, error, result = self._receive()
        if error:
            raise RuntimeError(f"{command}: {error.get('message')}")
        return result

    def open(self, address: str) -> None:
        """Load a page."""
        self.ask("WebDriver:Navigate", {"url": address})

    def run(self, script: str, *arguments: object) -> Any:
        """The value that a function body returns, promises awaited."""
        body = (
            "const done = arguments[arguments.length - 1];"
            f"(async () => {{ {script} }}).apply(null, arguments)"
            ".then((value) => done({ value }), (error) => done({ error: String(error) }));"
        )
        asked = {"script": body, "args": list(arguments)}
        answer = self.ask("WebDriver:ExecuteAsyncScript", asked)["value"]
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer.get("value")

    def complaints(self, about: str) -> list[str]:
        """Errors of the browser console since the last look that name `about` (a folder, say)."""
        self.ask("Marionette:SetContext", {"value": "chrome"})
        script = (
            "const all = Services.console.getMessageArray(); Services.console.reset();"
            "return all"
            ".filter((m) => m instanceof Ci.nsIScriptError && !(m.flags & 1))"
            ".map((m) => `${m.errorMessage} (${m.sourceName}:${m.lineNumber})`);"
        )
        messages = self.ask("WebDriver:ExecuteScript", {"script": script, "args": []})["value"]
        self.ask("Marionette:SetContext", {"value": "content"})
        return [message for message in messages if about in message]

    def close(self) -> None:
        """End the browser and remove its profile."""
        try:
            self.ask("Marionette:Quit", {"flags": ["eForceQuit"]})
        except (OSError, RuntimeError, ValueError):
            self.process.kill()
        self.socket.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.screen.kill()
        self.screen.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _connect(self, port: int) -> socket.socket:
        for _ in range(600):
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=90)
            except OSError:
                time.sleep(0.1)
        self.process.kill()
        raise RuntimeError("Firefox did not open its remote port")

    def _receive(self) -> Any:
        length = b""
        while (byte := self.socket.recv(1)) != b":":
            if not byte:
                raise ValueError("Firefox closed the connection")
            length += byte
        data = b""
        while len(data) < int(length):
            data += self.socket.recv(int(length) - len(data))
        return json.loads(data)


def _virtual_screen() -> tuple[subprocess.Popen[bytes], str]:
    """Start Xvfb on a number that it finds free; gives the process and the display's name."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    process = subprocess.Popen(
        command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as told:
        return process, ":" + told.readline().strip()
