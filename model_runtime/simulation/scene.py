"""A simulated scene: one ground, seen by all four products."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model_runtime.contract import UsageError
from model_runtime.simulation.climate import Climate, draw_climate
from model_runtime.simulation.cover import LandCover, simulate_cover
from model_runtime.simulation.noise import FloatArray, block_mean, fractal_noise
from model_runtime.simulation.optics import sentinel2
from model_runtime.simulation.radar import sentinel1
from model_runtime.simulation.terrain import MARGIN, Terrain, simulate_terrain

CELL_PIXELS = 1068
"""Pixels of 10 m along the side of one cell of the lattice (10,680 m)."""


@dataclass(frozen=True)
class Scene:
    """Four products of one place, in the units of the real ones, north up.

    Attributes:
        seed: what it was drawn from.
        s2_l1c: (3, size, size) uint16, top-of-atmosphere reflectance x 10000, B04 B03 B02, no offset.
        s2_l2a: likewise at the bottom of the atmosphere.
        s1_rtc: (2, size, size) float32, gamma nought, linear power, VV VH.
        s1_clean: likewise without speckle, which no radar measures: what evaluations compare with.
        dem: (size / 3, size / 3) float32, metres on 30 m cells, a surface model (with tree tops).
        cover: (size, size) uint8, values of ``cover.Cover``.
        climate: what is the same over the scene.
    """

    seed: int
    s2_l1c: NDArray[np.uint16]
    s2_l2a: NDArray[np.uint16]
    s1_rtc: FloatArray
    s1_clean: FloatArray
    dem: FloatArray
    cover: NDArray[np.uint8]
    climate: Climate


def _surface_model(rng: np.random.Generator, terrain: Terrain, land: LandCover) -> FloatArray:
    """Elevation as Copernicus GLO-30 has it: tree tops partly included, water flattened, little noise."""
    surface = block_mean(terrain.elevation + np.float32(0.7) * land.canopy, 3)
    noise = np.float32(0.25) * fractal_noise(rng, surface.shape[0], 3, 12, 1.0)
    wet = block_mean(terrain.water.astype(np.float32), 3) > 0.5
    level = block_mean(terrain.elevation, 3)
    return np.where(wet, level, surface + noise)


def simulate_scene(seed: int, size: int = CELL_PIXELS) -> Scene:
    """Simulate one scene.

    Args:
        seed: the same seed and size give the same scene.
        size: pixels of 10 m along the side, a multiple of 3 and at least 48; stretches are right
            for whole cells of 1068.

    Raises:
        UsageError: the size cannot hold whole 30 m cells.
    """
    if size % 3 or size < 48:
        raise UsageError(f"A scene of {size} px: give a multiple of 3, at least 48 (one cell is {CELL_PIXELS}).")
    rng = np.random.default_rng([seed, 20_301])
    climate = draw_climate(rng)
    terrain = simulate_terrain(rng, climate, size)
    land = simulate_cover(rng, climate, terrain)
    top, bottom = sentinel2(rng, climate, terrain, land)
    power, clean = sentinel1(rng, climate, terrain, land)
    surface = _surface_model(rng, terrain, land)
    inner = slice(3 * MARGIN, 3 * MARGIN + size)
    return Scene(
        seed=seed,
        s2_l1c=np.rint(top[:, inner, inner] * 10_000).astype(np.uint16),
        s2_l2a=np.rint(bottom[:, inner, inner] * 10_000).astype(np.uint16),
        s1_rtc=np.ascontiguousarray(power[:, inner, inner]),
        s1_clean=np.ascontiguousarray(clean[:, inner, inner]),
        dem=np.ascontiguousarray(surface[MARGIN : MARGIN + size // 3, MARGIN : MARGIN + size // 3], dtype=np.float32),
        cover=np.ascontiguousarray(land.classes[inner, inner]),
        climate=climate,
    )
