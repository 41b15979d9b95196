"""Which Python is taken on the systems that QGIS runs on: their layouts as folders."""

from __future__ import annotations

from pathlib import Path

import pytest
from copgen.copgen_plugin.setup.pythons import Surroundings, python_candidates, read_rules, uv_candidates

RULES = read_rules()


def lay_out(root: Path, *programs: str) -> None:
    for program in programs:
        path = root / program
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\nexit 1\n")
        path.chmod(0o755)


def found(root: Path, system: str, prefix: str, executable: str, **variables: str) -> list[str]:
    around = Surroundings(
        system, str(root / prefix), str(root / executable), {n: str(root / v) for n, v in variables.items()},
        str(root / "home"), str(root / "data"), f"{root}/",
    )  # fmt: skip
    return [str(Path(candidate.path).relative_to(root)) for candidate in python_candidates(around, RULES)]


def test_debian_and_ubuntu(tmp_path: Path) -> None:
    lay_out(tmp_path, "usr/bin/qgis", "usr/bin/python3", "usr/bin/python3.11", "usr/bin/python3.9")
    assert found(tmp_path, "linux", "usr", "usr/bin/python3") == ["usr/bin/python3.11", "usr/bin/python3"]


def test_a_newer_python_beside_the_systems_old_one(tmp_path: Path) -> None:
    lay_out(tmp_path, "usr/bin/python3", "home/.pyenv/versions/3.12.4/bin/python", "usr/local/bin/python3.13")
    assert found(tmp_path, "linux", "usr", "usr/bin/python3") == [
        "usr/bin/python3", "usr/local/bin/python3.13", "home/.pyenv/versions/3.12.4/bin/python",
    ]  # fmt: skip


def test_osgeo4w(tmp_path: Path) -> None:
    lay_out(
        tmp_path, "OSGeo4W/bin/qgis-ltr-bin.exe", "OSGeo4W/bin/python.exe", "OSGeo4W/bin/python3.exe",
        "OSGeo4W/apps/Python312/python.exe", "OSGeo4W/apps/Python312/python3.exe",
        "local/Microsoft/WindowsApps/python.exe",
    )  # fmt: skip
    given = {"OSGEO4W_ROOT": "OSGeo4W", "LOCALAPPDATA": "local"}
    pythons = found(tmp_path, "win32", "OSGeo4W/apps/Python312", "OSGeo4W/bin/qgis-ltr-bin.exe", **given)
    assert pythons == ["OSGeo4W/apps/Python312/python.exe", "OSGeo4W/apps/Python312/python3.exe"]


def test_windows_standalone_with_python_3_9_and_one_of_python_org(tmp_path: Path) -> None:
    """The first is asked for its version and then not taken: QGIS 3.22 carries 3.9."""
    lay_out(
        tmp_path, "Program Files/QGIS 3.22/bin/qgis-bin.exe", "Program Files/QGIS 3.22/apps/Python39/python.exe",
        "local/Programs/Python/Python311/python.exe",
    )  # fmt: skip
    prefix = "Program Files/QGIS 3.22/apps/Python39"
    given = {"OSGEO4W_ROOT": "Program Files/QGIS 3.22", "LOCALAPPDATA": "local", "PROGRAMFILES": "Program Files"}
    pythons = found(tmp_path, "win32", prefix, "Program Files/QGIS 3.22/bin/qgis-bin.exe", **given)
    assert pythons == [f"{prefix}/python.exe", "local/Programs/Python/Python311/python.exe"]


def test_macos_bundle(tmp_path: Path) -> None:
    lay_out(
        tmp_path, "Applications/QGIS.app/Contents/MacOS/QGIS", "Applications/QGIS.app/Contents/MacOS/bin/python3",
        "usr/bin/python3", "opt/homebrew/bin/python3.12",
    )  # fmt: skip
    pythons = found(
        tmp_path, "darwin", "Applications/QGIS.app/Contents/MacOS", "Applications/QGIS.app/Contents/MacOS/QGIS"
    )
    assert pythons == ["opt/homebrew/bin/python3.12", "Applications/QGIS.app/Contents/MacOS/bin/python3"]


@pytest.mark.parametrize(("system", "program"), [("linux", "bin/python"), ("win32", "python.exe")])
def test_conda(system: str, program: str, tmp_path: Path) -> None:
    lay_out(tmp_path, f"envs/gis/{program}", "envs/gis/bin/qgis", "usr/bin/python3.11")
    (tmp_path / "envs/gis/conda-meta").mkdir()
    assert found(tmp_path, system, "envs/gis", "envs/gis/bin/qgis")[0] == f"envs/gis/{program}"


def test_qgis_itself_is_never_taken_for_python(tmp_path: Path) -> None:
    lay_out(tmp_path, "usr/bin/qgis", "usr/bin/qgis.bin")
    assert found(tmp_path, "linux", "usr", "usr/bin/qgis.bin") == []


def test_a_python_that_uv_fetched_and_uv_itself(tmp_path: Path) -> None:
    lay_out(tmp_path, "data/python/cpython-3.12.11-linux-x86_64-gnu/bin/python3.12", "home/.local/bin/uv")
    assert found(tmp_path, "linux", "usr", "x") == ["data/python/cpython-3.12.11-linux-x86_64-gnu/bin/python3.12"]
    around = Surroundings("linux", "", "", {}, str(tmp_path / "home"), str(tmp_path / "data"), f"{tmp_path}/")
    assert uv_candidates(around, RULES) == [str(tmp_path / "home/.local/bin/uv")]


def test_supported_versions() -> None:
    assert RULES.span() == "3.11–3.14"
    assert [RULES.supports((3, minor, 0)) for minor in (9, 10, 11, 14, 15)] == [False, False, True, True, False]
