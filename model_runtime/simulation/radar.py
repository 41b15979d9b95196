"""What Sentinel-1 sees: terrain-flattened gamma nought with speckle."""

from __future__ import annotations

import numpy as np
import scipy.ndimage

from model_runtime.simulation.climate import Climate
from model_runtime.simulation.cover import Cover, LandCover
from model_runtime.simulation.noise import FloatArray, fractal_noise
from model_runtime.simulation.terrain import Terrain

BACKSCATTER: dict[Cover, tuple[float, float, float]] = {
    Cover.WATER: (-21.0, -28.0, 0.4),
    Cover.FOREST: (-9.0, -14.2, 0.7),
    Cover.GRASS: (-12.0, -18.5, 0.8),
    Cover.SHRUB: (-13.0, -19.5, 0.8),
    Cover.CROP: (-11.5, -18.5, 0.6),
    Cover.SOIL: (-15.0, -23.5, 0.9),
    Cover.ROCK: (-10.5, -18.0, 1.2),
    Cover.SNOW: (-14.0, -21.0, 1.0),
    Cover.SETTLEMENT: (-4.5, -11.5, 2.4),
    Cover.ROAD: (-14.0, -21.5, 0.8),
    Cover.BURNT: (-12.0, -20.0, 0.9),
    Cover.SAND: (-17.0, -25.5, 0.9),
}
"""Mean VV and VH in decibels and the standard deviation of their common texture, per class."""


def _local_incidence(climate: Climate, terrain: Terrain) -> FloatArray:
    """Cosine of the angle between the ground's normal and the radar's line of sight."""
    down, right = np.gradient(terrain.elevation, 10.0)
    # Looking right of a near-polar orbit: to 78 degrees on ascending passes, 282 on descending ones.
    look = np.radians(78.0 if climate.ascending else 282.0)
    tilt = np.radians(climate.incidence)
    east, north, up = -np.sin(look) * np.sin(tilt), -np.cos(look) * np.sin(tilt), np.cos(tilt)
    cosine = (-right * east + down * north + up) / np.sqrt(1 + down**2 + right**2)
    return np.asarray(cosine, dtype=np.float32)


def _speckle(rng: np.random.Generator, climate: Climate, size: int) -> FloatArray:
    """Multiplicative speckle (2, size, size) of mean 1, gamma distributed as nearly as the real one.

    The radar resolves about 20 m and is sampled every 10, so neighbouring pixels share half of it. White gamma noise is
    smoothed by the point response, a Gaussian of s pixels, which multiplies its looks by 4 pi s^2.
    """
    gained = 4 * np.pi * climate.resolution**2
    white = rng.standard_gamma(climate.looks / gained, (2, size, size), dtype=np.float32)
    smooth = scipy.ndimage.gaussian_filter(white, (0, climate.resolution, climate.resolution), mode="wrap")
    return np.asarray(smooth * np.float32(gained / climate.looks), dtype=np.float32)


def sentinel1(
    rng: np.random.Generator, climate: Climate, terrain: Terrain, land: LandCover
) -> tuple[FloatArray, FloatArray]:
    """Gamma nought of VV and VH as linear power.

    Class means (dB) shift with canopy and crop state, soil moisture (+4 dB wet to dry) and wind over
    water; flattening leaves a residual that brightens slopes facing the radar, more in VV; steep
    back slopes beyond 80 degrees are in shadow. Speckle has 4 to 5 looks, is shared by neighbouring pixels and
    independent in VV and VH.

    Returns:
        (2, size, size) float32 linear power, VV then VH, as measured and as it would be without speckle.
    """
    size = land.classes.shape[0]
    texture = fractal_noise(rng, size, 3, 40, 1.2)
    wet = fractal_noise(rng, size, 20, 200, 1.8)
    table = np.array([BACKSCATTER[cover] for cover in Cover], dtype=np.float32)
    values = table[land.classes]
    vv, vh = values[..., 0], values[..., 1]
    common = values[..., 2] * texture
    is_water = land.classes == Cover.WATER
    crop = land.classes == Cover.CROP
    open_soil = np.isin(land.classes, (Cover.SOIL, Cover.SHRUB, Cover.GRASS)) | (crop & (land.crop < 0.3))
    common = common + open_soil * np.float32(4.0) * (climate.soil_moisture - 0.5 + 0.15 * wet)
    common = common + is_water * np.float32(climate.wind - 5.0) * 0.6
    standing = np.interp(land.crop, [0, 0.25, 0.5, 0.75, 1], [-2.5, -1.0, 1.5, 1.0, -1.5]).astype(np.float32)
    vv = vv + common + crop * (0.6 * standing + 1.5 * (land.ripeness - 0.5))
    vh = vh + common + crop * 1.2 * standing + (land.classes == Cover.GRASS) * 2.0 * (land.greenness - 0.5)
    cosine = _local_incidence(climate, terrain)
    level = np.float32(np.cos(np.radians(climate.incidence)))
    facing = np.clip(cosine - level, -0.6, 0.35)
    vv, vh = vv + 9.0 * facing, vh + 7.0 * facing
    power = 10 ** (np.stack([vv, vh]) / 10)
    power = np.where(cosine < 0.17, np.float32(3e-3), power)
    power = scipy.ndimage.gaussian_filter(power, (0, 0.6, 0.6))
    measured = np.asarray(np.maximum(power * _speckle(rng, climate, size), 1e-4), dtype=np.float32)
    return measured, np.asarray(np.maximum(power, 1e-4), dtype=np.float32)
