"""``copgen:demfroms2``."""

from __future__ import annotations

from ..translation import tr
from .one_click import SENTINEL2, OneClickAlgorithm


class DemFromS2(OneClickAlgorithm):
    """A hillshade from a Sentinel-2 scene."""

    icon_file = "dem_from_s2.svg"
    inputs = SENTINEL2
    generated = "dem"

    def name(self) -> str:
        """Return the id."""
        return "demfroms2"

    def displayName(self) -> str:  # noqa: N802
        """Return the name in the toolbox."""
        return tr("Generate DEM from S2")

    def told(self) -> str:
        """Return what it does."""
        return tr(
            "Draws the terrain that a Sentinel-2 scene shows, as a hillshade lit from the north-west: a picture of "
            "relief in grey levels, no elevations in metres. The result lies on the input's pixels."
        )
