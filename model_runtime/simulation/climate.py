"""What is the same over an entire scene: relief, climate, season, sun, air, sensor geometry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Climate:
    """Properties of one scene.

    Attributes:
        relief: standard range of elevation in metres over some kilometres.
        base: elevation of the valley floors in metres.
        ridged: 1 sharp ridges over round valleys, -1 sharp valleys between round hills.
        coast: share of the scene under the sea (0: inland).
        lakes: 0..1, how much of the low ground is lakes.
        aridity: 0 humid, 1 desert.
        temperature: mean of the season at sea level in degrees Celsius.
        cultivation: 0 wild, 1 farmed wherever the ground allows.
        settlement: 0 empty, 1 densely settled.
        autumn: 0 green, 1 leaves turned and crops harvested.
        turbidity: 0 clear water, 1 laden with sediment.
        redness: 0 grey soil, 1 red soil.
        soil_brightness: factor on the reflectance of soil and rock.
        sun_azimuth: degrees clockwise from north.
        sun_elevation: degrees above the horizon.
        aerosol: aerosol optical depth at 550 nm at sea level.
        angstrom: exponent of the aerosol's dependence on wavelength (0.2 dust, 1.6 smoke).
        patchiness: relative standard deviation of the aerosol within the scene.
        wind: metres per second over water (roughens it for the radar).
        soil_moisture: 0 dry, 1 wet.
        ascending: True where the radar looks east, False where it looks west.
        incidence: incidence angle of the radar on flat ground in degrees.
        looks: equivalent number of looks of the speckle.
        resolution: of the radar, as the standard deviation of its point response in pixels.
        backscatter: aerosol single scattering albedo x phase function towards the satellite.
        cloud: share of the sky under cloud when Sentinel-2 passed.
        cloud_depth: optical depth of thick cloud; below 1 it is veil through which the ground is seen.
        cloud_height: of the clouds above the ground in metres, which moves their shadows.
        burnt: share of the vegetation that burned lately.
        flood: height in metres to which rivers stand above their usual level.
        erosion: 0 raw fractal relief, 1 smooth valleys under rough crests.
    """

    relief: float
    base: float
    ridged: float
    coast: float
    lakes: float
    aridity: float
    temperature: float
    cultivation: float
    settlement: float
    autumn: float
    turbidity: float
    redness: float
    soil_brightness: float
    sun_azimuth: float
    sun_elevation: float
    aerosol: float
    angstrom: float
    patchiness: float
    wind: float
    soil_moisture: float
    ascending: bool
    incidence: float
    looks: float
    resolution: float
    backscatter: float
    cloud: float
    cloud_depth: float
    cloud_height: float
    burnt: float
    flood: float
    erosion: float


def draw_climate(rng: np.random.Generator) -> Climate:
    """Draw a scene's properties, with the dependences that make scenes plausible.

    Dust comes with drought, farms and towns with gentle relief, high ground with strong relief.
    """
    roughness = rng.uniform()
    relief = float(np.exp(np.log(25.0) + roughness * np.log(1000.0 / 25.0)))
    coastal = rng.uniform() < 0.22
    aridity = float(rng.beta(0.9, 1.3))
    base = 0.0 if coastal else float(rng.uniform(0.0, 150.0) + roughness**2 * rng.uniform(0.0, 2200.0))
    gentle = 1.0 - roughness
    dust = aridity > 0.6 and rng.uniform() < 0.6
    aerosol = float(np.clip(np.exp(rng.normal(np.log(0.18 + 0.18 * aridity), 0.9)), 0.03, 1.6))
    return Climate(
        relief=relief,
        base=base,
        ridged=float(rng.uniform(-1, 1)),
        coast=float(rng.uniform(0.15, 0.7)) if coastal else 0.0,
        lakes=float(rng.uniform(0, 1) ** 2 * (1 - 0.8 * aridity)),
        aridity=aridity,
        temperature=float(rng.uniform(2.0, 26.0) + 6.0 * aridity),
        cultivation=float(np.clip(rng.uniform(-0.2, 0.9) + 0.35 * gentle - 0.4 * max(aridity - 0.5, 0), 0, 1)),
        settlement=float(rng.uniform() ** 1.5 * (0.3 + 0.7 * gentle)),
        autumn=float(rng.beta(0.7, 1.0)),
        turbidity=float(rng.beta(0.8, 1.4)),
        redness=float(rng.uniform()),
        soil_brightness=float(rng.uniform(0.6, 1.15)),
        sun_azimuth=float(rng.uniform(125.0, 172.0)),
        sun_elevation=float(rng.uniform(18.0, 64.0)),
        aerosol=aerosol,
        angstrom=float(rng.uniform(0.2, 0.6) if dust else rng.uniform(0.9, 1.6)),
        patchiness=float(rng.uniform(0.1, 0.45)),
        wind=float(rng.uniform(1.0, 9.0)),
        soil_moisture=float(np.clip(rng.uniform(0.0, 1.0) - 0.5 * aridity, 0, 1)),
        ascending=bool(rng.uniform() < 0.5),
        incidence=float(rng.uniform(31.0, 45.0)),
        looks=float(rng.uniform(4.0, 5.0)),
        resolution=float(rng.uniform(0.66, 0.82)),
        backscatter=float(rng.uniform(0.15, 0.36)),
        cloud=float(rng.uniform(0.02, 0.4) ** 1.3 if rng.uniform() < 0.15 * (1 - 0.6 * aridity) else 0.0),
        cloud_depth=float(np.exp(rng.uniform(np.log(0.15), np.log(12.0)))),
        cloud_height=float(rng.uniform(600.0, 2500.0)),
        burnt=float(rng.uniform(0.03, 0.35) if rng.uniform() < 0.1 else 0.0),
        flood=float(rng.uniform(0.5, 6.0) if rng.uniform() < 0.12 * (1 - 0.7 * aridity) else 0.0),
        erosion=float(rng.uniform(0, 1)),
    )
