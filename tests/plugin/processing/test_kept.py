"""What was finished is not thrown away where it cannot be put in place, or where the run fails later."""

# ruff: noqa: ANN401

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsProcessingUtils, QgsSettings

Copied = Callable[[str], str]
S2 = "coloc_terramind/433D_629L_3_1/S2L2A.tif"


@pytest.fixture
def documents(tmp_path: Path, qgis_app: object) -> Any:
    """Folder of results of projects without one."""
    QgsSettings().setValue("copgen/output_dir", str(tmp_path / "documents"))
    yield tmp_path / "documents"
    QgsSettings().remove("copgen/output_dir")


def kept_in(text: str) -> list[Path]:
    found = re.search(r"(\d+) finished result\(s\) are kept in (.+); add them", text)
    assert found, text
    files = sorted(Path(found.group(2)).iterdir())
    assert len(files) == int(found.group(1))
    assert all(gdal.Open(str(path)).GetMetadataItem("COPGEN_SYNTHETIC") == "YES" for path in files)
    return files


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Have files refuse to be replaced, as those do on Windows that another program has open."""
    names: set[str] = set()
    replace, copy = os.replace, shutil.copyfile

    def refuse(target: Any) -> None:
        if str(target) in names:
            raise PermissionError(13, "used by another program")

    def replacing(source: Any, target: Any) -> None:
        refuse(target)
        replace(source, target)

    def copying(source: Any, target: Any, **more: Any) -> Any:
        refuse(target)
        return copy(source, target, **more)

    monkeypatch.setattr(os, "replace", replacing)
    monkeypatch.setattr(shutil, "copyfile", copying)
    return lambda path: names.add(str(path))


def test_a_destination_that_another_program_has_open(
    copied: Copied, run: Any, locked: Callable[[Path], None], tmp_path: Path
) -> None:
    target = tmp_path / "results" / "dem.tif"
    target.parent.mkdir()
    locked(target)
    with pytest.raises(QgsProcessingException) as caught:
        run("generate", INPUT_S2_L2A=copied(S2), OUTPUT_DEM=str(target), OUTPUT_S1_RTC=str(tmp_path / "radar.tif"))
    text = str(caught.value)
    assert "used by another program" in text
    (file,) = kept_in(text)
    assert file.name == "dem_hillshade.tif" and file.parent.parent == target.parent
    assert (tmp_path / "radar.tif").is_file(), "what can be placed is"
    assert os.listdir(target.parent) == [file.parent.name], "nothing else stays"


def test_temporary_results_are_kept_where_they_stay(
    copied: Copied, run: Any, locked: Callable[[Path], None], documents: Path, tmp_path: Path
) -> None:
    locked(tmp_path / "radar.tif")
    with pytest.raises(QgsProcessingException) as caught:
        run(
            "generate",
            INPUT_S2_L2A=copied(S2),
            OUTPUT_DEM="TEMPORARY_OUTPUT",
            OUTPUT_S1_RTC=str(tmp_path / "radar.tif"),
        )
    (file,) = kept_in(str(caught.value))
    assert file.name == "s1_rtc_thumbnail.tif"
    assert file.parent.parent == documents
    assert Path(QgsProcessingUtils.tempFolder()) not in file.parents


def test_samples_that_were_finished_before_the_run_failed(
    copied: Copied, run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from copgen.copgen_plugin.processing import running

    wait = running.wait_for

    def fail_at_the_third(job: Any, feedback: Any) -> Any:
        outputs = wait(job, feedback)["outputs"]
        Path(outputs[2]["path"]).unlink()
        raise QgsProcessingException("The disk is full.")

    monkeypatch.setattr(running, "wait_for", fail_at_the_third)
    with pytest.raises(QgsProcessingException) as caught:
        run("generate", INPUT_S2_L2A=copied(S2), OUTPUT_DEM=str(tmp_path / "out" / "dem.tif"), SAMPLES=3)
    assert "The disk is full." in str(caught.value)
    assert [path.name for path in kept_in(str(caught.value))] == [
        "dem_hillshade_sample1.tif",
        "dem_hillshade_sample2.tif",
    ]


def test_a_batch_keeps_what_it_cannot_place(
    copied: Copied, run: Any, told: Any, locked: Callable[[Path], None], tmp_path: Path
) -> None:
    (tmp_path / "scenes").mkdir()
    for name in ("a.tif", "b.tif"):
        shutil.copy(copied(S2), tmp_path / "scenes" / name)
    locked(tmp_path / "results" / "a_dem.tif")
    outputs = run("generatebatch", FOLDER=str(tmp_path / "scenes"), OUTPUT_FOLDER=str(tmp_path / "results"))
    assert outputs["FAILED"] == "a"
    assert Path(outputs["FILES"]).name == "b_dem.tif"
    assert len(kept_in(told.errors[0])) == 1


def test_a_place_that_is_full_is_left_for_the_next(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from copgen.copgen_plugin.processing.destinations import rescued
    from copgen.copgen_plugin.processing.request import Refusal

    results, parent = tmp_path / "work" / "results", tmp_path / "full"
    results.mkdir(parents=True)
    for name in ("a.tif", "b.tif"):
        (results / name).write_text(name)
    copy = shutil.copyfile

    def other_disk(*_: Any) -> None:
        raise OSError(18, "another disk")

    def filling(source: Any, target: Any) -> Any:
        copy(source, target)
        if parent in Path(target).parents and Path(target).name == "b.tif":
            raise OSError(28, "no space")
        return target

    monkeypatch.setattr(os, "replace", other_disk)
    monkeypatch.setattr(shutil, "copyfile", filling)
    monkeypatch.setattr(QgsProcessingUtils, "tempFolder", lambda: str(tmp_path / "temp"))
    with pytest.raises(Refusal) as caught, rescued(results, parent):
        raise Refusal("It failed.")
    first, second = parent / "copgen_kept_1", documents / "copgen_kept_1"
    assert [path.name for path in first.iterdir()] == ["a.tif"], "no half a file"
    assert [path.read_text() for path in second.iterdir()] == ["b.tif"]
    assert str(first) in caught.value.message and str(second) in caught.value.message
