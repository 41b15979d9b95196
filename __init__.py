"""COP-GEN for QGIS: the plugin folder is the repository root; QGIS calls ``classFactory``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .copgen_plugin.plugin import CopGenPlugin


def classFactory(iface: Any) -> CopGenPlugin:  # noqa: N802, ANN401
    """Return the plugin.

    Args:
        iface: QGIS's interface, or None under ``qgis_process``.
    """
    from .copgen_plugin.plugin import CopGenPlugin

    return CopGenPlugin(iface)
