"""The one-click tasks: what each needs and what it generates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

from ...model_runtime.contract import SENTINEL2
from ..terms import condition_name
from ..translation import tr
from .form import ConditionForm, PanelForm


@dataclass(frozen=True)
class Task:
    """One entry of the menus.

    Attributes:
        name: object name of the action.
        icon: file name of the icon.
        inputs: modalities of which one must be given; the first is taken where nothing tells.
        generate: what is made.
    """

    name: str
    icon: str
    inputs: Tuple[str, ...]
    generate: Tuple[str, ...]

    def title(self) -> str:
        """Return the text of the menu entry."""
        titles = {
            "copgenDemFromS2": tr("Generate DEM from S2"),
            "copgenL2aFromL1c": tr("Atmospheric correction (L1C to L2A)"),
            "copgenL1cFromL2a": tr("L1C from L2A"),
            "copgenS1FromS2": tr("S1 from S2"),
            "copgenS2FromS1": tr("S2 from S1"),
        }
        return titles[self.name]

    def tip(self) -> str:
        """Return one sentence on what it does."""
        tips = {
            "copgenDemFromS2": tr("Generate a synthetic hillshade picture from the selected Sentinel-2 layer"),
            "copgenL2aFromL1c": tr("Generate synthetic surface reflectance (L2A) from the selected L1C layer"),
            "copgenL1cFromL2a": tr("Generate synthetic top-of-atmosphere pixels (L1C) from the selected L2A layer"),
            "copgenS1FromS2": tr("Generate a synthetic Sentinel-1 picture from the selected Sentinel-2 layer"),
            "copgenS2FromS1": tr("Generate a synthetic Sentinel-2 picture from the selected Sentinel-1 layer"),
        }
        return tips[self.name]


TASKS = (
    Task("copgenDemFromS2", "dem_from_s2.svg", ("s2_l2a", "s2_l1c"), ("dem",)),
    Task("copgenL2aFromL1c", "l2a_from_l1c.svg", ("s2_l1c",), ("s2_l2a",)),
    Task("copgenL1cFromL2a", "l1c_from_l2a.svg", ("s2_l2a",), ("s2_l1c",)),
    Task("copgenS1FromS2", "s1_from_s2.svg", ("s2_l2a", "s2_l1c"), ("s1_rtc",)),
    Task("copgenS2FromS1", "s2_from_s1.svg", ("s1_rtc",), ("s2_l2a",)),
)


@dataclass(frozen=True)
class Guess:
    """A selected layer and what it seems to be.

    Attributes:
        layer_id: of the layer.
        name: of the layer.
        modality: None where nothing tells.
        sure: the level of a Sentinel-2 layer is told by its metadata or names, not only guessed.
        problem: why the layer cannot be used at all; else empty.
    """

    layer_id: str
    name: str
    modality: Optional[str]
    sure: bool = False
    problem: str = ""


def fill_form(form: PanelForm, task: Optional[Task], guesses: Sequence[Guess]) -> str:
    """Make the selected layers the conditions of a task, sound defaults for all else.

    A lone layer of which nothing tells what it is, or only that it is Sentinel-2, is what the task needs:
    the user said so by choosing the task.

    Args:
        form: changed in place.
        task: None keeps what is to be generated.
        guesses: the selected raster layers.

    Returns:
        Why it cannot start like this, for the user to correct on the panel; empty where it can.
    """
    form.conditions = [_condition(task, guess, guesses) for guess in guesses]
    if task is None:
        form.generate = [name for name in form.generate if name not in form.given()] or _missing(form)
        return ""
    form.generate = list(task.generate)
    return obstacle(form, task, guesses)


def _condition(task: Optional[Task], guess: Guess, guesses: Sequence[Guess]) -> ConditionForm:
    lone = len(guesses) == 1
    if task is None or guess.modality in task.inputs:
        said_by_task = task is not None and lone
        return ConditionForm(guess.layer_id, guess.modality or "", chosen=guess.sure or said_by_task)
    if guess.modality is None:
        return ConditionForm(guess.layer_id, task.inputs[0] if lone else "", chosen=lone)
    alone = sum(entry.modality in SENTINEL2 for entry in guesses) == 1
    if alone and not guess.sure and guess.modality in SENTINEL2 and task.inputs[0] in SENTINEL2:
        return ConditionForm(guess.layer_id, task.inputs[0], chosen=True)
    return ConditionForm(guess.layer_id, guess.modality, chosen=guess.sure)


def _missing(form: PanelForm) -> List[str]:
    return [name for name in ("dem", "s1_rtc", "s2_l2a") if name not in form.given()]


def obstacle(form: PanelForm, task: Task, guesses: Sequence[Guess]) -> str:
    """Return why a task cannot start with the conditions of a form, empty where it can.

    Args:
        form: its conditions are in the order of the guesses.
        task: to start.
        guesses: the selected raster layers.
    """
    if not guesses:
        return tr("Select a raster layer, then choose “{task}” again.").format(task=task.title())
    for entry, guess in zip(form.conditions, guesses):
        if guess.problem:
            return guess.problem
        if not entry.modality:
            return tr("Say what “{layer}” is, then generate.").format(layer=guess.name)
        if entry.modality in task.generate:
            return tr("“{layer}” looks like {modality} already. Correct that if it is wrong, then generate.").format(
                layer=guess.name, modality=condition_name(entry.modality)
            )
    if not any(entry.modality in task.inputs for entry in form.conditions):
        return tr("“{layer}” looks like {modality}, and this needs {needed}. Correct that if it is wrong.").format(
            layer=guesses[0].name,
            modality=condition_name(form.conditions[0].modality),
            needed=condition_name(task.inputs[0]),
        )
    return ""
