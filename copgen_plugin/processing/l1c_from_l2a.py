"""``copgen:l1cfroml2a``."""

from __future__ import annotations

from ..translation import tr
from .one_click import OneClickAlgorithm


class L1cFromL2a(OneClickAlgorithm):
    """Top-of-atmosphere reflectance from surface reflectance."""

    icon_file = "l1c_from_l2a.svg"
    inputs = ("s2_l2a",)
    generated = "s2_l1c"

    def name(self) -> str:
        """Return the id."""
        return "l1cfroml2a"

    def displayName(self) -> str:  # noqa: N802
        """Return the name in the toolbox."""
        return tr("L1C from L2A")

    def told(self) -> str:
        """Return what it does."""
        return tr(
            "Draws how a Sentinel-2 scene would look from above the atmosphere: top-of-atmosphere reflectance (L1C) in "
            "red, green and blue from surface reflectance (L2A)."
        )
