"""From what a layer gives to one row of numbers a picture: flattened, or places forgotten.

Layers give maps (b, c, h, w), in some libraries (b, h, w, c); tokens (b, prefix + h * w, c), of
which those of the patches are maps too; or one vector a picture (b, d).
"""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from builder.errors import SettingsError

if TYPE_CHECKING:
    import torch

POWER = 3.0
"""Exponent of the generalised mean (Radenovic, Tolias and Chum 2019)."""
_FLOOR = 1e-6


def maps_shape(shape: tuple[int, ...], prefix: int) -> tuple[int, ...]:
    """What one picture's raw output (without the batch) is once put in order.

    Args:
        shape: (c, h, w), (h, w, c), (prefix + h * w, c) or (d,).
        prefix: tokens before those of the patches, where there are tokens.

    Returns:
        (c, h, w) or (d,).

    Raises:
        SettingsError: it is neither maps nor tokens of a square nor a vector.
    """
    if len(shape) == 3 and shape[1] == shape[2]:
        return shape
    if len(shape) == 3 and shape[0] == shape[1]:
        return shape[2], shape[0], shape[1]
    if len(shape) == 2:
        cells = shape[0] - _leading(shape[0], prefix)
        return shape[1], isqrt(cells), isqrt(cells)
    if len(shape) == 1:
        return shape
    raise SettingsError(
        f"the layer gives {' x '.join(map(str, shape))} numbers, which are no maps of the picture",
        "catalogue.toml",
        "choose another with layer; volvelle info --backbones NAME lists them",
    )


def pooled_shape(
    shape: tuple[int, ...], pooling: str, prefix: int = 0, summary: bool = False
) -> tuple[int, ...]:
    """Shape of one picture's features: (c, h, w) when nothing is pooled, else (d,).

    Raises:
        SettingsError: the layer has no summary for "cls", or no maps at all.
    """
    if pooling == "cls":
        _check_summary(shape, prefix, summary)
        return shape[-1:]
    ordered = maps_shape(shape, prefix)
    return ordered if pooling == "none" else ordered[:1]


def pool(raw: torch.Tensor, pooling: str, prefix: int = 0, summary: bool = False) -> torch.Tensor:
    """One row a picture.

    Args:
        raw: what a layer gives for a batch, see above.
        pooling: "none" flattens (c, h, w); "mean", "max" and "gem" take each channel over all
            places, gem as (mean x^3)^(1/3) with negative values counting as nothing; "cls" is the
            summary that transformers make.
        prefix: tokens before those of the patches.
        summary: whether the first token, or the vector, is such a summary.

    Returns:
        (b, d) float32; flattened maps in the numbers of `raw`.

    Raises:
        SettingsError: see `pooled_shape`.
    """
    shape = tuple(raw.shape[1:])
    if pooling == "cls":
        _check_summary(shape, prefix, summary)
        return (raw[:, 0] if raw.ndim == 3 else raw).float()
    maps = _in_order(raw, maps_shape(shape, prefix), prefix)
    if pooling == "none":
        return maps.flatten(1)
    maps = maps.float()
    if maps.ndim == 2:
        return maps
    if pooling == "mean":
        return maps.mean(dim=(2, 3))
    if pooling == "max":
        return maps.amax(dim=(2, 3))
    return maps.clamp(min=_FLOOR).pow(POWER).mean(dim=(2, 3)).pow(1 / POWER)


def _in_order(raw: torch.Tensor, shape: tuple[int, ...], prefix: int) -> torch.Tensor:
    if raw.ndim == 3:
        patches = raw[:, _leading(raw.shape[1], prefix) :]
        return patches.transpose(1, 2).reshape(len(raw), *shape)
    if raw.ndim == 4 and tuple(raw.shape[1:]) != shape:
        return raw.permute(0, 3, 1, 2)
    return raw


def _leading(tokens: int, prefix: int) -> int:
    """Tokens that are no patches: `prefix`, or none in layers before these are added."""
    for leading in (prefix, 0):
        cells = tokens - leading
        if cells > 0 and isqrt(cells) ** 2 == cells:
            return leading
    raise SettingsError(
        f"the layer gives {tokens} tokens, which fill no square",
        "catalogue.toml",
        "choose another with layer; volvelle info --backbones NAME lists them",
    )


def _check_summary(shape: tuple[int, ...], prefix: int, summary: bool) -> None:
    token = len(shape) == 2 and prefix > 0 and _leading(shape[0], prefix) == prefix
    if not (summary and (token or len(shape) == 1)):
        raise SettingsError(
            'pooling "cls" needs the summary token of a transformer, which this layer has not',
            "catalogue.toml",
            "use none, mean, max or gem",
        )
