"""What `volvelle init` writes beside the settings: a workflow that publishes, and who made what.

A file that is there already stays as it is.
"""

from __future__ import annotations

import json
from pathlib import Path

from builder import __version__
from builder.errors import SettingsError
from builder.settings import CatalogueSettings, Settings
from builder.workspace import write_atomic

WAYS = ("actions", "home", "no")
"""Built by GitHub at each push; built at home and pushed; or no workflow."""

WORKFLOW = ".github/workflows/catalogue.yml"

_CHECKOUT = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8  # v5.0.0"
_PYTHON = "actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065  # v5.6.0"
_CACHE = "actions/cache@0400d5f644dc74513175e3cd8d07132dd4860809  # v4.2.4"
_UPLOAD = "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9  # v5.0.0"
_DEPLOY = "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128  # v5.0.0"

_HEAD = """\
# {what}
# In the repository's settings, under Pages, choose "GitHub Actions" as the source.
# Actions are named by their commits: what runs is what was looked at.
name: Catalogue

on:
  push:
    branches: [main, master]{paths}
  workflow_dispatch:

permissions: {{}}

concurrency:
  group: pages
  cancel-in-progress: false

jobs:
  build:
    runs-on: ubuntu-24.04
    timeout-minutes: {minutes}
    permissions:
      contents: read
    steps:
      - uses: {checkout}
        with:
          persist-credentials: false
"""

_BUILD = """\
      - uses: {python}
        with:
          python-version: "3.12"
      - uses: {cache}
        with:
          path: |
            .volvelle
            ~/.cache/pip
          key: volvelle-{version}-${{{{ github.sha }}}}
          restore-keys: volvelle-{version}-
      - run: python -m pip install "volvelle=={version}"
      # Problems with single images are told, and stop nothing.
      - run: volvelle build . --quiet || test -f site/index.html
      - name: Addresses stand in the register that is committed
        run: |
          if [ -n "$(git status --porcelain -- register.csv versions.csv)" ]; then
            echo "::error::Images were added, moved or changed: run volvelle build at home and" \\
              "commit register.csv, versions.csv, clusters.csv, layouts/: then addresses stay."
            exit 1
          fi
      - run: volvelle check . --target pages
        continue-on-error: true
"""

_TAIL = """\
      - uses: {upload}
        with:
          path: site

  deploy:
    needs: build
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{{{ steps.deployment.outputs.page_url }}}}
    steps:
      - id: deployment
        uses: {deploy}
"""


def accompany(folder: Path, settings: Settings, way: str) -> list[Path]:
    """Write what is missing; gives the files that were written.

    Raises:
        SettingsError: `way` is none of WAYS.
        OutputError: the folder cannot be written.
    """
    if way not in WAYS:
        raise SettingsError(f'there is no way "{way}"', remedy=f"use {', '.join(WAYS)}")
    about = settings.catalogue
    texts = {"CITATION.cff": citation(about), "README.md": readme(about, way)}
    if about.licence:
        texts["LICENSE"] = licence(about)
    if way != "no":
        texts[WORKFLOW] = workflow(way)
    missing = {folder / name: text for name, text in texts.items() if not (folder / name).exists()}
    for path, text in missing.items():
        write_atomic(path, text.encode())
    return list(missing)


def workflow(way: str) -> str:
    """The workflow for GitHub Actions: "actions" builds there, "home" publishes what is there."""
    at_home = way == "home"
    head = _HEAD.format(
        what="Publishes the site that was built at home and committed."
        if at_home
        else "Builds the catalogue at each push, doing only what changed, and publishes it.",
        paths='\n    paths: ["site/**"]' if at_home else "",
        minutes=30 if at_home else 350,
        checkout=_CHECKOUT,
    )
    build = "" if at_home else _BUILD.format(python=_PYTHON, cache=_CACHE, version=__version__)
    return head + build + _TAIL.format(upload=_UPLOAD, deploy=_DEPLOY)


def citation(about: CatalogueSettings) -> str:
    """CITATION.cff 1.2.0 of the catalogue. JSON strings are among YAML's."""
    lines = [
        "cff-version: 1.2.0",
        "message: If you use this catalogue, please cite it as below.",
        "type: dataset",
        f"title: {_quoted(about.title)}",
        "authors:",
        *(line for author in about.authors for line in _author(author)),
    ]
    if not about.authors:
        lines.append(f"  - name: {_quoted(about.title)}  # those who made it")
    if about.description:
        lines.append(f"abstract: {_quoted(about.description)}")
    if about.site_url:
        lines.append(f"url: {_quoted(about.site_url)}")
    if _is_spdx(about.licence):
        lines.append(f"license: {about.licence}")
    return "\n".join(lines) + "\n"


def readme(about: CatalogueSettings, way: str) -> str:
    """README.md of the catalogue."""
    lines = [f"# {_line(about.title)}", ""]
    if about.description:
        lines += [_line(about.description), ""]
    if about.site_url:
        lines += [f"Published at <{about.site_url}>.", ""]
    lines += [
        "Made with Volvelle: `volvelle build .` makes the site in `site/`; open `site/index.html`.",
        "`register.csv` keeps the addresses of all images: commit it after each build, with",
        "`versions.csv`, `clusters.csv`, `layouts/` and `releases/` where they are.",
        "",
    ]
    if way == "home":
        lines += ["Commit `site/`, too: it is published as it is.", ""]
    said = "`CITATION.cff` says how to cite it, and each image's page how to cite that image."
    lines += [said]
    if about.licence:
        said = f"Licence: {_line(about.licence)}. Pictures may have rights of their own: see pages."
        lines += ["", said]
    return "\n".join(lines) + "\n"


def licence(about: CatalogueSettings) -> str:
    """LICENSE of the catalogue: its name and address; the deed itself is not copied."""
    from builder.pages.links import licence_url

    url = licence_url(about.licence)
    said = f"{_line(about.title)}\n\nLicence: {_line(about.licence)}\n"
    return (
        f"{said}{url + chr(10) if url else ''}\n"
        "It is for the texts and data of the catalogue. Rights in the pictures are those that the\n"
        "page of each image names.\n"
    )


def _author(author: str) -> list[str]:
    family, comma, given = author.partition(",")
    if not comma:
        return [f"  - name: {_quoted(author)}"]
    names = [f"  - family-names: {_quoted(family.strip())}"]
    return [*names, f"    given-names: {_quoted(given.strip())}"]


def _is_spdx(name: str) -> bool:
    return bool(name) and name.isascii() and not set(name) - set(_SPDX)


_SPDX = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _line(text: str) -> str:
    return " ".join(text.split())
