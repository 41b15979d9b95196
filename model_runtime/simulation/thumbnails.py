"""Simulated scenes as the 8-bit pictures the network sees."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model_runtime.modalities.dem import enlarge, hillshade
from model_runtime.modalities.s1_rtc import power_to_thumbnail
from model_runtime.modalities.sentinel2 import reflectance_to_thumbnail
from model_runtime.simulation.noise import FloatArray
from model_runtime.simulation.scene import Scene


def _reflectance(numbers: NDArray[np.uint16]) -> FloatArray:
    return (numbers / np.float32(10_000)).astype(np.float32)


def scene_thumbnails(scene: Scene) -> dict[str, NDArray[np.uint8]]:
    """All modalities of a scene, radar and hillshade stretched over the scene.

    Returns:
        By modality, in the model's order: ``dem`` (1, size, size), the others (3, size, size), uint8.
    """
    return {
        "dem": enlarge(hillshade(scene.dem))[None],
        "s1_rtc": power_to_thumbnail(scene.s1_rtc),
        "s2_l1c": reflectance_to_thumbnail(_reflectance(scene.s2_l1c)),
        "s2_l2a": reflectance_to_thumbnail(_reflectance(scene.s2_l2a)),
    }
