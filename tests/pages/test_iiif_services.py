"""Pictures served by the Image API: what is listed is there, in the size that is told."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import iiif_prezi3
from PIL import Image as Picture

from builder.pages.frame import Frame
from builder.pages.iiif import iiif_files
from builder.pages.iiif_services import paths, sizes
from builder.pages.types import SiteInput

_URL = "https://x.org/c/"
_TOML = '\n[catalogue]\nsite_url = "https://x.org/c/"\n\n[site]\niiif_images = true\n'


def test_every_size_that_is_listed_has_its_file(make: Callable[..., SiteInput]) -> None:
    """Level 0 asks for full/max and each of the sizes; manifests name the service."""
    site = make(8, catalogue={"site_url": _URL}, site={"iiif_images": True})
    files = {path: json.loads(content) for path, content in iiif_files(Frame(site))}

    for image in site.corpus.images:
        folder = f"iiif/images/{image.id}"
        told = files[f"{folder}/info.json"]
        expected = {f"{folder}/full/max/0/default.jpg"} | {
            f"{folder}/full/{one['width']},{one['height']}/0/default.jpg" for one in told["sizes"]
        }
        manifest = files[f"items/{image.id}/manifest.json"]
        body = manifest["items"][0]["items"][0]["items"][0]["body"]
        assert {path for path, _ in paths(image, site.settings)} == expected
        assert (told["id"], told["type"], told["profile"]) == (
            f"{_URL}{folder}", "ImageService3", "level0",
        )  # fmt: skip
        assert told["sizes"][-1] == {"width": told["width"], "height": told["height"]}
        assert body["id"] == f"{_URL}{folder}/full/max/0/default.jpg"
        assert body["service"][0]["id"] == told["id"]
        iiif_prezi3.Manifest.model_validate(manifest)


def test_small_pictures_are_not_enlarged(make: Callable[..., SiteInput]) -> None:
    """A size is told once, and none is larger than the picture."""
    site = make(8)
    for image in site.corpus.images:
        found = sizes(image, site.settings)
        assert len(set(found)) == len(found)
        assert all(width <= image.width and height <= image.height for width, height in found)


def test_a_build_makes_them_once(catalogue: Callable[..., Path], volvelle: Callable) -> None:
    """Each is a JPEG of the size in its address; a second build makes none, and the same bytes."""
    settings = '[[views]]\nname = "look"\nsize = 64\nlayer = "blocks.3"\n' + _TOML
    folder = catalogue(4, settings=settings)
    assert volvelle("build", folder).code == 0
    found = sorted((folder / "site/iiif/images").rglob("*.jpg"))
    served = folder / "site/iiif/images"
    told = [json.loads(path.read_text()) for path in served.rglob("info.json")]

    assert len(told) == 4
    assert len(found) == sum(1 + len(one["sizes"]) for one in told)
    for path in found:
        size = path.parts[-3]
        picture = Picture.open(io.BytesIO(path.read_bytes()))
        assert picture.format == "JPEG"
        assert size in ("max", f"{picture.width},{picture.height}")
    kept = {path: path.stat().st_mtime_ns for path in (folder / ".volvelle").rglob("*.jpg")}
    first = {path: path.read_bytes() for path in found}
    lines = [f"f{number}.png,Another {number}" for number in range(4)]
    (folder / "metadata.csv").write_text("\n".join(["filename,title", *lines]) + "\n")
    assert volvelle("build", folder).code == 0
    copies = [path for path in kept if "x" in path.stem]
    assert copies
    assert all(path.stat().st_mtime_ns == kept[path] for path in copies)
    assert {path: path.read_bytes() for path in found} == first
