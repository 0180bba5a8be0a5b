"""The addresses of what IIIF names on a site; all are absolute, so the site must have one."""

from __future__ import annotations

import base64
from urllib.parse import quote

from builder.pages import links
from builder.pages.text import json_text

CONTEXT = "http://iiif.io/api/presentation/3/context.json"

COLLECTION = "iiif/collection.json"
TERMS = "iiif/terms.json"


def item_manifest(image_id: str) -> str:
    """The manifest of an image."""
    return f"items/{image_id}/manifest.json"


def source_manifest(slug: str) -> str:
    """The manifest of a source."""
    return f"sources/{slug}/manifest.json"


def item_canvas(image_id: str) -> str:
    """The name of an image's canvas; nothing lies there."""
    return f"items/{image_id}/canvas"


def neighbours_page(image_id: str, view: str) -> str:
    """The page of annotations that tells the neighbours of an image in a view."""
    return f"items/{image_id}/annotations/{view}.json"


def content_state(site_url: str, image_id: str) -> str:
    """An image as a state of content that viewers open, encoded for addresses and attributes.

    Content State API 1.0, section 6: the JSON percent-encoded as encodeURIComponent does it, then
    in base64 for addresses, without padding.
    """
    state = {
        "id": links.absolute(site_url, item_canvas(image_id)),
        "type": "Canvas",
        "partOf": [{"id": links.absolute(site_url, item_manifest(image_id)), "type": "Manifest"}],
    }
    percent = quote(json_text(state), safe="!~*'()")
    return base64.urlsafe_b64encode(percent.encode("ascii")).decode("ascii").rstrip("=")
