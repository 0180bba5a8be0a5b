"""`volvelle serve`: the built site over http, to this machine only."""

from __future__ import annotations

import urllib.parse
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from builder.errors import OutputError


class Server(ThreadingHTTPServer):
    """Serves one folder below a prefix, as a web host would: index.html, 404.html, no listings."""

    daemon_threads = True

    def __init__(self, site: Path, port: int, prefix: str) -> None:
        self.site, self.prefix = site.resolve(), "/" + prefix.strip("/")
        self.prefix = self.prefix if self.prefix.endswith("/") else self.prefix + "/"
        super().__init__(("127.0.0.1", port), _Handler)


def server(site: Path, port: int, prefix: str = "/") -> Server:
    """A server of a built site on the loopback address.

    Raises:
        OutputError: there is no site, or the port is taken.
    """
    if not (site / "index.html").is_file():
        raise OutputError("there is no site", str(site), "run volvelle build first")
    try:
        return Server(site, port, prefix)
    except OSError as error:
        raise OutputError(
            f"port {port} cannot be used", remedy="use another with --port"
        ) from error


class _Handler(SimpleHTTPRequestHandler):
    server: Server
    extensions_map = {  # noqa: RUF012
        **SimpleHTTPRequestHandler.extensions_map,
        ".webp": "image/webp",
        ".woff2": "font/woff2",
        ".js": "text/javascript",
        ".json": "application/json",
    }

    def translate_path(self, path: str) -> str:
        """The file of a request; what lies outside the prefix or the site is not there."""
        asked = urllib.parse.unquote(urllib.parse.urlsplit(path).path)
        if not asked.startswith(self.server.prefix):
            return str(self.server.site / "nothing-outside-the-prefix")
        target = (self.server.site / asked.removeprefix(self.server.prefix)).resolve()
        if not target.is_relative_to(self.server.site):
            return str(self.server.site / "nothing-outside-the-site")
        # The trailing slash makes the base class look for index.html.
        return str(target) + ("/" if asked.endswith("/") else "")

    def list_directory(self, path: object) -> None:  # noqa: ARG002
        """A folder without index.html is not found, as on a web host."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer "not found" with the site's own page."""
        page = self.server.site / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Ask browsers to look again: the site changes with each build."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Requests are not news."""
