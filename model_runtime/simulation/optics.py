"""What Sentinel-2 sees: surface reflectance, sun and shade, and the air above."""

from __future__ import annotations

import numpy as np
import scipy.ndimage

from model_runtime.simulation.climate import Climate
from model_runtime.simulation.cover import Cover, LandCover
from model_runtime.simulation.noise import FloatArray, fractal_noise
from model_runtime.simulation.terrain import Terrain

BANDS = ("B04", "B03", "B02")
"""Red, green, blue: the order of every optical array here."""
WAVELENGTHS = np.array([0.665, 0.560, 0.492], dtype=np.float32)
"""Centres of the bands in micrometres."""
RAYLEIGH = np.array([0.0447, 0.0905, 0.1555], dtype=np.float32)
"""Optical depth of the clear air at sea level in each band."""
GASES = np.array([0.965, 0.925, 0.985], dtype=np.float32)
"""Two-way transmittance of ozone and water vapour in each band."""


def _colour(red: float, green: float, blue: float) -> FloatArray:
    return np.array([red, green, blue], dtype=np.float32)[:, None, None]


def _mix(first: FloatArray, second: FloatArray, share: FloatArray) -> FloatArray:
    return np.asarray(first + (second - first) * share, dtype=np.float32)


def _crop_colour(land: LandCover, soil: FloatArray, autumn: float) -> FloatArray:
    """Ploughed, sprouting, green, flowering, ripe or harvested, by the state of each parcel."""
    states = np.linspace(0, 1, 7, dtype=np.float32)
    bare = soil[:, 0, 0]
    palette = np.stack(
        [
            bare * 0.6,
            bare * 0.85,
            (0.075, 0.09, 0.055),
            (0.03, 0.062, 0.028),
            (0.045, 0.085, 0.035),
            (0.14, 0.13, 0.07),
            (0.21, 0.17, 0.11),
        ]
    ).astype(np.float32)
    # Late in the year most parcels are ripe, harvested or ploughed.
    state = (land.crop * (1 - 0.3 * autumn) + 0.72 * autumn) % 1.0
    colour = np.stack([np.interp(state, states, palette[:, band]) for band in range(3)])
    return np.asarray(colour * (0.82 + 0.36 * land.ripeness), dtype=np.float32)


