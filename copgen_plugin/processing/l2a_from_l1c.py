"""``copgen:l2afroml1c``."""

from __future__ import annotations

from ..translation import tr
from .one_click import OneClickAlgorithm


class L2aFromL1c(OneClickAlgorithm):
    """Surface reflectance from top-of-atmosphere reflectance."""

    icon_file = "l2a_from_l1c.svg"
    inputs = ("s2_l1c",)
    generated = "s2_l2a"

    def name(self) -> str:
        """Return the id."""
        return "l2afroml1c"

    def displayName(self) -> str:  # noqa: N802
        """Return the name in the toolbox."""
        return tr("Atmospheric correction (L1C to L2A)")

    def told(self) -> str:
        """Return what it does."""
        return tr(
            "Draws how a Sentinel-2 scene would look without the atmosphere: surface reflectance (L2A) in red, "
            "green and blue from top-of-atmosphere reflectance (L1C). A picture of what is plausible, not "
            "a radiative transfer."
        )
