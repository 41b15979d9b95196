"""Who may import whom: the doors of the house, read from the code and proved by importing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NETWORKS = {"torch", "diffusers", "onnxruntime", "openvino", "onnx", "onnxscript", "onnx_ir"}
RASTERS = {"rasterio", "odc", "pyproj", "shapely", "pyogrio", "affine"}
KNOWS_ALL = {"model_runtime.generate"}

FORBIDDEN = {
    "copgen_plugin": NETWORKS | RASTERS | {"click", "scipy", "safetensors", "subprocess"},
    "model_runtime": {"qgis", "PyQt5", "PyQt6", "subprocess"},
    "model_runtime.raster": NETWORKS | {"model_runtime.modalities", "model_runtime.model", "model_runtime.sampling"},
    "model_runtime.modalities": NETWORKS | RASTERS | {"model_runtime.raster", "model_runtime.model"},
    "model_runtime.sampling": NETWORKS | RASTERS | {"model_runtime.raster", "model_runtime.modalities"},
    "model_runtime.model": RASTERS | {"model_runtime.raster", "model_runtime.modalities", "model_runtime.conditions"},
    "model_runtime.backends": RASTERS | {"model_runtime.raster", "model_runtime.modalities"},
    "model_runtime.model.files": NETWORKS,
    "model_runtime.backends.graphs": NETWORKS,
    "model_runtime.backends.metadata": NETWORKS,
    "model_runtime.generate": NETWORKS,
    "model_runtime.serving": NETWORKS,
    "model_runtime.cli": NETWORKS,
    "model_runtime.export": RASTERS | {"model_runtime.raster", "model_runtime.modalities", "model_runtime.conditions"},
    "model_runtime.pipeline": RASTERS | {"model_runtime.raster"},
    "model_runtime.bench": RASTERS | {"model_runtime.raster", "model_runtime.conditions", "model_runtime.modalities"},
    "model_runtime.presets": NETWORKS | RASTERS,
    "model_runtime.conditions": NETWORKS | {"model_runtime.model", "model_runtime.backends", "model_runtime.sampling"},
    "model_runtime.results": NETWORKS | {"model_runtime.model", "model_runtime.backends", "model_runtime.sampling"},
    "model_runtime.store": NETWORKS | RASTERS,
    "model_runtime.selftest": NETWORKS,
}
STANDARD_LIBRARY_ONLY = ("model_runtime.contract", "model_runtime.drivers", "model_runtime.installing")
"""What runs before anything is installed."""


def modules() -> Iterator[tuple[str, Path]]:
    for folder in ("model_runtime", "copgen_plugin"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def imports(path: Path) -> set[str]:
    """Full names of what a module imports, relative ones too."""
    found: set[str] = set()
    places = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = places[: -node.level] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            found |= {module, *(f"{module}.{alias.name}".lstrip(".") for alias in node.names)} - {""}
    return found


def reaches(imported: set[str], package: str) -> bool:
    return any(name == package or name.startswith(package + ".") for name in imported)


@pytest.mark.parametrize(("room", "forbidden"), FORBIDDEN.items(), ids=FORBIDDEN)
def test_no_room_imports_what_it_must_not_know(room: str, forbidden: set[str]) -> None:
    seen = 0
    for name, path in modules():
        if name == room or name.startswith(room + "."):
            seen += 1
            assert not [package for package in forbidden if reaches(imports(path), package)], path.relative_to(ROOT)
    assert seen, f"no module {room}: the rule watches nothing"


@pytest.mark.parametrize("room", STANDARD_LIBRARY_ONLY)
def test_what_runs_before_anything_is_installed_is_standard_library_only(room: str) -> None:
    own = tuple(f"{name}." for name in STANDARD_LIBRARY_ONLY)
    for name, path in modules():
        # The proof runs in the finished environment.
        if (name == room or name.startswith(room + ".")) and path.name != "proof.py":
            foreign = [n for n in imports(path) if not f"{n}.".startswith(own)]
            assert {n.split(".")[0] for n in foreign} <= set(sys.stdlib_module_names), path


def test_plugin_takes_only_the_contract_from_the_runtime() -> None:
    taken: set[str] = set()
    for name, path in modules():
        if name.startswith("copgen_plugin"):
            runtime = {n for n in imports(path) if reaches({n}, "model_runtime")}
            taken |= runtime
            assert all(reaches({n}, "model_runtime.contract") for n in runtime), (path, runtime)
    assert taken, "nothing is taken: the rule watches nothing"


def test_only_generate_knows_rasters_and_networks_together() -> None:
    both = {
        name
        for name, path in modules()
        if any(reaches(imports(path), f"model_runtime.{room}") for room in ("raster", "conditions"))
        and any(reaches(imports(path), f"model_runtime.{room}") for room in ("model", "backends", "sampling"))
    }
    assert both == KNOWS_ALL


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("model_runtime.raster.read", "torch"),
        ("model_runtime.conditions", "torch"),
        ("model_runtime.sampling.canvas", "torch"),
        ("model_runtime.sampling.roles", "rasterio"),
        ("model_runtime.modalities.recognition", "rasterio"),
        ("model_runtime.backends", "torch"),
        ("model_runtime.generate", "torch"),
        ("model_runtime.serving.models", "torch"),
        ("model_runtime.export.bundle", "torch"),
        ("model_runtime.cli.main", "torch"),
        ("model_runtime.cli.main", "rasterio"),
    ],
)
def test_importing_one_does_not_load_the_other(module: str, absent: str) -> None:
    code = f"import sys, {module}; sys.exit({absent!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.parametrize(
    "path", ["__init__.py", "model_runtime/__init__.py", "model_runtime/contract.py", *("copgen_plugin",)]
)
def test_what_qgis_runs_parses_as_python_3_9(path: str) -> None:
    files = sorted((ROOT / path).rglob("*.py")) if (ROOT / path).is_dir() else [ROOT / path]
    assert files
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 9))
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Match)]
        assert any(isinstance(n, ast.ImportFrom) and n.module == "__future__" for n in tree.body) or not [
            node for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation
        ]
