"""Bands that names of files tell, in folders, products and joined files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

from model_runtime.conditions import OpenCondition, open_condition
from model_runtime.contract import Condition, InputError
from model_runtime.raster.bandfiles import band_name

MakeRaster = Callable[..., str]
NORTH_UP = Affine(10, 0, 500000, 0, -10, 4500000)


@pytest.fixture
def write(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> Callable[..., Path]:
    """Write single-band files and return the folder of the last one."""

    def write(*names: str, level: int = 3000, description: str = "") -> Path:
        for name in names:
            path = make_raster(noise // 10 + np.uint16(level), NORTH_UP, name=name)
            if description:
                with rasterio.open(path, "r+") as dataset:
                    dataset.descriptions = (description,)
        return Path(path).parent

    return write


def opened(modality: str, *paths: object, bands: tuple[str, ...] = ()) -> OpenCondition:
    return open_condition(Condition(modality, [str(path) for path in paths], list(bands)))


def chosen_files(condition: OpenCondition) -> list[str]:
    return [Path(band.dataset).name for band in condition.source.select(condition.reading.bands)]


@pytest.mark.parametrize(
    ("stem", "band"),
    [
        ("red", "B04"), ("Scene_GREEN", "B03"), ("scene_blue_10m", "B02"), ("b", "B02"), ("S2_B8A_red", "B8A"),
        ("red_edge", None), ("near_infra_red", None), ("infrared", None), ("red_river_2020", None), ("bred", None),
    ],
)  # fmt: skip
def test_a_colour_at_the_end_of_a_name_is_a_band(stem: str, band: str | None) -> None:
    assert band_name(stem) == band


def test_a_folder_of_colours_is_a_folder_of_bands(write: Callable[..., Path]) -> None:
    folder = write("red.tif", "green.tif", "blue.tif", "red_edge.tif")
    assert chosen_files(opened("s2_l2a", folder)) == ["red.tif", "green.tif", "blue.tif"]
    assert chosen_files(opened("s2_l2a", f"{folder}:green,B4,blue")) == ["green.tif", "red.tif", "blue.tif"]


def test_a_colour_does_not_compete_with_a_band(write: Callable[..., Path]) -> None:
    folder = write("B04.tif", "B03.tif", "B02.tif", "quicklook_red.tif")
    assert chosen_files(opened("s2_l2a", folder)) == ["B04.tif", "B03.tif", "B02.tif"]
    write("again_B04.tif")
    with pytest.raises(InputError, match=r"B04\.tif and again_B04\.tif claim to be band B04"):
        opened("s2_l2a", folder)


@pytest.mark.parametrize("description", ["", "surface reflectance"])
def test_joined_files_are_told_apart_by_their_names(write: Callable[..., Path], description: str) -> None:
    names = ("blue.tif", "green.tif", "red.tif")
    folder = write(*names, description=description)
    condition = opened("s2_l2a", *(folder / name for name in names))
    assert (condition.reading.bands, condition.reading.bands_source) == ((3, 2, 1), "names")
    named = opened("s2_l2a", *(f"{folder / name}:1" for name in names), bands=("red", "green", "blue"))
    assert chosen_files(named) == ["red.tif", "green.tif", "blue.tif"]


def test_a_description_that_names_a_band_outdoes_the_files_name(write: Callable[..., Path]) -> None:
    folder = write("a_B02.tif", description="B04, central wavelength 665 nm")
    write("b_B03.tif", description="B03")
    write("c_B04.tif", description="B02")
    condition = opened("s2_l2a", folder / "a_B02.tif", folder / "b_B03.tif", folder / "c_B04.tif")
    assert condition.reading.bands == (1, 2, 3)


def test_a_folders_other_bands_can_be_named(write: Callable[..., Path]) -> None:
    folder = write("in/B08.tif", "in/B04.tif", "in/B03.tif")
    with pytest.raises(InputError, match="no file of band B02"):
        opened("s2_l2a", folder)
    assert chosen_files(opened("s2_l2a", f"{folder}:B08,B04,B03")) == ["B08.tif", "B04.tif", "B03.tif"]
    assert chosen_files(opened("s2_l2a", folder, bands=("B8", "B4", "B3"))) == ["B08.tif", "B04.tif", "B03.tif"]
    apart = opened("s2_l2a", f"{folder}:B08", f"{folder}:B03,B04")
    assert chosen_files(apart) == ["B08.tif", "B03.tif", "B04.tif"]
    write("in/B02.tif")
    assert chosen_files(opened("s2_l2a", f"{folder}:B08,B04,B03")) == ["B08.tif", "B04.tif", "B03.tif"]
    assert chosen_files(opened("s2_l2a", f"{folder}:3,2,1")) == ["B02.tif", "B03.tif", "B04.tif"]
    with pytest.raises(InputError, match=r"no file of band B11 was found .only B02, B03, B04, B08 are there"):
        opened("s2_l2a", f"{folder}:B11,B04,B03")


@pytest.mark.parametrize("place", ["in", "S2A_MSIL1C_20221005T115411.SAFE/GRANULE/L1C_T29UNU/IMG_DATA"])
@pytest.mark.parametrize(
    ("cirrus", "offset"), [(900, (-1000.0, "statistics")), (2, (0.0, "statistics")), (500, (0.0, "assumed"))]
)
def test_band_10_of_a_folder_tells_the_offset(
    write: Callable[..., Path], noise: NDArray[np.uint16], place: str, cirrus: int, offset: tuple[float, str]
) -> None:
    folder = write(*(f"{place}/T29UNU_{name}.tif" for name in ("B02", "B03", "B04", "B08")))
    path = folder / "T29UNU_B10.tif"
    with rasterio.open(folder / "T29UNU_B02.tif") as dataset:
        profile = dataset.profile
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write((noise[None] // 50 + cirrus).astype(np.uint16))
    top = folder if place == "in" else folder.parents[2]
    condition = opened("s2_l1c", top)
    assert (condition.reading.offset, condition.reading.offset_source) == offset
    assert chosen_files(condition) == ["T29UNU_B04.tif", "T29UNU_B03.tif", "T29UNU_B02.tif"]
    assert opened("s2_l1c", f"{top}:B08,B04,B03").reading.offset_source == offset[1]
    assert opened("s2_l2a", top).reading.offset_source == "assumed", "band 10 is no evidence at the other level"
    shutil.copy(path, folder / "other_B10.tif")
    assert opened("s2_l1c", top).reading.offset_source == "assumed", "nobody knows which of two is meant"
    path.unlink()
    (folder / "other_B10.tif").unlink()
    assert opened("s2_l1c", top).reading.offset_source == "assumed"
