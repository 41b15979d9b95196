"""Enumerations are written with their scope, as Qt 6 wants them, and exist in this QGIS."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = [ROOT / "__init__.py", *sorted((ROOT / "copgen_plugin").rglob("*.py"))]


def imported(tree: ast.Module) -> dict[str, Any]:
    """Return what a file imports from qgis, by the name it has there."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("qgis"):
            module = importlib.import_module(node.module)
            for alias in node.names:
                if hasattr(module, alias.name):
                    found[alias.asname or alias.name] = getattr(module, alias.name)
    return found


def chains(tree: ast.Module) -> Iterator[tuple[str, list[str], int]]:
    """Return every ``Name.a.b.c``: the name, the attributes and the line, the longest form only."""
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in inner:
            attributes: list[str] = []
            value: ast.expr = node
            while isinstance(value, ast.Attribute):
                attributes.insert(0, value.attr)
                value = value.value
            if isinstance(value, ast.Name):
                yield value.id, attributes, node.lineno


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_enums_are_scoped_and_there(path: Path, qgis_app: object) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = imported(tree)
    for name, attributes, line in chains(tree):
        owner = names.get(name)
        if not isinstance(owner, type) or not attributes[0][:1].isupper():
            continue
        first = getattr(owner, attributes[0], None)
        where = f"{path.name}:{line}: {name}.{'.'.join(attributes)}"
        assert first is not None, f"{where} is not in this QGIS"
        is_member = isinstance(first, owner)  # of an enumeration that stands by itself, such as QgsMapLayerType
        assert is_member or isinstance(first, (type, str)), f"{where} needs its scope"
        if len(attributes) > 1:
            assert hasattr(first, attributes[1]), f"{where} is not in this QGIS"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_qt_comes_through_qgis_and_loops_by_exec(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert not [module for module in modules if module.startswith("PyQt")], path
        assert not (isinstance(node, ast.Attribute) and node.attr == "exec_"), f"{path.name}:{node.lineno}: exec()"