def surface_reflectance(rng: np.random.Generator, climate: Climate, land: LandCover) -> FloatArray:
    """Reflectance of the ground as if level and evenly lit.

    Each class has a colour that depends on its state (greenness, crop calendar, sediment, soil)
    and a texture of its own strength, multiplicative and about lognormal.

    Returns:
        (3, size, size) float32, red green blue.
    """
    size = land.classes.shape[0]
    smooth = fractal_noise(rng, size, 8, 120, 1.6)
    grain = fractal_noise(rng, size, 2.2, 12, 0.9)
    grey, red = _colour(0.22, 0.19, 0.155), _colour(0.27, 0.165, 0.10)
    soil = (grey + (red - grey) * np.float32(climate.redness)) * np.float32(climate.soil_brightness)
    green = land.greenness[None]
    autumn = np.float32(climate.autumn)
    dry = _colour(0.17, 0.14, 0.09) * (1 - 0.3 * autumn) + soil * 0.3 * autumn
    leaves = _mix(_colour(0.035, 0.05, 0.028), _colour(0.018, 0.034, 0.02), green)
    turned = _colour(0.075, 0.058, 0.03)
    deciduous = (smooth[None] > 0.1) * autumn * 0.8
    clear, turbid = _colour(0.012, 0.026, 0.036), _colour(0.085, 0.092, 0.06)
    sediment = np.clip(climate.turbidity * (0.75 + 0.25 * smooth), 0, 1)[None]
    roofs = _mix(
        _colour(0.10, 0.10, 0.095), _colour(0.24, 0.19, 0.165), np.clip(land.ripeness + 0.3 * grain, 0, 1)[None]
    )
    colours: dict[Cover, tuple[FloatArray, float, float]] = {
        Cover.WATER: (_mix(clear, turbid, sediment), 0.02, 0.04),
        Cover.FOREST: (_mix(leaves, turned, deciduous), 0.11, 0.12),
        Cover.GRASS: (_mix(dry, _colour(0.045, 0.08, 0.036), np.clip(green * 1.25 - 0.2 * autumn, 0, 1)), 0.08, 0.10),
        Cover.SHRUB: (_mix(0.5 * dry + 0.5 * soil, _colour(0.06, 0.07, 0.04), 0.8 * green), 0.09, 0.12),
        Cover.CROP: (_crop_colour(land, soil, climate.autumn), 0.05, 0.06),
        Cover.SOIL: (soil * 1.05, 0.07, 0.12),
        Cover.ROCK: (0.5 * soil + 0.5 * _colour(0.19, 0.18, 0.165), 0.11, 0.12),
        Cover.SNOW: (_colour(0.82, 0.85, 0.88), 0.03, 0.05),
        Cover.SETTLEMENT: (roofs, 0.25, 0.10),
        Cover.ROAD: (_colour(0.15, 0.14, 0.13), 0.06, 0.05),
        Cover.BURNT: (np.asarray(0.8 * _colour(0.045, 0.04, 0.036) + 0.2 * dry, dtype=np.float32), 0.16, 0.30),
        Cover.SAND: (np.float32(0.6) * _colour(0.33, 0.29, 0.23) + np.float32(0.4) * soil, 0.05, 0.10),
    }
    result = np.empty((3, size, size), dtype=np.float32)
    for cover, (colour, fine, coarse) in colours.items():
        where = land.classes == cover
        if where.any():
            texture = np.exp(fine * grain[where] + coarse * smooth[where])
            result[:, where] = np.broadcast_to(colour, result.shape)[:, where] * texture
    return np.clip(result, 0.003, 0.98)


def illumination(climate: Climate, terrain: Terrain, land: LandCover) -> FloatArray:
    """Light on the tilted ground divided by the light on level ground.

    Direct light goes with the cosine of the incidence angle on the slope, diffuse light (a quarter
    of the total, more under a low sun) with the share of the sky that the slope sees.
    """
    # Crowns and roofs cast their own shade, softened because a pixel holds many of them.
    surface = terrain.elevation + 0.35 * land.canopy
    down, right = np.gradient(surface, 10.0)
    azimuth, height = np.radians(climate.sun_azimuth), np.radians(climate.sun_elevation)
    east, north, up = np.sin(azimuth) * np.cos(height), np.cos(azimuth) * np.cos(height), np.sin(height)
    length = np.sqrt(1 + down**2 + right**2)
    # The row axis points south: the surface normal is (-dz/dx, +dz/drow, 1) in east, north, up.
    cosine = np.maximum((-right * east + down * north + up) / length, 0)
    diffuse = 0.14 + 0.12 * (1 - up)
    sky = 0.5 * (1 + 1 / length)
    return np.asarray((1 - diffuse) * cosine / up + diffuse * sky, dtype=np.float32)


