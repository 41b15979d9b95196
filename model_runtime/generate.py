"""The main job: plan, read, encode, denoise, decode, write.

The one place that knows rasters, recipes, sampling and networks together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray
from odc.geo.geobox import GeoBox

from model_runtime.backends import Backend, create_backend
from model_runtime.conditions import OpenCondition, Picture, open_condition, read_picture, with_stretch
from model_runtime.contract import Condition, InputError, Job, ModelError, Output, Progress, Result, UsageError
from model_runtime.modalities import get_modality
from model_runtime.model.files import STREAMS_NAME, bundle_sha256
from model_runtime.presets import StepCounts, check_preset, scheme_of, steps_of
from model_runtime.raster.geodesy import parse_crs
from model_runtime.raster.grid import (
    CANVAS_MULTIPLE,
    WorkingGrid,
    check_pixel_size,
    input_grid,
    output_grid,
    working_grid,
)
from model_runtime.raster.lattice import PixelWindow
from model_runtime.raster.polygons import read_mask
from model_runtime.results import job_tags, plan_paths, product_tags, products_of, write_product
from model_runtime.sampling.autoencoder_windows import decode_canvas, encode_canvas
from model_runtime.sampling.canvas import Canvas, CanvasNetwork, CanvasNoise, shared_ground
from model_runtime.sampling.roles import Role, condition, generated, ignored, run_job, sample_posterior
from model_runtime.sampling.solver import END_TIME
from model_runtime.store import StoredModel, find_model, passed_over
from model_runtime.streams import StreamSpec, read_streams

FloatArray = NDArray[np.float32]
Report = Callable[[Progress], None]

LARGEST_COUNT = 1000
"""Samples or steps of one job."""
LARGEST_SEED = 2**63 - 1
LAST_TIMESTEP = 1000 * END_TIME
"""Where the solver ends, so that nothing can start there."""
WINDOWS_IN_A_BATCH = 8
"""Windows handed to a backend at once; a backend may split them."""


@dataclass(frozen=True)
class Plan:
    """Everything decided before the first pixel is read.

    Attributes:
        conditions: opened, with their stretches.
        grid: working lattice and area.
        window: pixels the networks see: one chip around the area, or the canvas.
        target: grid of the results.
        canvas: windows over the latents.
        streams: the model's streams by modality.
        warnings: for the user.
    """

    conditions: list[OpenCondition]
    grid: WorkingGrid
    window: PixelWindow
    target: GeoBox
    canvas: Canvas
    streams: dict[str, StreamSpec]
    warnings: list[str]

    @property
    def chips(self) -> int:
        """Windows the network sees at every evaluation."""
        return len(self.canvas.windows)


@dataclass(frozen=True)
class LoadedModel:
    """A model in memory, and the hash of its files."""

    backend: Backend
    sha256: str


@dataclass(frozen=True)
class Evaluation:
    """What one evaluation leaves, for those who want to see the picture as it denoises.

    Attributes:
        done: evaluations so far, over all samples.
        total: evaluations of the job.
        plan: the job's plan.
        backend: the networks.
        states: latent canvases the networks saw, (C, rows, columns) by stream.
        noise: the noise they found in the generated ones.
        timesteps: what they were told, by stream.
    """

    done: int
    total: int
    plan: Plan
    backend: Backend
    states: Mapping[str, FloatArray]
    noise: Mapping[str, FloatArray]
    timesteps: Mapping[str, float]


Load = Callable[[Job, StoredModel], LoadedModel]
Watch = Callable[[Evaluation], None]


def load_model(job: Job, model: StoredModel) -> LoadedModel:
    """Load a model for one job."""
    return LoadedModel(create_backend(job.backend, model.path, job.device, job.precision), bundle_sha256(model.path))


def generate(
    job: Job, report: Report = lambda progress: None, load: Load = load_model, watch: Watch | None = None
) -> Result:
    """Run a job.

    Args:
        job: what to do.
        report: told about progress; may raise ``Cancelled`` or ``KeyboardInterrupt`` to stop the job.
        load: gives the networks; a process that lives on keeps them between jobs.
        watch: shown what every evaluation leaves; may raise as ``report`` may.

    Returns:
        What was written and how.

    Raises:
        CopGenError: in one sentence, why the job cannot be done; nothing is left under a final name.
    """
    started = time.perf_counter()
    paths = plan_paths(check_job(job))
    model = find_model(job.model)
    # Files that cannot be used are refused before the networks are loaded.
    plan = make_plan(job, read_streams(model.path / STREAMS_NAME))
    report(Progress("load", 0, 1))
    loaded = load(job, model)
    backend = loaded.backend
    report(Progress("load", 1, 1))
    plan = measure_stretches(plan, report)
    pictures = read_conditions(plan, report)
    identities = identify_conditions(plan, pictures, report)
    starts = read_starts(job, plan)
    steps = choose_steps(job, backend)
    tags = job_tags(job, plan.conditions, identities, model.name, loaded.sha256, steps)
    tags["COPGEN_SOLVER"] = scheme_of(job.preset)
    tags["COPGEN_BACKEND"] = " ".join(filter(None, (backend.name, backend.provider, backend.device, backend.precision)))
    valid = valid_pixels(job, plan, list(pictures.values()))
    moments = encode_pictures(plan, backend, {**pictures, **starts}, report)
    outputs = []
    for sample in range(1, job.samples + 1):
        latents = denoise(job, plan, backend, moments, steps, sample, report, watch)
        for modality in job.generate:
            stream = plan.streams[modality]
            picture = decode_area(plan, backend, stream, latents[stream.name], report)
            for product in products_of(job, modality):
                path = paths[modality, product, sample]
                told = {**tags, **product_tags(modality, product, sample, plan.conditions, not model.embedded)}
                write_product(
                    path, get_modality(modality), product, picture, valid, plan.grid.geobox, plan.target, told
                )
                outputs.append(Output(modality, product, sample, str(path)))
                report(Progress("write", len(outputs), len(paths)))
    return _result(job, plan, backend, model, steps, outputs, time.perf_counter() - started)


def check_job(job: Job) -> Job:
    """Refuse contradictions before anything is opened.

    Raises:
        UsageError: nothing to generate, a modality that is both given and generated, or a setting
            for a modality that has no such role.
    """
    if not job.generate:
        raise UsageError("--generate is missing; name what is to be generated.")
    given = [entry.modality for entry in job.conditions]
    for modality in job.generate:
        get_modality(modality)
        if modality in given:
            raise UsageError(f"{modality} is both a condition and to be generated; leave one out.")
    if len(set(given)) != len(given):
        raise UsageError("one modality is given as two conditions; list its files in one.")
    for modality in job.hold:
        if modality not in given:
            raise UsageError(f"--hold {modality}: {modality} is not among the conditions.")
        if not 0 <= job.hold[modality] <= 1000:
            raise UsageError(f"--hold {modality}={job.hold[modality]:g}: a timestep lies from 0 to 1000.")
    for modality in job.start:
        if modality not in job.generate:
            raise UsageError(f"--start {modality}: {modality} is not among what is to be generated.")
        split_start(modality, job.start[modality])
    for modality in job.stretch:
        if modality not in given:
            raise UsageError(f"--stretch {modality}: {modality} is not among the conditions.")
    check_preset(job.preset)
    if not 1 <= job.samples <= LARGEST_COUNT or not 0 <= job.steps <= LARGEST_COUNT:
        raise UsageError(f"--samples and --steps are whole numbers from 1 to {LARGEST_COUNT}.")
    if not 0 <= job.seed <= LARGEST_SEED:
        raise UsageError(f"--seed {job.seed}: must lie from 0 to {LARGEST_SEED}.")
    return job


def choose_steps(job: Job, backend: StepCounts) -> int:
    """Return the number of network evaluations: asked for, of the preset, or the model's own."""
    return job.steps or steps_of(job.preset, backend)


