"""A training run in slices: what has to travel to another machine that kept nothing else.

The exact checkpoint of a run is larger than may travel, and its data are larger still. What travels is the last
checkpoint with the optimiser's moments in bfloat16, in pieces; chips are simulated again and encoded again there.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from model_runtime.contract import InputError
from model_runtime.training.data import world_digest
from model_runtime.training.files import as_kept, write_whole
from model_runtime.training.optimisation import save_checkpoint

FOLDER = "slice"
MANIFEST = "slice.json"
UNPACKING = "unpacking"
"""File in a run's folder while its checkpoints are made from a slice."""
LARGEST_PART = 15 * 2**20
LARGEST = 60 * 2**20
MOMENTS = ("exp_avg", "exp_avg_sq", "momentum_buffer")
"""Names under which optimisers keep what they remember of the gradients."""
CHECKPOINTS = ("autoencoder.pt", "decoder.pt", "transformer.pt")
"""In the order of the stages."""


def _with_moments(value: Any, dtype: torch.dtype, name: str = "") -> Any:  # noqa: ANN401
    """A nested state with the optimisers' moments in another precision."""
    if isinstance(value, Mapping):
        return {key: _with_moments(entry, dtype, str(key)) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_with_moments(entry, dtype, name) for entry in value]
    return value.to(dtype) if isinstance(value, Tensor) and name in MOMENTS else value


def expected_bytes(
    autoencoders: Sequence[nn.Module], transformer: nn.Module, optimisers: Sequence[torch.optim.Optimizer]
) -> int:
    """Size of a state once the transformer is trained.

    Args:
        autoencoders: one for each earlier stage; only its averaged weights travel, in float32.
        transformer: weights and their averages travel, in float32.
        optimisers: of the transformer; their moments travel in bfloat16.
    """
    first = sum(int(tensor.nbytes) for part in autoencoders for tensor in part.state_dict().values())
    second = sum(int(tensor.nbytes) for tensor in transformer.state_dict().values())
    moments = 0
    for optimiser in optimisers:
        each = 2 if isinstance(optimiser, torch.optim.AdamW) else 1
        moments += sum(2 * each * value.numel() for group in optimiser.param_groups for value in group["params"])
    return first + 2 * second + moments


def refuse_too_large(size: int) -> None:
    """Refuse a state that may not travel.

    Raises:
        InputError: saying how large it is.
    """
    if size > LARGEST:
        raise InputError(
            f"The state of this run takes {size / 2**20:.0f} MiB, more than the {LARGEST // 2**20} that may travel in "
            "slices: choose a smaller transformer, or train without --minutes."
        )


def pack(output: Path, scales: Mapping[str, float] | None, wanted: Mapping[str, int]) -> Path:
    """Write what has to travel into ``output/slice``.

    Args:
        output: folder of the run, with its checkpoints.
        scales: of the latents, once they are measured: another machine's rounding would give others.
        wanted: steps of each stage, by the names of their checkpoints.

    Returns:
        The folder; parts of at most 15 MiB, at most 60 MiB in all.

    Raises:
        InputError: the state is larger.
    """
    states: dict[str, Any] = {}
    for name in CHECKPOINTS:
        if (output / name).exists():
            states[name] = torch.load(output / name, map_location="cpu", weights_only=True)
            if int(states[name]["step"]) < wanted[name]:
                # It is begun again, and what later stages left waits for it.
                break
    for name in list(states)[:-1]:
        # This stage is over; only its averaged weights are needed.
        states[name] = {key: states[name][key] for key in ("fingerprint", "step", "average")}
    stored = io.BytesIO()
    torch.save({"checkpoints": _with_moments(states, torch.bfloat16), "scales": scales}, stored)
    content = stored.getvalue()
    refuse_too_large(len(content))
    return _write(output / FOLDER, content, {name: int(state["step"]) for name, state in states.items()})


def _write(folder: Path, content: bytes, steps: Mapping[str, int]) -> Path:
    """Write the parts, then the manifest that names them, then remove older parts."""
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(content).hexdigest()
    pieces = [content[first : first + LARGEST_PART] for first in range(0, len(content), LARGEST_PART)]
    names = [f"state-{digest[:8]}-{number}.part" for number in range(len(pieces))]
    for name, piece in zip(names, pieces, strict=True):
        (folder / name).write_bytes(piece)
    manifest = {"steps": steps, "world": world_digest(), "sha256": digest, "parts": names}
    write_whole(folder / MANIFEST, json.dumps(manifest, indent=2) + "\n")
    for path in folder.glob("state-*.part"):
        if path.name not in names:
            path.unlink()
    return folder


def _step(path: Path) -> int:
    """The step of a checkpoint, without reading its weights."""
    with as_kept(path, "remove it, and its stage is begun again"):
        return int(torch.load(path, map_location="cpu", weights_only=True, mmap=True)["step"])


def _how_far(steps: Mapping[str, int]) -> tuple[int, int]:
    """The stage that a run is in, and its step there: the further of two runs is the larger."""
    stage = max(number for number, name in enumerate(CHECKPOINTS) if name in steps)
    return stage, int(steps[CHECKPOINTS[stage]])


def unpack(output: Path, fingerprints: Mapping[str, str], scales: Path) -> None:
    """Make the checkpoints of a run from what travelled, unless those that are there are as far.

    Those of a call that was killed are made anew: some without the others would begin their stages from the first step.

    Args:
        output: folder of the run, maybe with nothing but ``slice`` in it.
        fingerprints: of the stages, by the names of their checkpoints.
        scales: file that gets the latents' scales, if they were measured before.

    Raises:
        InputError: a part is missing or damaged, the settings are others, or the simulated world is another one by
            now; nothing is written then.
    """
    manifest_path = output / FOLDER / MANIFEST
    begun = output / UNPACKING
    if not manifest_path.is_file():
        # What a killed call left is gone on with, and no later slice takes its place.
        begun.unlink(missing_ok=True)
        return
    here = {name: _step(output / name) for name in CHECKPOINTS if (output / name).exists()}
    try:
        manifest = json.loads(manifest_path.read_text(encoding="utf-8"))
        # Slices from before there were steps of each stage do not tell how far they are.
        told = manifest.get("steps", {})
        if here and not begun.exists() and (not told or _how_far(told) <= _how_far(here)):
            return
        content = b"".join((manifest_path.parent / name).read_bytes() for name in manifest["parts"])
        whole = hashlib.sha256(content).hexdigest() == manifest["sha256"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{manifest_path.parent}: a part cannot be read ({error}); copy the folder again.") from error
    if not whole:
        raise InputError(f"{manifest_path.parent}: a part is damaged; copy the folder again.")
    if manifest["world"] != world_digest():
        raise InputError(f"{manifest_path.parent}: was trained on another simulated world; begin a new run.")
    stored = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    if any(state["fingerprint"] != fingerprints[name] for name, state in stored["checkpoints"].items()):
        raise InputError(f"{manifest_path.parent} belongs to other settings: choose another --output, or remove it.")
    begun.touch()
    if stored["scales"] is not None:
        write_whole(scales, json.dumps(stored["scales"]))
    for name, state in stored["checkpoints"].items():
        save_checkpoint(output / name, _with_moments(state, torch.float32))
    begun.unlink()
