"""Relief, rivers, lakes and coast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.ndimage
from numpy.typing import NDArray

from model_runtime.simulation.climate import Climate
from model_runtime.simulation.noise import FloatArray, enlarge, fractal_noise, smoothstep

MARGIN = 8
"""Cells of 30 m simulated around the scene, so that no slope is taken across its border."""


@dataclass(frozen=True)
class Terrain:
    """Ground on 10 m pixels, MARGIN x 3 pixels wider than the scene on each side.

    Attributes:
        elevation: metres, water surfaces flat.
        water: True where a river, lake or the sea stands.
        river_distance: metres to the nearest river or stream course.
        slope: rise over run.
    """

    elevation: FloatArray
    water: NDArray[np.bool_]
    river_distance: FloatArray
    slope: FloatArray


def _warped(field: FloatArray, shift: FloatArray, other: FloatArray) -> FloatArray:
    """Field read at displaced positions: straight noise contours become meanders."""
    rows, columns = np.indices(field.shape, dtype=np.float32)
    moved = scipy.ndimage.map_coordinates(field, [rows + shift, columns + other], order=1, mode="reflect")
    return np.asarray(moved, dtype=np.float32)


def _course_distance(field: FloatArray) -> FloatArray:
    """Distance in cells to the zero line of a smooth field, to first order."""
    rows, columns = np.gradient(field)
    return np.asarray(np.abs(field) / np.sqrt(rows**2 + columns**2 + 1e-9), dtype=np.float32)


def _shape(rng: np.random.Generator, climate: Climate, size: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Elevation above the valley floors in units of the relief, and two course fields."""
    # Valleys are the zero lines of smooth noise, so rivers laid there run along valley floors.
    sway, sway2 = (fractal_noise(rng, size, 12, 60, 2.0) * np.float32(rng.uniform(2, 7)) for _ in range(2))
    main = _warped(fractal_noise(rng, size, 40, rng.uniform(150, 420), 2.2), sway, sway2)
    side = _warped(fractal_noise(rng, size, 16, rng.uniform(50, 110), 2.2), sway2, sway)
    small = fractal_noise(rng, size, 8, 34, 2.4)
    rough = fractal_noise(rng, size, 3, 40, 2.1)
    worn = _eroded(rng, size, climate.erosion)
    hill = np.abs(main) ** np.float32(rng.uniform(0.9, 1.6))
    rise = smoothstep(np.abs(main), 0.02, 0.6)
    sharp = np.float32(climate.ridged)
    spur = np.float32(0.5) * ((1 - sharp) * np.abs(side) + (1 + sharp) * (1.2 - np.abs(side)))
    rill = np.float32(0.5) * ((1 - sharp) * np.abs(small) + (1 + sharp) * (1.2 - np.abs(small)))
    shape = 0.7 * hill + rise * (0.45 * spur + 0.10 * rill) + (0.08 + 0.92 * rise) * 0.028 * rough
    mixed = shape * (1 - 0.6 * climate.erosion) + 0.6 * climate.erosion * (0.08 + 0.92 * rise) * worn
    # Worn relief has other slopes, not gentler ones.
    mixed *= _steepness(shape) / _steepness(mixed)
    return np.asarray(mixed, dtype=np.float32), main, side


def _steepness(shape: FloatArray) -> np.float32:
    """Root mean square of the slopes."""
    down, right = np.gradient(shape)
    return np.float32(np.sqrt(np.mean(down**2 + right**2)))


def _eroded(rng: np.random.Generator, size: int, strength: float) -> FloatArray:
    """Relief whose slopes lost their detail: each octave is damped where the coarser ones are steep.

    Debris smooths slopes and fills valleys while crests and flats keep their roughness, which filtered noise, alike
    everywhere, does not show (the damping by accumulated slope is Inigo Quilez's, https://iquilezles.org/articles/morenoise).
    """
    total = np.zeros((size, size), dtype=np.float32)
    steepness = np.zeros((size, size), dtype=np.float32)
    longest, share = 220.0, 1.0
    while longest > 6:
        octave = fractal_noise(rng, size, longest / 2.5, longest, 2.0) * np.float32(share)
        total += octave / (1 + np.float32(6 * strength) * steepness)
        down, right = np.gradient(octave * np.float32(longest / 6))
        steepness += down**2 + right**2
        longest, share = longest / 2, share * 0.48
    return np.asarray(0.35 * (total - total.min()) / (total.std() + np.float32(1e-6)), dtype=np.float32)


