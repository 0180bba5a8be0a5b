"""Views in catalogue.toml: presets, what may be said besides, and what is answered to mistakes."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from builder.errors import SettingsError
from builder.settings import PRESETS, DescriptorSettings, ViewSettings, default_views, parse


def views(toml: str) -> tuple[ViewSettings, ...]:
    return parse(tomllib.loads(toml)).views


def test_a_catalogue_that_names_no_view_has_three() -> None:
    """They share what their descriptors see."""
    likeness, form, look = parse({}).views

    assert [likeness.name, form.name, look.name] == ["likeness", "form", "look"]
    assert likeness.descriptors == look.descriptors + form.descriptors[:1]
    assert parse({}).views == default_views()


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_what_its_table_says(preset: str) -> None:
    """By its name or under another; every setting that it does not name has its default."""
    named = views(f'[[views]]\nname = "{preset}"')[0]
    other = views(f'[[views]]\nname = "other"\npreset = "{preset}"')[0]

    expected = tuple(DescriptorSettings(**one) for one in PRESETS[preset]["descriptors"])
    assert expected == named.descriptors == other.descriptors
    assert PRESETS[preset].get("hubs", "none") == named.hubs == other.hubs
    assert (named.preset, other.preset) == (preset, preset)


def test_settings_of_a_view_go_before_its_preset() -> None:
    """Those of its one descriptor may stand in the view; the rest stays as the preset has it."""
    (view,) = views('[[views]]\nname = "look"\norientations = "square"\nhubs = "none"\nsize = 64')
    (plain,) = views('[[views]]\nname = "look"')

    changed = {"orientations": "square", "size": 64}
    assert plain.descriptors[0].model_copy(update=changed) == view.descriptors[0]
    assert (view.hubs, view.preset) == ("none", "look")


def test_descriptors_of_a_view_replace_those_of_its_preset() -> None:
    """Written out they are all there is."""
    (view,) = views(
        '[[views]]\nname = "likeness"\n'
        "[[views.descriptors]]\nweight = 2\nsize = 64\n"
        '[[views.descriptors]]\npreparation = "lines"\nbackbone = "strokes"\n'
    )

    assert view.descriptors == (
        DescriptorSettings(weight=2, size=64),
        DescriptorSettings(preparation="lines", backbone="strokes"),
    )
    assert view.hubs == PRESETS["likeness"]["hubs"]


def test_a_name_that_is_no_preset_starts_from_the_defaults() -> None:
    """One plain descriptor."""
    (view,) = views('[[views]]\nname = "mine"\npooling = "gem"')

    assert view.descriptors == (DescriptorSettings(pooling="gem"),)
    assert (view.preset, view.hubs) == ("", "none")


def test_another_backbone_does_not_keep_the_layer_of_the_preset() -> None:
    """Layers are names within a network."""
    (view,) = views('[[views]]\nname = "seed-lite"\nbackbone = "torchvision:resnet18@layer3"')

    assert (view.descriptors[0].backbone, view.descriptors[0].layer) == (
        "torchvision:resnet18@layer3",
        "",
    )
    assert view.descriptors[0].fit == "squash"


def test_a_view_read_again_is_the_same() -> None:
    """What is dumped, as in the site's data, gives the view back."""
    for view in (*default_views(), *views('[[views]]\nname = "seed"\nsize = 64')):
        assert ViewSettings.model_validate(view.model_dump()) == view


FAULTS = {
    "[[views]]\nname = 'form'\nbackbon = 'lite0'": 'did you mean "backbone"?',
    "[[views]]\nname = 'form'\nhub = 'none'": 'did you mean "hubs"?',
    "[[views]]\n[[views.descriptors]]\npolling = 'gem'": 'did you mean "pooling"?',
    "[[views]]\nname = 'likeness'\nsize = 64": "write [[views.descriptors]]",
    "[[views]]\npreset = 'likenes'": "'likeness'",
    "[[views]]\npreparation = 'pieces'": 'needs backbone "strokes" or "spectrum"',
    "[[views]]\nbackbone = 'strokes'": 'needs preparation "lines" or "pieces"',
    "[[views]]\nname = 'x'\nwhitening = 0.25": "whitening needs components",
    "[[views]]\nbackbone = 'timm:vit@blocks.3'\nlayer = 'blocks.4'": "name the layer once",
    "[[views]]\nname = 'x'\nsize = 8": "greater than or equal to 32",
    "[[views]]\nname = 'x'\norientations = 'all'": "'upright'",
    "[[views]]\nname = 'x'\ndescriptors = []": "at least 1 item",
    "[[views]]\n[[views.descriptors]]\nweight = 0": "greater than 0",
    "[[views]]\nname = 'a'\n[[views]]\nname = 'a'": "two views of one name",
    "views = []": "at least one view",
    "[[views]]\nname = 'x--y'": "lower-case letters",
    "[[views]]\nname = 3": "string",
    "[[views]]\nname = ['form']": "string",
    "[[views]]\npreset = ['form']": "preset",
    "[[views]]\ndescriptors = 3": "descriptors",
    "[[views]]\nsize = 64\ndescriptors = 3": "descriptors",
    "[[views]]\nsize = 64\ndescriptors = [3]": "descriptors",
    "views = 3": "views",
    "views = [3]": "views",
}


@pytest.mark.parametrize("toml", FAULTS)
def test_mistakes_are_told_in_one_sentence(toml: str) -> None:
    """What is wrong, in which file, and what may be meant; never a traceback."""
    with pytest.raises(SettingsError) as raised:
        views(toml)

    sentence = raised.value.sentence
    assert sentence.startswith("catalogue.toml: ")
    assert FAULTS[toml] in sentence
    assert "\n" not in sentence


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 400) | st.floats(-1, 1) | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["size", "weight", "name", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*ViewSettings.model_fields, "size", "hub"]), JUNK))
@runs(deadline=None)
def test_whatever_stands_there_is_settings_or_a_sentence(view: dict[str, object]) -> None:
    """Any values at any key: nothing else comes out."""
    try:
        parsed = parse({"views": [view]})
    except SettingsError as error:
        told = error.sentence
    else:
        told = f"catalogue.toml: {len(parsed.views[0].descriptors)}"

    assert told.startswith("catalogue.toml: ")