def make_plan(job: Job, streams: Sequence[StreamSpec]) -> Plan:
    """Open the conditions and decide grid, windows and output grid.

    Raises:
        InputError: a condition cannot be used or they have no common area.
        UsageError: the model has no such modality, or bounds are missing.
    """
    by_modality = {stream.modality: stream for stream in streams}
    for modality in [*job.generate, *(entry.modality for entry in job.conditions)]:
        if modality not in by_modality:
            raise UsageError(f"{modality}: the model knows only {', '.join(by_modality)}.")
    opened = [open_condition(entry, job.stretch.get(entry.modality, "auto")) for entry in job.conditions]
    pixel_size = job.resolution or trained_pixel_size(streams)
    warnings = [warning for entry in opened for warning in entry.reading.warnings]
    warnings += _pixel_size_warnings(opened, pixel_size, trained_pixel_size(streams))
    wanted = parse_crs(job.crs) if job.crs not in ("auto", "input") else None
    bounds_crs = parse_crs(job.bounds_crs) if job.bounds_crs else None
    grid = working_grid([entry.source for entry in opened], pixel_size, job.bounds, bounds_crs, wanted)
    window, canvas = _windows(grid, streams)
    # The first condition leads the grid; for all else the order in which they are named does not matter.
    conditions = sorted(opened, key=lambda entry: entry.modality.name)
    target = grid.geobox
    if job.crs == "input":
        if not opened:
            raise UsageError("--crs input: there is no condition whose grid could be taken.")
        target = input_grid(opened[0].source, job.bounds, bounds_crs)
    elif wanted is not None:
        target = output_grid(grid.geobox, wanted)
    return Plan(conditions, grid, window, target, canvas, by_modality, warnings)


