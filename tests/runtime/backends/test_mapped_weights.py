"""Weights that are shortened on disk while a process computes with them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from model_runtime.backends import AUTO_ORDER

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import os, sys
from pathlib import Path
import numpy as np
from model_runtime.backends import create_backend

folder = Path(sys.argv[1])
backend = create_backend(sys.argv[2], folder, "cpu", sys.argv[3])
rng = np.random.default_rng(0)
latents = {s.name: rng.standard_normal((1, *s.latent_shape), dtype=np.float32) for s in backend.streams}
name = backend.streams[0].name

def compute():
    noise = backend.predict(latents, dict.fromkeys(latents, 500.0))
    return [*noise.values(), backend.decode(name, latents[name])]

before = compute()
for file in (*folder.rglob("*.safetensors"), *folder.rglob("*.data")):
    os.truncate(file, 0)
after = compute()
print(all((a == b).all() for a, b in zip(before, after, strict=True)))
"""


@pytest.mark.parametrize(
    ("backend", "precision"), [*((name, "fp32") for name in AUTO_ORDER), ("torch", "bf16"), ("onnx", "int8")]
)
def test_a_process_that_has_loaded_a_model_outlives_its_files(
    backend: str, precision: str, int8_bundle: Path, tmp_path: Path
) -> None:
    """A mapped file would end it with a bus error."""
    folder = shutil.copytree(int8_bundle, tmp_path / "model")
    words = [sys.executable, "-c", PROGRAM, str(folder), backend, precision]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr
