"""Weights: from files of every kind, checked by tensor, or fetched; and the network they make."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import URLError

import numpy as np
import pytest
import timm
import torch
from safetensors.torch import save_file

from builder.errors import ModelError, SettingsError
from builder.features.backbones import checkpoints, choose, hub
from builder.features.backbones.base import Origin
from builder.features.cards import model_card
from builder.features.extract import BATCH, _decoded, describe, extract
from builder.settings import DescriptorSettings

CPU = torch.device("cpu")


@pytest.fixture
def resnet() -> Any:
    """A small network whose batch normalisations do something."""
    return lively("test_resnet")


def lively(name: str) -> Any:
    torch.manual_seed(1)
    model: Any = timm.create_model(name, pretrained=False)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias)
            torch.nn.init.normal_(module.running_mean)
            torch.nn.init.uniform_(module.running_var, 0.5, 2)
    return model.eval()


def saved(model: Any, folder: Path) -> Path:
    path = folder / "weights.pth"
    torch.save(model.state_dict(), path)
    return path


def squares(count: int, size: int) -> list[np.ndarray]:
    rng = np.random.default_rng(0)
    return [rng.integers(0, 256, (size, size, 3)).astype(np.uint8) for _ in range(count)]


def batch(count: int, size: int) -> torch.Tensor:
    return torch.randn(count, 3, size, size, generator=torch.Generator().manual_seed(2))


def plain(state: Mapping[str, torch.Tensor], path: Path) -> None:
    torch.save(state, path)


def wrapped(state: Mapping[str, torch.Tensor], path: Path) -> None:
    trained = {f"module.{name}": value for name, value in state.items()}
    torch.save({"epoch": 3, "state_dict": trained}, path)


def safe(state: Mapping[str, torch.Tensor], path: Path) -> None:
    save_file({name: value.contiguous() for name, value in state.items()}, path)


def half(state: Mapping[str, torch.Tensor], path: Path) -> None:
    torch.save({name: value.half() for name, value in state.items()}, path)


def headless(state: Mapping[str, torch.Tensor], path: Path) -> None:
    torch.save({name: value for name, value in state.items() if "fc" not in name}, path)


@pytest.mark.parametrize(
    ("write", "suffix", "tolerance"),
    [
        (plain, ".pth", 1e-3),
        (wrapped, ".pt", 1e-3),
        (safe, ".safetensors", 1e-3),
        (half, ".bin", 0.05),
        (headless, ".pth", 1e-3),
    ],
)
def test_every_kind_of_file_gives_the_same_network(
    tmp_path: Path,
    resnet: Any,
    write: Callable[[Mapping[str, torch.Tensor], Path], None],
    suffix: str,
    tolerance: float,
) -> None:
    """Wrapped, from several cards, safetensors, half precision, without the classifier."""
    path = tmp_path / f"weights{suffix}"
    write(resnet.state_dict(), path)

    found = choose("timm:test_resnet", weights=path).load(96).forward(batch(2, 96))

    with torch.no_grad():
        expected = resnet.forward_features(batch(2, 96))
    assert (found - expected).abs().max() < tolerance * expected.abs().max()


@pytest.mark.parametrize("layer", ["conv1.0", "conv1.1", "bn1", "layer2", "layer4.0.bn2"])
def test_any_layer_gives_what_it_gives_in_the_whole_network(
    tmp_path: Path, resnet: Any, layer: str
) -> None:
    """Also single convolutions and normalisations, though these are merged elsewhere."""
    modules = dict(resnet.named_modules())
    layer = layer if layer in modules else "conv1"
    kept: list[torch.Tensor] = []
    modules[layer].register_forward_hook(lambda *given: kept.append(given[2].clone()))
    with torch.no_grad():
        resnet(batch(2, 96))

    found = choose("timm:test_resnet", layer, saved(resnet, tmp_path)).load(96)

    torch.testing.assert_close(found.forward(batch(2, 96)), kept[0], rtol=1e-3, atol=1e-3)


def test_computing_stops_at_the_layer(tmp_path: Path, resnet: Any) -> None:
    """What comes after it is never run."""
    network: Any = choose("timm:test_resnet", "layer2", saved(resnet, tmp_path)).load(96)
    ran: list[str] = []
    for path, module in network.forward.network.named_modules():
        module.register_forward_hook(lambda *_, path=path: ran.append(path))

    network.forward(batch(1, 96))

    assert any(path.startswith("layer1") for path in ran)
    assert not any(path.startswith(("layer3", "layer4")) for path in ran)


@pytest.mark.parametrize("name", ["test_resnet", "test_efficientnet", "test_byobnet"])
def test_normalisations_are_merged_without_other_numbers(tmp_path: Path, name: str) -> None:
    """Fewer modules, the same maps."""
    model = lively(name)

    network: Any = choose(f"timm:{name}", weights=saved(model, tmp_path)).load(96)

    with torch.no_grad():
        expected = model.forward_features(batch(2, 96))
    left = [m for m in network.forward.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    before = [m for m in model.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    assert len(left) < len(before) / 2
    scale = expected.abs().max()
    assert (network.forward(batch(2, 96)) - expected).abs().max() < 1e-3 * scale


@pytest.mark.parametrize("size", [160, 96])
def test_a_transformer_takes_other_sizes(tmp_path: Path, size: int) -> None:
    """Positions are interpolated as timm does it; tokens, their summary and their mean."""
    model = lively("test_vit")
    path = saved(model, tmp_path)
    model.set_input_size(img_size=(size, size))
    network = choose("timm:test_vit", weights=path).load(size)
    pictures = squares(3, size)
    stack = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2) / 255
    mean, std = (torch.tensor(value).view(3, 1, 1) for value in (network.mean, network.std))

    with torch.no_grad():
        tokens = model.forward_features((stack - mean) / std)

    for pooling, expected in (
        ("none", tokens[:, 1:].transpose(1, 2).flatten(1)),
        ("mean", tokens[:, 1:].mean(dim=1)),
        ("cls", tokens[:, 0]),
    ):
        found = describe(network, pictures, CPU, pooling)
        np.testing.assert_allclose(found, expected.numpy(), atol=1e-2)


def test_cls_of_a_network_without_one_is_refused_before_loading() -> None:
    """The card says so."""
    with pytest.raises(SettingsError, match="use none, mean, max or gem"):
        model_card(DescriptorSettings(backbone="torchvision:resnet18", pooling="cls"))


def test_the_card_names_a_local_file_and_its_checksum(tmp_path: Path, resnet: Any) -> None:
    """Relative to the catalogue."""
    path = saved(resnet, tmp_path)
    own = DescriptorSettings(
        backbone="timm:test_resnet@layer3", weights=path.name, size=96, pooling="gem"
    )

    card = model_card(own, tmp_path)

    assert (card.backbone, card.layer, card.weights) == ("timm:test_resnet", "layer3", path.name)
    assert card.checksum == checkpoints.checksum(path)
    assert card.shape == (choose(own.backbone).raw(96).shape[0],)


def lacking(state: dict[str, torch.Tensor]) -> None:
    del state["layer1.0.conv1.weight"]


def further(state: dict[str, torch.Tensor]) -> None:
    state["layer9.weight"] = torch.zeros(1)


def misshapen(state: dict[str, torch.Tensor]) -> None:
    state["layer1.0.bn1.weight"] = torch.zeros(7)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lacking, 'lacks the tensor "layer1.0.conv1.weight"'),
        (further, 'has a tensor "layer9.weight" that the model has not'),
        (misshapen, r'the tensor "layer1.0.bn1.weight" is 7, not \d+'),
    ],
)
def test_a_wrong_checkpoint_names_the_tensor(
    tmp_path: Path, resnet: Any, change: Callable[[dict[str, torch.Tensor]], None], reason: str
) -> None:
    """The first that is missing, unknown or of another shape."""
    state = dict(resnet.state_dict())
    change(state)
    path = tmp_path / "weights.pth"
    torch.save(state, path)

    with pytest.raises(ModelError, match=reason) as error:
        choose("timm:test_resnet", weights=path).load(96)
    assert error.value.where == str(path)


@pytest.mark.parametrize("backbone", ["torchvision:resnet18", "open_clip:ViT-S-32", "lite0"])
def test_another_models_checkpoint_is_refused_by_every_family(
    tmp_path: Path, resnet: Any, backbone: str
) -> None:
    """In words that name a tensor."""
    with pytest.raises(ModelError, match=r'tensor ".+"'):
        choose(backbone, weights=saved(resnet, tmp_path)).load(224)


class Mischief:
    """What a pickle could run."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str, str]]:
        return Path.write_text, (Path("mischief"), "done")  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (pickle.dumps(Mischief()), "a.pth", "more than weights, and is not opened"),
        (b"", "a.pth", "is damaged"),
        (b"\0" * 99, "a.safetensors", "is not a whole safetensors file"),
    ],
)
def test_files_that_hold_no_weights_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, name: str, reason: str
) -> None:
    """Nothing in them is run."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(ModelError, match=reason):
        checkpoints.read(path)
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_programs_and_bare_numbers_are_no_weights(tmp_path: Path) -> None:
    """TorchScript archives hold code; a tensor alone has no name."""
    script, bare = tmp_path / "script.pt", tmp_path / "bare.pt"
    torch.jit.script(torch.nn.Linear(2, 2)).save(str(script))
    torch.save({"epoch": 3}, bare)

    with pytest.raises(ModelError, match=r"take the model's \.safetensors file"):
        checkpoints.read(script)
    with pytest.raises(ModelError, match=r"save model\.state_dict"):
        checkpoints.read(bare)
    with pytest.raises(ModelError, match="no such file of weights"):
        checkpoints.read(tmp_path / "none.pth")


def test_numbers_that_cannot_be_kept_are_told(tmp_path: Path, resnet: Any) -> None:
    """NaN in weights does not end in features."""
    state = dict(resnet.state_dict())
    state["layer1.0.conv1.weight"] = torch.full_like(state["layer1.0.conv1.weight"], np.nan)
    path = tmp_path / "weights.pth"
    torch.save(state, path)
    network = choose("timm:test_resnet", weights=path).load(96)

    with pytest.raises(ModelError, match="cannot be kept"):
        describe(network, squares(2, 96), CPU, "mean")


@pytest.mark.parametrize(
    ("backbone", "file"),
    [
        ("torchvision:resnet18", "https://download.pytorch.org/models/resnet18-f37072fd.pth"),
        ("timm:resnet18", "https://huggingface.co/timm/resnet18.a1_in1k/resolve/main/model.safe"),
        ("open_clip:ViT-B-32", "https://huggingface.co/.*laion2b_s34b_b79k|laion2B-s34B-b79K"),
    ],
)
def test_without_internet_one_sentence_says_what_to_download(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, backbone: str, file: str
) -> None:
    """And which setting to give it to; nothing is tried twice."""
    asked: list[object] = []

    def unreachable(request: object, timeout: float) -> None:
        asked.append(request)
        raise URLError("no route")

    monkeypatch.setattr(hub, "urlopen", unreachable)
    monkeypatch.setattr(hub, "_cached", lambda origin: None)

    with pytest.raises(ModelError, match=file) as error:
        choose(backbone).weights()
    assert 'and set weights = "' in error.value.sentence
    assert len(asked) == 1


def test_weights_are_fetched_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Into torch's own cache, the bar on standard error; the second time nothing is asked."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "cache"))
    there = tmp_path / "tiny.pth"
    there.write_bytes(b"weights" * 1000)
    origin = Origin(there.as_uri(), "MIT", (there.name,))

    first = hub.fetch(origin, "tiny")
    there.unlink()
    second = hub.fetch(origin, "tiny")

    assert first == second
    assert first.read_bytes() == b"weights" * 1000
    out, err = capfd.readouterr()
    assert (out, "100%" in err) == ("", True)


def test_a_download_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its checksum is in its name and does not fit: a sentence, and no file that seems whole."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "cache"))
    there = tmp_path / "tiny-0123456789.pth"
    there.write_bytes(b"other")

    with pytest.raises(ModelError, match=r"could not be fetched .*download file://"):
        hub.fetch(Origin(there.as_uri(), "MIT", (there.name,)), "tiny")
    assert [path for path in (tmp_path / "cache").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("count", [1, 2, BATCH + 3])
def test_neither_threads_nor_other_pictures_change_a_byte(count: int) -> None:
    """One core or three, a picture alone or among others; torch's own threads stay as set."""
    network = choose("lite0", "blocks.2").load(64)
    pictures = squares(BATCH + 3, 64)
    before = torch.get_num_threads()

    def rows(count: int, workers: int) -> np.ndarray:
        batches = extract(network, pictures.__getitem__, count, CPU, "none", workers)
        return np.concatenate(list(batches))

    few = rows(count, 3)

    assert few.tobytes() == rows(BATCH + 3, 1)[:count].tobytes()
    assert torch.get_num_threads() == before


