"""Bundles that the backends' tests share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def int8_bundle(detail_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model with a graph in integers, whose weights are a file of their own."""
    from model_runtime.export.quantise import write_int8_graph

    folder = shutil.copytree(detail_bundle, tmp_path_factory.mktemp("integers") / "tiny")
    write_int8_graph(folder, 18)
    return folder
