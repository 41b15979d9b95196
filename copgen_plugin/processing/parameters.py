"""Definitions of the parameters, alike for all algorithms."""

from __future__ import annotations

from typing import Optional, Sequence

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..layers.results import layer_name_of
from ..terms import PRESETS
from ..translation import tr
from .names import (
    DEVICE,
    DEVICES,
    EXTENT,
    LARGEST_COUNT,
    MASK,
    MODEL,
    PRESET,
    SAMPLES,
    SEED,
    STEPS,
    TARGET_CRS,
)

LARGEST_SHOWN_SEED = 2**31 - 1


def advanced(parameter: QgsProcessingParameterDefinition) -> QgsProcessingParameterDefinition:
    """Have a parameter shown under "Advanced"."""
    parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.Flag.FlagAdvanced)
    return parameter


def with_help(parameter: QgsProcessingParameterDefinition, text: str) -> QgsProcessingParameterDefinition:
    """Give a parameter the text that its tool tip and the help panel show."""
    parameter.setHelp(text)
    return parameter


def raster(name: str, title: str, optional: bool = False) -> QgsProcessingParameterDefinition:
    """Return an input raster."""
    return QgsProcessingParameterRasterLayer(name, title, optional=optional)


def choice(
    name: str, title: str, options: Sequence[str], default: Optional[str] = None, several: bool = False
) -> QgsProcessingParameterDefinition:
    """Return a choice among texts that are themselves the values, so that models and scripts stay readable."""
    return QgsProcessingParameterEnum(
        name,
        title,
        options=list(options),
        allowMultiple=several,
        defaultValue=default or options[0],
        usesStaticStrings=True,
    )


def bands(name: str, title: str) -> QgsProcessingParameterDefinition:
    """Return the choice of bands."""
    text = tr("Numbers or names, separated by commas, in the order red, green, blue or VV, VH. Empty: recognised.")
    return advanced(with_help(QgsProcessingParameterString(name, title, optional=True), text))


def encoding(name: str, title: str, encodings: Sequence[str]) -> QgsProcessingParameterDefinition:
    """Return the choice of what the stored numbers are."""
    text = tr("What the stored numbers are; auto recognises it from the file.")
    return advanced(with_help(choice(name, title, ("auto", *encodings)), text))


def offset(name: str, title: str) -> QgsProcessingParameterDefinition:
    """Return the number added to the stored numbers."""
    text = tr("auto, or the number added to the stored numbers: −1000 for Sentinel-2 baseline 04.00 and later, else 0.")
    parameter = QgsProcessingParameterString(name, title, defaultValue="auto", optional=True)
    return advanced(with_help(parameter, text))


def area() -> Sequence[QgsProcessingParameterDefinition]:
    """Return extent and mask."""
    return (
        with_help(
            QgsProcessingParameterExtent(EXTENT, tr("Area"), optional=True),
            tr("Only this part is generated. Empty: all that the inputs share, at most 4,000 by 4,000 pixels of 10 m."),
        ),
        with_help(
            QgsProcessingParameterFeatureSource(
                MASK, tr("Mask (polygons)"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            tr("Pixels outside the polygons become nodata; give the area too, to save the time for what lies outside."),
        ),
    )


def settings(with_samples: bool = False) -> Sequence[QgsProcessingParameterDefinition]:
    """Return model, preset, steps, seed, samples, coordinate reference system and device."""
    number = QgsProcessingParameterNumber.Type.Integer
    entries = [
        with_help(
            QgsProcessingParameterString(MODEL, tr("Model"), defaultValue="auto", optional=True),
            tr("auto, the name of an installed model, or a folder with one."),
        ),
        with_help(
            choice(PRESET, tr("Preset"), PRESETS),
            tr(
                "reference: the 50 evaluations of the published results; fast: a solver that needs 8 to 10, tried on "
                "the embedded model only; auto: as the model was made for."
            ),
        ),
        with_help(
            QgsProcessingParameterNumber(
                STEPS, tr("Steps"), number, defaultValue=0, minValue=0, maxValue=LARGEST_COUNT
            ),
            tr("Evaluations of the network; 0: as many as the preset has."),
        ),
        with_help(
            QgsProcessingParameterNumber(
                SEED, tr("Seed"), number, defaultValue=0, minValue=0, maxValue=LARGEST_SHOWN_SEED
            ),
            tr("The same seed gives the same picture, another seed another one that is as likely."),
        ),
    ]
    if with_samples:
        samples = QgsProcessingParameterNumber(
            SAMPLES, tr("Samples"), number, defaultValue=1, minValue=1, maxValue=LARGEST_COUNT
        )
        text = tr(
            "How many answers to draw; the second and later ones are written beside as name_sample2.tif and so on."
        )
        entries.append(with_help(samples, text))
    entries += [
        with_help(
            QgsProcessingParameterCrs(TARGET_CRS, tr("Coordinate reference system of the results"), optional=True),
            tr("Empty: that of the input where it is in metres, else the UTM zone of the area."),
        ),
        with_help(choice(DEVICE, tr("Device"), DEVICES), tr("auto takes the fastest one that works.")),
    ]
    return [advanced(entry) for entry in entries]


def destination(name: str, modality: str, optional: bool = False) -> QgsProcessingParameterDefinition:
    """Return where a generated raster goes."""
    title = layer_name_of(modality)
    if optional:
        return QgsProcessingParameterRasterDestination(name, title, optional=True, createByDefault=False)
    return QgsProcessingParameterRasterDestination(name, title)
