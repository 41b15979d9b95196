"""The sheet of evidence on a tiny model: made by one command, goes on where it stopped, says what it found."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from model_runtime.contract import InputError
from model_runtime.training import evaluate, held_out
from model_runtime.training.evidence import autoencoder
from model_runtime.training.evidence.__main__ import drawn_from, main
from model_runtime.training.evidence.directions import (
    best_trivial,
    fit_trivial,
    power_file,
    sample_file,
    score_direction,
    score_power,
)
from model_runtime.training.evidence.expectations import (
    check_expectations,
    real_behind,
    real_failures,
    real_words,
)
from model_runtime.training.evidence.frozen import (
    FROM_ALL_OTHERS,
    ONE_TO_ONE,
    Direction,
    Place,
    RealFile,
    read_evidence_list,
)
from model_runtime.training.evidence.real import Tile, tile_file
from model_runtime.training.evidence.sheet import CARD_HEADING, card_section
from model_runtime.training.held_out import pick_chips, pick_clean, pick_of_many, scenes_folder

TILE = "coloc_terramind/433D_629L_3_1/"


@pytest.fixture(scope="module")
def tiny_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("list") / "tiny.json"
    files = {"s1_rtc": "S1RTC.tif", "s2_l1c": "S2L1C.tif", "s2_l2a": "S2L2A.tif", "dem": "DEM.tif"}
    place = {"name": "tile", "about": "a tile", "files": {name: {"path": TILE + file} for name, file in files.items()}}
    values = {
        "scenes": [900001, 900002, 900003],
        "chips": [0],
        "count": 2,
        "samples": 2,
        "steps": 2,
        "seed": 5,
        "fit_scenes": [1, 2],
        "fit_chips": [0],
        "size": 258,
        "power_scenes": [900004, 900005],
        "power_count": 1,
        "places": [place],
    }
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def make_sheet(model: Path, cache: Path, given: Path, real: Path, sheet: Path) -> str:
    arguments = ["--model", model, "--cache", cache, "--list", given, "--shared", real, "--output", sheet]
    assert main([str(entry) for entry in arguments]) == 0
    return sheet.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def without_tiles(tiny_bundle: Path, tiny_list: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    sheet = tmp_path_factory.mktemp("docs") / "sheet.md"
    make_sheet(tiny_bundle, cache, tiny_list, sheet.parent / "nowhere", sheet)
    return sheet


def test_sheet_tells_every_direction_and_expectation(without_tiles: Path) -> None:
    text = without_tiles.read_text(encoding="utf-8")
    for direction in (*ONE_TO_ONE, *FROM_ALL_OTHERS):
        assert text.count(f"| {direction.title} |") >= 2, direction.title
    assert len(ONE_TO_ONE) == 12 and len(FROM_ALL_OTHERS) == 4
    assert "**not met**: hillshade from L2A correlates" in text
    assert "so this part is missing" in text, "says that no real tile was at hand"
    power = text.split("Power of single samples")[1].split("S1 against")[0]
    assert power.count("\n| ") == 2 * 17 and power.count(" ± ") == 2 * 16 * 6
    assert power.count("| L1C from S1 | 5 |") == power.count("| S1 from L1C | 4 |") == 1
    assert "By the list's own 3 it would be:" in power
    assert power.count("| L1C from S1 | 3 |") == power.count("| S1 from L1C | 3 |") == 1
    assert "on 4 chips (from radar or relief alone, which tell nothing of clouds, on 5)" in text


def test_the_card_tells_every_direction_and_expectation(without_tiles: Path, cache: Path) -> None:
    told = card_section(json.loads((cache / "evidence.json").read_text(encoding="utf-8")))
    assert told.startswith(CARD_HEADING) and "**not met**: hillshade from L2A correlates" in told
    for direction in (*ONE_TO_ONE, *FROM_ALL_OTHERS):
        assert told.count(f"| {direction.title} |") == 1, direction.title
    assert "2 chips of 2 scenes; 2 samples of 2 steps" in told and told.count(" ± ") == 2 * 16


def test_pictures_are_small_and_there(without_tiles: Path) -> None:
    text = without_tiles.read_text(encoding="utf-8")
    named = [part.split(")")[0] for part in text.split("](")[1:]]
    assert len(named) == 4
    for name in named:
        path = without_tiles.parent / name
        assert path.stat().st_size < 300_000
        with Image.open(path) as picture:
            assert np.asarray(picture).std() > 10


def test_samples_are_drawn_once(
    without_tiles: Path, tiny_bundle: Path, tiny_list: Path, cache: Path, tmp_path: Path
) -> None:
    drawn = sorted((cache / "evidence").rglob("*.npz"))
    counts = [{len(values) for values in np.load(path).values()} for path in drawn]
    assert counts == [{1} if path.parent.name in ("one-sample", "power-900004") else {2} for path in drawn]
    assert counts.count({1}) == 8 + 2 * 2 + 6 and counts.count({2}) == 16
    times = [path.stat().st_mtime_ns for path in drawn[1:]]
    before = {name: values.copy() for name, values in np.load(drawn[0]).items()}
    drawn[0].unlink()
    text = make_sheet(tiny_bundle, cache, tiny_list, tmp_path / "nowhere", tmp_path / "sheet.md")
    assert text == without_tiles.read_text(encoding="utf-8")
    assert [path.stat().st_mtime_ns for path in drawn[1:]] == times
    again = np.load(drawn[0])
    assert all(np.array_equal(again[name], values) for name, values in before.items())


def test_fewer_chips_are_fewer_for_everything(
    tiny_bundle: Path, tiny_list: Path, cache: Path, without_tiles: Path, tmp_path: Path
) -> None:
    ours, sheet = tmp_path / "cache", tmp_path / "sheet.md"
    shutil.copytree(cache, ours)
    shutil.rmtree(ours / "evidence")
    where = ["--model", tiny_bundle, "--cache", ours, "--list", tiny_list, "--shared", tmp_path / "nowhere"]
    assert main([str(entry) for entry in [*where, "--output", sheet, "--chips", 1]]) == 0
    power = sheet.read_text(encoding="utf-8").split("Power of single samples")[1].split("S1 against")[0]
    assert "| L1C from S1 | 1 |" in power and "±" not in power, "one scene has no error"
    assert len(list((ours / "evidence").rglob("*.npz"))) == 8


def test_a_sheet_says_how_it_is_made_again(
    without_tiles: Path, tiny_bundle: Path, cache: Path, tiny_list: Path
) -> None:
    text = without_tiles.read_text(encoding="utf-8")
    assert f"evidence --model {tiny_bundle} --cache DIR --list {tiny_list}\n" in text
    assert f"listed with all seeds in `{tiny_list}`" in text


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("evidence/*/from-dem-00.npz", "remove it, and its samples are drawn again"),
        ("held_out/*/clean.npz", "remove it, and its pictures are made again"),
    ],
)
def test_a_damaged_file_of_the_cache_is_named(
    pattern: str,
    told: str,
    without_tiles: Path,
    tiny_bundle: Path,
    tiny_list: Path,
    cache: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ours = Path(shutil.copytree(cache, tmp_path / "cache"))
    path = next(ours.glob(pattern))
    path.write_bytes(path.read_bytes()[:100])
    where = ["--model", tiny_bundle, "--cache", ours, "--list", tiny_list, "--shared", tmp_path / "nowhere"]
    assert main([str(entry) for entry in [*where, "--output", tmp_path / "sheet.md"]]) == 3
    assert f"{path}: is damaged; {told}" in capsys.readouterr().err


def test_samples_of_a_tile_are_those_of_its_picture(tmp_path: Path) -> None:
    picture = np.zeros((3, 256, 256), np.float32)
    place = Place("tile", "a tile", {"s2_l2a": RealFile("a.tif")})
    inside, valid = (slice(0, 256), slice(0, 256)), np.ones((256, 256), bool)
    tiles = [Tile(place, {"s2_l2a": picture + level}, inside, valid) for level in (0, 1)]
    first, second = (tile_file(tmp_path, tile, "s2_l2a") for tile in tiles)
    assert first != second, "another raster of that name is another tile"
    assert first == tile_file(tmp_path, Tile(place, {"s2_l2a": picture.copy()}, inside, valid), "s2_l2a")


def test_the_repository_s_sheet_is_of_its_own_models(
    tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--model", str(tiny_bundle), "--cache", str(tmp_path / "cache"), "--write"]) == 2
    assert "--write is of a model in" in capsys.readouterr().err and not (tmp_path / "cache").exists()


def test_another_list_draws_its_own_samples(tiny_list: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    values = json.loads(tiny_list.read_text(encoding="utf-8"))
    other.write_text(json.dumps({**values, "scenes": [900003, 900002, 900001]}), encoding="utf-8")
    ours, theirs = read_evidence_list(tiny_list), read_evidence_list(other)
    assert drawn_from(ours) != drawn_from(theirs)
    more = replace(ours, count=3, power_scenes=(900004, 900009), power_count=3)
    assert drawn_from(ours) == drawn_from(more), "those drawn already are used"


@pytest.mark.parametrize("wrong", [["--chips", "0"], ["--chips", "-1"], ["--samples", "1"]])
def test_too_few_chips_or_samples_are_refused(
    wrong: list[str], tiny_bundle: Path, tiny_list: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--model", str(tiny_bundle), "--cache", str(tmp_path / "cache"), "--list", str(tiny_list)]
    assert main([*where, *wrong]) == 2
    assert f"{wrong[0]} {'is ' if wrong[0] == '--chips' else ''}{wrong[1]}" in capsys.readouterr().err
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("cut", [["--chips", "3"], ["--samples", "4"], ["--output", "sheet.md"], ["--list", "LIST"]])
def test_a_part_is_never_written_as_the_whole(
    cut: list[str], tiny_bundle: Path, tiny_list: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(tiny_list) if word == "LIST" else word for word in cut]
    assert main(["--model", str(tiny_bundle), "--cache", str(tmp_path / "cache"), "--write", *given]) == 2
    assert "--write is of the whole list" in capsys.readouterr().err and not (tmp_path / "cache").exists()


@pytest.mark.parametrize("command", [evaluate.main, autoencoder.main])
def test_a_model_that_is_none_ends_in_a_sentence(
    command: Callable[[list[str]], int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = command(["--model", str(tmp_path / "none"), "--cache", str(tmp_path)])
    told = capsys.readouterr().err
    assert status > 0 and str(tmp_path / "none") in told and told.count("\n") == 1


def test_real_tiles_are_scored_and_pictured(
    without_tiles: Path, tiny_bundle: Path, tiny_list: Path, cache: Path, shared: Path, tmp_path: Path
) -> None:
    text = make_sheet(tiny_bundle, cache, tiny_list, shared / "data", tmp_path / "sheet.md")
    part = text.split("## Real tiles")[1]
    for title in ("L2A from L1C", "L1C from L2A", "hillshade from L2A", "hillshade from S1", "S1 from L2A"):
        assert f"- {title}: " in part
    assert "**fails**" in part and "fails on 1 of 1 real tiles" in text
    assert (tmp_path / "images" / "evidence-real-tile.jpg").stat().st_size < 300_000


def test_chips_are_made_again_for_another_world(cache: Path, without_tiles: Path) -> None:
    folder = cache / "held_out"
    first = pick_chips(folder, [900001, 900002], [0], 258)
    picture, limits = pick_clean(folder, [900001, 900002], [0], 258)
    assert picture.shape == (2, 3, 256, 256) and limits.shape == (2, 2, 2)
    assert abs(float((picture - first["s1_rtc"])[:, [0, 2]].mean())) < 4, "the mean of all speckle"
    assert picture.std() < first["s1_rtc"].std()
    kept = scenes_folder(folder, [900001, 900002], 258)
    np.save(kept / "dem.npy", np.zeros_like(np.load(kept / "dem.npy")))
    assert np.array_equal(pick_chips(folder, [900002], [0], 258)["dem"], first["dem"][1:]), "another list beside it"
    assert not pick_chips(folder, [900001, 900002], [0], 258)["dem"].any(), "as it was kept"
    (kept / "world.txt").write_text("another 258", encoding="utf-8")
    assert np.array_equal(pick_chips(folder, [900001, 900002], [0], 258)["dem"], first["dem"])


def test_of_many_scenes_only_the_chosen_chips_stay(
    without_tiles: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not list((cache / "more").rglob("*.npy")) and len(list((cache / "more").glob("*.npz"))) == 1
    monkeypatch.setattr(held_out, "IN_A_FILE", 2)
    seeds = [900001, 900002, 900003]
    picked = pick_of_many(tmp_path, seeds, [0], 258)
    whole = pick_chips(cache / "held_out", seeds, [0], 258)
    assert all(np.array_equal(picked[name], whole[name]) for name in whole)
    files = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.npz")}
    assert len(files) == 2 and not list(tmp_path.rglob("*.npy"))
    assert np.array_equal(pick_of_many(tmp_path, seeds[:2], [0], 258)["dem"], whole["dem"][:2])
    assert {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.npz")} == files, "found, not made again"
    damaged = min(files)
    damaged.write_bytes(damaged.read_bytes()[:100])
    with pytest.raises(InputError, match="remove it, and its scenes are simulated again"):
        pick_of_many(tmp_path, seeds, [0], 258)


def scores(rmse: float, crps: float, correlation: float, power: float) -> dict[str, Any]:
    return {"rmse": rmse, "crps": crps, "correlation": correlation, "power": [power] * 2, "diversity": 0.9}


def test_expectations_are_read_off_the_numbers() -> None:
    row = {"model": scores(4, 2, 0.7, 1.05), "trivial": {"identity": scores(10, 3, 0.2, 1.0)}}
    good = {"psnr": 33.0, "smoothed_psnr": 20.0, "looks": 4.4, "truth_looks": 4.5}
    results: dict[str, Any] = {
        "directions": {entry.title: {**row, "target": entry.target} for entry in (*ONE_TO_ONE, *FROM_ALL_OTHERS)},
        "octaves": ["2-4", "4-8"],
        "power": {
            entry.title: {"ratio": [1.05, 0.95], "error": [0.05, 0.05], "chips": 64}
            for entry in (*ONE_TO_ONE, *FROM_ALL_OTHERS)
        },
        "power_of_few": {},
        "powers": 64,
        "autoencoder": {"simulated": dict.fromkeys(("dem", "s1_rtc", "s2_l1c", "s2_l2a"), good)},
        "bytes": 11_000_000,
        "real": [{"name": "tile", "directions": {"L2A from L1C": {**row, "target": "s2_l2a"}}}],
    }
    assert all(entry.met for entry in check_expectations(results)) and len(check_expectations(results)) == 10
    results["directions"]["S1 from L2A"] = {**row, "model": scores(4, 3.5, 0.7, 1.2)}
    results["power"]["S1 from L2A"] = {"ratio": [0.85, 0.7], "error": [0.05, 0.05], "chips": 64}
    results["autoencoder"]["simulated"]["s1_rtc"] = {**good, "looks": 9.0}
    failed = [entry for entry in check_expectations(results) if not entry.met]
    assert len(failed) == 3
    assert "S1 from L2A (3.5 against 3.0 of the identity)" in failed[0].found and "11 of 12" in failed[0].found
    assert failed[1].wanted.endswith("on 64 chips")
    assert "30 of 32, directions within it: 2-4 px 15 of 16, 4-8 px 15 of 16; " in failed[1].found
    assert "of the 2 others 1 lie within two standard errors of these 10 %" in failed[1].found
    # 0.85 and 0.7, with an error of 0.05, are three and six of them away from 1.
    assert "2 of all differ from the truth's by more than two standard errors" in failed[1].found
    assert "alone it would be" not in failed[1].found
    results["power"]["S1 from L2A"]["error"] = [0.05, 0.11]
    results["power_of_few"] = copy.deepcopy(results["power"])
    results["power_of_few"]["L1C from S1"]["ratio"] = [0.5, 1.0]
    results["power"]["L1C from S1"]["chips"] = 512
    for title, row in results["directions"].items():
        row["ahead"] = {"crps": {"by": 0.5, "error": 0.3 if title.startswith("L2A") else 0.2}}
    known = [entry.found for entry in check_expectations(results)]
    assert any("11 of 12" in told and "by more than two standard errors 9 of them" in told for told in known)
    assert any("1 of all 32 are known to no better than 10%" in told for told in known)
    # 31 of them have an error of half the bound: 4.6 % of these, and 36 % of the other.
    assert any("2 of all would be expected to miss it by chance" in told for told in known)
    assert any("by the 64 chips alone it would be 29 of 32" in told for told in known)
    wanted = [entry.wanted for entry in check_expectations(results)]
    assert any("on 64 chips (from radar or relief alone" in told and "on 512)" in told for told in wanted)


def test_a_lead_over_the_trivial_answers_has_an_error() -> None:
    rng = np.random.default_rng(0)
    truths = rng.integers(0, 256, (4, 1, 128, 128)).astype(np.float32)
    given = np.clip(truths + rng.normal(0, 20, truths.shape), 0, 255).astype(np.float32)
    asked, chips = Direction(("s2_l1c",), "s2_l2a"), {"s2_l1c": given, "s2_l2a": truths}
    trivial = fit_trivial(asked, chips)
    # The first three chips are hit within 2 grey levels, the last one is missed by 40.
    samples = truths[:, None] + np.array([-2, 2, -1, 1], dtype=np.float32).reshape(1, 4, 1, 1, 1)
    even = score_direction(asked, samples, chips, trivial, scenes=np.arange(4))
    assert even["ahead"]["crps"]["by"] > 4 * even["ahead"]["crps"]["error"]
    best = even["trivial"][best_trivial(even, "crps")]["crps"]
    assert even["ahead"]["crps"]["by"] == pytest.approx(best - even["model"]["crps"], abs=1e-4)
    samples[3] += 40
    one = score_direction(asked, samples, chips, trivial, scenes=np.arange(4))
    assert one["ahead"]["rmse"]["error"] > one["ahead"]["rmse"]["by"], "one scene decides"
    best = one["trivial"][best_trivial(one, "rmse")]["rmse"]
    assert one["ahead"]["rmse"]["by"] == pytest.approx(best - one["model"]["rmse"], abs=1e-4)
    alone = score_direction(asked, samples, chips, trivial, scenes=np.zeros(4, dtype=np.int64))
    assert alone["ahead"]["rmse"]["error"] is None


def test_power_is_that_of_every_chip_of_the_list(tiny_list: Path, tmp_path: Path) -> None:
    frozen = replace(read_evidence_list(tiny_list), chips=[0, 1], count=2)
    rng, target = np.random.default_rng(0), "s2_l2a"
    truths = rng.normal(128, 20, (6, 1, 64, 64)).astype(np.float32)
    # All scenes' first chip comes first: samples of the second scene's two chips have half the contrast.
    for number, truth in enumerate(truths):
        samples = truth[None].repeat(2 if number < 2 else 1, axis=0)
        samples = samples.mean() + (samples - samples.mean()) * (0.5 if number % 3 == 1 else 1.0)
        folder = tmp_path if number < 2 else tmp_path / "one-sample"
        folder.mkdir(exist_ok=True)
        np.savez(sample_file(folder, ["dem"], number), **{target: samples})
    power = score_power(ONE_TO_ONE[2], {target: truths}, frozen, tmp_path)
    assert ONE_TO_ONE[2].title == "L2A from hillshade"
    assert power["ratio"][0] == pytest.approx(1 - 0.75 / 3, abs=0.03)
    assert power["error"][0] == pytest.approx(0.25, abs=0.03), "of three scenes; of six chips it would be 0.16"
    # Clouds on one of three more scenes, of which samples know nothing.
    more = replace(frozen, power_scenes=(900004, 900006), power_count=0)
    clear = rng.normal(128, 20, (3, 1, 64, 64)).astype(np.float32)
    cloudy = 128 + (clear - 128) * np.array([1, 3, 1], dtype=np.float32)[:, None, None, None]
    for number, chip in enumerate(clear):
        path = power_file(tmp_path, more, ["dem"], number)
        path.parent.mkdir(exist_ok=True)
        np.savez(path, **{target: chip[None]})
    both = score_power(ONE_TO_ONE[2], {target: truths}, more, tmp_path, {target: cloudy})
    assert (power["chips"], both["chips"]) == (6, 9)
    assert both["ratio"][0] == pytest.approx((6 * 0.75 + 3) / (6 + 1 + 9 + 1), abs=0.03)
    assert both["error"][0] > power["error"][0]


def test_words_on_real_tiles_follow_the_numbers() -> None:
    trivial = {"identity": scores(10, 3, 0.2, 1.0)}
    worse = {"target": "s2_l2a", "model": scores(12, 3, 0.9, 1), "trivial": trivial}
    blind = {"target": "dem", "model": scores(60, 30, 0.1, 1), "trivial": trivial}
    part = {"target": "dem", "model": scores(60, 30, 0.4, 1), "trivial": trivial}
    assert "no better than leaving the picture as it is" in real_words("L2A from L1C", worse)
    assert "finds a part of the relief" in real_words("hillshade from L2A", part)
    tiles = [{"directions": {"hillshade from L2A": row, "L1C from L2A": None}} for row in (blind, part, blind)]
    assert real_failures(tiles) == ["hillshade from L2A fails on 2 of 3 real tiles"]
    assert "behind 10.0 of the best trivial answer" in real_words("L2A from L1C", worse)
    ahead = {**worse, "model": scores(9, 3, 0.9, 1)}
    assert "ahead of 10.0 of the best trivial answer" in real_words("L2A from L1C", ahead)
    tiles = [{"directions": {"L2A from L1C": row, "L1C from L2A": ahead}} for row in (worse, ahead)]
    assert real_behind(tiles) == ["L2A from L1C on 1 of 2"]


def test_frozen_scenes_are_not_trained_on() -> None:
    frozen = read_evidence_list()
    assert min(frozen.scenes) > 100_000 > max(frozen.fit_scenes)
    assert len(frozen.power_seeds) == 1024 and not set(frozen.power_seeds) & {*frozen.scenes, *frozen.fit_scenes}
    assert frozen.samples == 16 and frozen.count <= len(frozen.scenes) * len(frozen.chips)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"scenes": []}, "scenes is"),
        ({"scenes": "abc"}, "scenes is 'abc'"),
        ({"scenes": [900001, -1]}, r"scenes\[1\] is -1"),
        ({"scenes": [2**63]}, r"scenes\[0\] is"),
        ({"chips": [99]}, r"chips\[0\] is 99, expected numbers of a scene's chips, 0 to 0 at a size of 258"),
        ({"chips": [3, 4], "size": 600}, r"chips\[1\] is 4, expected numbers of a scene's chips, 0 to 3"),
        ({"fit_scenes": []}, "fit_scenes is"),
        ({"fit_chips": [True]}, r"fit_chips\[0\] is True"),
        ({"size": "a"}, "size is 'a'"),
        ({"size": 256}, "size is 256"),
        ({"steps": 0}, "steps is 0"),
        ({"samples": 1}, "samples is 1"),
        ({"count": 1.5}, "count is 1.5"),
        ({"seed": -1}, "seed is -1"),
        ({"scenes": [900001, 7]}, r"scenes is \[900001, 7\], expected seeds of scenes that none is trained on, 100001"),
        ({"scenes": [900001, 900001]}, r"scenes is \[900001, 900001\], expected each once"),
        ({"fit_scenes": [1, 900009]}, "fit_scenes is .* expected seeds of training scenes, below 100001"),
        ({"fit_chips": [0, 0]}, "fit_chips is .* expected each once"),
        ({"power_scenes": [900003, 900004]}, "power_scenes is .* expected others than those under scenes"),
        ({"power_scenes": [1, 2]}, "power_scenes is .* expected seeds of scenes that none is trained on"),
        ({"power_scenes": [9, 5]}, "power_scenes is"),
        ({"power_scenes": ["a", "b"]}, "power_scenes is"),
        ({"power_count": 3}, r"power_count is 3, expected a whole number, 0 to 2 \(the scenes of power_scenes\)"),
        ({"power_scenes": []}, r"power_count is 1, expected a whole number, 0 to 0"),
        ({"places": {}}, "places is"),
        ({"places": [7]}, r"places\[0\] is 7"),
        ({"places": [{"name": "../x", "about": "", "files": {"dem": {"path": "a"}}}]}, r"places\[0\] name is '../x'"),
        ({"places": [{"name": "x", "about": "", "files": {"radar": {"path": "a"}}}]}, r"places\[0\] files is"),
        ({"places": [{"name": "x", "about": "", "files": {"dem": {"path": 1}}}]}, r"places\[0\] files dem is"),
        (
            {"places": [{"name": "x", "about": "", "files": {"dem": {"path": "a"}}, "bounds": [1, 2]}]},
            r"places\[0\] bounds is",
        ),
        ({"more": 1}, "more is 1, expected no such entry"),
    ],
    ids=str,
)
def test_a_list_that_cannot_be_measured_with_is_refused_when_read(
    wrong: dict[str, Any], told: str, tiny_list: Path, tmp_path: Path
) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps({**json.loads(tiny_list.read_text(encoding="utf-8")), **wrong}), encoding="utf-8")
    with pytest.raises(InputError, match=rf"list.json: is no list of evidence \({told}.*evidence.json shows"):
        read_evidence_list(path)


@pytest.mark.parametrize("text", ['{"scenes": 3}', "[1]", "{", "[" * 100_000, None])
def test_a_broken_list_is_named(text: str | None, tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="list.json: is no list of evidence"):
        read_evidence_list(path)


@pytest.mark.parametrize("command", [main, evaluate.main, autoencoder.main])
@pytest.mark.parametrize("below", ["", "below"])
def test_a_cache_that_is_a_file_ends_in_a_sentence(
    command: Callable[[list[str]], int],
    below: str,
    tiny_bundle: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    cache = tmp_path / "file" / below
    assert command(["--model", str(tiny_bundle), "--cache", str(cache)]) == 3
    told = capsys.readouterr().err
    assert str(cache) in told and told.count("\n") == 1
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_sheet_that_is_a_folder_is_refused_before_anything_is_measured(
    tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--model", str(tiny_bundle), "--cache", str(tmp_path / "cache"), "--output", str(tmp_path)]) == 3
    assert f"{tmp_path}: is a folder" in capsys.readouterr().err and not (tmp_path / "cache").exists()
