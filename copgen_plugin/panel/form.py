"""What is filled in on the panel, as plain values that are saved in the project."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Dict, List, Optional, Sequence

from ...model_runtime.contract import MODALITIES
from ..terms import PRESETS

WHOLE_LAYER = "layer"
CANVAS = "canvas"
RECTANGLE = "rectangle"
POLYGONS = "polygons"
AREA_KINDS = (WHOLE_LAYER, CANVAS, RECTANGLE, POLYGONS)

LARGEST_STEPS = 1000
LARGEST_SAMPLES = 100
LARGEST_SEED = 2**31 - 1


@dataclass
class ConditionForm:
    """One condition as filled in.

    Attributes:
        layer_id: id of the layer in the project; empty where none is chosen.
        modality: name of a modality; empty where it is not known yet.
        chosen: user, task or metadata name the modality, so that recognition leaves it alone.
        bands: numbers, separated by commas, 0 for one that is yet to be recognised; empty means all are recognised.
        encoding: ``auto`` or what the stored numbers are.
        offset: ``auto`` or the number added to the stored numbers.
    """

    layer_id: str = ""
    modality: str = ""
    chosen: bool = False
    bands: str = ""
    encoding: str = "auto"
    offset: str = "auto"

    @property
    def lacks_bands(self) -> bool:
        """True where some bands are chosen and others are yet to be recognised."""
        return 0 in self.band_numbers()

    def band_numbers(self) -> List[int]:
        """Return the chosen bands, 0 for one that is yet to be recognised."""
        return [int(number) for number in self.bands.split(",") if number.strip().isdigit()]

    def complete_bands(self, recognised: Sequence[int]) -> bool:
        """Take the bands that are yet to be recognised; False where they do not fit.

        Args:
            recognised: all bands of the layer.
        """
        chosen = self.band_numbers()
        if len(recognised) != len(chosen):
            return False
        self.bands = ",".join(str(number or int(found)) for number, found in zip(chosen, recognised))
        return True


@dataclass
class AreaForm:
    """The area as filled in.

    Attributes:
        kind: one of ``AREA_KINDS``.
        rectangle: west, south, east, north of the drawn rectangle, or None.
        crs: WKT of the rectangle.
        polygons_id: id of the polygon layer.
    """

    kind: str = WHOLE_LAYER
    rectangle: Optional[List[float]] = None
    crs: str = ""
    polygons_id: str = ""


@dataclass
class PanelForm:
    """Everything filled in on the panel; ``preset`` auto means the model's own, ``steps`` 0 the preset's number."""

    conditions: List[ConditionForm] = field(default_factory=lambda: [ConditionForm()])
    generate: List[str] = field(default_factory=lambda: ["dem"])
    area: AreaForm = field(default_factory=AreaForm)
    model: str = "auto"
    device: str = "auto"
    preset: str = "auto"
    steps: int = 0
    samples: int = 1
    seed: int = 0

    def to_dict(self) -> Dict[str, Any]:
        """Return the form as plain JSON values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Dict[str, Any]) -> PanelForm:
        """Read a form; what is missing, unknown or malformed becomes the default."""
        form = cls()
        conditions = [_read(ConditionForm(), entry) for entry in _list(values.get("conditions"))]
        form.conditions = conditions or [ConditionForm()]
        if isinstance(values.get("generate"), list):
            form.generate = [name for name in MODALITIES if name in values["generate"]]
        form.area = _read(AreaForm(), values.get("area"))
        if form.area.kind not in AREA_KINDS or not _is_rectangle(form.area.rectangle):
            form.area = AreaForm()
        for name in ("model", "device"):
            if isinstance(values.get(name), str):
                setattr(form, name, values[name])
        if values.get("preset") in PRESETS:
            form.preset = values["preset"]
        for name, lowest, highest in (
            ("steps", 0, LARGEST_STEPS),
            ("samples", 1, LARGEST_SAMPLES),
            ("seed", 0, LARGEST_SEED),
        ):
            value = values.get(name)
            if isinstance(value, int) and lowest <= value <= highest:
                setattr(form, name, value)
        return form

    def given(self) -> List[str]:
        """Return the modalities of the conditions, each once."""
        return [name for name in MODALITIES if any(entry.modality == name for entry in self.conditions)]

    def wanted(self) -> List[str]:
        """Return the modalities to generate: those ticked that are not given."""
        return [name for name in MODALITIES if name in self.generate and name not in self.given()]


def _list(value: object) -> List[Any]:
    return value if isinstance(value, list) else []


def _read(form: Any, values: object) -> Any:  # noqa: ANN401
    """Fill the fields of a form whose values are of the default's kind; None defaults take anything."""
    if isinstance(values, dict):
        for entry in fields(form):
            default, value = getattr(form, entry.name), values.get(entry.name)
            if value is not None and (default is None or type(value) is type(default)):
                setattr(form, entry.name, value)
    return form


def _is_rectangle(value: object) -> bool:
    if value is None:
        return True
    return isinstance(value, list) and len(value) == 4 and all(isinstance(v, (int, float)) for v in value)
