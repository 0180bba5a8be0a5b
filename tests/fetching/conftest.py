"""A IIIF server on this machine, and manifests that it serves."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer

import pytest
from iiif_server import HEIGHT, WIDTH, Handler, Served


@pytest.fixture
def served() -> Iterator[Served]:
    """A server with nothing but image services at /two, /three, /zero, /tiles and /broken."""
    found = Served()
    handler = type("One", (Handler,), {"served": found})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        found.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield found
        server.shutdown()


@pytest.fixture
def manifest3(served: Served) -> Callable[..., dict]:
    """Makes a manifest of Presentation API 3 with a canvas for each (kind of service, name)."""

    def make(*images: tuple[str, str], **more: object) -> dict:
        url = served.url
        canvases = []
        for kind, name in images:
            canvas = f"{url}/canvas/{name}"
            body: dict[str, object] = {
                "id": f"{url}/{kind}/{name}/full/max/0/default.jpg", "type": "Image",
            }  # fmt: skip
            if kind != "none":
                version = "2" if kind == "two" else "3"
                body["service"] = [{"id": f"{url}/{kind}/{name}", "type": f"ImageService{version}"}]
            painting = {"type": "Annotation", "motivation": "painting", "body": body}
            canvases.append(
                {
                    "id": canvas,
                    "type": "Canvas",
                    "label": {"none": [f"f. {name}"]},
                    "width": WIDTH * 2,
                    "height": HEIGHT * 2,
                    "items": [{"type": "AnnotationPage", "items": [painting]}],
                }
            )
        return {
            "@context": "http://iiif.io/api/presentation/3/context.json",
            "id": f"{url}/m.json", "type": "Manifest",
            "label": {"en": ["A manuscript"], "ar": ["مخطوط"]},
            "items": canvases, **more,
        }  # fmt: skip

    return make
