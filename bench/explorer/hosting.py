"""A site served as web hosts do: texts compressed, on the loopback address."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.explorer.repeated import APART

TEXTS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
OTHERS = {".webp": "image/webp", ".woff2": "font/woff2"}


@contextmanager
def hosted(site: Path) -> Iterator[str]:
    """The address of a folder on a server that lives as long as the block."""
    answers = cache(lambda path: _answer(path))

    class Handler(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = site / self.path.split("?")[0].lstrip("/")
            if APART in path.stem and path.suffix == ".webp":  # a copy has its image's picture
                path = path.with_name(path.stem.split(APART)[0] + path.suffix)
            if not path.is_file():
                self.send_error(404)
                return
            kind, body, packed = answers(path)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            with suppress(BrokenPipeError):  # a page that is left cancels what it was still loading
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Requests are counted in the browser."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for path in [
        *site.glob("*.html"),
        *(site / "api").rglob("*.json"),
        *(site / "assets").glob("*"),
    ]:
        if path.is_file():
            answers(path)  # compressed before, as a host's cache has them
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def _answer(path: Path) -> tuple[str, bytes, bool]:
    body = path.read_bytes()
    kind = TEXTS.get(path.suffix)
    if kind:
        return kind, gzip.compress(body, 6, mtime=0), True
    return OTHERS.get(path.suffix, "application/octet-stream"), body, False
