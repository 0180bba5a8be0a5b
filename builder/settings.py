"""catalogue.toml as frozen, documented models. Unknown keys are errors that say what was meant.

Every option has its default and its documentation here; `volvelle info --settings` prints them.
Paths are relative to the catalogue's folder.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from builder.errors import SettingsError

FILE_NAME = "catalogue.toml"
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Table(BaseModel):
    """One table of catalogue.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class CatalogueSettings(_Table):
    """What the catalogue is called and how it may be used."""

    title: str = "Catalogue of images"
    """The name on every page."""
    description: str = ""
    """One or two sentences for the first page, search engines and citations."""
    authors: tuple[str, ...] = ()
    """Who made the catalogue, each as "Surname, Given"."""
    licence: str = ""
    """Licence of the catalogue, as an SPDX name such as CC-BY-4.0, or in words."""
    language: str = "en"
    """Language of titles and descriptions, a BCP 47 tag."""
    site_url: str = ""
    """Where the site will be published; for what must be absolute (sitemap, canonical)."""

    @field_validator("site_url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if value and not re.match(r"https?://[^/\s]+", value):
            raise ValueError('must start with "https://" or "http://"')
        return value.rstrip("/") + "/" if value else ""


class ImagesSettings(_Table):
    """Which pictures, and how they are read."""

    folder: str = "images"
    """Folder of the pictures, searched with all its subfolders."""
    ground: str = "#ffffff"
    """Colour laid under transparent pictures."""
    max_megapixels: Annotated[int, Field(gt=0, le=10_000)] = 500
    """Pictures with more pixels than this are refused (a guard against decompression bombs)."""

    @field_validator("ground")
    @classmethod
    def _colour(cls, value: str) -> str:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError('must be a colour such as "#ffffff"')
        return value.lower()


class MetadataSettings(_Table):
    """The table that describes the pictures. Columns not named here appear on the image pages."""

    file: str = "metadata.csv"
    """CSV with a header line; comma, semicolon or tab; UTF-8. May be missing."""
    id: str = "id"
    """Column of permanent identifiers; without it ids come from the file names."""
    filename: str = "filename"
    """Column of file names, or of paths inside the images folder."""
    title: str = "title"
    """Column of titles; without it the file name is the title."""
    source: str = "source"
    """Column of the manuscript, book or collection."""
    date: str = "date"
    """Column of dates: years, ranges, centuries, "c. 1450", BCE."""
    facets: tuple[str, ...] | None = None
    """Columns to filter by. Not set: the source, and columns with few distinct values."""


class ViewSettings(_Table):
    """One way of seeing likeness."""

    name: str = "look"
    """Name in addresses: lower-case letters, digits and hyphens."""
    label: str = ""
    """Name shown to readers; without it the name with a capital."""
    backbone: str = "lite0"
    """The network that describes the pictures; `volvelle info --backbones` lists them."""
    layer: str = ""
    """Which layer's maps to keep; empty for the backbone's default."""
    size: Annotated[int, Field(ge=32, le=2048)] = 320
    """Side of the square given to the network, in pixels."""
    fit: Literal["pad", "squash"] = "pad"
    """pad keeps proportions and fills up with the picture's own ground; squash stretches."""
    pooling: Literal["none", "mean"] = "none"
    """none keeps where things are (flattened maps); mean forgets it."""

    @field_validator("name")
    @classmethod
    def _slug(cls, value: str) -> str:
        if not _NAME.fullmatch(value):
            raise ValueError("must consist of lower-case letters, digits and single hyphens")
        return value


class NeighboursSettings(_Table):
    """The nearest relatives of each image."""

    count: Annotated[int, Field(ge=1, le=200)] = 20
    """How many neighbours an image gets."""


class ClustersSettings(_Table):
    """Groups: k-means over principal components."""

    k: Annotated[int, Field(ge=1)] | Literal["auto"] = "auto"
    """Number of clusters; auto takes the best mean silhouette on a ladder of k up to sqrt(n)."""
    components: Annotated[int, Field(ge=1, le=1000)] = 64
    """Principal components kept for clustering."""
    seed: int = 0
    """Seed of k-means."""


class LayoutsSettings(_Table):
    """Where images lie."""

    neighbours: Annotated[int, Field(ge=2, le=500)] = 15
    """UMAP's n_neighbors: small for fine detail, large for the whole."""
    min_distance: Annotated[float, Field(ge=0, le=1)] = 0.15
    """UMAP's min_dist: how tightly likes are packed."""
    components: Annotated[int, Field(ge=2, le=1000)] = 100
    """Principal components that UMAP reads."""
    seed: int = 0
    """Seed of UMAP."""
    grid: Literal["shufflesnap", "rasterfairy"] = "shufflesnap"
    """How the map is snapped to a grid; rasterfairy must be installed besides."""


class SiteSettings(_Table):
    """The site itself."""

    portable: bool = True
    """Also write the data as scripts, so that the site opens by double-click."""
    display_pixels: Annotated[int, Field(ge=256, le=8192)] = 1600
    """Longer side of the picture on an image page."""
    list_length: Annotated[int, Field(ge=10, le=1000)] = 96
    """Images on one page of a list."""


class Settings(_Table):
    """All of catalogue.toml."""

    catalogue: CatalogueSettings = CatalogueSettings()
    images: ImagesSettings = ImagesSettings()
    metadata: MetadataSettings = MetadataSettings()
    views: tuple[ViewSettings, ...] = (ViewSettings(),)
    neighbours: NeighboursSettings = NeighboursSettings()
    clusters: ClustersSettings = ClustersSettings()
    layouts: LayoutsSettings = LayoutsSettings()
    site: SiteSettings = SiteSettings()

    @field_validator("views")
    @classmethod
    def _distinct(cls, value: tuple[ViewSettings, ...]) -> tuple[ViewSettings, ...]:
        names = [view.name for view in value]
        if not names:
            raise ValueError("needs at least one view")
        if len(set(names)) < len(names):
            raise ValueError("has two views of one name")
        return value


def read(folder: Path) -> Settings:
    """Read catalogue.toml in `folder`; without one, the defaults.

    Raises:
        SettingsError: it is no TOML, or holds unknown or impossible settings.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return Settings()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"is not UTF-8 (byte {error.start})", FILE_NAME, "save it as UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"is not valid TOML: {error}", FILE_NAME, "mend that line") from error
    except OSError as error:
        raise SettingsError(
            f"cannot be read ({error.strerror})", FILE_NAME, "make it readable"
        ) from error
    return parse(tables)


def parse(tables: dict[str, object]) -> Settings:
    """Check settings that were read from TOML; the first fault is told in words."""
    try:
        return Settings.model_validate(tables)
    except ValidationError as error:
        raise _explain(error) from error


def _explain(error: ValidationError) -> SettingsError:
    fault = error.errors()[0]
    keys = [key for key in fault["loc"] if isinstance(key, str)]
    place = ".".join(str(key) for key in fault["loc"])
    if fault["type"] == "extra_forbidden":
        return SettingsError(f'unknown setting "{place}"', FILE_NAME, _suggest(keys))
    reason = fault["msg"].removeprefix("Value error, ")
    reason = reason[0].lower() + reason[1:]
    return SettingsError(f'setting "{place}" is wrong: {reason}', FILE_NAME, "correct it")


def _suggest(keys: list[str]) -> str:
    """The known keys beside an unknown one, the closest first."""
    table: type[BaseModel] = Settings
    for key in keys[:-1]:
        table = _model_of(table, key)
    known = list(table.model_fields)
    close = difflib.get_close_matches(keys[-1], known, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    return "known here are " + ", ".join(known)


def _model_of(table: type[BaseModel], key: str) -> type[BaseModel]:
    default = table.model_fields[key].default
    if isinstance(default, tuple):
        default = default[0]
    return type(default)
