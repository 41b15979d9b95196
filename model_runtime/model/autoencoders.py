"""Several autoencoders as one component of a diffusers pipeline: ``vae/<name>/`` for each."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.modeling_utils import ModelMixin
from torch import nn

from model_runtime.model.weights import CONFIG_NAME, load_network, read_json, save_network


class AutoencoderSet(ModelMixin, ConfigMixin):  # type: ignore[misc]
    """Autoencoders by name, for models whose streams do not share one.

    Args:
        names: names of the autoencoders, which are also their folders.
    """

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(self, names: list[str]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.members = nn.ModuleDict()

    @classmethod
    def of(cls, members: dict[str, AutoencoderKL]) -> AutoencoderSet:
        """Join autoencoders."""
        joined: AutoencoderSet = cls(list(members))
        joined.members.update(members)
        return joined

    @classmethod
    def from_pretrained(  # type: ignore[override]
        cls, pretrained_model_name_or_path: str | os.PathLike[str], **kwargs: Any
    ) -> AutoencoderSet:
        """Load every autoencoder from its folder."""
        folder = Path(pretrained_model_name_or_path) / str(kwargs.get("subfolder") or "")
        dtype = kwargs.get("torch_dtype") or torch.float32
        names = read_json(folder / CONFIG_NAME)["names"]
        return cls.of({name: load_network(AutoencoderKL, folder / name, dtype) for name in names})

    def save_pretrained(  # type: ignore[override]
        self, save_directory: str | os.PathLike[str], **_: Any
    ) -> None:
        """Write every autoencoder into its folder."""
        self.save_config(save_directory)
        for name, member in self.members.items():
            save_network(member, Path(save_directory) / name)
