"""Proof that an environment computes: the embedded model on every device, its pictures beside the stored ones."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray

from model_runtime.backends.devices import Device, find_devices
from model_runtime.backends.unused import unused_gpus
from model_runtime.contract import Condition, CopGenError, Job, ModelError
from model_runtime.generate import generate, load_model
from model_runtime.model.files import bundle_sha256
from model_runtime.store import EMBEDDED, RESOURCES, find_model

MODEL = "copgen-mini"
ANSWER = RESOURCES / "selftest" / "answer.npz"
REMAKE = "make answer"
PRODUCTS = {"dem": "hillshade", "s2_l1c": "thumbnail"}
BOUNDS = (687270.0, 5013290.0, 689830.0, 5015850.0)
"""One chip of the bundled scene."""
LARGEST_MEAN = 0.05
"""Grey levels by which pictures may differ on average between machines, devices and backends (CONTRACT)."""
LARGEST_SHARE = 0.001
"""Share of the pixels that may be off by more than one grey level."""

Pictures = dict[str, NDArray[np.uint8]]


@dataclass(frozen=True)
class Proof:
    """What one device does.

    Attributes:
        device: as ``--device`` takes it.
        title: for people.
        works: its pictures are the stored ones.
        seconds: of one chip, the model loaded; 0 where it does not work.
        ran: backend, provider and precision.
        mean_difference: to the stored pictures, in grey levels.
        problem: why it does not work or is not used; empty where it does.
    """

    device: str
    title: str
    works: bool
    seconds: float = 0.0
    ran: str = ""
    mean_difference: float = 0.0
    problem: str = ""

    def line(self) -> str:
        """Return it as people read it: ``CUDA: NVIDIA ..., 0.4 s/chip``."""
        name = self.device.upper()
        title = self.title.removeprefix(name).strip(" ,")
        told = f"{name}: {title}" if title else name
        if not self.works:
            return f"{told}, not used: {self.problem}"
        difference = f"{self.mean_difference:.3f} grey levels from the stored pictures"
        return f"{told}, {self.seconds:.2g} s/chip ({self.ran}; {difference})"


def prove_devices() -> list[Proof]:
    """Run the embedded model on every device; those that are there and cannot be used come first."""
    unused = [_unused(device) for device in unused_gpus()]
    proofs = [_prove(device) for device in find_devices()]
    failed = [proof for proof in proofs if not proof.works]
    return [*unused, *failed, *(proof for proof in proofs if proof.works)]


def _unused(device: Device) -> Proof:
    return Proof(device.name, device.title, False, problem=device.problem)


def _prove(device: Device) -> Proof:
    if not device.works:
        return _unused(device)
    try:
        pictures, seconds, ran = run_model(device.name)
        difference, share = compare(pictures, read_answer())
    except (CopGenError, ImportError, OSError, RuntimeError) as error:
        return Proof(device.name, device.title, False, problem=" ".join(str(error).split())[:300])
    if difference > LARGEST_MEAN or share > LARGEST_SHARE:
        reason = f"its pictures are wrong (by {difference:.2f} grey levels; {share:.1%} of the pixels by more than 1)"
        return Proof(device.name, device.title, False, ran=ran, mean_difference=difference, problem=reason)
    return Proof(device.name, device.title, True, seconds, ran, difference)


def run_model(device: str) -> tuple[Pictures, float, str]:
    """Generate the pictures of the self-test, twice, the second time with everything warm.

    Args:
        device: as ``--device`` takes it.

    Returns:
        Pictures by modality, seconds of the second run, and what ran.
    """
    with TemporaryDirectory(prefix="copgen-selftest-") as folder:
        job = Job(
            conditions=[Condition("s2_l2a", [str(RESOURCES / "scene" / "s2_l2a.tif")])],
            generate=list(PRODUCTS),
            products={modality: [product] for modality, product in PRODUCTS.items()},
            output=folder,
            model=MODEL,
            bounds=BOUNDS,
            device=device,
            precision="fp32",
            overwrite=True,
        )
        loaded = load_model(job, find_model(MODEL))
        for _ in range(2):
            result = generate(job, load=lambda job, model: loaded)
        ran = ", ".join(filter(None, (result.backend, result.provider, result.precision)))
        return {output.modality: _read(Path(output.path)) for output in result.outputs}, result.seconds, ran


def compare(pictures: Mapping[str, NDArray[np.uint8]], answer: Mapping[str, NDArray[np.uint8]]) -> tuple[float, float]:
    """Return the mean difference in grey levels, and the share of pixels off by more than one; the worst modality's."""
    differences = [np.abs(pictures[name].astype(int) - answer[name].astype(int)) for name in PRODUCTS]
    return max(float(d.mean()) for d in differences), max(float((d > 1).mean()) for d in differences)


def read_answer(path: Path = ANSWER) -> Pictures:
    """Return the stored pictures.

    Raises:
        ModelError: there are none, or they are of other weights.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            answer = {name: stored[name] for name in (*PRODUCTS, "model")}
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{path}: the stored pictures cannot be read ({error}); run {REMAKE}.") from error
    if str(answer.pop("model")) != bundle_sha256(EMBEDDED / MODEL):
        raise ModelError(f"{path.name}: the stored pictures are of other weights than {MODEL} has; run {REMAKE}.")
    return answer


def write_answer(path: Path = ANSWER) -> None:
    """Store the pictures of the present weights, made on the CPU."""
    pictures, _, _ = run_model("cpu")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npz")
    arrays: dict[str, Any] = {**pictures, "model": np.array(bundle_sha256(EMBEDDED / MODEL))}
    np.savez_compressed(part, **arrays)
    part.replace(path)


def to_dict(proofs: list[Proof]) -> dict[str, object]:
    """Return the object of ``doctor --selftest --json``: it is well where one device gives the right pictures."""
    works = any(proof.works for proof in proofs)
    return {"devices": [asdict(p) for p in proofs], "lines": [p.line() for p in proofs], "ok": works}


def _read(path: Path) -> NDArray[np.uint8]:
    with rasterio.open(path) as dataset:
        picture: NDArray[np.uint8] = dataset.read()
    return picture


if __name__ == "__main__":
    write_answer()
    sys.stdout.write(f"{ANSWER}: {ANSWER.stat().st_size / 1e3:.0f} kB\n")
