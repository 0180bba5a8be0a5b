"""Where everything is on the site, and how one page names another."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_CREATIVE_COMMONS = "https://creativecommons.org/"


def item_page(image_id: str) -> str:
    """The permanent page of an image."""
    return f"items/{image_id}/index.html"


def cluster_page(key: str, number: int) -> str:
    """The page of a cluster; `key` names the clustering in addresses."""
    return group_page(key, str(number))


def clusters_page(key: str, page: int = 1) -> str:
    """A page of all clusters of a clustering."""
    return f"clusters/{key}/" + (f"all/{page}/" if page > 1 else "") + "index.html"


def group_page(key: str, address: str, page: int = 1) -> str:
    """A page of the list of a cluster's images."""
    further = f"/{page}" if page > 1 else ""
    return f"clusters/{key}/{address}{further}/index.html"


def list_page(*parts: str, page: int = 1) -> str:
    """A page of a list: of everything, of a facet's values, or of one value."""
    folders = ["list", *parts, *([str(page)] if page > 1 else [])]
    return "/".join(folders) + "/index.html"


def root_of(path: str) -> str:
    """The way from a page up to the site's root, ending in a slash."""
    return "../" * path.count("/") or "./"


def relative(from_path: str, to_path: str) -> str:
    """The way from one page to another file, both given from the site's root."""
    here, there = from_path.split("/")[:-1], to_path.split("/")
    shared = 0
    while shared < min(len(here), len(there) - 1) and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])


def absolute(site_url: str, path: str) -> str:
    """The public address of a page, without index.html; "" where the site has no address."""
    if not site_url:
        return ""
    return site_url + quote(path.removesuffix("index.html"))


def base_path(site_url: str) -> str:
    """The path under which the site is served, for the page that is shown at any depth."""
    return urlsplit(site_url).path or "/" if site_url else "./"


def licence_url(licence: str) -> str:
    """The deed of a Creative Commons licence given by its SPDX name; "" for any other."""
    name = licence.strip().lower()
    if name in ("cc0-1.0", "cc0"):
        return _CREATIVE_COMMONS + "publicdomain/zero/1.0/"
    if name.startswith("cc-by"):
        kind, _, version = name.removeprefix("cc-").rpartition("-")
        if kind in {"by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd"}:
            return f"{_CREATIVE_COMMONS}licenses/{kind}/{version}/"
    return licence.strip() if name.startswith(("https://", "http://")) else ""