def _air(climate: Climate, depth: FloatArray, pressure: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Path reflectance, two-way transmittance and spherical albedo, each (3, ...).

    Single scattering: path = tau P / (4 mu_sun mu_view) with the Rayleigh phase function and the
    scene's value for aerosols; transmittance keeps half of the Rayleigh and five
    sixths of the aerosol scattering, which goes forward.
    """
    mu = np.float32(np.sin(np.radians(climate.sun_elevation)))
    wave = (WAVELENGTHS / 0.55) ** np.float32(-climate.angstrom)
    rayleigh = RAYLEIGH[:, None, None] * pressure[None]
    aerosol = wave[:, None, None] * depth[None]
    phase = np.float32(0.75) * (1 + mu**2)
    path = (rayleigh * phase + aerosol * np.float32(climate.backscatter)) / (4 * mu)
    transmittance = GASES[:, None, None] * np.exp(-(0.5 * rayleigh + 0.17 * aerosol) * (1 / mu + 1))
    albedo = 0.46 * rayleigh + 0.12 * aerosol
    return path.astype(np.float32), transmittance.astype(np.float32), albedo.astype(np.float32)


def _clouds(rng: np.random.Generator, climate: Climate, size: int) -> tuple[FloatArray, FloatArray]:
    """How much of the ground each pixel's cloud hides, and how much of the sun its shadow takes, 0 to 1."""
    nothing = np.zeros((size, size), dtype=np.float32)
    if climate.cloud == 0:
        return nothing, nothing
    billow = fractal_noise(rng, size, 4, float(rng.uniform(60, 400)), 1.7)
    edge = np.float32(np.quantile(billow, 1 - climate.cloud))
    depth = climate.cloud_depth * np.clip((billow - edge) / np.float32(billow.std()), 0, None) ** np.float32(0.8)
    hidden = 1 - np.exp(-1.2 * depth)
    # The shadow falls away from the sun; pixels are 10 m, rows run south.
    azimuth, height = np.radians(climate.sun_azimuth), np.radians(climate.sun_elevation)
    reach = climate.cloud_height / np.tan(height) / 10
    shift = (np.cos(azimuth) * reach, -np.sin(azimuth) * reach)
    shaded = scipy.ndimage.shift(hidden, shift, order=1, mode="mirror")
    shaded = scipy.ndimage.gaussian_filter(shaded, 1.0)
    return np.asarray(hidden, dtype=np.float32), np.asarray(shaded, dtype=np.float32)


def sentinel2(
    rng: np.random.Generator, climate: Climate, terrain: Terrain, land: LandCover
) -> tuple[FloatArray, FloatArray]:
    """Top-of-atmosphere and bottom-of-atmosphere reflectance.

    The ground radiates rho x illumination; the air adds path radiance and trapped light:
    rho_toa = path + T rho / (1 - S rho). Aerosol thins out with elevation (scale height 2 km) and
    drifts in plumes over kilometres. Level 2A inverts the same equation with ONE aerosol optical
    depth for the scene, estimated a quarter too low (no processor sees it exactly), and with part of the terrain's
    shade taken out, so it keeps a trace of haze and of relief. Clouds, their veils and their shadows stay in both.

    Returns:
        (level 1C, level 2A), each (3, size, size) float32, red green blue.
    """
    size = land.classes.shape[0]
    ground = surface_reflectance(rng, climate, land)
    light = illumination(climate, terrain, land)
    unclouded = light
    hidden, shaded = _clouds(rng, climate, size)
    light = light * (1 - np.float32(0.72) * shaded)
    radiance = scipy.ndimage.gaussian_filter(ground * light, (0, 0.6, 0.6))
    pressure = np.exp(-terrain.elevation / 8400)
    plume = np.exp(climate.patchiness * fractal_noise(rng, size, 250, 800, 2.2) - climate.patchiness**2 / 2)
    depth = np.asarray(climate.aerosol * np.exp(-terrain.elevation / 2000) * plume, dtype=np.float32)
    path, through, albedo = _air(climate, depth, pressure)
    top = path + through * radiance / (1 - albedo * radiance)
    # Cloud is white and bright, and lies above most of the haze.
    top = top + hidden * (np.float32(0.78) - top)
    noise = rng.standard_normal((3, size, size), dtype=np.float32)
    top = top + np.float32(0.0007) * noise
    assumed = np.float32(np.clip(0.75 * depth.mean() + rng.normal(0, 0.01), 0.02, 1.2))
    path, through, albedo = _air(climate, np.full_like(depth, assumed), pressure)
    freed = (top - path) / through
    bottom = freed / (1 + albedo * freed)
    relit = 1 / np.clip(unclouded, 0.35, 3.0) ** np.float32(rng.uniform(0.0, 0.35))
    return np.clip(top, 0.0001, 1.5), np.clip(bottom * relit, 0.0001, 1.5)
