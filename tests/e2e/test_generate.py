"""The main job through the command line: files in, files out, statuses and sentences."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import rasterio
import safetensors.torch
from rasterio.transform import from_origin

from model_runtime.cli.main import main
from model_runtime.contract import Cancelled, Condition, InputError, Job, Progress
from model_runtime.generate import generate


def scene(path: Path, size: int = 256, bands: int = 12, seed: int = 0, west: float = 500_000.0) -> Path:
    """Write a stack of digital numbers in Sentinel order, smooth enough to look like ground."""
    generator = np.random.default_rng(seed)
    coarse = generator.uniform(300, 2500, (bands, size // 16 + 2, size // 16 + 2))
    numbers = np.kron(coarse, np.ones((16, 16)))[:, :size, :size].astype(np.uint16)
    profile = {
        "driver": "GTiff", "width": size, "height": size, "count": bands, "dtype": "uint16", "crs": "EPSG:32632",
        "transform": from_origin(west, 5_160_000.0, 10, 10),
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(numbers)
    return path


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scene(tmp_path_factory.mktemp("scene") / "l2a.tif")


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object], str]:
    capsys.readouterr()
    status = main(["generate", *words, "--json"])
    captured = capsys.readouterr()
    return status, json.loads(captured.out.strip().splitlines()[-1]), captured.err


def test_a_hillshade_lands_on_the_condition_with_its_tags(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, result, _ = run(
        capsys, "--condition", f"s2_l2a={stack}", "--generate", "dem", "--generate", "s2_l1c", "--model",
        str(tiny_bundle), "--steps", "2", "--seed", "5", "--output", str(tmp_path / "out"),
    )  # fmt: skip
    assert status == 0
    assert {entry["modality"] for entry in result["outputs"]} == {"dem", "s2_l1c"}
    assert (result["chips"], result["steps"], result["seed"], result["device"]) == (1, 2, 5, "cpu")
    assert result["recognised"]["s2_l2a"]["bands"] == [4, 3, 2]
    with rasterio.open(tmp_path / "out" / "dem_hillshade.tif") as dem, rasterio.open(stack) as source:
        assert (dem.crs, dem.transform, dem.shape) == (source.crs, source.transform, source.shape)
        assert (dem.count, dem.dtypes[0], dem.nodata) == (1, "uint8", 0)
        assert dem.read().min() >= 1, "valid pixels are never nodata"
        tags = dem.tags()
    expected = {
        "COPGEN_SYNTHETIC": "YES", "COPGEN_MODALITY": "dem", "COPGEN_PRODUCT": "hillshade", "COPGEN_SEED": "5",
        "COPGEN_STEPS": "2", "COPGEN_MODEL": tiny_bundle.name, "COPGEN_OFFSET_SOURCE": "statistics",
    }  # fmt: skip
    assert {key: tags[key] for key in expected} == expected
    known = {"modality": "s2_l2a", "name": stack.name, "sha256": hashlib.sha256(stack.read_bytes()).hexdigest()}
    assert json.loads(tags["COPGEN_CONDITIONS"]) == [known]
    assert str(stack.parent) not in json.dumps(tags), "no absolute path in the file"
    with rasterio.open(tmp_path / "out" / "s2_l1c_reflectance.tif") as level1:
        assert level1.descriptions == ("B04", "B03", "B02")
        assert (level1.dtypes[0], level1.nodata, level1.scales[0]) == ("uint16", 0, 0.0001)
        assert level1.read().min() >= 1


def test_the_same_command_gives_the_same_bytes_in_any_order_of_conditions(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = scene(tmp_path / "l1c.tif", bands=13, seed=1)
    conditions = [["--condition", f"s2_l2a={stack}"], ["--condition", f"s2_l1c={other}"]]
    written = []
    for name, order in (("a", conditions), ("b", conditions), ("c", conditions[::-1])):
        status, _, _ = run(
            capsys, *order[0], *order[1], "--generate", "dem", "--model", str(tiny_bundle), "--steps", "2",
            "--output", str(tmp_path / name),
        )  # fmt: skip
        assert status == 0
        written.append((tmp_path / name / "dem_hillshade.tif").read_bytes())
    assert written[0] == written[1]
    assert written[0] == written[2], "each condition has its own slot"


def test_each_condition_has_its_own_slot(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pictures = []
    for modality in ("s2_l2a", "s2_l1c"):
        run(
            capsys, "--condition", f"{modality}={stack}", "--offset", f"{modality}=0", "--generate", "dem", "--model",
            str(tiny_bundle), "--steps", "2", "--output", str(tmp_path / modality),
        )  # fmt: skip
        with rasterio.open(tmp_path / modality / "dem_hillshade.tif") as dataset:
            pictures.append(dataset.read())
    assert (pictures[0] != pictures[1]).any()


def test_samples_differ_and_are_numbered(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, result, _ = run(
        capsys, "--condition", f"s2_l2a={stack}", "--generate", "dem", "--model", str(tiny_bundle), "--steps", "2",
        "--samples", "2", "--output", str(tmp_path),
    )  # fmt: skip
    assert status == 0
    assert [Path(entry["path"]).name for entry in result["outputs"]] == [
        "dem_hillshade_sample1.tif",
        "dem_hillshade_sample2.tif",
    ]
    with rasterio.open(result["outputs"][0]["path"]) as first, rasterio.open(result["outputs"][1]["path"]) as second:
        assert (first.read() != second.read()).any()


def test_a_hole_in_the_condition_is_a_hole_in_the_result(
    tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = scene(tmp_path / "holed.tif")
    with rasterio.open(path, "r+") as dataset:
        numbers = dataset.read()
        numbers[:, 40:60, 100:140] = 0
        dataset.write(numbers)
        dataset.nodata = 0
    status, _, _ = run(
        capsys, "--condition", f"s2_l2a={path}", "--generate", "dem", "--model", str(tiny_bundle), "--steps", "1",
        "--output", str(tmp_path / "out"),
    )  # fmt: skip
    assert status == 0
    with rasterio.open(tmp_path / "out" / "dem_hillshade.tif") as dem:
        holes = dem.read(1) == 0
    assert holes[40:60, 100:140].all()
    assert holes.sum() == 20 * 40


def test_a_result_comes_back_as_a_condition(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--model", str(tiny_bundle), "--steps", "1")
    run(capsys, "--condition", f"s2_l2a={stack}", "--generate", "s2_l1c", *words, "--output", str(tmp_path / "a"))
    made = tmp_path / "a" / "s2_l1c_reflectance.tif"
    status, result, _ = run(
        capsys, "--condition", f"s2_l1c={made}", "--generate", "dem", *words, "--output", str(tmp_path / "b")
    )
    assert status == 0
    assert result["recognised"]["s2_l1c"]["bands_source"] == "tags"
    assert any("synthetic" in warning for warning in result["warnings"])
    status, result, _ = run(
        capsys, "--condition", f"dem={made}", "--generate", "s1_rtc", *words, "--output", str(tmp_path / "c")
    )
    assert status == 3
    assert "s2_l1c" in result["error"]["message"]


def test_without_conditions_bounds_are_needed_and_suffice(
    tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--generate", "s1_rtc", "--model", str(tiny_bundle), "--steps", "1", "--output", str(tmp_path))
    status, result, _ = run(capsys, *words)
    assert status == 2
    assert "--bounds" in result["error"]["message"]
    bounds = ("--bounds", "500000", "5157000", "502000", "5159000", "--bounds-crs", "EPSG:32632")
    status, _, _ = run(capsys, *words, *bounds)
    assert status == 0
    with rasterio.open(tmp_path / "s1_rtc_thumbnail.tif") as dataset:
        assert (dataset.count, dataset.shape, dataset.crs.to_epsg()) == (3, (200, 200), 32632)


def test_a_partly_trusted_condition_and_a_start_change_the_result(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shade = tmp_path / "shade.tif"
    with rasterio.open(stack) as source:
        profile = {**source.profile, "count": 1, "dtype": "uint8"}
        grey = (source.read(1) // 12).astype(np.uint8)
    with rasterio.open(shade, "w", **profile) as dataset:
        dataset.write(grey, 1)
    pictures = {}
    for name, extra in {
        "plain": (),
        "held": ("--hold", "s2_l2a=600"),
        "started": ("--start", f"dem={shade}@20"),
        "ignored": ("--ignored", "noise-at-1000"),
    }.items():
        status, _, _ = run(
            capsys, "--condition", f"s2_l2a={stack}", "--generate", "dem", "--model", str(tiny_bundle), "--steps", "2",
            "--output", str(tmp_path / name), *extra,
        )  # fmt: skip
        assert status == 0
        with rasterio.open(tmp_path / name / "dem_hillshade.tif") as dataset:
            pictures[name] = dataset.read(1).astype(float)
    for name in ("held", "started", "ignored"):
        assert (pictures[name] != pictures["plain"]).any(), name


def test_results_are_not_replaced_unasked(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--condition", f"s2_l2a={stack}", "--generate", "dem", "--model", str(tiny_bundle), "--steps", "1")
    assert run(capsys, *words, "--output", str(tmp_path))[0] == 0
    before = (tmp_path / "dem_hillshade.tif").read_bytes()
    status, result, _ = run(capsys, *words, "--seed", "9", "--output", str(tmp_path))
    assert status == 3
    assert "--overwrite" in result["error"]["message"]
    assert (tmp_path / "dem_hillshade.tif").read_bytes() == before
    assert run(capsys, *words, "--seed", "9", "--output", str(tmp_path), "--overwrite")[0] == 0
    assert (tmp_path / "dem_hillshade.tif").read_bytes() != before


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["--condition", "s2_l2a=nowhere.tif", "--generate", "dem"], 3, "nowhere.tif"),
        (["--condition", "s2_l2a=STACK"], 2, "--generate"),
        (["--condition", "s2_l2a=STACK", "--generate", "s2_l2a"], 2, "both a condition and"),
        (["--condition", "s2=STACK", "--generate", "dem"], 2, "no modality"),
        (["--condition", "s2_l2a=STACK", "--generate", "lulc"], 2, "lulc"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--product", "dem=elevation"], 2, "elevation"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--model", "nothing"], 4, "nothing"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--backend", "onnx"], 4, "no ONNX graphs"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--device", "cuda"], 2, "cuda"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--precision", "fp16", "--device", "cpu"], 2, "fp16"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--steps", "0"], 2, "steps"),
        (["--condition", "s2_l2a=STACK:99", "--generate", "dem"], 3, "99"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--crs", "EPSG:nonsense"], 2, "EPSG:nonsense"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--bounds", "0", "0", "1", "1"], 3, "--bounds"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--encoding", "s2_l2a=jpeg"], 2, "jpeg"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--resume"], 2, "resume"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--fill", "x.tif"], 2, "fill"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--hold", "s1_rtc=5"], 2, "s1_rtc"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--start", "dem=STACK"], 2, "TIMESTEP"),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--start", "dem=STACK@1"], 2, "--start dem="),
        (["--condition", "s2_l2a=STACK", "--generate", "dem", "--start", "dem=STACK@0.5"], 2, "above 1 and up to 1000"),
        (
            ["--condition", "s2_l2a=STACK", "--generate", "dem", "--start", "dem=no.tif@1", "--model", "no"],
            2,
            "--start",
        ),
        (["--job", "nowhere.json"], 3, "--job nowhere.json: there is no such file; check the path."),
        (["--job", "."], 3, "--job .: cannot be read"),
        (["--job", "STACK"], 2, "l2a.tif"),
    ],
)
def test_refusals_are_one_sentence_and_a_status(
    words: list[str],
    status: int,
    told: str,
    stack: Path,
    tiny_bundle: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [word.replace("STACK", str(stack)) for word in words]
    if "--model" not in words:
        words += ["--model", str(tiny_bundle)]
    found, result, err = run(capsys, *words, "--output", str(tmp_path / "out"))
    assert (found, result["error"]["status"]) == (status, status)
    assert told in result["error"]["message"]
    assert "Traceback" not in err
    assert len(result["error"]["message"].splitlines()) == 1
    assert not list(tmp_path.rglob("*.tif"))


def test_a_job_file_says_the_same_as_flags(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    job = {
        "conditions": [{"modality": "s2_l2a", "path": str(stack), "offset": 0}],
        "generate": ["dem"],
        "model": str(tiny_bundle),
        "steps": 2,
        "output": str(tmp_path / "job"),
    }
    (tmp_path / "job.json").write_text(json.dumps(job))
    assert run(capsys, "--job", str(tmp_path / "job.json"))[0] == 0
    run(
        capsys, "--condition", f"s2_l2a={stack}", "--offset", "s2_l2a=0", "--generate", "dem", "--model",
        str(tiny_bundle), "--steps", "2", "--output", str(tmp_path / "flags"),
    )  # fmt: skip
    assert (tmp_path / "job" / "dem_hillshade.tif").read_bytes() == (
        tmp_path / "flags" / "dem_hillshade.tif"
    ).read_bytes()
    (tmp_path / "wrong.json").write_text(json.dumps({**job, "generat": ["dem"]}))
    status, result, _ = run(capsys, "--job", str(tmp_path / "wrong.json"))
    assert status == 2
    assert "generat" in result["error"]["message"]


@pytest.mark.parametrize(("file", "bands"), [("nowhere.tif", []), ("l2a.tif", ["1", "2", "99"])])
def test_files_that_cannot_be_used_are_refused_before_the_model_is_loaded(
    file: str, bands: list[str], stack: Path, tiny_bundle: Path, tmp_path: Path
) -> None:
    stages: list[str] = []
    given = [Condition("s2_l2a", [str(stack.with_name(file))], bands=bands)]
    with pytest.raises(InputError, match=file):
        generate(
            Job(given, ["dem"], output=str(tmp_path), model=str(tiny_bundle)),
            lambda progress: stages.append(progress.stage),
        )
    assert not stages


def test_a_job_can_be_cancelled_between_the_blocks_of_a_file_that_is_hashed(
    stack: Path, tiny_bundle: Path, tmp_path: Path
) -> None:
    path = Path(shutil.copy(stack, tmp_path / "long.tif"))
    os.truncate(path, 40 << 20)
    heard: list[tuple[int, int]] = []

    def report(progress: Progress) -> None:
        if progress.stage == "read":
            heard.append((progress.done, progress.total))
        if len(heard) == 4:
            raise Cancelled("cancelled.")

    job = Job([Condition("s2_l2a", [str(path)])], ["dem"], output=str(tmp_path / "out"), model=str(tiny_bundle))
    with pytest.raises(Cancelled):
        generate(job, report)
    assert heard == [(1, 2), (1, 2), (1, 2), (1, 2)], "read, then blocks of 16 MiB"


def test_a_polygon_mask_leaves_the_rest_without_data(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ring = [
        [500_500, 5_159_500],
        [501_000, 5_159_500],
        [501_000, 5_159_000],
        [500_500, 5_159_000],
        [500_500, 5_159_500],
    ]
    collection = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32632"}},
        "features": [{"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}],
    }
    (tmp_path / "mask.geojson").write_text(json.dumps(collection))
    status, _, _ = run(
        capsys, "--condition", f"s2_l2a={stack}", "--generate", "dem", "--model", str(tiny_bundle), "--steps", "1",
        "--mask", str(tmp_path / "mask.geojson"), "--output", str(tmp_path / "out"),
    )  # fmt: skip
    assert status == 0
    with rasterio.open(tmp_path / "out" / "dem_hillshade.tif") as dem:
        valid = dem.read(1) > 0
    assert valid[50:100, 50:100].all()
    assert valid.sum() == 50 * 50


def test_a_network_that_computes_no_numbers_leaves_no_picture(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = shutil.copytree(tiny_bundle, tmp_path / "broken")
    weights = broken / "transformer" / "diffusion_pytorch_model.safetensors"
    state = safetensors.torch.load_file(weights)
    state["norm.weight"][0] = float("nan")
    safetensors.torch.save_file(state, weights, metadata={"format": "pt"})
    words = ["--condition", f"s2_l2a={stack}", "--generate", "dem", "--model", str(broken), "--steps", "1"]
    found, result, _ = run(capsys, *words, "--output", str(tmp_path / "out"))
    assert found == 4 and "computes no numbers in fp32 on cpu" in result["error"]["message"]
    assert not list((tmp_path / "out").glob("*.tif"))
