"""The canvas hides its windows: no batch, order or far border changes a position."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model_runtime.backends import Backend, create_backend
from model_runtime.model.published import thumbnail_streams
from model_runtime.sampling.canvas import Canvas, CanvasNetwork, CanvasNoise, shared_ground
from model_runtime.sampling.roles import condition, generated, run_job
from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.sampling.windows import blending_weights, plan_axis
from model_runtime.streams import StreamSpec

STREAMS = thumbnail_streams()


def small_streams() -> list[StreamSpec]:
    """One 8 x 8 stream, so that areas of many windows stay small."""
    stream = thumbnail_streams(latent_channels=2, latent_size=8, chip_size=64)[0]
    return [stream, replace(stream, name="s2_l2a", modality="s2_l2a")]


def successor_streams() -> list[StreamSpec]:
    """Streams of other pixel sizes on the same ground (1920 m), and a scalar one."""

    def stream(name: str, pixel_size: float, chip: int, latent: int, patch: int) -> StreamSpec:
        return StreamSpec(name, name, 3, pixel_size, chip, 8, latent, latent, patch, 1.0, f"vae/{name}", "r", "1")

    place = StreamSpec("place", "place", 3, None, None, 1, 1, 3, 1, 1.0, None, "place", "1")
    return [stream("dem", 30, 64, 8, 2), stream("s1", 10, 192, 24, 2), stream("s2_60m", 60, 32, 4, 2), place]


def nonlinear(latents: Mapping[str, np.ndarray], timesteps: Mapping[str, float]) -> dict[str, np.ndarray]:
    """A network whose answer depends on the whole window and on all streams."""
    total = sum(np.sin(latent).mean(axis=(1, 2, 3), keepdims=True) for latent in latents.values())
    return {name: np.float32(0.5) * latent + np.tanh(total).astype(np.float32) for name, latent in latents.items()}


@pytest.mark.parametrize(("origin", "length"), [(0, 32), (-7, 32), (-100, 90), (24, 56), (5, 33), (0, 240)])
def test_windows_cover_everything_and_weights_add_up(origin: int, length: int) -> None:
    axis = plan_axis(origin, length, 32, 24)
    total = np.zeros(length)
    for weights, part in zip(blending_weights(axis), axis.slices(), strict=True):
        assert weights.min() > 0
        total[part] += weights
    np.testing.assert_allclose(total, 1, atol=1e-6)
    inner = [start for start in axis.starts if start not in (origin, origin + length - 32)]
    assert all(start % 24 == 0 for start in inner)


def test_a_chip_is_one_window_wherever_it_lies() -> None:
    assert Canvas(STREAMS, -5, 77, 32, 32).windows == [(0, 0)]
    with pytest.raises(ValueError, match="at least one window"):
        Canvas(STREAMS, 0, 0, 31, 32)


def test_one_window_is_the_network_itself() -> None:
    canvas = Canvas(STREAMS, -5, 77, 32, 32)
    states = {name: CanvasNoise(canvas, 0).draw("initial", name) for name in canvas.streams}
    timesteps = dict.fromkeys(states, 500.0)
    direct = nonlinear({name: state[None] for name, state in states.items()}, timesteps)
    for name, blended in CanvasNetwork(canvas, nonlinear, list(states))(states, timesteps).items():
        np.testing.assert_array_equal(blended, direct[name][0])


def run(backend: Backend, row: int, column: int, rows: int, columns: int, batch_size: int = 1) -> np.ndarray:
    canvas = Canvas(backend.streams, row, column, rows, columns)
    noise = CanvasNoise(canvas, 3)
    clean = {"s2_l2a": noise.draw("fill", "s2_l2a")}
    roles = {stream.name: generated() for stream in backend.streams} | {"s2_l2a": condition()}
    network = CanvasNetwork(canvas, backend.predict, [n for n in roles if n != "s2_l2a"], batch_size)
    return run_job(roles, clean, backend.schedule, 2, noise, network)["dem"]


@pytest.fixture(scope="module")
def backend(tiny_bundle: Path) -> Backend:
    return create_backend("torch", tiny_bundle, "cpu")


def test_batches_do_not_change_a_bit(backend: Backend) -> None:
    results = [run(backend, -20, 10, 60, 90, batch_size) for batch_size in (1, 3, 100)]
    np.testing.assert_array_equal(results[0], results[1])
    np.testing.assert_array_equal(results[0], results[2])


def test_far_from_the_border_the_area_does_not_matter() -> None:
    streams, reach = small_streams(), 2 * 8 + 8

    def generate(row: int, column: int, rows: int, columns: int) -> np.ndarray:
        canvas = Canvas(streams, row, column, rows, columns)
        noise = CanvasNoise(canvas, 3)
        roles = {"dem": generated(), "s2_l2a": condition()}
        clean = {"s2_l2a": noise.draw("fill", "s2_l2a")}
        network = CanvasNetwork(canvas, nonlinear, ["dem"], batch_size=5)
        return run_job(roles, clean, NoiseSchedule(), 2, noise, network)["dem"]

    large = generate(-40, -31, 130, 127)
    small = generate(-23, -20, 77, 80)
    inside = small[:, reach:-reach, reach:-reach]
    assert inside.shape[1:] == (29, 32)
    np.testing.assert_array_equal(inside, large[:, 17 + reach :, 11 + reach :][:, :29, :32])


def test_windows_agree_with_each_other_where_they_meet() -> None:
    """A network that adds a constant of its own to every window leaves no step at a window's edge."""
    canvas = Canvas(STREAMS[:1], 0, 0, 32, 240)

    def offset(latents: Mapping[str, np.ndarray], _: Mapping[str, float]) -> dict[str, np.ndarray]:
        return {"dem": latents["dem"] * 0 + latents["dem"].mean(axis=(1, 2, 3), keepdims=True)}

    state = np.repeat(np.arange(240, dtype=np.float32)[None, None], 32, axis=1).repeat(4, axis=0)
    blended = CanvasNetwork(canvas, offset, ["dem"])({"dem": state}, {"dem": 0.0})["dem"][0, 0]
    assert np.abs(np.diff(blended)).max() < 0.3 * 24
    assert np.all(np.diff(blended) > -1e-3)


