"""catalogue.toml as frozen, documented models; `volvelle info --settings` prints them."""

from builder.settings.align import AlignSettings
from builder.settings.cite import CiteSettings
from builder.settings.clusters import ClustersSettings
from builder.settings.collate import CollateSettings
from builder.settings.crawlers import CrawlersSettings
from builder.settings.crop import CropSettings
from builder.settings.exports import ExportsSettings
from builder.settings.fetch import FetchSettings
from builder.settings.ink import InkSettings
from builder.settings.layouts import FacetLayout, LayoutsSettings, ScatterLayout
from builder.settings.reading import FILE_NAME, parse, read
from builder.settings.review import ReviewSettings
from builder.settings.rights import Access, RightsSettings
from builder.settings.tables import (
    CatalogueSettings,
    ImagesSettings,
    MetadataSettings,
    NeighboursSettings,
    Settings,
    SiteSettings,
)
from builder.settings.theme import ThemeSettings
from builder.settings.vectors import VectorsSettings
from builder.settings.views import PRESETS, DescriptorSettings, ViewSettings, default_views

__all__ = [
    "FILE_NAME",
    "PRESETS",
    "Access",
    "AlignSettings",
    "CatalogueSettings",
    "CiteSettings",
    "ClustersSettings",
    "CollateSettings",
    "CrawlersSettings",
    "CropSettings",
    "DescriptorSettings",
    "ExportsSettings",
    "FacetLayout",
    "FetchSettings",
    "ImagesSettings",
    "InkSettings",
    "LayoutsSettings",
    "MetadataSettings",
    "NeighboursSettings",
    "ReviewSettings",
    "RightsSettings",
    "ScatterLayout",
    "Settings",
    "SiteSettings",
    "ThemeSettings",
    "VectorsSettings",
    "ViewSettings",
    "default_views",
    "parse",
    "read",
]
