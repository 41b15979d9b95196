"""The autoencoder in windows: a chip is itself, an area has no seams and no border of its own inside."""

from __future__ import annotations

import numpy as np
import pytest

from model_runtime.contract import Cancelled
from model_runtime.model.published import thumbnail_streams
from model_runtime.sampling.autoencoder_windows import decode_canvas, encode_canvas
from model_runtime.sampling.canvas import Canvas

STREAM = thumbnail_streams()[0]


def encode(pixels: np.ndarray) -> np.ndarray:
    """Means are 8 x 8 block averages, log-variances constant; pixels near the window's edge are spoilt."""
    assert pixels.shape == (1, 3, 256, 256)
    spoilt = pixels.copy()
    spoilt[..., :16] += 100
    blocks = spoilt.reshape(1, 3, 32, 8, 32, 8).mean(axis=(1, 3, 5))[:, None]
    return np.concatenate([blocks.repeat(4, axis=1), np.full((1, 4, 32, 32), -3.0)], axis=1).astype(np.float32)


def decode(latents: np.ndarray) -> np.ndarray:
    """Enlarges the first channel, each window with a tone of its own."""
    assert latents.shape == (1, 4, 32, 32)
    enlarged = np.repeat(np.repeat(latents[:, :1], 8, axis=2), 8, axis=3).repeat(3, axis=1)
    return enlarged + latents.mean(dtype=np.float32)


def picture(rows: int, columns: int) -> np.ndarray:
    ramp = np.add.outer(np.arange(rows), np.arange(columns)) / 512
    return np.stack([ramp] * 3).astype(np.float32)


def test_a_chip_is_one_call_without_halo() -> None:
    canvas = Canvas([STREAM], -3, 9, 32, 32)
    pixels = picture(256, 256)
    moments = encode_canvas(canvas, STREAM, pixels, encode)
    np.testing.assert_array_equal(moments, encode(pixels[None])[0])
    np.testing.assert_array_equal(decode_canvas(canvas, STREAM, moments[:4], decode), decode(moments[None, :4])[0])


def test_an_area_keeps_its_picture_and_crops_what_windows_spoil() -> None:
    canvas = Canvas([STREAM], -30, -60, 60, 90)
    pixels = picture(480, 720)
    moments = encode_canvas(canvas, STREAM, pixels, encode)
    assert moments.shape == (8, 60, 90)
    expected = pixels.reshape(3, 60, 8, 90, 8).mean(axis=(0, 2, 4))
    # The area's own left border has nothing to crop against; every other window's is covered by a neighbour.
    np.testing.assert_allclose(moments[:4, :, 6:], np.broadcast_to(expected, (4, 60, 90))[:, :, 6:], atol=1e-5)
    np.testing.assert_allclose(moments[4:], -3.0, atol=1e-5)


def test_windows_of_other_tones_meet_without_a_step() -> None:
    canvas = Canvas([STREAM], 0, 0, 32, 150)
    latent = np.broadcast_to(np.arange(150, dtype=np.float32), (4, 32, 150))
    pixels = decode_canvas(canvas, STREAM, latent, decode)[0, 0]
    tone = pixels - np.repeat(np.arange(150), 8)
    assert np.abs(np.diff(tone)).max() < 1.5  # neighbouring windows differ by 20 in all


def test_the_inside_does_not_depend_on_the_area() -> None:
    rng = np.random.default_rng(0)
    latent = rng.standard_normal((4, 160, 160)).astype(np.float32)
    large = decode_canvas(Canvas([STREAM], -70, -50, 160, 160), STREAM, latent, decode)
    part = (slice(None), slice(13, 13 + 110), slice(25, 25 + 120))
    small = decode_canvas(Canvas([STREAM], -57, -25, 110, 120), STREAM, latent[part], decode)
    reach = 32 * 8
    inside = small[:, reach:-reach, reach:-reach]
    rows, columns = 13 * 8 + reach, 25 * 8 + reach
    np.testing.assert_array_equal(inside, large[:, rows : rows + inside.shape[1], columns : columns + inside.shape[2]])


def test_progress_counts_windows_and_may_cancel() -> None:
    def progress(done: int, total: int) -> None:
        assert total == 3
        if done == 2:
            raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        decode_canvas(Canvas([STREAM], 0, 0, 32, 64), STREAM, np.zeros((4, 32, 64), np.float32), decode, progress)
