"""catalogue.toml as frozen, documented models; `volvelle info --settings` prints them."""

from builder.settings.reading import FILE_NAME, parse, read
from builder.settings.tables import (
    CatalogueSettings,
    ClustersSettings,
    ImagesSettings,
    LayoutsSettings,
    MetadataSettings,
    NeighboursSettings,
    Settings,
    SiteSettings,
)
from builder.settings.views import PRESETS, DescriptorSettings, ViewSettings, default_views

__all__ = [
    "FILE_NAME",
    "PRESETS",
    "CatalogueSettings",
    "ClustersSettings",
    "DescriptorSettings",
    "ImagesSettings",
    "LayoutsSettings",
    "MetadataSettings",
    "NeighboursSettings",
    "Settings",
    "SiteSettings",
    "ViewSettings",
    "default_views",
    "parse",
    "read",
]
