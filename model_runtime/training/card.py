"""The model card of a bundle trained on simulated scenes."""

from __future__ import annotations

from textwrap import fill

from model_runtime.training.config import TrainingConfig

HEADER = """---
license: gpl-3.0
---
# {name}

A small latent diffusion transformer over four Copernicus modalities (DEM hillshade, Sentinel-1 RTC, Sentinel-2 L1C
and L2A), of the architecture of COP-GEN-Beta{behind}: any of them can be generated from
any others.

- **Data:** {scenes} simulated scenes of {side} px at 10 m (`model_runtime/simulation`), and nothing else. The model
  never saw a real satellite image.
- **Licence:** GPL-3.0-or-later.
{size}
{training}
- **Limits:** made to try the plugin before the published weights are installed. Its pictures are plausible inventions
  in the style of a simulated world; colours, haze and relief of a real place are approximated at best. Never use its
  output as a measurement.
"""

SIZE = (
    "transformer embed {embed}, depth {depth}, patch {patch}, {latent_channels} latent channels{read}{detail}{guess}; "
    "autoencoder of rearranged pixels (diffusers' `AutoencoderDC`) with channels {channels} at 1/2, 1/4 and 1/8 of the "
    "resolution; half precision on disk."
)
DETAIL = (
    ", behind it {detail_blocks} pairs of 3 x 3 convolutions of {detail_channels} channels at the latents' resolution"
)
GUESS = ", {both}for what the best linear guess from all modalities misses"
SQUARES = " (which takes the means over squares of {sides} places by themselves)"
READ = ", of which tokens read the first {token_channels}"
ANEW = (
    "autoencoder {first_steps} steps of {first_batch} crops of {crop} px, begun as principal components of 8 x 8 "
    "pixels; "
)
FURTHER = (
    "begun with the weights of the bundle `{start}` (SHA-256 of its weights and settings), {encoder}; trained further: "
)
STAYED = "whose encoder stayed"
GROWN = (
    "whose autoencoder was given more latent channels in {first_steps} steps of {first_batch} crops of {crop} px, "
    "those it had staying near what they were"
)
DECODER = (
    "decoder alone {decoder_steps} steps of {decoder_batch} crops of {decoder_crop} px, with the power spectrum in its "
    "loss"
)
PARTS = {"all": "transformer", "detail": "the transformer's convolutions alone"}
TRANSFORMER = (
    "{part}, {second_steps} steps of {second_batch} chips ({optimiser}), drawn anywhere in the scenes, timesteps by "
    "`{sampling}`{share}, without flips"
)
MOMENTS = "gains on the transformer's predictions measured along runs on {moment_chips} training chips{cloud_chips}"
CLOUDS = " ({count} where relief or radar alone is given)"
REPEATED = " `train --config {settings}` repeats it; all settings are in `resources/training/{settings}.toml`."
FURTHER_REPEATED = (
    " `train --config {settings}` repeats it with such a bundle at `{begun}`; its settings, and those of the runs "
    "before, are in `resources/training` ({settings}.toml and its bases)."
)


def model_card(config: TrainingConfig, start: str | None = None) -> str:
    """Markdown with data, licence and limits.

    Args:
        config: of the run.
        start: SHA-256 of the bundle that it began with, if any.
    """
    first, second, third = config.autoencoder, config.decoder, config.transformer
    stages = [DECODER] * (second.steps > 0) + [TRANSFORMER] * (third.steps > 0)
    stages += [MOMENTS] * (config.moments.chips > 0)
    sides = ", ".join(str(side) for side in third.guess_blocks)
    squares = SQUARES.format(sides=sides) if sides else ""
    repeated = (REPEATED if start is None else FURTHER_REPEATED) if config.settings else ""
    begun = FURTHER.replace("{encoder}", GROWN if first.grown else STAYED)
    training = (ANEW if start is None else begun) + "; ".join(stages) + "." + repeated
    return HEADER.format(
        name=config.name,
        scenes=config.data.scenes,
        side=config.data.size,
        behind=" with convolutions behind its tokens" if third.detail_channels else "",
        size=_item(
            "Size",
            SIZE.format(
                embed=third.embed_dim,
                latent_channels=first.latent_channels,
                read=READ.format(token_channels=third.token_channels) if third.token_channels else "",
                depth=third.depth,
                patch=third.patch_size,
                detail=DETAIL.format(detail_blocks=third.detail_blocks, detail_channels=third.detail_channels)
                if third.detail_channels
                else "",
                guess=GUESS.format(both="both " if third.detail_channels else "") + squares
                if third.prediction_type == "preconditioned"
                else "",
                channels=", ".join(str(value) for value in first.channels),
            ),
        ),
        training=_item(
            "Training",
            training.format(
                first_steps=first.steps,
                first_batch=first.batch_size,
                crop=first.crop,
                start=start and start[:16],
                begun=config.start,
                decoder_steps=second.steps,
                decoder_batch=second.batch_size,
                decoder_crop=second.crop,
                part=PARTS[third.trained],
                second_steps=third.steps,
                second_batch=third.batch_size,
                optimiser=third.optimiser,
                sampling=third.timestep_sampling,
                share=f" (share {third.roles_share:g})" if third.timestep_sampling == "roles" else "",
                moment_chips=config.moments.chips,
                cloud_chips=CLOUDS.format(count=config.moments.cloud_chips) if config.moments.cloud_chips else "",
                settings=config.settings,
            ),
        ),
    )


def _item(title: str, text: str) -> str:
    """An item of a Markdown list, in lines of at most 118 characters."""
    return fill(f"- **{title}:** {text}", width=118, subsequent_indent="  ", break_on_hyphens=False)
