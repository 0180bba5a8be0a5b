"""The half of open_clip's models that sees pictures; by default its projected embedding."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from builder.errors import ModelError
from builder.features.backbones.base import Architecture, Layer, Origin, State

_BEST = ("laion2b", "webli", "datacomp_xl", "datacomp1b")
_FILES = ("open_clip_model.safetensors", "open_clip_pytorch_model.bin")
_NO_TEXT = {"context_length": 2, "vocab_size": 2, "width": 8, "heads": 1, "layers": 1}
_PARTS = ("visual.", "module.visual.")


@dataclass(frozen=True)
class OpenClip:
    """Models and weights named as in open_clip: ViT-B-32/laion2b_s34b_b79k."""

    name: str = "open_clip"
    about: str = "open_clip:ViT-B-32, open_clip:ViT-B-32/openai@transformer.resblocks.10"
    layers: tuple[Layer, ...] = ()

    def models(self) -> list[str]:
        """All that open_clip has a description of."""
        return list(_library().list_models())

    def tags(self, model: str) -> list[str]:
        """Names of published weights."""
        return list(_library().list_pretrained_tags_by_model(model))

    def published(self, model: str, tag: str) -> Origin | None:
        """Mostly at Hugging Face; without a tag those trained on the most pictures."""
        config = self._config(model, tag)
        if not config.get("hf_hub"):
            url = config.get("url")
            return Origin(url, "not stated", (url.rsplit("/", 1)[-1],)) if url else None
        from huggingface_hub import hf_hub_url

        repository, _, file = config["hf_hub"].rpartition("/")
        files = (file,) if file else _FILES
        return Origin(hf_hub_url(repository, files[0]), "not stated", files, repository)

    def _config(self, model: str, tag: str) -> dict[str, Any]:
        tags = self.tags(model)
        best = [known for start in _BEST for known in reversed(tags) if known.startswith(start)]
        chosen = tag or next(iter([*best, *tags]), "")
        return dict(_library().get_pretrained_cfg(model, chosen))

    def build(self, model: str, tag: str) -> Architecture:
        """The part that sees, beside a text part too small to matter."""
        library = _library()
        described = library.get_model_config(model)
        trained = self._config(model, tag)
        whole: Any = library.CLIP(
            described["embed_dim"],
            described["vision_cfg"],
            _NO_TEXT,
            quick_gelu=described.get("quick_gelu", False) or trained.get("quick_gelu", False),
        )
        seeing = whole.visual
        trunk = getattr(seeing, "trunk", seeing)
        patch = getattr(getattr(trunk, "patch_embed", seeing), "patch_size", 1)
        summary = any(hasattr(trunk, name) for name in ("class_embedding", "cls_token"))
        return Architecture(
            seeing,
            default="embedding",
            whole=seeing.forward,
            mean=tuple(trained.get("mean", library.OPENAI_DATASET_MEAN)),
            std=tuple(trained.get("std", library.OPENAI_DATASET_STD)),
            size=described["vision_cfg"].get("image_size", 224),
            prefix=int(getattr(trunk, "num_prefix_tokens", summary)),
            summary=summary,
            patch=patch if isinstance(patch, int) else int(max(patch)),
            resize=lambda side: _resize(seeing, side),
            translate=_translate,
        )


def _library() -> Any:
    try:
        import open_clip
    except ImportError as error:
        raise ModelError(
            "open_clip is not installed", remedy="run: pip install open_clip_torch"
        ) from error
    return open_clip


def _translate(state: State) -> State:
    """Only what sees; a checkpoint of that part alone is taken as it is."""
    seen = {
        key.split("visual.", 1)[1]: value for key, value in state.items() if key.startswith(_PARTS)
    }
    return seen or state


def _resize(seeing: Any, size: int) -> None:
    """Positions of patches interpolated by open_clip's own rule."""
    import torch

    if hasattr(seeing, "trunk"):
        seeing.trunk.set_input_size(img_size=(size, size))
        return
    if not hasattr(seeing, "positional_embedding"):
        return  # a ResNet: all but its last pooling fit any size
    from open_clip.model import resize_pos_embed

    cells = size // seeing.patch_size[0]
    key = "visual.positional_embedding"
    state = {key: seeing.positional_embedding.data}
    resize_pos_embed(state, SimpleNamespace(visual=SimpleNamespace(grid_size=(cells, cells))))
    seeing.positional_embedding = torch.nn.Parameter(state[key], requires_grad=False)
    seeing.grid_size, seeing.image_size = (cells, cells), (size, size)


FAMILY = OpenClip()
