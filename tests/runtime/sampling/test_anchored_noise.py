"""Anchored noise depends on the place alone, and looks like noise wherever two pieces are compared."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from model_runtime.sampling.noise import BLOCK, AnchoredNoise

NOISE = AnchoredNoise(7)
SHAPE = (4, 160, 160)


def piece(
    purpose: str = "initial", stream: str = "dem", row: int = 0, column: int = 0, sample: int = 0, call: int = 0
) -> np.ndarray:
    return NOISE.block(purpose, stream, SHAPE, row, column, sample, call)  # type: ignore[arg-type]


PIECES = {
    "here": piece(),
    "next block": piece(column=SHAPE[2]),
    "below": piece(row=SHAPE[1]),
    "negative": piece(row=-SHAPE[1], column=-SHAPE[2]),
    "mirrored": piece(row=-SHAPE[1]),
    "far": piece(row=2**40, column=-(2**40)),
    "other stream": piece(stream="s2_l2a"),
    "other sample": piece(sample=1),
    "other call": piece("ignored", call=1),
    "ignored": piece("ignored"),
    "posterior": piece("posterior"),
    "held": piece("held"),
    "fill": piece("fill"),
    "other seed": AnchoredNoise(8).block("initial", "dem", SHAPE, 0, 0),
}


@pytest.mark.parametrize("name", PIECES)
def test_mean_and_variance(name: str) -> None:
    values = PIECES[name]
    deviation = values.size**-0.5
    assert abs(values.mean()) < 4 * deviation
    assert abs(values.var() - 1) < 6 * deviation
    assert values.dtype == np.float32
    assert 3.5 < np.abs(values).max() < 7


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(PIECES, 2)))
def test_no_two_pieces_are_correlated(first: str, second: str) -> None:
    assert abs(np.corrcoef(PIECES[first].ravel(), PIECES[second].ravel())[0, 1]) < 0.02


def test_channels_and_neighbouring_positions_are_not_correlated() -> None:
    values = piece(row=-50, column=-50).astype(np.float64)
    for left, right in itertools.combinations(values, 2):
        assert abs(np.corrcoef(left.ravel(), right.ravel())[0, 1]) < 0.04
    for shift in (1, 2, BLOCK):
        assert abs(np.corrcoef(values[:, shift:].ravel(), values[:, :-shift].ravel())[0, 1]) < 0.02
        assert abs(np.corrcoef(values[..., shift:].ravel(), values[..., :-shift].ravel())[0, 1]) < 0.02


@pytest.mark.parametrize(("row", "column"), [(0, 0), (-33, 5), (-1, -64), (31, 32), (-97, 1000)])
def test_the_same_place_has_the_same_noise_whatever_the_area(row: int, column: int) -> None:
    large = NOISE.block("initial", "dem", (4, 130, 140), row, column)
    small = NOISE.block("initial", "dem", (4, 40, 3), row + 45, column + 61)
    np.testing.assert_array_equal(small, large[:, 45:85, 61:64])


def test_the_numbers_never_change() -> None:
    """The same seed must give the same picture in every version: these values are the contract."""
    values = AnchoredNoise(0).block("initial", "dem", (2, 1, 2), -1, 5).ravel()
    np.testing.assert_allclose(values, [1.646439, -0.33709341, 0.1709495, -0.46624002], rtol=1e-6)


@pytest.mark.parametrize("shape", [(1, 5, 70), (3, 1, 1), (8, 33, 2)])
def test_any_shape(shape: tuple[int, int, int]) -> None:
    assert NOISE.block("initial", "date", shape, -3, 2).shape == shape