def test_traces_of_tokens_are_averaged_away_in_the_course_of_a_run() -> None:
    """A network that marks the edges of its tokens, which a lattice at rest would add up."""
    streams = small_streams()[:1]
    mark = (np.arange(8) % streams[0].patch_size == 0).astype(np.float32)
    runs: dict[str, np.ndarray] = {}
    for name, sizes in (("one window", (8, 8)), ("many", (64, 64))):
        canvas = Canvas(streams, 0, 0, *sizes)
        network = CanvasNetwork(canvas, lambda latents, _: {"dem": 0 * latents["dem"] + mark}, ["dem"])
        state = {"dem": np.zeros((1, *sizes), np.float32)}
        runs[name] = np.mean([network(state, {"dem": 0.0})["dem"][0] for _ in range(12)], axis=0)
    np.testing.assert_array_equal(runs["one window"], np.broadcast_to(mark, (8, 8)))
    inner = runs["many"][16:-16, 16:-16].mean(axis=0)
    assert inner.mean() == pytest.approx(mark.mean(), abs=0.02)
    assert inner.std() < 0.2 * mark.std()


def test_streams_of_other_pixel_sizes_and_scalars_share_the_windows() -> None:
    streams = successor_streams()
    ground = shared_ground(streams)
    assert (ground.unit, ground.window, ground.positions) == (480.0, (4, 4), {"dem": 2, "s1": 6, "s2_60m": 1})
    assert ground.default_stride * ground.unit == 960.0
    canvas = Canvas(streams, -4, 2, 8, 6)
    shapes = {name: canvas.shape(name) for name in canvas.streams}
    assert shapes == {"dem": (8, 16, 12), "s1": (8, 48, 36), "s2_60m": (8, 8, 6), "place": (1, 3, 6)}
    noise = CanvasNoise(canvas, 0)
    roles = {stream.name: generated() for stream in streams}
    network = CanvasNetwork(canvas, nonlinear, list(roles), batch_size=4)
    result = run_job(roles, {}, NoiseSchedule(), 3, noise, network)
    assert {name: latent.shape for name, latent in result.items()} == shapes
    assert len(np.unique(result["place"])) == 18


def test_scalar_noise_belongs_to_the_window_not_to_the_area() -> None:
    streams = successor_streams()
    large, small = Canvas(streams, -4, 0, 8, 8), Canvas(streams, -2, 2, 6, 6)
    all_noise = CanvasNoise(large, 0).draw("initial", "place")
    np.testing.assert_array_equal(CanvasNoise(small, 0).draw("initial", "place"), all_noise[:, 1:, 3:])


def test_streams_that_see_unequal_ground_are_refused() -> None:
    streams = [STREAMS[0], replace(STREAMS[1], pixel_size=20.0)]
    with pytest.raises(ValueError, match="differ on the ground"):
        shared_ground(streams)


def test_progress_counts_windows() -> None:
    canvas, seen = Canvas(small_streams(), 0, 0, 20, 20), []
    states = {name: CanvasNoise(canvas, 0).draw("initial", name) for name in canvas.streams}
    CanvasNetwork(canvas, nonlinear, ["dem"], 4, lambda done, total: seen.append((done, total)))(
        states, dict.fromkeys(states, 1.0)
    )
    assert seen == [(4, 9), (8, 9), (9, 9)]
