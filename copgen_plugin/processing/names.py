"""Names of the algorithms' parameters and outputs, as CONTRACT fixes them, and the order of modalities."""

from __future__ import annotations

INPUT = "INPUT"
LEVEL = "LEVEL"
BANDS = "BANDS"
ENCODING = "ENCODING"
OFFSET = "OFFSET"
EXTENT = "EXTENT"
MASK = "MASK"
MODEL = "MODEL"
PRESET = "PRESET"
STEPS = "STEPS"
SEED = "SEED"
SAMPLES = "SAMPLES"
TARGET_CRS = "TARGET_CRS"
DEVICE = "DEVICE"
OUTPUT = "OUTPUT"
PRECISION = "PRECISION"
OPSET = "OPSET"
SAMPLE_FILES = "SAMPLE_FILES"
MODEL_USED = "MODEL_USED"
DEVICE_USED = "DEVICE_USED"

DEVICES = ("auto", "cpu", "cuda", "mps")
PRECISIONS = ("fp32", "fp16", "int8")
OPSETS = (18, 23)
"""First and last version of the ONNX operators."""
LEVELS = ("auto", "l2a", "l1c")

LEADING = ("s2_l2a", "s2_l1c", "s1_rtc", "dem")
"""Conditions in the order in which they lead the grid: the finest pixels first."""

LARGEST_COUNT = 1000
LARGEST_SEED = 2**63 - 1


def of(name: str, modality: str) -> str:
    """Return the name of a parameter of one modality (``INPUT_DEM``)."""
    return f"{name}_{modality.upper()}"
