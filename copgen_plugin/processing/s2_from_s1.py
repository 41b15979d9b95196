"""``copgen:s2froms1``."""

from __future__ import annotations

from ..translation import tr
from .one_click import OneClickAlgorithm


class S2FromS1(OneClickAlgorithm):
    """A Sentinel-2 scene from Sentinel-1 backscatter."""

    icon_file = "s2_from_s1.svg"
    inputs = ("s1_rtc",)
    generated = None

    def name(self) -> str:
        """Return the id."""
        return "s2froms1"

    def displayName(self) -> str:  # noqa: N802
        """Return the name in the toolbox."""
        return tr("S2 from S1")

    def told(self) -> str:
        """Return what it does."""
        return tr(
            "Draws how Sentinel-2 might see what Sentinel-1 measured (VV and VH, terrain corrected), below clouds too: "
            "reflectance in red, green and blue, at the surface (L2A) or above the atmosphere (L1C)."
        )
