"""Modalities: the recipes between a product and the network's picture, one file each.

A new modality is a new file here and an entry in ``MODALITIES``.
"""

from __future__ import annotations

from model_runtime.contract import UsageError
from model_runtime.modalities.base import Interpretation, Modality, Product, Stretch
from model_runtime.modalities.dem import Dem
from model_runtime.modalities.s1_rtc import S1Rtc
from model_runtime.modalities.s2_l1c import S2L1c
from model_runtime.modalities.s2_l2a import S2L2a

MODALITIES: dict[str, Modality] = {modality.name: modality for modality in (Dem(), S1Rtc(), S2L1c(), S2L2a())}


def get_modality(name: str) -> Modality:
    """Return the modality called ``name``.

    Raises:
        UsageError: no modality has that name.
    """
    try:
        return MODALITIES[name]
    except KeyError:
        raise UsageError(f"{name}: not a modality; use one of {', '.join(MODALITIES)}.") from None


__all__ = ["MODALITIES", "Interpretation", "Modality", "Product", "Stretch", "get_modality"]
