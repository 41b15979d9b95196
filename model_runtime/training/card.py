"""The model card of a bundle trained on simulated scenes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model_runtime.training.config import TrainingConfig

HEADER = """---
license: gpl-3.0
---
# {name}

A small latent diffusion transformer over four Copernicus modalities (DEM hillshade, Sentinel-1 RTC, Sentinel-2 L1C
and L2A), of the architecture of COP-GEN-Beta: any of them can be generated from any others.

- **Data:** {scenes} simulated scenes of {size} px at 10 m (`model_runtime/simulation`), and nothing else. The model never saw a
  real satellite image.
- **Licence:** GPL-3.0-or-later.
- **Size:** transformer embed {embed}, depth {depth}, patch {patch}; autoencoder channels {channels}; half precision on disk.
- **Training:** autoencoder {first_steps} steps of {first_batch} crops of {crop} px; transformer {second_steps} steps of {second_batch} chips,
  timesteps drawn by `{sampling}` (share {share:g}), without flips. Resumable: `train --config mini`.
- **Limits:** made to try the plugin before the published weights are installed. Its pictures are plausible inventions in
  the style of a simulated world; colours, haze and relief of a real place are approximated at best. Fine texture is lost by the
  small autoencoder. Never use its output as a measurement.
"""


def model_card(config: TrainingConfig, results: Mapping[str, Any] | None) -> str:
    """Markdown with data, licence, limits and, when measured, the evaluation's table."""
    first, second = config.autoencoder, config.transformer
    text = HEADER.format(
        name=config.name,
        scenes=config.data.scenes,
        size=config.data.size,
        embed=second.embed_dim,
        depth=second.depth,
        patch=second.patch_size,
        channels=", ".join(str(value) for value in first.block_out_channels),
        first_steps=first.steps,
        first_batch=first.batch_size,
        crop=first.crop,
        second_steps=second.steps,
        second_batch=second.batch_size,
        sampling=second.timestep_sampling,
        share=second.roles_share,
    )
    return text if results is None else text + "\n" + evaluation_section(results)


def evaluation_section(results: Mapping[str, Any]) -> str:
    """The measured table, in grey levels of the 8-bit thumbnails."""
    lines = [
        "## Measured on held-out simulated scenes",
        "",
        f"{results['scenes']} scenes x {results['chips']} chips that the training never saw (`resources/training/evaluation.json`, "
        f"frozen before training), {results['samples']} samples of {results['steps']} steps each. "
        "Grey levels (0 to 255); trivial answers are fitted on training scenes; CRPS of a single answer is its mean absolute error.",
        "",
        "| task | answer | RMSE | CRPS |",
        "|---|---|---|---|",
    ]
    for task, values in results["tasks"].items():
        lines.append(f"| {task} | **model** (mean of samples; samples) | {values['model']['rmse']:.2f} | {values['model']['crps']:.2f} |")
        for name, row in values["trivial"].items():
            lines.append(f"| {task} | {name} | {row['rmse']:.2f} | {row['crps']:.2f} |")
        lines.append(f"| {task} | autoencoder round trip of the truth | {values['round_trip']['rmse']:.2f} | {values['round_trip']['crps']:.2f} |")
    lines += ["", "Power of single samples over the truth's, by octave of wavelength (px):", ""]
    octaves = results["octaves"]
    lines += ["| task | " + " | ".join(octaves) + " |", "|---" * (len(octaves) + 1) + "|"]
    for task, values in results["tasks"].items():
        lines.append(f"| {task} | " + " | ".join(f"{ratio:.2f}" for ratio in values["power"]) + " |")
    lines += [
        "",
        "Correlation of the mean of the samples with the truth: "
        + ", ".join(f"{task} {values['correlation']:.2f}" for task, values in results["tasks"].items())
        + ". Scene A's result matches A's truth better than B's in: "
        + ", ".join(f"{task} {100 * values['matches']:.1f} %" for task, values in results["tasks"].items())
        + " of the pairs.",
    ]
    if "replaced" in results:
        replaced = results["replaced"]
        lines += [
            "",
            "Hillshade from L2A and S1 together, correlation with the truth: "
            + ", ".join(f"{name} {value:.3f}" for name, value in replaced.items())
            + ".",
        ]
    return "\n".join(lines) + "\n"
