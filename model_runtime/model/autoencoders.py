"""The autoencoders of diffusers that a bundle may hold, and several of them as one component of a pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

import torch
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.autoencoders.autoencoder_dc import AutoencoderDC
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn

from model_runtime.contract import ModelError

Autoencoder: TypeAlias = AutoencoderKL | AutoencoderDC
KINDS: dict[str, type[Autoencoder]] = {"AutoencoderKL": AutoencoderKL, "AutoencoderDC": AutoencoderDC}
CERTAIN = -30.0
"""Log-variance of a latent that is no draw: the least that a posterior is allowed."""


def autoencoder_kind(config: Mapping[str, Any], origin: Path) -> type[Autoencoder]:
    """Return the class that a configuration names; without a name it is the published one.

    Raises:
        ModelError: an autoencoder of another kind.
    """
    name = str(config.get("_class_name", "AutoencoderKL"))
    if name not in KINDS:
        raise ModelError(f"{origin}: describes an autoencoder {name}; this version knows {' and '.join(KINDS)}.")
    return KINDS[name]


def encode_moments(autoencoder: Autoencoder, pixels: Tensor) -> Tensor:
    """Encode pictures to means and log-variances.

    Args:
        autoencoder: of either kind; a deterministic one is certain of its latents.
        pixels: (B, 3, H, W) in [-1, 1].

    Returns:
        (B, 2 x latent channels, h, w): means, then log-variances.
    """
    if isinstance(autoencoder, AutoencoderKL):
        moments: Tensor = autoencoder.encode(pixels).latent_dist.parameters
        return moments
    latent = autoencoder.encode(pixels).latent
    return torch.cat([latent, torch.full_like(latent, CERTAIN)], dim=1)


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
    def of(cls, autoencoders: Mapping[str, Autoencoder]) -> AutoencoderSet:
        """Join autoencoders that are given by their folders, ``vae/<name>``."""
        members = {folder.removeprefix("vae/"): autoencoder for folder, autoencoder in autoencoders.items()}
        joined: AutoencoderSet = cls(list(members))
        joined.members.update(members)
        return joined

    def by_folder(self) -> dict[str, Autoencoder]:
        """The autoencoders by their folders, ``vae/<name>``."""
        return {f"vae/{name}": cast(Autoencoder, member) for name, member in self.members.items()}
