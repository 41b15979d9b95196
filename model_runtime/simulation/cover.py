"""Land cover that follows relief, water, climate and people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import scipy.ndimage
from numpy.typing import NDArray

from model_runtime.simulation.climate import Climate
from model_runtime.simulation.noise import FloatArray, fractal_noise, smoothstep
from model_runtime.simulation.terrain import Terrain


class Cover(IntEnum):
    """Classes of land cover."""

    WATER = 0
    FOREST = 1
    GRASS = 2
    SHRUB = 3
    CROP = 4
    SOIL = 5
    ROCK = 6
    SNOW = 7
    SETTLEMENT = 8
    ROAD = 9
    BURNT = 10
    SAND = 11


@dataclass(frozen=True)
class LandCover:
    """Land cover on the terrain's pixels.

    Attributes:
        classes: values of Cover, uint8.
        greenness: 0 dry or bare, 1 lush, for the vegetated classes.
        crop: 0..1, the state of each parcel of farmland (the same within a parcel).
        ripeness: 0..1, a second property of each parcel (colour of its soil or straw).
        canopy: height of trees and buildings above the ground in metres.
    """

    classes: NDArray[np.uint8]
    greenness: FloatArray
    crop: FloatArray
    ripeness: FloatArray
    canopy: FloatArray


def _parcels(rng: np.random.Generator, size: int) -> NDArray[np.int64]:
    """Number of the field each pixel lies in: strips of fields in blocks of one orientation."""
    rows, columns = np.mgrid[0:size, 0:size].astype(np.float32)
    sway = fractal_noise(rng, size, 60, 300) * np.float32(rng.uniform(0, 12))
    rows, columns = rows + sway, columns + sway.T
    count = max(4, size * size // 70_000)
    centres = rng.uniform(0, size, (count, 2)).astype(np.float32)
    nearest = np.full((size, size), np.inf, dtype=np.float32)
    block = np.zeros((size, size), dtype=np.int64)
    for number, (row, column) in enumerate(centres):
        distance = (rows - row) ** 2 + (columns - column) ** 2
        closer = distance < nearest
        nearest[closer] = distance[closer]
        block[closer] = number
    length, width = rng.uniform(18, 60), rng.uniform(8, 30)
    main_angle = rng.uniform(0, np.pi)
    angles = (main_angle + rng.normal(0, rng.uniform(0.02, 0.7), count)).astype(np.float32)
    cosine, sine = np.cos(angles)[block], np.sin(angles)[block]
    along, across = rows * cosine + columns * sine, columns * cosine - rows * sine
    strip = np.floor(across / np.float32(width)).astype(np.int64)
    # Fields of neighbouring strips begin at different places and have different lengths.
    stretch = (0.6 + 0.8 * rng.random(1024, dtype=np.float32))[(strip * 7 + block * 131) % 1024]
    start = (200 * rng.random(1024, dtype=np.float32))[(strip * 13 + block * 17) % 1024]
    field = np.floor((along + start) / (np.float32(length) * stretch)).astype(np.int64)
    return np.asarray(block * 7919 + strip * 613 + field * 101, dtype=np.int64)


def _shore(rng: np.random.Generator, climate: Climate, terrain: Terrain, ragged: FloatArray) -> NDArray[np.bool_]:
    """Beaches and gravel banks: a strip of changing width beside water, wider where the air is dry."""
    size = terrain.water.shape[0]
    distance = scipy.ndimage.distance_transform_edt(~terrain.water).astype(np.float32)
    # Narrow streams have none.
    distance += 4 * (scipy.ndimage.maximum_filter(scipy.ndimage.distance_transform_edt(terrain.water), 25) < 4)
    width = rng.uniform() ** 2 * (3 + 6 * climate.aridity) * (1 + 1.2 * fractal_noise(rng, size, 20, 160, 2.0)) + ragged
    return np.asarray((distance < width) & (terrain.slope < 0.3), dtype=bool)


def simulate_cover(rng: np.random.Generator, climate: Climate, terrain: Terrain) -> LandCover:
    """Cover classes and their state.

    Forest follows moisture, slope and the tree line; farmland gentle, moist, low ground; rock
    steep ground; snow cold ground, lower on slopes facing away from the sun; towns the farmed valleys.
    """
    size = terrain.elevation.shape[0]
    down, right = np.gradient(terrain.elevation, 10.0)
    north = np.asarray(down / np.sqrt(1 + terrain.slope**2), dtype=np.float32)
    patches = fractal_noise(rng, size, 6, 180, 1.6)
    ragged = fractal_noise(rng, size, 3, 40, 1.3)
    region = fractal_noise(rng, size, 60, 500, 2.0)
    temperature = climate.temperature - 6.5e-3 * terrain.elevation
    near_water = np.exp(-terrain.river_distance / 350.0)
    moisture = 0.9 - 1.5 * climate.aridity + 0.35 * region + 0.6 * near_water + 0.9 * north + 0.12 * ragged
    moisture = np.asarray(moisture, dtype=np.float32)
    classes = np.where(moisture > 0.05, Cover.GRASS, Cover.SHRUB).astype(np.uint8)
    classes[moisture + 0.35 * patches < -0.35] = Cover.SOIL
    farmable = terrain.slope + 0.05 * ragged < 0.16 + 0.1 * climate.cultivation
    farmed = farmable & (region + 0.25 * patches < 3.4 * climate.cultivation - 1.5)
    farmed &= (temperature > 3) & (moisture > -0.8)
    classes[farmed] = Cover.CROP
    wooded = 0.7 * moisture + 0.8 * patches + 2.2 * np.minimum(terrain.slope, 0.5) + 0.1 * ragged
    threshold = 0.75 + 0.5 * climate.cultivation
    forest = wooded > np.where(farmed, threshold + 0.75, threshold)
    forest &= (temperature + 0.8 * ragged > 2.5) & (moisture > -0.35)
    classes[forest] = Cover.FOREST
    rock = terrain.slope + 0.12 * ragged + 0.25 * (temperature < 4) > 0.95 - 0.25 * climate.aridity
    classes[rock] = Cover.ROCK
    snow = temperature + 5.0 * (-north) * (1 - 0.4 * climate.sun_elevation / 66) + 0.9 * ragged + 0.6 * region < -3.0
    classes[snow & (terrain.slope < 1.1 + 0.2 * ragged)] = Cover.SNOW
    if climate.burnt:
        scar = fractal_noise(rng, size, 12, 260, 2.2) + 0.12 * ragged
        burnt = scar > np.quantile(scar, 1 - climate.burnt)
        classes[burnt & np.isin(classes, (Cover.FOREST, Cover.SHRUB, Cover.GRASS))] = Cover.BURNT
    parcel = _parcels(rng, size)
    town = fractal_noise(rng, size, 14, 90, 1.7) + 0.9 * near_water + 0.8 * (farmed - 0.6)
    settled = (town > 3.1 - 1.3 * climate.settlement) & farmable & (temperature > 3)
    classes[settled] = Cover.SETTLEMENT
    course = fractal_noise(rng, size, 50, 280, 2.2)
    gradient = np.hypot(*np.gradient(course))
    road = (np.abs(course) / (gradient + 1e-4) < 0.8) & (terrain.slope < 0.4) & (climate.settlement > 0.15)
    classes[road] = Cover.ROAD
    classes[_shore(rng, climate, terrain, ragged)] = Cover.SAND
    classes[terrain.water] = Cover.WATER
    table, table2 = (rng.random(4096, dtype=np.float32) for _ in range(2))
    stand = scipy.ndimage.gaussian_filter((classes == Cover.FOREST).astype(np.float32), 1.0)
    height = np.float32(rng.uniform(9, 24)) * (1 + 0.07 * fractal_noise(rng, size, 9, 60, 1.6))
    houses = np.float32(5.0) * (classes == Cover.SETTLEMENT) * (1 + 0.5 * fractal_noise(rng, size, 2.5, 8, 1.0))
    return LandCover(
        classes=classes,
        greenness=smoothstep(moisture + 0.15 * patches, -0.5, 1.3),
        crop=table[parcel % 4096],
        ripeness=table2[parcel % 4096],
        canopy=np.asarray(np.maximum(stand * height + houses, 0), dtype=np.float32),
    )
