"""Weights on disk: reading them safely, and checking every name and shape before a network takes them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import safetensors
import safetensors.torch
import torch
from torch import Tensor, nn

from model_runtime.contract import ModelError
from model_runtime.model.files import CONFIG_NAME, WEIGHTS_NAME, read_header, read_json

_NAMES_SHOWN = 12
_Module = TypeVar("_Module", bound=nn.Module)


def read_safetensors(path: Path) -> dict[str, Tensor]:
    """Read all tensors of a safetensors file.

    The file is not mapped: a process that computes with mapped weights is ended by whoever shortens their file.

    Raises:
        ModelError: it is missing or broken.
    """
    read_header(path)  # whose words for what is cut off are better
    try:
        return safetensors.torch.load(path.read_bytes())
    except (OSError, safetensors.SafetensorError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); import or download the model again.") from error


def read_shapes(path: Path) -> dict[str, tuple[int, ...]]:
    """Read names and shapes of a safetensors file without its tensors.

    Raises:
        ModelError: it is missing or broken.
    """
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            return {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118
    except (OSError, safetensors.SafetensorError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); import or download the model again.") from error


def read_pickle(path: Path) -> dict[str, Tensor]:
    """Read a bare state dictionary from a published pickle, running none of its code.

    Raises:
        ModelError: it is missing, broken, holds code, or is no dictionary of tensors.
    """
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # the unpickler raises whatever a broken file makes it raise
        # Not its own words, which advise to run what the file holds.
        holds_code = "global" in str(error)
        found = "it holds code, which is refused" if holds_code else "it is cut off, damaged, or something else"
        raise ModelError(f"{path}: cannot be read as plain weights: {found}; give the published file.") from error
    is_bare = isinstance(content, dict) and all(
        isinstance(name, str) and isinstance(value, Tensor) for name, value in content.items()
    )
    if not is_bare:
        raise ModelError(f"{path}: holds no bare dictionary of tensors; give the published file.")
    return dict(content)


def shapes_of(state: Mapping[str, Tensor]) -> dict[str, tuple[int, ...]]:
    """Names and shapes of tensors."""
    return {name: tuple(tensor.shape) for name, tensor in state.items()}


def check_shapes(expected: Mapping[str, tuple[int, ...]], found: Mapping[str, tuple[int, ...]], origin: Path) -> None:
    """Compare names and shapes.

    Raises:
        ModelError: missing, extra or misshapen tensors, with their names.
    """
    missing = [name for name in expected if name not in found]
    extra = [name for name in found if name not in expected]
    misshapen = [
        f"{name} {found[name]} instead of {shape}"
        for name, shape in expected.items()
        if found.get(name, shape) != shape
    ]
    groups = (("missing", missing), ("not expected", extra), ("of another shape", misshapen))
    findings = "; ".join(f"{_listed(names)} {what}" for what, names in groups if names)
    if findings:
        raise ModelError(f"{origin}: these weights do not fit the model: {findings}.")


def check_measured(values: Mapping[str, Tensor], origin: Path) -> None:
    """Look at a network's buffers: few, and measured once, so that no loss tells of damage.

    Raises:
        ModelError: some are no numbers, with their names.
    """
    wrong = [name for name, value in values.items() if not value.isfinite().all()]
    if wrong:
        raise ModelError(f"{origin}: {_listed(wrong)}: not all are numbers; import, download or train the model again.")


def read_some(path: Path, names: Iterable[str]) -> dict[str, Tensor]:
    """Read those of these tensors that a safetensors file has.

    Raises:
        ModelError: it is missing or broken.
    """
    try:
        with safetensors.safe_open(path, framework="pt") as file:
            stored = set(file.keys())
            return {name: file.get_tensor(name) for name in names if name in stored}
    except (OSError, safetensors.SafetensorError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); import or download the model again.") from error


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    return ", ".join(names[:_NAMES_SHOWN]) + more


def skeleton(network: type[_Module], config: Mapping[str, Any], origin: Path) -> _Module:
    """Build a diffusers network without weights, to know their names and shapes.

    Raises:
        ModelError: the configuration does not describe this network.
    """
    # diffusers ignores settings it does not know; a network with one of another meaning would load and give nonsense.
    known = inspect.signature(network.__init__).parameters
    unknown = sorted(name for name in config if not name.startswith("_") and name not in known)
    if unknown:
        raise ModelError(
            f"{origin}: unknown setting {', '.join(unknown)}; the model is of a later version or another kind."
        )
    try:
        with torch.device("meta"):
            built: _Module = network.from_config(dict(config))  # type: ignore[attr-defined]
    except (TypeError, ValueError, KeyError, ArithmeticError, RuntimeError) as error:
        raise ModelError(f"{origin}: does not describe a {network.__name__} ({error}).") from error
    return built


def fill(network: _Module, state: Mapping[str, Tensor], origin: Path, dtype: torch.dtype = torch.float32) -> _Module:
    """Give a network its weights, in the given precision, and set it to inference.

    Raises:
        ModelError: missing, extra or misshapen tensors, with their names, or measured values that are no numbers.
    """
    check_shapes(shapes_of(network.state_dict()), shapes_of(state), origin)
    check_measured({name: state[name] for name, _ in network.named_buffers() if name in state}, origin)
    network.load_state_dict(_cast(network, state, dtype), assign=True)
    network.requires_grad_(False)
    return network.eval()


def _cast(network: nn.Module, state: Mapping[str, Tensor], dtype: torch.dtype) -> dict[str, Tensor]:
    """Tensors in a precision, but for those of the parts that a diffusers network keeps in float32."""
    kept = getattr(network, "_keep_in_fp32_modules", None) or ()
    found = {
        name: tensor.to(torch.float32 if any(part in name.split(".") for part in kept) else dtype)
        for name, tensor in state.items()
    }
    halves = [name for name in found if found[name].dtype == torch.float16]
    lost = [name for name in halves if not found[name].isfinite().all() and state[name].isfinite().all()]
    if lost:
        raise ModelError(f"{_listed(lost)}: too large for {str(dtype).removeprefix('torch.')}; use another precision.")
    return found


def load_network(network: type[_Module], folder: Path, dtype: torch.dtype = torch.float32) -> _Module:
    """Load a network from its folder of a bundle.

    Raises:
        ModelError: a file is missing or broken, or the weights do not fit.
    """
    built = skeleton(network, read_json(folder / CONFIG_NAME), folder / CONFIG_NAME)
    return fill(built, read_safetensors(folder / WEIGHTS_NAME), folder / WEIGHTS_NAME, dtype)


def save_network(network: nn.Module, folder: Path, dtype: torch.dtype | None = None) -> None:
    """Write a diffusers network's configuration and weights.

    Args:
        network: the network.
        folder: created.
        dtype: precision on disk; None keeps the network's own.
    """
    network.save_config(folder)  # type: ignore[operator]
    state = {name: tensor.detach().cpu().contiguous() for name, tensor in network.state_dict().items()}
    state = _cast(network, state, dtype) if dtype else state
    safetensors.torch.save_file(state, folder / WEIGHTS_NAME, metadata={"format": "pt"})
    (folder / WEIGHTS_NAME).chmod(0o644)  # safetensors leaves it readable by its writer alone
