"""The published COP-GEN-Beta model as data, and the streams of every model of its kind."""

from __future__ import annotations

from model_runtime.streams import StreamSpec

LATENT_SCALE = 0.18215
"""1 / std of the latents of Stable Diffusion's autoencoder; another autoencoder has its own."""

HEAD_DIM = 64
"""Size of an attention head, which no weight's shape tells."""

PIXEL_SIZE = 10.0
"""Metres."""

RECIPES = {
    "dem": "hillshade",
    "s1_rtc": "backscatter_rgb",
    "s2_l1c": "reflectance_rgb",
    "s2_l2a": "reflectance_rgb",
}
"""Recipe of every modality, in the order of the network's inputs."""


def thumbnail_streams(
    latent_channels: int = 4,
    latent_size: int = 32,
    patch_size: int = 2,
    latent_scale: float = LATENT_SCALE,
    chip_size: int = 256,
) -> list[StreamSpec]:
    """Streams of a model over the four thumbnails with one autoencoder for all; by default the published one.

    Args:
        latent_channels: channels of a latent.
        latent_size: latent positions along a chip's side.
        patch_size: latent positions along a token's side.
        latent_scale: 1 / std of the autoencoder's latents.
        chip_size: pixels along a chip's side.
    """
    return [
        StreamSpec(
            name=modality,
            modality=modality,
            channels=3,
            pixel_size=PIXEL_SIZE,
            chip_size=chip_size,
            latent_channels=latent_channels,
            latent_height=latent_size,
            latent_width=latent_size,
            patch_size=patch_size,
            latent_scale=latent_scale,
            autoencoder="vae",
            recipe=recipe,
            unit="1",
        )
        for modality, recipe in RECIPES.items()
    ]


MODEL_CARD = """# COP-GEN-Beta, imported

Published weights of COP-GEN-Beta (`mespinosami/COP-GEN-Beta`) with the autoencoder they were imported
with. Trained by its authors on Major TOM thumbnails of Copernicus data.

Licence of the weights: not stated with the code; the authors' demo says CC-BY-SA-4.0.

Limits: 10 m pixels, 8-bit pictures. The DEM is a hillshade, not an elevation model. Results are
synthetic: plausible pictures, not measurements.
"""

AUTOENCODER = {
    "block_out_channels": [128, 256, 512, 512],
    "down_block_types": ["DownEncoderBlock2D"] * 4,
    "up_block_types": ["UpDecoderBlock2D"] * 4,
    "layers_per_block": 2,
    "latent_channels": 4,
    "norm_num_groups": 32,
    "sample_size": 256,
    "scaling_factor": LATENT_SCALE,
}
"""Configuration of the published autoencoder, for its weights alone."""