def measure_stretches(plan: Plan, report: Report = lambda progress: None) -> Plan:
    """Measure the limits of the conditions' 8-bit pictures over their whole files, where they need any."""

    def told(done: int, total: int) -> None:
        report(Progress("measure", done, total))

    return replace(plan, conditions=[with_stretch(entry, plan.grid.lattice, told) for entry in plan.conditions])


def trained_pixel_size(streams: Sequence[StreamSpec]) -> float:
    """Return the ground size in metres of the coarsest pixels the model learned."""
    return max(stream.pixel_size or 0.0 for stream in streams)


def _pixel_size_warnings(opened: Sequence[OpenCondition], pixel_size: float, trained: float) -> list[str]:
    warnings = []
    enlarged = pixel_size / trained
    if enlarged != 1.0:
        warnings.append(f"--resolution {pixel_size:g}: the model never saw pixels of that size, only {trained:g} m.")
    for entry in opened:
        distance = entry.modality.ground_sampling_distance
        if entry.reading.encoding in ("hillshade", "thumbnail"):
            distance = trained
        warning = check_pixel_size(max(entry.source.facts.pixel_metres), distance * max(enlarged, 1.0), entry.name)
        warnings += [warning] if warning else []
    return warnings


def _windows(grid: WorkingGrid, streams: Sequence[StreamSpec]) -> tuple[PixelWindow, Canvas]:
    """Return the pixels the networks see and the windows over their latents.

    An area of at most one chip is one window centred on it, at whatever pixel it starts; a larger one
    is a canvas anchored to the lattice.
    """
    ground = shared_ground(streams)
    unit = round(ground.unit / trained_pixel_size(streams))
    chip = ground.window[0] * unit
    area = grid.area
    if max(area.height, area.width) <= chip:
        row, column = area.row - (chip - area.height) // 2, area.column - (chip - area.width) // 2
        window = PixelWindow(row, column, chip, chip)
        return window, Canvas(streams, row // unit, column // unit, *ground.window)
    # A strip narrower than a chip is widened first, so that a window fits.
    filled = area._replace(height=max(area.height, chip), width=max(area.width, chip))
    window = filled.extend(CANVAS_MULTIPLE)
    return window, Canvas(streams, *(number // unit for number in window))


def read_conditions(plan: Plan, report: Report) -> dict[str, Picture]:
    """Read the networks' pictures of all conditions, by modality: the first half of the stage."""
    pictures = {}
    for number, entry in enumerate(plan.conditions, start=1):
        pictures[entry.modality.name] = read_picture(entry, plan.grid.lattice, plan.window)
        report(Progress("read", number, 2 * len(plan.conditions)))
    return pictures


def identify_conditions(plan: Plan, pictures: Mapping[str, Picture], report: Report) -> list[dict[str, str]]:
    """Return name and hash of every condition: the second half of the stage ``read``.

    Files are read through for it, so that ``report`` hears of every block.
    """
    identities = []
    total = 2 * len(plan.conditions)
    for done, entry in enumerate(plan.conditions, start=len(plan.conditions)):
        now = partial(report, Progress("read", done, total))
        identities.append(entry.identity(pictures[entry.modality.name], now))
        report(Progress("read", done + 1, total))
    return identities


def read_starts(job: Job, plan: Plan) -> dict[str, Picture]:
    """Read the pictures that generated modalities start from, by modality."""
    pictures = {}
    for modality, text in job.start.items():
        path, _ = split_start(modality, text)
        entry = with_stretch(open_condition(Condition(modality, [path])), plan.grid.lattice)
        plan.warnings.extend(entry.reading.warnings)
        pictures[modality] = read_picture(entry, plan.grid.lattice, plan.window)
    return pictures


def split_start(modality: str, text: str) -> tuple[str, float]:
    """Split ``PATH@TIMESTEP``.

    Raises:
        UsageError: there is no timestep above the solver's last one, 1, and up to 1000.
    """
    path, _, number = text.rpartition("@")
    try:
        timestep = float(number)
    except ValueError:
        timestep = float("nan")
    if not path or not LAST_TIMESTEP < timestep <= 1000:
        raise UsageError(
            f"--start {modality}={text}: write PATH@TIMESTEP with a timestep above {LAST_TIMESTEP:g} and up to 1000."
        )
    return path, timestep


def valid_pixels(job: Job, plan: Plan, pictures: Sequence[Picture]) -> NDArray[np.bool_]:
    """Return where results have data: where every condition has, inside the mask."""
    rows, columns = plan.grid.area.slices_in(plan.window)
    valid = np.ones((plan.grid.area.height, plan.grid.area.width), dtype=bool)
    for picture in pictures:
        valid &= picture.valid[rows, columns]
    if job.mask:
        valid &= read_mask(job.mask, plan.grid.geobox)
    if not valid.any():
        raise InputError("no pixel of the area has data in every condition and lies inside the mask; choose another.")
    return valid


def encode_pictures(
    plan: Plan, backend: Backend, pictures: dict[str, Picture], report: Report
) -> dict[str, FloatArray]:
    """Return the moments of every picture on the latent canvas, by modality."""
    moments = {}
    for number, (modality, picture) in enumerate(sorted(pictures.items()), start=1):
        stream = plan.streams[modality]
        pixels = (picture.pixels.astype(np.float32) / np.float32(127.5) - 1.0)[: stream.channels]
        moments[modality] = encode_canvas(plan.canvas, stream, pixels, partial(backend.encode, stream.name))
        report(Progress("encode", number, len(pictures)))
    return moments


def roles_of(job: Job, plan: Plan) -> dict[str, Role]:
    """Return what every stream does, by stream name, in the model's order."""
    given = {entry.modality.name for entry in plan.conditions}
    roles = {}
    for modality, stream in plan.streams.items():
        if modality in given:
            roles[stream.name] = condition(job.hold.get(modality, 0.0))
        elif modality in job.start:
            roles[stream.name] = generated(split_start(modality, job.start[modality])[1])
        elif modality in job.generate or job.ignored is None:
            roles[stream.name] = generated()
        else:
            roles[stream.name] = ignored(job.ignored)
    return roles


def denoise(
    job: Job,
    plan: Plan,
    backend: Backend,
    moments: dict[str, FloatArray],
    steps: int,
    sample: int,
    report: Report,
    watch: Watch | None = None,
) -> dict[str, FloatArray]:
    """Draw one sample: latents of the generated streams on the canvas."""
    noise = CanvasNoise(plan.canvas, job.seed)
    latents = {}
    for modality, moment in moments.items():
        stream = plan.streams[modality]
        drawn = noise.draw("posterior", stream.name, sample - 1)
        latents[stream.name] = sample_posterior(moment, drawn, stream.latent_scale)
    roles, scheme = roles_of(job, plan), scheme_of(job.preset)
    wanted = [name for name, role in roles.items() if role.kind == "generated"]
    evaluations, windows = (sample - 1) * steps, len(plan.canvas.windows)

    def after_windows(done: int, total: int) -> None:
        # Evaluations differ a little in their number of windows; what is told must never go back.
        report(Progress("denoise", evaluations * windows + done * windows // total, job.samples * steps * windows))

    def after_evaluation(done: int, total: int) -> None:
        nonlocal evaluations
        evaluations = (sample - 1) * steps + done

    network = CanvasNetwork(plan.canvas, backend.predict, wanted, WINDOWS_IN_A_BATCH, after_windows)

    def watched(states: Mapping[str, FloatArray], timesteps: Mapping[str, float]) -> dict[str, FloatArray]:
        found = network(states, timesteps)
        if watch is not None:
            watch(Evaluation(evaluations + 1, job.samples * steps, plan, backend, states, found, timesteps))
        return found

    results = run_job(roles, latents, backend.schedule, steps, noise, watched, sample - 1, after_evaluation, scheme)
    if not all(np.isfinite(latent).all() for latent in results.values()):
        raise ModelError(
            f"the model computes no numbers in {backend.precision} on {backend.device}; use --precision fp32, and "
            "`models verify` to see whether its files are whole."
        )
    return results


def decode_area(plan: Plan, backend: Backend, stream: StreamSpec, latent: FloatArray, report: Report) -> FloatArray:
    """Decode a latent canvas and cut out the area; brightness in [0, 1], float32 (3, rows, columns)."""

    def told(done: int, total: int) -> None:
        report(Progress("decode", done, total))

    pixels = decode_canvas(plan.canvas, stream, latent, partial(backend.decode, stream.name), told)
    rows, columns = plan.grid.area.slices_in(plan.window)
    picture: FloatArray = np.clip((pixels[:, rows, columns] + 1.0) / 2.0, 0.0, 1.0).astype(np.float32)
    return picture


def _result(
    job: Job, plan: Plan, backend: Backend, model: StoredModel, steps: int, outputs: list[Output], seconds: float
) -> Result:
    return Result(
        outputs=outputs,
        model=model.name,
        device=backend.device,
        backend=backend.name,
        precision=backend.precision,
        seconds=round(seconds, 3),
        chips=plan.chips,
        seed=job.seed,
        steps=steps,
        recognised={entry.modality.name: {"file": entry.name, **entry.reading.summary()} for entry in plan.conditions},
        warnings=list(dict.fromkeys([*passed_over(job.model), *plan.warnings, *backend.notes])),
        provider=backend.provider,
        solver=scheme_of(job.preset),
    )
