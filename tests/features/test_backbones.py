"""Names of networks, what is said of wrong ones, and the list of layers."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from builder.commands import telling
from builder.errors import SettingsError
from builder.features.backbones import choose, families, kind, vectors_file
from builder.features.backbones.naming import Name, cut, parse

WORD = st.from_regex(r"[a-zA-Z][a-zA-Z0-9_.-]{0,8}", fullmatch=True)
FAMILY = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)


@given(FAMILY, WORD, st.just("") | WORD, WORD | st.integers(-9, 9).map(lambda n: f"[:{n}]"))
def test_a_name_is_taken_apart(family: str, model: str, tag: str, layer: str) -> None:
    """family:model/tag@layer, the layer also as a cut, or in the setting of that name."""
    assume(family != model)
    written = f"{family}:{model}" + (f"/{tag}" if tag else "")
    joined = layer if layer.startswith("[") else f"@{layer}"

    assert parse(written + joined) == Name(family, model, tag, layer)
    assert parse(written, layer) == Name(family, model, tag, layer)
    assert parse(written + joined, layer).network == written
    assert cut(layer) == (int(layer[2:-1]) if layer.startswith("[") else None)


def test_what_is_no_network_is_told_from_its_name() -> None:
    """Strokes and own vectors."""
    names = ("lite0", "strokes", "spectrum", "vectors:mine.npy")

    assert [kind(name) for name in names] == ["network", "drawn", "drawn", "vectors"]
    assert vectors_file("vectors:mine.npy") == "mine.npy"
    with pytest.raises(SettingsError, match=r'write "vectors:file\.npy"'):
        vectors_file("vectors:")


@pytest.mark.parametrize(
    ("backbone", "layer", "hint"),
    [
        ("lite", "", 'did you mean "lite0"'),
        ("stroks", "", 'did you mean "strokes"'),
        ("resnet50", "", 'did you mean "torchvision:resnet50"'),
        ("torchvison:resnet50", "", 'did you mean "torchvision"'),
        ("torchvision:resnet5", "", 'did you mean "resnet50"'),
        ("timm:tests_vit", "", 'did you mean "test_vit'),
        ("open_clip:ViT-B-33", "", 'did you mean "ViT-B-32"'),
        ("torchvision:resnet50/IMAGENET", "", 'did you mean "IMAGENET1K_V'),
        ("timm:test_vit/laion", "", "leave out what follows the /"),
        ("torchvision:resnet50@", "", "write family:model@layer"),
        ("torchvision: resnet50", "", "write family:model@layer"),
        ("torchvision:resnet50[:-3]", "layer4", "name it once"),
    ],
)
def test_unknown_names_suggest_known_ones(backbone: str, layer: str, hint: str) -> None:
    """A misspelt family, model or tag is answered with the nearest that there is."""
    with pytest.raises(SettingsError, match=hint):
        choose(backbone, layer)


@pytest.mark.parametrize(
    ("backbone", "size", "hint"),
    [
        ("lite0@blocks.9", 320, 'did you mean "blocks'),
        ("torchvision:resnet18@layr3", 64, 'did you mean "layer3"'),
        ("torchvision:resnet18[:0]", 64, "keeps nothing"),
        ("torchvision:resnet18@layer1.0.downsample2", 64, "unknown layer"),
        ("timm:test_vit", 100, "multiples of 16; set size to 96 or 112"),
        ("torchvision:vit_b_32", 300, "multiples of 32; set size to 288 or 320"),
        ("open_clip:ViT-S-32", 300, "multiples of 32; set size to 288 or 320"),
        ("torchvision:maxvit_t", 320, "made for size 224"),
        ("torchvision:vit_b_32[:-1]", 224, "made for size 224"),
    ],
)
def test_layers_and_sizes_that_do_not_fit_are_told(backbone: str, size: int, hint: str) -> None:
    """Before any weights are loaded or fetched."""
    with pytest.raises(SettingsError, match=hint):
        choose(backbone).raw(size)


@pytest.mark.parametrize(
    ("backbone", "size", "shape"),
    [
        ("torchvision:resnet50[:-3]", 320, (1024, 20, 20)),
        ("torchvision:resnet50@layer3", 320, (1024, 20, 20)),
        ("torchvision:vgg16@features.29", 320, (512, 20, 20)),
        ("torchvision:vit_b_16@encoder.layers.encoder_layer_11", 320, (401, 768)),
        ("torchvision:regnet_y_400mf", 224, (440, 7, 7)),
        ("timm:test_vit3@blocks", 160, (101, 96)),
        ("open_clip:ViT-B-32", 320, (512,)),
        ("open_clip:ViT-B-32@transformer.resblocks.10", 320, (101, 768)),
    ],
)
def test_shapes_are_known_without_weights(backbone: str, size: int, shape: tuple[int, ...]) -> None:
    """The notebook's maps among them; 409,600 numbers are announced before they are computed."""
    assert choose(backbone).raw(size).shape == shape


def test_every_family_says_how_its_models_are_named() -> None:
    """And lite0 its layers, as before; each example can be chosen."""
    told = telling.backbones()

    assert {"lite0", "torchvision", "timm", "open_clip", "strokes"} <= told.keys()
    assert "320 channels, one cell for 32 px" in telling.as_text(told)
    for family in families().values():
        for example in family.about.split(", "):
            if ":" in example and "embedded" not in example:
                assert choose(example).name.family == family.name


def test_layers_of_a_network_are_listed_with_shape_and_stride() -> None:
    """In the order of computation, blocks but not their parts."""
    told = telling.backbone_layers("torchvision:resnet18", 64)
    layers = told["layers"]

    assert isinstance(layers, dict)
    assert layers["layer3"] == "256 x 4 x 4, one cell for 16 px"
    assert layers["fc"] == "1000 numbers, no places"
    assert list(layers).index("layer3.0") < list(layers).index("layer4")
    assert "layer3.0.conv1" not in layers
    assert told["default"] == "layer4"
    assert "resnet18-f37072fd.pth" in str(told["weights"])


def test_tokens_are_listed_as_the_maps_that_they_are() -> None:
    """With the default layer that the library computes itself."""
    told = telling.backbone_layers("timm:test_vit", 320)
    layers = told["layers"]

    assert isinstance(layers, dict)
    assert layers["blocks.0"] == "64 x 20 x 20 (tokens), one cell for 16 px"
    assert told["default"] in layers
    assert "takes multiples of 16 px" in str(told["size"])


def test_a_familys_name_lists_its_models() -> None:
    """So that a name can be found without another tool."""
    told = telling.backbone_layers("torchvision")

    assert "resnet50" in told["models"]  # type: ignore[operator]
