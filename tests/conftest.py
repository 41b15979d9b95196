"""What all tests share: the repository root, the shared data and a tiny random model."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

# The root is the plugin package; register it under the name users install it as, whatever the folder is called.
if "copgen" not in sys.modules:
    spec = importlib.util.spec_from_file_location(
        "copgen", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{ROOT}: no package there")
    package = importlib.util.module_from_spec(spec)
    sys.modules["copgen"] = package
    spec.loader.exec_module(package)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared folder with golden numbers and real rasters does not lie beside the repository")
    return SHARED


@pytest.fixture(scope="session")
def tiny_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    sys.path.insert(0, str(ROOT / "tests"))
    from tiny_bundle import make_tiny_bundle

    return make_tiny_bundle(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="session")
def graph_bundle(tiny_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model with its ONNX graphs."""
    from model_runtime.export.graphs import write_graphs

    bundle = shutil.copytree(tiny_bundle, tmp_path_factory.mktemp("graphs") / "tiny")
    write_graphs(bundle)
    return bundle


@pytest.fixture(scope="session")
def detail_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model with a linear guess and convolutions, as the embedded one has, and its ONNX graphs."""
    sys.path.insert(0, str(ROOT / "tests"))
    from tiny_bundle import make_tiny_bundle

    from model_runtime.export.graphs import write_graphs

    bundle = make_tiny_bundle(tmp_path_factory.mktemp("detail") / "tiny", detail=True)
    write_graphs(bundle)
    return bundle


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count what ran and what was skipped, for the last lines of ``make test``."""
    counts = {name: len(terminalreporter.stats.get(name, [])) for name in ("passed", "failed", "error", "skipped")}
    failed = counts["failed"] + counts["error"]
    line = f"{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped"
    summary = os.environ.get("COPGEN_TEST_SUMMARY")
    if summary and not hasattr(terminalreporter.config, "workerinput"):
        label = os.environ.get("COPGEN_TEST_LABEL", "tests")
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(f"{label}: {line}\n")
