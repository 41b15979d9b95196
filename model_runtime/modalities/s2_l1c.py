"""Sentinel-2 Level-1C: top-of-atmosphere reflectance."""

from __future__ import annotations

from model_runtime.modalities.sentinel2 import Sentinel2


class S2L1c(Sentinel2):
    """Top-of-atmosphere true colour (B04, B03, B02)."""

    name = "s2_l1c"
    title = "Sentinel-2 L1C"
    evidence_bands = ("B10",)