def test_a_picture_that_fails_ends_the_work() -> None:
    """The fault comes through, the threads stop, and torch's are as they were."""
    network = choose("lite0", "blocks.2").load(64)
    asked: list[int] = []

    def load(i: int) -> np.ndarray:
        asked.append(i)
        if i == 3:
            raise ModelError("no picture")
        return squares(1, 64)[0]

    with pytest.raises(ModelError, match="no picture"):
        list(extract(network, load, 1000, CPU, "none", 2))
    assert len(asked) < 100


def test_decoding_is_a_batch_ahead_of_a_card() -> None:
    """When a batch is handed over the next one is already asked for; order is kept."""
    asked: list[int] = []

    def load(i: int) -> np.ndarray:
        asked.append(i)
        return np.full((1, 1, 3), i, np.uint8)

    with ThreadPoolExecutor(1) as threads:
        found = _decoded(threads, load, [range(0, 2), range(2, 4), range(4, 5)])
        first = next(found)
        threads.submit(int).result()
        assert asked == [0, 1, 2, 3]
        order = [int(square.max()) for squares in [first, *found] for square in squares]
    assert order == [0, 1, 2, 3, 4]


def test_weights_that_nobody_published_are_told() -> None:
    """An architecture alone is no network."""
    with pytest.raises(ModelError, match="set weights to a file of your own"):
        choose("timm:test_vit_relpos").weights()
