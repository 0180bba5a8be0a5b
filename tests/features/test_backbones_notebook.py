"""The notebook's own recipe beside ours, on the same weights: same shapes, numbers, neighbours.

The notebook cuts a network after its convolutions, flattens the maps, and sorts by scikit-learn's
cosine similarity. Its code is written out here as it stands there, in plain torch.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch
import torchvision
from PIL import Image
from sklearn.metrics.pairwise import cosine_similarity

from builder.features.backbones import choose
from builder.features.extract import extract

COUNT = 12


def pictures(size: int) -> list[np.ndarray]:
    """Soft random fields of different grain and colour, which random weights tell apart."""
    rng = np.random.default_rng(4)
    found = []
    for i in range(COUNT):
        cells = 2 + i % 7
        field = rng.uniform(0, 255, (cells, cells, 3)).astype(np.float32)
        smooth = cv2.resize(field, (size, size), interpolation=cv2.INTER_CUBIC)
        found.append(np.clip(smooth * rng.uniform(0.3, 1, 3), 0, 255).astype(np.uint8))
    return found


def settled(model: torch.nn.Module, size: int) -> torch.nn.Module:
    """Random weights whose batch normalisations have seen pictures, as trained ones have."""
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None
    with torch.no_grad():
        model.train()(torch.from_numpy(np.stack(pictures(size))).permute(0, 3, 1, 2) / 64.0 - 2)
    return model.eval()


def as_in_the_notebook(
    network: Callable[[torch.Tensor], torch.Tensor],
    size: int,
    mean: tuple[float, ...] = (0.485, 0.456, 0.406),
    std: tuple[float, ...] = (0.229, 0.224, 0.225),
) -> np.ndarray:
    from torchvision import transforms

    prepared = transforms.Compose(
        [
            transforms.Resize((size, size)),
            transforms.ToTensor(),
            transforms.Normalize(mean=mean, std=std),
        ]
    )
    batch = torch.stack([prepared(Image.fromarray(pixels)) for pixels in pictures(size)])
    with torch.no_grad():
        return np.concatenate([network(part).numpy() for part in batch.split(6)])


def ours(backbone: str, file: Path, size: int, pooling: str = "none") -> np.ndarray:
    network = choose(backbone, weights=file).load(size)
    squares = pictures(size)
    device = torch.device("cpu")
    batches = extract(network, squares.__getitem__, COUNT, device, pooling, 1)
    return np.concatenate(list(batches)).astype(np.float32)


def order(features: np.ndarray) -> np.ndarray:
    """Neighbours of each picture, itself first, as the notebook sorts them."""
    similarity = cosine_similarity(features.reshape(len(features), -1))
    return np.argsort(-similarity, axis=1)


def same(theirs: np.ndarray, mine: np.ndarray) -> None:
    flat = theirs.reshape(COUNT, -1)
    assert flat.shape == mine.shape
    np.testing.assert_allclose(mine, flat, atol=2e-3 * np.abs(flat).max())
    assert (order(mine) == order(theirs)).all()


def save(model: torch.nn.Module, folder: Path) -> Path:
    path = folder / "weights.pth"
    torch.save(model.state_dict(), path)
    return path


def test_resnet_50_at_320_px_gives_the_notebooks_maps_and_neighbours(tmp_path: Path) -> None:
    """conv4, (n, 1024, 20, 20): 409,600 numbers a picture, and every neighbour in its place."""
    torch.manual_seed(0)
    model: Any = settled(torchvision.models.resnet50(weights=None), 96)

    conv4 = torch.nn.Sequential(*list(model.children())[:-3])
    theirs = as_in_the_notebook(conv4, 320)

    assert theirs.shape == (COUNT, 1024, 20, 20)
    same(theirs, ours("torchvision:resnet50[:-3]", save(model, tmp_path), 320))


@pytest.mark.parametrize(
    ("model", "name", "size"),
    [
        ("resnet18", "torchvision:resnet18[:-3]", 128),
        ("resnet18", "torchvision:resnet18@layer3", 128),
        ("vgg16", "torchvision:vgg16@features.29", 96),
    ],
)
def test_other_networks_give_the_notebooks_neighbours(
    tmp_path: Path, model: str, name: str, size: int
) -> None:
    """The same cut, written in either way."""
    torch.manual_seed(0)
    network: Any = settled(torchvision.models.get_model(model, weights=None), size)

    cut = list(network.children())[:-3] if model == "resnet18" else network.features[:30]
    theirs = as_in_the_notebook(torch.nn.Sequential(*cut), size)

    same(theirs, ours(name, save(network, tmp_path), size))


def test_a_transformers_patches_are_maps(tmp_path: Path) -> None:
    """Torchvision's ViT: the summary token left out, patches flattened channel by channel."""
    torch.manual_seed(0)
    model: Any = torchvision.models.vit_b_32(weights=None).eval()
    name = "torchvision:vit_b_32@encoder.layers.encoder_layer_11"
    tokens: list[torch.Tensor] = []
    model.encoder.layers[11].register_forward_hook(lambda *given: tokens.append(given[2]))
    as_in_the_notebook(model, 224)
    theirs = torch.cat(tokens).numpy()

    assert theirs.shape == (COUNT, 50, 768)
    same(theirs[:, 1:].transpose(0, 2, 1), ours(name, save(model, tmp_path), 224))


def test_clip_gives_the_embedding_that_open_clip_gives(tmp_path: Path) -> None:
    """A whole CLIP checkpoint: its text half is left alone, its own normalisation is used."""
    import open_clip

    torch.manual_seed(0)
    model: Any = open_clip.create_model("ViT-B-32", load_weights=False).eval()
    file = save(model, tmp_path)
    mean, std = open_clip.OPENAI_DATASET_MEAN, open_clip.OPENAI_DATASET_STD

    theirs = as_in_the_notebook(model.encode_image, 224, mean, std)
    embedding = ours("open_clip:ViT-B-32", file, 224, "cls")
    file.unlink()

    assert theirs.shape == (COUNT, 512)
    same(theirs, embedding)
