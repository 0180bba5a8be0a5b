"""A site's explorer repeated to any number of images, without rendering pages.

Each image stands there many times, with an id, a tone and a place of its own: copies share out the
square that the image had to itself on the map, so that the map is as full as it was. A collection
whose pictures are only tiles has the pages of so many images, and all others borrow from them.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as PillowImage

from builder.atlas import hilbert, pack
from builder.atlas.types import PAGE, AtlasLevel
from builder.layouts.snap import grid_layout

ROOT = Path(__file__).parents[2]
APART = "--"
"""Between an image's id and the number of its copy."""


@dataclass(frozen=True)
class Origin:
    """The site that is repeated: its folder, catalogue, first view and map."""

    folder: Path
    catalogue: dict[str, Any]
    view: str
    map: dict[str, Any]


def origin(site: Path) -> Origin:
    """Read a built site."""
    catalogue = json.loads((site / "api/catalogue.json").read_text())
    view = catalogue["views"][0]["name"]
    places = json.loads((site / f"api/layouts/{view}-map.json").read_text())
    return Origin(site, catalogue, view, places)


def repeat(site: Path, target: Path, count: int, tiles: int = 0, twins: bool = False) -> Path:
    """Write a site of `count` images and give its folder; one that is there is kept.

    Args:
        site: a built one.
        target: folder for the new one.
        count: of images.
        tiles: how many have pictures of their own in the atlas, 0 for all.
        twins: whether it is to open from file://.
    """
    done = target / "whole"
    if not done.exists():
        shutil.rmtree(target, ignore_errors=True)
        source = origin(site)
        rows = np.arange(count) % source.catalogue["count"]
        xy, size = _places(source, rows)
        if tiles:
            grid_xy, grid_size, slots = _lattice(xy)
            slots = (slots.astype(np.int64) * tiles // count).astype(np.int32)
        else:
            grid = grid_layout(xy, "shufflesnap")
            grid_xy, grid_size = grid.xy, grid.size
            slots = hilbert.slots(grid.cell, grid.columns)
        levels = pack.levels(tiles or count)
        _write_data(source, target, rows, (xy, size), (grid_xy, grid_size), slots, levels, twins)
        _write_pages(source, target, rows, slots, levels, twins)
        done.touch()
    _borrow(site, target)
    return target


def _places(source: Origin, rows: NDArray[np.int64]) -> tuple[NDArray[np.float32], float]:
    """Copies in a small lattice within the square of their image, a little off it."""
    catalogue, places = source.catalogue, source.map
    at = {identifier: row for row, identifier in enumerate(places["ids"])}
    order = [at[identifier] for identifier in catalogue["ids"]]
    xy = np.stack([places["x"], places["y"]], axis=1)[order][rows]
    side = int(np.ceil(np.sqrt(-(-len(rows) // catalogue["count"]))))
    copy = np.arange(len(rows)) // catalogue["count"]
    offset = (np.stack([copy % side, copy // side], axis=1) + 0.5) / side - 0.5
    size = places["size"] / side
    jitter = np.random.default_rng(1).normal(0, 0.12, xy.shape) if side > 1 else 0
    return (xy + offset * places["size"] + jitter * size).astype(np.float32), size


def _lattice(
    xy: NDArray[np.float32],
) -> tuple[NDArray[np.float32], float, NDArray[np.int32]]:
    """A lattice filled along the map's Hilbert curve: for more images than are soon snapped."""
    fine = (xy * 1023).clip(0, 1023).astype(np.int32)
    slots = hilbert.slots(fine[:, 1] * 1024 + fine[:, 0], 1024)
    columns = int(np.ceil(np.sqrt(len(xy) * 1.6)))
    cells = np.stack([slots % columns, slots // columns], axis=1)
    return ((cells + 0.5) / columns).astype(np.float32), 1 / columns, slots


def _catalogue(
    source: Origin, rows: NDArray[np.int64], slots: NDArray[np.int32], levels: Any
) -> dict[str, Any]:
    """The catalogue of the repeated site: each column once more for each copy."""
    known, count = source.catalogue, len(rows)
    copies = (np.arange(count) // known["count"]).tolist()
    made = {key: value for key, value in known.items() if key not in ("numbers", "closed")}
    for key in ("sources", "dates", "years", "width", "height", "colour"):
        made[key] = [known[key][row] for row in rows]
    for key, apart in (("ids", APART), ("titles", ", copy ")):
        made[key] = [
            known[key][row] + (f"{apart}{copy}" if copy else "")
            for row, copy in zip(rows.tolist(), copies, strict=True)
        ]
    made["facets"] = [
        facet | {"index": [facet["index"][row] for row in rows]}
        for facet in known["facets"]
        if not facet["key"].startswith("number-")
    ]
    view = {**known["views"][0], "layouts": ["map", "grid"], "vectors": None, "clusters": 0}
    made["views"] = [{"number": "", **view, "labels": ["Map", "Grid"], "clusterings": []}]
    if known.get("credits"):
        index = known["credits"]["index"]
        made["credits"] = known["credits"] | {"index": [index[row] for row in rows]}
    made["count"] = count
    made["atlas"] = {
        "page": PAGE,
        "levels": [vars(level) for level in levels],
        "slots": slots.tolist(),
    }
    return made


def _write_data(
    source: Origin,
    target: Path,
    rows: NDArray[np.int64],
    on_map: tuple[NDArray[np.float32], float],
    on_grid: tuple[NDArray[np.float32], float],
    slots: NDArray[np.int32],
    levels: tuple[AtlasLevel, ...],
    twins: bool,
) -> None:
    catalogue = _catalogue(source, rows, slots, levels)
    texts = json.loads((source.folder / "api/search.json").read_text())
    written: dict[str, Any] = {
        "catalogue": catalogue,
        "search": texts | {"ids": catalogue["ids"], "text": [texts["text"][row] for row in rows]},
    }
    for name, kind, (xy, size) in (("map", "positions", on_map), ("grid", "grid", on_grid)):
        written[f"layouts/{source.view}-{name}"] = {
            "format": 1,
            "view": source.view,
            "layout": name,
            "kind": kind,
            "ids": catalogue["ids"],
            "x": np.round(xy[:, 0].astype(float), 5).tolist(),
            "y": np.round(xy[:, 1].astype(float), 5).tolist(),
            "size": round(size, 6),
        }
    for key, value in written.items():
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        _write(target / f"api/{key}.json", text.encode())
        if twins:
            _write(target / f"data/{key}.js", f'volvelle.add("{key}",{text});'.encode())


def _tiles(source: Origin, cell: int) -> NDArray[np.uint8]:
    """Each image's cell of the site's own atlas, (n, cell, cell, 3)."""
    atlas = source.catalogue["atlas"]
    level = next(one for one in atlas["levels"] if one["cell"] == cell)
    columns, slots = level["columns"], np.array(atlas["slots"])
    sheets = np.stack(
        [
            np.asarray(PillowImage.open(source.folder / f"atlas/{cell}/{page}.webp").convert("RGB"))
            for page in range(level["pages"])
        ]
    )
    cells = sheets.reshape(level["pages"], columns, cell, columns, cell, 3).swapaxes(2, 3)
    return cells.reshape(-1, cell, cell, 3)[slots]


def _sheets(
    source: Origin, rows: NDArray[np.int64], slots: NDArray[np.int32], level: AtlasLevel
) -> Iterator[NDArray[np.uint8]]:
    """The pages of a level; copies differ a little in tone."""
    known = {one["cell"] for one in source.catalogue["atlas"]["levels"]}
    near = min((cell for cell in known if cell >= level.cell), default=max(known))
    step = near // level.cell
    tiles = _tiles(source, near)
    if step > 1:
        shape = (len(tiles), level.cell, step, level.cell, step, 3)
        tiles = tiles.reshape(shape).mean(axis=(2, 4)).astype(np.uint8)
    owners = np.full(level.pages * level.columns**2, -1)
    owners[slots[::-1]] = np.arange(len(rows))[::-1]
    tone = np.random.default_rng(2).uniform(0.9, 1, len(rows)).astype(np.float32)
    tone[: len(tiles)] = 1
    for held in owners.reshape(level.pages, -1):
        cells = tiles[rows[held]] * tone[held][:, None, None, None]
        cells[held < 0] = 255
        grid = cells.reshape(level.columns, level.columns, level.cell, level.cell, 3)
        yield grid.swapaxes(1, 2).reshape(PAGE, PAGE, 3).astype(np.uint8)


def _write_pages(
    source: Origin,
    target: Path,
    rows: NDArray[np.int64],
    slots: NDArray[np.int32],
    levels: tuple[AtlasLevel, ...],
    twins: bool,
) -> None:
    for level in levels:
        for number, sheet in enumerate(_sheets(source, rows, slots, level)):
            buffer = BytesIO()
            PillowImage.fromarray(sheet).save(buffer, "WEBP", quality=80, method=1)
            _write(target / f"atlas/{level.cell}/{number}.webp", buffer.getvalue())
            if twins:
                key = f"atlas/{level.cell}/{number}"
                text = f'volvelle.add("{key}","{base64.b64encode(buffer.getvalue()).decode()}");'
                _write(target / f"data/{key}.js", text.encode())


def _borrow(site: Path, target: Path) -> None:
    """The explorer as it is now, and what is not repeated: pictures and single images' data."""
    for name in ("thumbs", "images"):
        if not (target / name).exists():
            (target / name).symlink_to((site / name).resolve())
    shutil.copy(site / "index.html", target / "index.html")
    copies: tuple[tuple[Path, str], ...] = (
        (site / "assets", "assets"),
        (ROOT / "static/dist", "assets"),
        (ROOT / "bench/reference", "reference"),
    )
    for folder, name in copies:
        shutil.copytree(folder, target / name, dirs_exist_ok=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
