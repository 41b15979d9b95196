"""A model as a bundle that runs with or without torch."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from model_runtime.backends import is_installed
from model_runtime.contract import InputError, Progress, UsageError
from model_runtime.model.files import autoencoder_folders, bundle_files, new_bundle, read_bundle_streams, read_scheduler
from model_runtime.store import find_model

PRECISIONS = ("fp32", "fp16", "int8")
OPSETS = range(18, 24)
DEFAULT_OPSET = 18
"""What most runtimes know."""
PACKAGES = ("torch", "diffusers", "onnx", "onnxscript", "onnxruntime")

Report = Callable[[Progress], None]
Line = Callable[[str], None]


def export_bundle(
    model: str,
    output: Path,
    precision: str = "fp32",
    opset: int = DEFAULT_OPSET,
    check: bool = False,
    report: Report = lambda progress: None,
    told: Line = lambda line: None,
    each: Line = lambda line: None,
) -> Path:
    """Write a complete bundle with ONNX graphs beside its weights.

    Args:
        model: name or folder of a bundle.
        output: the new bundle's folder; must not exist, or be empty.
        precision: of the weights on disk: ``fp32``, or ``fp16`` with a graph for GPUs that computes in it; ``int8``
            leaves them as they are and adds a graph for CPUs whose matrix products are of 8-bit integers.
        opset: of ONNX, 18 to 23.
        check: whether the graphs are compared, on all backends installed, with the model on torch in float32.
        report: told about progress; may raise to cancel.
        told: takes what is found out, line by line.
        each: takes a line for every comparison of the check.

    Returns:
        The folder, absolute.

    Raises:
        UsageError: another precision or opset, or a package is missing.
        InputError: the folder is there already or cannot be made.
        ModelError: the model is missing or broken, a graph computes something else than torch, or integers change
            its pictures too much. Nothing is left under the final name then.
    """
    _refuse(precision, opset)
    source = find_model(model).path
    read_bundle_streams(source)
    output = Path(os.path.expanduser(output)).absolute()
    _check_output(output, source)
    with new_bundle(output) as unfinished:
        _fill(source, unfinished, precision, opset, check, report, told, each)
    return output


def _refuse(precision: str, opset: int) -> None:
    if precision not in PRECISIONS:
        raise UsageError(f"--precision {precision}: not exported; use {', '.join(PRECISIONS)}.")
    if opset not in OPSETS:
        raise UsageError(f"--opset {opset}: not exported; use {OPSETS[0]} to {OPSETS[-1]}.")
    missing = [package for package in PACKAGES if not is_installed(package)]
    if missing:
        raise UsageError(
            f"export: this Python lacks {', '.join(missing)}; install resources/requirements/cpu.txt into it."
        )


def _check_output(output: Path, source: Path) -> None:
    try:
        inside = source.resolve() in output.resolve().parents
    except (OSError, RuntimeError, ValueError) as error:
        # A loop of links is a RuntimeError, a zero byte a ValueError.
        raise InputError(f"--output {output!r}: cannot be used ({error}); choose another folder.") from error
    if inside:
        raise InputError(f"--output {output}: lies in the model's own folder; choose another one.")
    try:
        if output.is_dir() and not output.is_symlink() and not any(output.iterdir()):
            return
        taken = output.exists() or output.is_symlink()
    except OSError as error:
        raise InputError(f"--output {output}: cannot be used ({error.strerror}); choose another folder.") from error
    if taken:
        raise InputError(f"--output {output}: exists already; remove it or choose another folder.")


def _fill(
    source: Path, target: Path, precision: str, opset: int, check: bool, report: Report, told: Line, each: Line
) -> None:
    """Write everything into an empty folder."""
    try:
        # Not before the call was found right: torch takes seconds to load.
        from model_runtime.export.check import check_bundle, parts
        from model_runtime.export.graphs import write_graphs, write_half_graph
        from model_runtime.export.quantise import try_int8, write_int8_graph
    except (ImportError, OSError) as error:
        raise UsageError(
            f"export: what it needs is installed but cannot be loaded ({' '.join(str(error).split())[:200]}); install "
            "resources/requirements/cpu.txt again."
        ) from error

    graphs = 2 * len(autoencoder_folders(read_bundle_streams(source))) + 1
    extra = {"fp32": 0, "fp16": 1, "int8": 2}[precision]
    total = 1 + graphs + extra + (parts(precision) if check else 0)
    done = 0

    def step() -> None:
        nonlocal done
        report(Progress("graphs", done, total))
        done += 1

    step()
    _copy(source, target, precision)
    write_graphs(target, opset, lambda name: step())
    if precision == "fp16":
        step()
        write_half_graph(target, opset)
    if precision == "int8":
        step()
        write_int8_graph(target, opset)
        step()
        scheduler = read_scheduler(target)
        change = try_int8(target, {None: scheduler.num_inference_steps, "fast": scheduler.fast_inference_steps})
        told(f"int8: the pictures of a chip change by {change:.2f} grey levels on average")
    if check:
        check_bundle(target, told, step, source, each)
    report(Progress("graphs", total, total))


def _copy(source: Path, target: Path, precision: str) -> None:
    """Copy a bundle without graphs, its weights in another precision where one is wanted."""
    if precision == "int8":
        for file in bundle_files(source):
            if file.suffix in (".json", ".safetensors", ".md") and file.is_file():
                (target / file.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, target / file.relative_to(source))
        return
    import torch

    from model_runtime.model.bundle import load_bundle, save_bundle

    bundle = load_bundle(source)
    card = source / "README.md"
    save_bundle(
        target,
        bundle.streams,
        bundle.transformer,
        bundle.autoencoders,
        bundle.scheduler,
        card.read_text(encoding="utf-8") if card.is_file() else "",
        {"fp32": torch.float32, "fp16": torch.float16}[precision],
    )
