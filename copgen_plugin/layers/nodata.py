"""What counts as no data in a layer: what the file declares, as far as it is in force, and what is set in QGIS."""

from __future__ import annotations

import math
from typing import Dict, List, Optional, Set, Tuple

import numpy as np
from qgis.core import Qgis, QgsRasterDataProvider

from ..translation import tr

NONE_DECLARED = math.nan
"""Handed on, it replaces the file's own value and hides no pixel: NaN is no data anyhow."""
TYPES: Dict[Qgis.DataType, str] = {
    getattr(Qgis.DataType, name): name.lower().replace("byte", "uint8")
    for name in ("Byte", "Int8", "UInt16", "Int16", "UInt32", "Int32", "Float32", "Float64")
    if hasattr(Qgis.DataType, name)
}
"""numpy's names of the data types that hold one real number a pixel."""
_NEAR_WHOLE = 0.01
Range = Tuple[float, float]


def nodata_to_hand_on(provider: QgsRasterDataProvider) -> Tuple[Optional[float], str]:
    """Return the stored number that is no data in all bands, and why there is none to hand on.

    Args:
        provider: of the layer, as the user left it.

    Returns:
        The number, None where the file's own is in force, NaN where the user has switched that off; and a reason,
        empty where the number says everything.
    """
    bands = range(1, provider.bandCount() + 1)
    changed = any(provider.sourceHasNoDataValue(band) and not provider.useSourceNoDataValue(band) for band in bands)
    if not changed and not any(provider.userNoDataValues(band) for band in bands):
        return None, ""
    several = tr("its no-data values are set in QGIS and are more than one")
    found: List[Set[float]] = []
    for band in bands:
        numbers = _own(provider, band)
        for entry in provider.userNoDataValues(band):
            if entry.min() != entry.max():
                return None, several
            number = _stored(provider, band, entry.min())
            if number is None:
                return None, tr("its no-data value is set in QGIS, and its numbers are scaled")
            numbers.add(number)
        # The runtime never takes it for a number.
        found.append({number for number in numbers if not math.isnan(number)})
    if any(numbers != found[0] for numbers in found) or len(found[0]) > 1:
        return None, several
    return (found[0].pop() if found[0] else NONE_DECLARED), ""


def common_nodata(provider: QgsRasterDataProvider, data_type: str) -> Optional[float]:
    """Return a number that is no data in every band, as QGIS reads them, so that one file can declare it.

    Args:
        provider: of the layer, as the user left it.
        data_type: numpy's name of the type that is written.

    Returns:
        The number, NaN where the type has it and there is no other; None where all pixels have data.

    Raises:
        ValueError: there is none.
    """
    every = [_ranges(provider, band) for band in range(1, provider.bandCount() + 1)]
    candidates = [number for entries in every for entry in entries for number in _candidates(*entry, data_type)]
    if not candidates:
        return None
    for number in candidates:
        if all(any(low <= number <= high for low, high in entries) for entries in every):
            return number
    if np.dtype(data_type).kind != "f":
        raise ValueError("no common number")
    return math.nan


def _own(provider: QgsRasterDataProvider, band: int) -> Set[float]:
    """Return the file's own value where it is in force; QGIS compares it with stored numbers."""
    is_used = provider.sourceHasNoDataValue(band) and provider.useSourceNoDataValue(band)
    return {float(provider.sourceNoDataValue(band))} if is_used else set()


def _stored(provider: QgsRasterDataProvider, band: int, shown: float) -> Optional[float]:
    """Return the number in the file that QGIS shows as this one, None where that cannot be told exactly.

    QGIS compares what the user has set with scaled numbers, the runtime compares stored ones.
    """
    scale, offset = provider.bandScale(band), provider.bandOffset(band)
    if (scale, offset) == (1.0, 0.0) or scale == 0.0:
        return shown
    number = (shown - offset) / scale
    if abs(number - round(number)) <= _NEAR_WHOLE:
        return float(round(number))
    # Between whole numbers none is stored, so that it hides nothing.
    is_whole = np.dtype(TYPES.get(provider.sourceDataType(band), "float64")).kind != "f"
    return number if is_whole else None


def _ranges(provider: QgsRasterDataProvider, band: int) -> List[Range]:
    """Return from where to where numbers are no data, the file's own first."""
    own = [(number, number) for number in _own(provider, band)]
    return own + [(entry.min(), entry.max()) for entry in provider.userNoDataValues(band)]


def _candidates(low: float, high: float, data_type: str) -> List[float]:
    """Return numbers of a type that lie in a range, at its ends."""
    kind = np.dtype(data_type)
    if kind.kind != "f":
        ends = np.iinfo(kind)
        whole = (math.ceil(max(low, ends.min)), math.floor(min(high, ends.max)))
        return [float(number) for number in whole] if whole[0] <= whole[1] else []
    ends = [float(kind.type(number)) for number in (low, high) if abs(number) <= float(np.finfo(kind).max)]
    return [number for number in ends if low <= number <= high]
