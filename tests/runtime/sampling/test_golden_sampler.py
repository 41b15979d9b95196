"""Whole runs of the published sampler, recorded with a random network, come out the same."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model_runtime.backends import Backend, create_backend
from model_runtime.model.checkpoints import import_published
from model_runtime.sampling.canvas import Canvas, CanvasNetwork
from model_runtime.sampling.roles import RecordedNoise, condition, generated, ignored, run_job

SCENARIOS = ("cond_s1rtc__gen_dem_s2l1c_s2l2a", "cond_s2l2a__gen_dem", "uncond_all", "uncond_dem_marginal")


@pytest.fixture(scope="module")
def backend(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Backend:
    golden, output = shared / "golden", tmp_path_factory.mktemp("models") / "golden"
    import_published(golden / "nnet_tiny/nnet_tiny.pth", golden / "vae_tiny/autoencoder_tiny.pth", output)
    return create_backend("torch", output, "cpu")


def recorded(golden: Mapping[str, np.ndarray], meta: dict[str, Any]) -> RecordedNoise:
    ignored_noise = golden.get("ignored_noise", np.empty((0, 0, 0, 4, 32, 32), np.float32))
    return RecordedNoise(
        {
            "initial": dict(zip(meta["generate"], golden["z_init"], strict=True)),
            "ignored": {name: ignored_noise[:, i].swapaxes(0, 1) for i, name in enumerate(meta["ignored"])},
        }
    )


@pytest.mark.parametrize("steps", [10, 50])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_recorded_runs(shared: Path, backend: Backend, scenario: str, steps: int) -> None:
    golden = np.load(shared / f"golden/sampler/nnet_tiny__{scenario}__steps{steps}.npz")
    meta = json.loads(str(golden["meta"]))
    roles = {name: generated() for name in meta["generate"]}
    roles |= {name: condition() for name in meta["condition"]}
    roles |= {name: ignored("noise-at-0") for name in meta["ignored"]}
    network = CanvasNetwork(Canvas(backend.streams, 0, 0, 32, 32), backend.predict, meta["generate"])
    for sample in range(meta["batch"]):
        latents = {name: golden[f"z_cond_{name}"][sample] for name in meta["condition"]}
        noise = recorded(golden, meta)
        result = run_job(roles, latents, backend.schedule, steps, noise, network, sample)
        error = np.stack([result[name] for name in meta["generate"]]) - golden["out"][:, sample]
        assert np.abs(error).max() < 2e-3
        assert np.sqrt((error**2).mean()) < 1e-4
