"""Names of views, clusterings and layouts never give two things one address."""

from __future__ import annotations

import pytest

from builder.errors import SettingsError
from builder.settings import parse


def named(views: list[str], **more: object) -> dict[str, object]:
    return {"views": [{"name": name, "preset": "look"} for name in views], **more}


@pytest.mark.parametrize(
    ("views", "more"),
    [
        (["form", "form-x"], {"clusters": [{}, {"name": "x"}]}),
        (["form-tsne", "form"], {"layouts": {"grids": ["tsne"]}}),
        (["form", "form-clusters-x"], {}),
        (["form", "form-facet"], {"layouts": {"facets": ["grid"]}}),
    ],
)
def test_a_view_that_could_be_something_of_another_is_refused(
    views: list[str], more: dict[str, object]
) -> None:
    """clusters/form-x/ would be a clustering of one view and the clusters of another."""
    with pytest.raises(SettingsError, match=r'setting "views" is wrong: the view "form-'):
        parse(named(views, **more))


def test_views_that_begin_alike_are_fine() -> None:
    """A hyphen alone does no harm."""
    found = parse(named(["form", "form-x", "formal"], clusters=[{}, {"name": "y"}]))

    assert [view.name for view in found.views] == ["form", "form-x", "formal"]
