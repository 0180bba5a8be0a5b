"""The tables of catalogue.toml but for the views, each option with its default and meaning.

Paths are relative to the catalogue's folder.
"""

from __future__ import annotations

import re
from string import Formatter
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from builder.settings.align import AlignSettings
from builder.settings.base import Table
from builder.settings.cite import CiteSettings
from builder.settings.clusters import ClustersSettings, distinct, several
from builder.settings.collate import CollateSettings
from builder.settings.crawlers import CrawlersSettings
from builder.settings.crop import CropSettings
from builder.settings.exports import ExportsSettings
from builder.settings.fetch import FetchSettings
from builder.settings.ink import InkSettings
from builder.settings.layouts import LayoutsSettings
from builder.settings.review import Excludable, ReviewSettings
from builder.settings.rights import RightsSettings
from builder.settings.theme import ThemeSettings
from builder.settings.vectors import VectorsSettings
from builder.settings.views import ViewSettings, default_views


class CatalogueSettings(Table):
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


class ImagesSettings(Table):
    """Which pictures, and how they are read."""

    folder: str = "images"
    """Folder of the pictures, searched with all its subfolders."""
    ground: str = "#ffffff"
    """Colour laid under transparent pictures."""
    max_megapixels: Annotated[int, Field(gt=0, le=10_000)] = 500
    """Pictures with more pixels than this are refused (a guard against decompression bombs)."""
    host: Literal["local", "iiif"] = "local"
    """Where large pictures are shown from: "iiif" leaves those that `volvelle fetch` brought where
    they are: readers' browsers then ask other people's servers for them. Small ones stay here."""
    exclude: tuple[Excludable, ...] = ()
    """Kinds of images that are left out of neighbours and clusters: blank, text, photograph,
    fragment, duplicate, suspect. They keep their pages, and their places in layouts."""
    alt: str = "{title}, {source}, {date}"
    """The picture in words, for those who do not see it: names in braces are title, source, date,
    id and columns of the metadata. What an image lacks is left out with its comma or brackets."""

    @field_validator("alt")
    @classmethod
    def _template(cls, value: str) -> str:
        try:
            parts = list(Formatter().parse(value))
        except ValueError as error:
            raise ValueError('has braces that do not match; write "{title}, {source}"') from error
        if any(name == "" or spec or conversion for _, name, spec, conversion in parts):
            raise ValueError('needs a plain name in each pair of braces, such as "{title}"')
        return value

    @field_validator("ground")
    @classmethod
    def _colour(cls, value: str) -> str:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError('must be a colour such as "#ffffff"')
        return value.lower()


class MetadataSettings(Table):
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
    access: str = "rights_status"
    """Column of what may be shown of a picture: open, restricted (a thumbnail alone) or withheld
    (the description alone)."""
    facets: tuple[str, ...] | None = None
    """Columns to filter by. Not set: the source, and columns with few distinct values."""


class NeighboursSettings(Table):
    """The nearest relatives of each image."""

    count: Annotated[int, Field(ge=1, le=200)] = 20
    """How many neighbours an image gets."""


class SiteSettings(Table):
    """The site itself."""

    portable: bool = True
    """Also write the data as scripts, so that the site opens by double-click."""
    display_pixels: Annotated[int, Field(ge=256, le=8192)] = 1600
    """Longer side of the picture on an image page."""
    list_length: Annotated[int, Field(ge=10, le=1000)] = 96
    """Images on one page of a list."""
    keep_removed: Literal["open", "always", "never"] = "open"
    """Whether the page of a removed image shows a small picture of it: "open" if the licence of the
    catalogue is an open one."""
    keep_versions: bool = False
    """Whether a picture that was replaced stays to be seen, in the folder kept/."""
    iiif_images: bool = False
    """Also serve pictures by the IIIF Image API at level 0: three sizes of each as JPEG, which
    more than doubles the pictures' share of the site. Needs site_url."""
    theme: ThemeSettings = ThemeSettings()
    """Colours, type, spacing and logo of the pages; see docs/theming.md."""


class Settings(Table):
    """All of catalogue.toml."""

    catalogue: CatalogueSettings = CatalogueSettings()
    images: ImagesSettings = ImagesSettings()
    metadata: MetadataSettings = MetadataSettings()
    views: tuple[ViewSettings, ...] = default_views()
    neighbours: NeighboursSettings = NeighboursSettings()
    clusters: tuple[ClustersSettings, ...] = (ClustersSettings(),)
    layouts: LayoutsSettings = LayoutsSettings()
    align: AlignSettings = AlignSettings()
    collate: CollateSettings = CollateSettings()
    review: ReviewSettings = ReviewSettings()
    exports: ExportsSettings = ExportsSettings()
    rights: RightsSettings = RightsSettings()
    cite: CiteSettings = CiteSettings()
    crop: CropSettings = CropSettings()
    fetch: FetchSettings = FetchSettings()
    crawlers: CrawlersSettings = CrawlersSettings()
    site: SiteSettings = SiteSettings()
    ink: InkSettings = InkSettings()
    vectors: VectorsSettings = VectorsSettings()

    @field_validator("views")
    @classmethod
    def _distinct(cls, value: tuple[ViewSettings, ...]) -> tuple[ViewSettings, ...]:
        names = [view.name for view in value]
        if not names:
            raise ValueError("needs at least one view")
        if len(set(names)) < len(names):
            raise ValueError("has two views of one name")
        return value

    @model_validator(mode="after")
    def _named_views_are_there(self) -> Settings:
        names = [view.name for view in self.views]
        asked = {
            "exports": self.exports.view,
            "align": self.align.view,
            "collate": self.collate.view,
        }
        for table, name in asked.items():
            if name and name not in names:
                raise ValueError(
                    f'{table}: there is no view "{name}"; views are ' + ", ".join(names)
                )
        return self

    @model_validator(mode="after")
    def _addresses_apart(self) -> Settings:
        """What is called <view>-<name> must not be another view, or another's <view>-<name>."""
        ends = [one.name for one in self.clusters if one.name]
        ends += ["clusters", "facet", "scatter", *self.layouts.grids]
        names = [view.name for view in self.views]
        for first in names:
            for second in names:
                rest = second.removeprefix(f"{first}-")
                if rest != second and any(f"{rest}-".startswith(f"{end}-") for end in ends):
                    raise ValueError(
                        f'the view "{second}" could be taken for something of the view '
                        f'"{first}": rename one of them'
                    )
        return self

    @field_validator("clusters", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        return several(value)

    @field_validator("clusters")
    @classmethod
    def _named_apart(cls, value: tuple[ClustersSettings, ...]) -> tuple[ClustersSettings, ...]:
        return distinct(value)
