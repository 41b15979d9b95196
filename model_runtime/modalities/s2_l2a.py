"""Sentinel-2 Level-2A: bottom-of-atmosphere (surface) reflectance."""

from __future__ import annotations

from model_runtime.modalities.sentinel2 import Sentinel2


class S2L2a(Sentinel2):
    """Surface true colour (B04, B03, B02)."""

    name = "s2_l2a"
    title = "Sentinel-2 L2A"
