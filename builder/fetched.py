"""Brings images from IIIF servers into a catalogue; a call that was cut short goes on."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image as PillowImage

from builder.corpus.picture import read_picture
from builder.corpus.slugs import slug
from builder.errors import CorpusError, Problem, VolvelleError
from builder.fetching.images import Info, Request, box_of, info, requests
from builder.fetching.read import document, presentation
from builder.fetching.rows import ordered, row
from builder.fetching.texts import chosen
from builder.fetching.types import Canvas, Collection, Manifest, Picture, Service
from builder.metadata_file import MetadataFile
from builder.settings import Settings
from builder.visiting import Visitor
from builder.workspace import FOLDER, Workspace, write_atomic

_DEEPEST = 8
_JSON = (
    'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json", application/json'
)
_ENDINGS = {"JPEG": "jpg", "PNG": "png", "TIFF": "tif", "WEBP": "webp", "GIF": "gif", "BMP": "bmp"}


@dataclass(frozen=True)
class Wanted:
    """What is fetched, and how much of it.

    Attributes:
        size: longer side in pixels, 0 for the largest.
        region: of each picture, as the Image API writes it; "" for the whole.
        language: of the values to be preferred.
        limit: images at most, 0 for all.
        refresh: whether documents are asked for again.
    """

    size: int = 2000
    region: str = ""
    language: str = ""
    limit: int = 0
    refresh: bool = False


@dataclass
class Fetched:
    """What came of it.

    Attributes:
        new, kept: images that were brought, and that were there.
        manifests: that were read.
        problems: what could not be had.
    """

    new: int = 0
    kept: int = 0
    manifests: int = 0
    problems: list[Problem] = field(default_factory=list)


class Fetching:
    """One call.

    Args:
        catalogue: its folder.
        settings: of the catalogue.
        wanted: what is fetched.
        visitor: asks the servers.

    Raises:
        CorpusError: the table of metadata cannot be added to.
    """

    def __init__(
        self, catalogue: Path, settings: Settings, wanted: Wanted, visitor: Visitor
    ) -> None:
        self._settings, self._wanted, self._visitor = settings, wanted, visitor
        self._images = catalogue / settings.images.folder
        self._workspace = Workspace(catalogue)
        self._documents = catalogue / FOLDER / "fetched"
        self._table = MetadataFile(catalogue, settings)
        self._known = {
            self._key(one): one.get(self._table.filename, "")
            for one in self._table.rows
            if one.get(self._table.named("iiif_canvas"))
        }
        self.done = Fetched()

    def run(self, address: str, progress: Callable[[Manifest], Callable[[], None]]) -> Fetched:
        """Fetch everything that an address, or a file, leads to.

        Args:
            address: of a manifest or a collection.
            progress: told of each manifest; gives what is called for each of its images.

        Raises:
            VolvelleError: the address itself leads to nothing.
        """
        self._workspace.prepare()
        for manifest in self._manifests(address):
            self.done.manifests += 1
            advance = progress(manifest)
            try:
                for number, canvas in enumerate(manifest.canvases, start=1):
                    for picture in canvas.pictures:
                        if self._full:
                            return self.done
                        self._bring(manifest, canvas, picture, number)
                    if not canvas.pictures:
                        remedy = "nothing needs to be done"
                        self._tell(canvas.address, "has no picture", remedy)
                    advance()
            finally:
                self._table.save()
        return self.done

    @property
    def _full(self) -> bool:
        limit = self._wanted.limit
        return bool(limit) and self.done.new + self.done.kept >= limit

    def _tell(self, where: str, what: str, remedy: str) -> None:
        self.done.problems.append(Problem(where, what, remedy))

    def _manifests(self, address: str) -> Iterator[Manifest]:
        """All manifests, those of collections in their order, each once."""
        seen: set[str] = set()

        def walk(
            address: str, there: Manifest | Collection | None, depth: int
        ) -> Iterator[Manifest]:
            if address in seen or self._full:
                return
            seen.add(address)
            try:
                found = there or presentation(self._document(address), address)
            except VolvelleError as error:
                if not depth:
                    raise
                self._tell(error.where, error.what, error.remedy)
                return
            if isinstance(found, Manifest):
                yield found
            elif depth < _DEEPEST:
                for name, whole in found.members:
                    yield from walk(name, whole, depth + 1)
            else:
                self._tell(address, "lies too deep in collections", "fetch it by itself")

        yield from walk(address, None, 0)

    def _document(self, address: str) -> bytes:
        """A document, from this computer if it was read before."""
        if (path := Path(address)).is_file():
            return path.read_bytes()
        kept = self._documents / f"{hashlib.sha256(address.encode()).hexdigest()}.json"
        if kept.exists() and not self._wanted.refresh:
            return kept.read_bytes()
        content = self._visitor.get(address, _JSON)
        document(content, address)  # what is no document is not kept
        write_atomic(kept, content)
        return content

    def _key(self, row: dict[str, str]) -> tuple[str, ...]:
        columns = ("iiif_canvas", "iiif_image", "iiif_service", "iiif_region")
        return tuple(row.get(self._table.named(column), "") for column in columns)

    def _bring(self, manifest: Manifest, canvas: Canvas, picture: Picture, number: int) -> None:
        """One picture with its row; what is there already stays as it is."""
        if self._wanted.region:
            picture = replace(picture, region=self._wanted.region)
        told = row(manifest, canvas, picture, self._wanted.language)
        known = self._known.get(self._key(told), "")
        if known and (self._images / known).is_file():
            self.done.kept += 1
            return
        try:
            content, ending, came = self._picture(picture)
        except VolvelleError as error:
            self._tell(error.where or canvas.address, error.what, error.remedy)
            return
        name = known or self._name(manifest, canvas, number, ending)
        write_atomic(self._images / name, content)
        self.done.new += 1
        if not known:
            told |= {"filename": name, "iiif_url": came}
            self._known[self._key(told)] = name
            self._add(told)

    def _add(self, told: dict[str, str]) -> None:
        if not self._table.rows:
            self._table.add_columns([self._table.filename, *ordered(told)[1:]])
        self._table.add({self._table.filename: told.pop("filename"), **told})

    def _name(self, manifest: Manifest, canvas: Canvas, number: int, ending: str) -> str:
        """A file's name that no other picture has: folder of the object, number, label."""
        label = chosen(manifest.said.label, self._wanted.language)[1]
        mark = hashlib.sha256(manifest.address.encode()).hexdigest()[:6]
        folder = f"{slug(label)[:40].strip('-')}-{mark}" if label else mark
        page = chosen(canvas.said.label, self._wanted.language)[1]
        called = f"-{slug(page)[:40].strip('-')}" if page else ""
        stem = f"{folder}/{number:04d}{called}"
        taken = {name.rpartition(".")[0] for name in self._known.values()}
        names = (stem if at == 1 else f"{stem}-{at}" for at in range(1, 10_000))
        return next(f"{name}.{ending}" for name in names if name not in taken)

    def _picture(self, picture: Picture) -> tuple[bytes, str, str]:
        """The file, its ending and its address, by the first way that leads to a whole picture.

        The address is "" where the file was put together or cut here.

        Raises:
            VolvelleError: none does; the failure of the first is told.
        """
        first: VolvelleError | None = None
        known, failed = self._info(picture.service)
        for request in requests(picture, known, self._wanted.size, picture.region):
            try:
                content, ending = self._whole(request)
                return content, ending, "" if request.cut else request.address
            except VolvelleError as error:
                if getattr(error, "later", False):
                    raise
                first = first or error
        raise first or failed or CorpusError("names no picture", picture.address, "leave it out")

    def _info(self, service: Service | None) -> tuple[Info | None, VolvelleError | None]:
        if service is None:
            return None, None
        address = f"{service.address}/info.json"
        try:
            return info(document(self._document(address), address), service), None
        except VolvelleError as error:
            return None, error

    def _whole(self, request: Request) -> tuple[bytes, str]:
        """The picture of a request, checked to be whole, cut if it is to be cut."""
        if not request.tiles:
            content = self._visitor.get(request.address, "image/*")
            ending = self._check(content, request.address)
            return _cut(content, request.cut, ending, request.address)
        made = PillowImage.new("RGB", request.size)
        for tile in request.tiles:
            content = self._visitor.get(tile.address, "image/*")
            self._check(content, tile.address)
            with PillowImage.open(io.BytesIO(content)) as part:
                made.paste(part.convert("RGB"), (tile.left, tile.top))
        return _cut(_jpeg(made), request.cut, "jpg", request.tiles[0].address)

    def _check(self, content: bytes, address: str) -> str:
        """The ending for a picture.

        Raises:
            CorpusError: it is no picture that a build can read.
        """
        images = self._settings.images
        path = self._documents / "picture"
        write_atomic(path, content)
        try:
            read_picture(path, 64, images.ground, images.max_megapixels)
            with PillowImage.open(io.BytesIO(content)) as picture:
                return _ENDINGS[picture.format or ""]
        except CorpusError as error:
            raise CorpusError(error.what, address, "look at that address in a browser") from error
        finally:
            path.unlink(missing_ok=True)


def _cut(content: bytes, region: str, ending: str, address: str) -> tuple[bytes, str]:
    """A part of a picture whose server cannot cut it."""
    if not region:
        return content, ending
    with PillowImage.open(io.BytesIO(content)) as picture:
        box = box_of(region, *picture.size)
        if box is None:
            raise CorpusError(f'has no region "{region[:40]}"', address, "correct the region")
        left, top, width, height = box
        part = picture.convert("RGB").crop((left, top, left + width, top + height))
    return _jpeg(part), "jpg"


def _jpeg(picture: PillowImage.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "jpeg", quality=95, subsampling=0)
    return out.getvalue()
