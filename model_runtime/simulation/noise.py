"""Random fields by filtering white noise in the Fourier domain."""

from __future__ import annotations

import numpy as np
import scipy.fft
import scipy.ndimage
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]


def fractal_noise(
    rng: np.random.Generator,
    size: int,
    shortest: float,
    longest: float,
    slope: float = 2.0,
) -> FloatArray:
    """Gaussian field with a power-law spectrum between two wavelengths.

    Args:
        rng: source of the white noise.
        size: rows and columns of the result.
        shortest: wavelength in pixels below which the power falls off.
        longest: wavelength in pixels above which the power is constant.
        slope: exponent of the amplitude's fall with frequency (2 looks like relief, 0 is white).

    Returns:
        (size, size) float32 of mean about 0 and variance 1 over the generated period.
    """
    # The Fourier period is longer than the picture, or opposite borders would look alike.
    period = scipy.fft.next_fast_len(int(size + min(longest, size)), real=True)
    spectrum = scipy.fft.rfft2(rng.standard_normal((period, period), dtype=np.float32))
    rows = scipy.fft.fftfreq(period).astype(np.float32)
    columns = scipy.fft.rfftfreq(period).astype(np.float32)
    squared = rows[:, None] ** 2 + columns[None, :] ** 2
    gain = (squared + np.float32(longest) ** -2) ** np.float32(-slope / 2)
    gain *= np.exp(-squared * np.float32(shortest / 2) ** 2)
    gain[0, 0] = 0.0
    field = scipy.fft.irfft2(spectrum * gain, s=(period, period))
    field = field / np.float32(field.std() + 1e-12)
    return np.ascontiguousarray(field[:size, :size], dtype=np.float32)


def enlarge(field: FloatArray, factor: int, order: int = 1) -> FloatArray:
    """Interpolate a field onto pixels ``factor`` times smaller, pixel edges kept in place.

    Args:
        field: (rows, columns).
        factor: how many small pixels fit along a large one.
        order: 1 bilinear, 3 cubic spline (where slopes are taken afterwards).
    """
    large = scipy.ndimage.zoom(field, factor, order=order, mode="nearest", grid_mode=True)
    return np.asarray(large, dtype=np.float32)


def block_mean(field: FloatArray, factor: int) -> FloatArray:
    """Mean over blocks of ``factor`` x ``factor`` pixels."""
    rows, columns = field.shape[0] // factor, field.shape[1] // factor
    blocks = field[: rows * factor, : columns * factor].reshape(rows, factor, columns, factor)
    return np.asarray(blocks.mean(axis=(1, 3)), dtype=np.float32)


def smoothstep(values: FloatArray, low: float, high: float) -> FloatArray:
    """0 below ``low``, 1 above ``high``, a smooth cubic between."""
    x = np.clip((values - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(x * x * (3 - 2 * x), dtype=np.float32)