def _standing_water(
    rng: np.random.Generator, climate: Climate, elevation: FloatArray
) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Fill lakes: each connected patch of chosen low ground gets one level surface."""
    if climate.lakes < 0.05:
        return elevation, np.zeros(elevation.shape, dtype=bool)
    where = fractal_noise(rng, elevation.shape[0], 10, 130, 2.0)
    low = (elevation - np.float32(np.median(elevation))) / np.float32(elevation.std() + 1e-3)
    lakes = where - 0.8 * low > 2.6 - 1.5 * climate.lakes
    lakes = scipy.ndimage.binary_opening(lakes, iterations=1)
    labels, count = scipy.ndimage.label(lakes)
    if count == 0:
        return elevation, np.zeros(elevation.shape, dtype=bool)
    levels = np.concatenate([[0.0], scipy.ndimage.minimum(elevation, labels, np.arange(1, count + 1))])
    level = levels[labels].astype(np.float32)
    # Banks sink towards the lake instead of standing as a wall around it.
    outside = scipy.ndimage.distance_transform_edt(~lakes, return_indices=True)
    distance, (row, column) = outside
    shore = level[row, column]
    blend = np.exp(-np.asarray(distance, dtype=np.float32) / 8)
    lowered = np.where(lakes, level, elevation + (np.minimum(shore, elevation) - elevation) * blend)
    return np.asarray(lowered, dtype=np.float32), np.asarray(lakes, dtype=bool)


def _flooded(climate: Climate, elevation: FloatArray, river: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Ground that a river out of its banks covers: near it and not much higher than it."""
    if climate.flood == 0 or not river.any():
        return np.zeros(river.shape, dtype=bool)
    distance, (row, column) = scipy.ndimage.distance_transform_edt(~river, return_indices=True)
    above = elevation - elevation[row, column]
    return np.asarray((above < climate.flood - 0.01 * distance) & (distance < 120), dtype=bool)


def simulate_terrain(rng: np.random.Generator, climate: Climate, size: int) -> Terrain:
    """Relief with valleys, rivers, lakes and coast.

    Args:
        rng: source of chance.
        climate: the scene's properties.
        size: pixels of 10 m along the scene's side, a multiple of 3.
    """
    cells = size // 3 + 2 * MARGIN
    shape, main, side = _shape(rng, climate, cells)
    rows, columns = np.mgrid[-0.5 : 0.5 : cells * 1j, -0.5 : 0.5 : cells * 1j].astype(np.float32)
    tilt = rows * np.float32(rng.normal()) + columns * np.float32(rng.normal())
    elevation = np.float32(climate.relief) * (shape + 0.12 * tilt * (2.5 if climate.coast else 1.0))
    elevation = elevation - np.float32(elevation.min() - climate.base)
    sea = np.zeros(elevation.shape, dtype=bool)
    if climate.coast:
        elevation = elevation - np.float32(np.quantile(elevation, climate.coast))
        sea = elevation < 0
        elevation = np.maximum(elevation, 0)
    elevation, lakes = _standing_water(rng, climate, elevation)
    # The spline overshoots at a steep shore: no ground lies under the water it surrounds.
    fine = np.maximum(enlarge(elevation, 3, order=3), elevation.min())
    main_distance = 30 * _course_distance(enlarge(main, 3, order=3)) / 3
    side_distance = 30 * _course_distance(enlarge(side, 3, order=3)) / 3
    width = (
        rng.uniform(4, 45) * (1 - 0.6 * climate.aridity) * (1 + 0.3 * fractal_noise(rng, size + 6 * MARGIN, 20, 200))
    )
    river = (main_distance < width) & (rng.uniform() < 0.85)
    stream = (side_distance < 0.3 * width) & (np.abs(enlarge(main, 3)) < 0.8)
    still = enlarge((sea | lakes).astype(np.float32), 3) > 0.5
    still |= _flooded(climate, fine, river)
    course = np.minimum(main_distance, 1.5 * side_distance)
    down, right = np.gradient(fine, 10.0)
    return Terrain(
        elevation=fine,
        water=still | river | stream,
        river_distance=np.asarray(course, dtype=np.float32),
        slope=np.asarray(np.sqrt(down**2 + right**2), dtype=np.float32),
    )
