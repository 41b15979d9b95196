"""``copgen:s1froms2``."""

from __future__ import annotations

from ..translation import tr
from .one_click import SENTINEL2, OneClickAlgorithm


class S1FromS2(OneClickAlgorithm):
    """A Sentinel-1 composite from a Sentinel-2 scene."""

    icon_file = "s1_from_s2.svg"
    inputs = SENTINEL2
    generated = "s1_rtc"

    def name(self) -> str:
        """Return the id."""
        return "s1froms2"

    def displayName(self) -> str:  # noqa: N802
        """Return the name in the toolbox."""
        return tr("S1 from S2")

    def told(self) -> str:
        """Return what it does."""
        return tr(
            "Draws how radar would see a Sentinel-2 scene: a Sentinel-1 composite in 8 bits, red for VV, blue for VH "
            "and green for their sum, after terrain correction. A picture, no backscatter in decibels."
        )
