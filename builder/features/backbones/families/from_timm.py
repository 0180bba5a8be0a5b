"""Every model of timm, named as there: architecture, full stop, name of its weights."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from builder.features.backbones.base import Architecture, Layer, Origin, State

_FILES = ("model.safetensors", "pytorch_model.bin")


@dataclass(frozen=True)
class Timm:
    """Models that `timm.create_model` makes."""

    name: str = "timm"
    about: str = "timm:convnext_tiny.fb_in22k, timm:vit_small_patch14_dinov2.lvd142m@blocks.11"
    layers: tuple[Layer, ...] = ()

    def models(self) -> list[str]:
        """Architectures, and architectures with weights."""
        import timm

        return [*timm.list_models(), *timm.list_pretrained()]

    def tags(self, _model: str) -> list[str]:
        """None: in timm they are part of the name."""
        return []

    def published(self, model: str, _tag: str) -> Origin | None:
        """At Hugging Face, or where timm's own list says."""
        import timm
        from huggingface_hub import hf_hub_url

        config: Any = timm.get_pretrained_cfg(model)
        if config is None or not (config.hf_hub_id or config.url):
            return None
        licence = config.license or "not stated"
        if not config.hf_hub_id:
            return Origin(config.url, licence, (config.url.rsplit("/", 1)[-1],))
        files = (config.hf_hub_filename,) if config.hf_hub_filename else _FILES
        return Origin(hf_hub_url(config.hf_hub_id, files[0]), licence, files, config.hf_hub_id)

    def build(self, model: str, _tag: str) -> Architecture:
        """As timm builds it; the default layer is all that timm computes before the head."""
        import timm

        network: Any = timm.create_model(model, pretrained=False)
        config = network.pretrained_cfg
        head = config.get("classifier") or ()
        stem = getattr(network, "patch_embed", None)
        patch = getattr(stem, "patch_size", 1)
        summary = getattr(network, "cls_token", None) is not None
        resizes = hasattr(network, "set_input_size")
        return Architecture(
            network,
            default="forward_features",
            whole=network.forward_features,
            mean=tuple(config["mean"]),
            std=tuple(config["std"]),
            size=config["input_size"][-1],
            prefix=int(getattr(network, "num_prefix_tokens", summary)),
            summary=summary,
            patch=patch if isinstance(patch, int) else int(max(patch)),
            resize=(lambda side: network.set_input_size(img_size=(side, side)))
            if resizes
            else None,
            head=(head,) if isinstance(head, str) else tuple(head),
            translate=lambda state: _translate(model, network, state),
        )


def _translate(model: str, network: Any, state: State) -> State:
    """Names of another maker turned into timm's by timm itself, where it knows how."""
    import timm

    if state.keys() >= network.state_dict().keys():
        return state
    # What timm cannot read is told by name when the network is filled.
    with suppress(RuntimeError, KeyError, AttributeError, TypeError, ValueError):
        filled: Any = timm.create_model(
            model, pretrained=True, pretrained_cfg_overlay={"state_dict": dict(state)}
        )
        translated: State = filled.state_dict()
        return translated
    return state


FAMILY = Timm()
