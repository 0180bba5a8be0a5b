"""What pages and data say of the picture in black and white and of the draft in lines."""

from __future__ import annotations

from builder.pages.rights import hosted
from builder.pages.text import number
from builder.pages.types import SiteInput
from builder.vectors.types import KINDS, Drawing


def drawn(site: SiteInput, row: int) -> dict[str, object]:
    """The part of api/items/<id>.json that names them; empty where there are none."""
    image_id = site.corpus.images[row].id
    said: dict[str, object] = {}
    if has_ink(site, row):
        said["ink"] = f"images/{image_id}.ink.png"
    drawing = draft_of(site, row)
    if drawing is not None:
        said["drawing"] = {
            "draft": True,
            "svg": f"items/{image_id}/drawing.svg",
            "ggb": f"items/{image_id}/drawing.ggb",
            "width": drawing.width,
            "height": drawing.height,
            **{f"{kind}s": len(drawing.of(kind)) for kind in KINDS},
            "residual": number(_residual(drawing)),
        }
    return said


def has_ink(site: SiteInput, row: int) -> bool:
    """Whether the site has the picture of an image in black and white beside the large one."""
    image = site.corpus.images[row]
    return site.settings.ink.publish and image.access == "open" and not hosted(image, site.settings)


def draft_of(site: SiteInput, row: int) -> Drawing | None:
    """The draft of an image; None where there is none."""
    return site.drawings[row] if row < len(site.drawings) else None


def counts(drawing: Drawing) -> str:
    """How many lines of each kind a draft has, in words."""
    found = [(len(drawing.of(kind)), kind) for kind in KINDS]
    told = [f"{count} {kind}{'' if count == 1 else 's'}" for count, kind in found if count]
    return ", ".join(told) or "no lines"


def _residual(drawing: Drawing) -> float:
    """How far ink strays from the lines, root mean square in pixels; 0 without lines."""
    squares = [one.residual**2 for one in drawing.found]
    return float((sum(squares) / len(squares)) ** 0.5) if squares else 0.0
