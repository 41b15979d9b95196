"""A first guess at what a raster layer shows, from what QGIS knows of it; the runtime has the last word."""

from __future__ import annotations

import re
from typing import Optional, Tuple, Union

from qgis.core import QgsRasterLayer

from ...model_runtime.contract import MODALITIES, SENTINEL2
from .source import LayerSource, layer_source

_LEVEL = re.compile(r"(?:^|[^A-Z0-9]|S2[ABC]?_?|MSI)(?P<level>L?1C|L?2A|TOA|BOA)(?:[^A-Z0-9]|$)")
_RADAR = re.compile(r"(?:^|[^A-Z0-9])(?:S1[ABC]?|SENTINEL[-_ ]?1|RTC|GRD|SIGMA0|GAMMA0|VV|VH)(?:[^A-Z]|$)")
_ELEVATION = re.compile(r"(?:^|[^A-Z])(?:DEM|DSM|DTM|ELEVATION|ELEV|HILLSHADE|SRTM|HEIGHT|ALTITUDE)(?:[^A-Z]|$)")
_OPTICAL = re.compile(r"(?:^|[^A-Z0-9])(?:S2[ABC]?|SENTINEL[-_ ]?2|MSI|TCI|RGB)(?:[^A-Z]|$)")
_LEVELS = {"1C": "s2_l1c", "L1C": "s2_l1c", "TOA": "s2_l1c", "2A": "s2_l2a", "L2A": "s2_l2a", "BOA": "s2_l2a"}
_PRODUCT_TYPES = {"S2MSI1C": "s2_l1c", "S2MSI2A": "s2_l2a"}
_BANDS_OF_L1C = 13
_BANDS_OF_PICTURE = 3
_ELEVATION_TYPES = ("Int16", "Int32", "Float32", "Float64")


def guess_modality(raster: Union[LayerSource, QgsRasterLayer]) -> Optional[str]:
    """Guess what a raster shows.

    Args:
        raster: a layer (then call it in the main thread) or its values.

    Returns:
        A name of ``MODALITIES``, or None where nothing tells.
    """
    source = layer_source(raster) if isinstance(raster, QgsRasterLayer) else raster
    said = source.tags.get("COPGEN_MODALITY") or _PRODUCT_TYPES.get(source.tags.get("PRODUCT_TYPE", ""))
    if said in MODALITIES:
        return said
    names = _words(source)
    level = _level(names)
    count = len(source.bands)
    if level and count >= _BANDS_OF_PICTURE:
        return level
    if _is_radar(source, names):
        return "s1_rtc"
    if count == 1:
        return _of_one_band(source, names)
    if count == _BANDS_OF_L1C or any(name.upper() == "B10" for name in source.bands):
        return "s2_l1c"
    if count >= _BANDS_OF_PICTURE:
        return "s2_l2a"
    return None


def guess_level(source: LayerSource) -> Optional[str]:
    """Return ``s2_l1c`` or ``s2_l2a`` where something tells it beside the number of bands, else None."""
    said = source.tags.get("COPGEN_MODALITY") or _PRODUCT_TYPES.get(source.tags.get("PRODUCT_TYPE", ""))
    return said if said in SENTINEL2 else _level(_words(source))


def _words(source: LayerSource) -> Tuple[str, ...]:
    """Return the names that may tell something, nearest first: of the layer, the file, the bands and the folders."""
    file, *folders = reversed(source.path.replace("\\", "/").split("/")[-4:])
    return tuple(text.upper() for text in (source.name, file, *source.bands, *folders))


def _level(names: Tuple[str, ...]) -> Optional[str]:
    for text in names:
        found = _LEVEL.search(text)
        if found:
            return _LEVELS[found.group("level")]
    return None


def _is_radar(source: LayerSource, names: Tuple[str, ...]) -> bool:
    for text in names:
        # The nearest name that tells something: a relief may lie in a folder of radar.
        if _RADAR.search(text):
            return len(source.bands) <= _BANDS_OF_PICTURE
        if _OPTICAL.search(text) or _ELEVATION.search(text):
            return False
    return len(source.bands) == 2


def _of_one_band(source: LayerSource, names: Tuple[str, ...]) -> Optional[str]:
    if any(_ELEVATION.search(text) for text in names):
        return "dem"
    return "dem" if source.data_types[0] in _ELEVATION_TYPES else None
