"""A IIIF server on this machine, with the faults that servers have."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from PIL import Image
from support import picture

WIDTH, HEIGHT = 640, 420

_ASKED = re.compile(r"/(?P<kind>\w+)/(?P<name>[\w-]+)/(?P<region>[^/]+)/(?P<size>[^/]+)/0/\w+\.jpg")


@dataclass
class Served:
    """What the server has, and how it was asked.

    Attributes:
        url: of its root, without a slash.
        documents: path -> JSON or bytes.
        faults: path -> answers to be given first, each a status or a word.
        asked: how often each path was asked for; heads: of the last request.
    """

    url: str = ""
    documents: dict[str, object] = field(default_factory=dict)
    faults: dict[str, list[object]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    heads: dict[str, str] = field(default_factory=dict)

    def put(self, path: str, document: object) -> str:
        """Serve a document; gives its address."""
        self.documents[path] = document
        return self.url + path


def pixels(name: str) -> Image.Image:
    """The original of an image that the server has."""
    return Image.fromarray(picture(sum(name.encode()), (WIDTH, HEIGHT)))


def _info(url: str, kind: str, name: str) -> dict[str, object]:
    three = kind != "two"
    found: dict[str, object] = {
        "@context": f"http://iiif.io/api/image/{3 if three else 2}/context.json",
        ("id" if three else "@id"): f"{url}/{kind}/{name}",
        "width": WIDTH,
        "height": HEIGHT,
    }
    if kind == "two":
        found["profile"] = ["http://iiif.io/api/image/2/level2.json", {"maxWidth": 500}]
    elif kind == "three":
        found |= {"type": "ImageService3", "profile": "level2"}
    elif kind == "zero":
        sizes = [{"width": 160, "height": 105}, {"width": 320, "height": 210}]
        found |= {"type": "ImageService3", "profile": "level0", "sizes": sizes}
    elif kind == "tiles":
        tiles = [{"width": 256, "scaleFactors": [1, 2, 4]}]
        found |= {"type": "ImageService3", "profile": "level0", "tiles": tiles}
    return found


def _image(found: re.Match[str]) -> bytes | None:
    """The picture of a request; None where the service does not give it."""
    kind, region, size = found["kind"], found["region"], found["size"]
    whole = pixels(found["name"])
    if kind == "zero" and (region != "full" or size not in ("160,105", "320,210", "max")):
        return None
    if kind == "tiles" and (region == "full" or "," not in size):
        return None
    if region != "full":
        left, top, width, height = map(int, region.split(","))
        whole = whole.crop((left, top, left + width, top + height))
    if size not in ("max", "full"):
        width, _, height = size.partition(",")
        across = int(width)
        down = int(height) if height else round(whole.height * across / whole.width)
        whole = whole.resize((across, down))
    out = io.BytesIO()
    whole.save(out, "jpeg", quality=92)
    return out.getvalue()


class Handler(BaseHTTPRequestHandler):
    served: Served

    def do_GET(self) -> None:
        served = self.served
        served.asked[self.path] += 1
        served.heads = dict(self.headers)
        waiting = served.faults.get(self.path, [])
        fault = waiting.pop(0) if waiting else None
        if fault == "loop":
            waiting.append("loop")
            return self._answer(302, b"", Location=self.path)
        if fault == "file":
            return self._answer(302, b"", Location="file:///etc/passwd")
        if isinstance(fault, int):
            return self._answer(fault, b"not now", **{"Retry-After": "3"})
        if fault == "late":
            return self._answer(429, b"", **{"Retry-After": "86400"})
        if fault == "html":
            return self._answer(200, b"<!DOCTYPE html><title>Sorry</title>", kind="text/html")
        content = self._content()
        if content is None:
            return self._answer(404, b"no such thing")
        if fault == "cut":
            return self._answer(200, content[: len(content) // 2], length=len(content))
        if fault == "torn":  # whole for HTTP, but half a picture
            return self._answer(200, content[: len(content) // 2])
        if fault == "huge":
            return self._answer(200, b"", length=10**12)
        return self._answer(200, content)

    def _content(self) -> bytes | None:
        found = self.served.documents.get(self.path)
        if isinstance(found, bytes):
            return found
        if found is not None:
            return json.dumps(found).encode()
        parts = self.path.strip("/").split("/")
        if len(parts) == 3 and parts[2] == "info.json" and parts[0] != "broken":
            return json.dumps(_info(self.served.url, parts[0], parts[1])).encode()
        asked = _ASKED.fullmatch(self.path)
        return _image(asked) if asked else None

    def _answer(
        self, status: int, content: bytes, kind: str = "", length: int = -1, **heads: str
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if length < 0 else length))
        self.send_header("Content-Type", kind or "application/octet-stream")
        for name, value in heads.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Says nothing."""
