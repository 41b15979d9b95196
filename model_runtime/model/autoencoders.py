"""Several autoencoders as one component of a diffusers pipeline: ``vae/<name>/`` for each."""

from __future__ import annotations

from typing import cast

from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.modeling_utils import ModelMixin
from torch import nn


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
    def of(cls, autoencoders: dict[str, AutoencoderKL]) -> AutoencoderSet:
        """Join autoencoders that are given by their folders, ``vae/<name>``."""
        members = {folder.removeprefix("vae/"): autoencoder for folder, autoencoder in autoencoders.items()}
        joined: AutoencoderSet = cls(list(members))
        joined.members.update(members)
        return joined

    def by_folder(self) -> dict[str, AutoencoderKL]:
        """The autoencoders by their folders, ``vae/<name>``."""
        return {f"vae/{name}": cast(AutoencoderKL, member) for name, member in self.members.items()}
