"""Sentences on the panel: times, memory, what was recognised, what will run."""

from __future__ import annotations

import math
from typing import Any, Dict, List, Mapping, Optional

from ..terms import encoding_name, evidence_name, without_flags
from ..translation import tr


def panel_sentence(sentence: str) -> str:
    """Return a sentence of the runtime with the command line's flags named as they stand on the panel."""
    names = {
        "bands": tr("Correct"),
        "bounds": tr("Area"),
        "mask": tr("Area"),
        "encoding": tr("Encoding"),
        "offset": tr("Offset"),
        "model": tr("Model"),
        "steps": tr("Steps"),
        "preset": tr("Preset"),
        "samples": tr("Samples"),
        "seed": tr("Seed"),
        "device": tr("Device"),
    }
    return without_flags(sentence, {flag: f"“{name}”" for flag, name in names.items()})


def duration_text(seconds: float) -> str:
    """Return a duration as people say it: 40 s, 3 min, 2 h 10 min."""
    if not math.isfinite(seconds) or seconds < 0:
        return tr("unknown")
    if seconds < 90:
        return tr("{seconds} s").format(seconds=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{minutes} min").format(minutes=minutes)
    return tr("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def memory_text(size: float) -> str:
    """Return an amount of memory in bytes as MB or GB."""
    if size >= 1e9:
        return tr("{size} GB").format(size=f"{size / 1e9:.1f}")
    return tr("{size} MB").format(size=max(1, round(size / 1e6)))


def pace_text(seconds: float) -> str:
    """Return the seconds that a chip takes."""
    shown = f"{seconds:.1f}" if seconds >= 0.1 else f"{seconds:.2f}"
    return tr("{seconds} s per chip").format(seconds=shown)


def chips_text(chips: int) -> str:
    """Return a number of chips."""
    return tr("1 chip") if chips == 1 else tr("{count} chips").format(count=chips)


def estimate_text(estimate: Mapping[str, Any], seconds: Optional[float]) -> str:
    """Return what a run will take.

    Args:
        estimate: result of an inspection, or empty.
        seconds: expected duration, None where no run has told it yet.
    """
    parts = []
    if estimate.get("chips"):
        parts.append(chips_text(int(estimate["chips"])))
    if parts:
        parts.append(
            tr("about {time}").format(time=duration_text(seconds)) if seconds else tr("time known after a first run")
        )
    if estimate.get("memory_bytes"):
        parts.append(tr("{memory} of memory").format(memory=memory_text(float(estimate["memory_bytes"]))))
    return " · ".join(parts)


def recognised_text(found: Mapping[str, Any]) -> str:
    """Return what an inspection found out about a condition."""
    parts = []
    bands = [str(number) for number in found.get("bands", [])]
    if bands:
        text = tr("Band {bands}") if len(bands) == 1 else tr("Bands {bands}")
        parts.append(_with_evidence(text.format(bands=", ".join(bands)), found.get("bands_source", "")))
    if found.get("encoding"):
        parts.append(encoding_name(str(found["encoding"])))
    if found.get("offset_source", "none") != "none":
        number = f"{float(found.get('offset') or 0.0):g}".replace("-", "−")
        parts.append(_with_evidence(tr("offset {offset}").format(offset=number), found["offset_source"]))
    return " · ".join(parts)


def _with_evidence(text: str, source: str) -> str:
    evidence = evidence_name(source)
    return f"{text} ({evidence})" if evidence else text


def remaining_text(stage: str, seconds_left: Optional[float]) -> str:
    """Return the line below the progress bar."""
    if seconds_left is None:
        return stage
    return tr("{stage} · about {time} left").format(stage=stage, time=duration_text(seconds_left))


def device_text(devices: List[Any], chosen: str, pace: float) -> str:
    """Return what will run.

    Args:
        devices: those of the runtime's status, best first.
        chosen: ``auto`` or the name of one.
        pace: seconds per chip of the last run there, 0 where unknown.
    """
    usable = [device for device in devices if device_works(device)]
    device = next((entry for entry in usable if chosen in ("auto", device_name(entry))), None)
    parts = []
    if device is None:
        parts.append(tr("The device is known once the runtime has started.") if chosen == "auto" else chosen.upper())
    else:
        name, title = device_name(device).upper(), str(_fact(device, "title") or "")
        parts.append(title if title.upper().startswith(name) else f"{name} ({title})" if title else name)
        memory = _fact(device, "memory_bytes")
        if memory:
            parts.append(memory_text(float(memory)))
    if pace:
        parts.append(pace_text(pace))
    return " · ".join(parts)


def device_name(device: Any) -> str:  # noqa: ANN401
    """Return the name of a device of the runtime's status."""
    return str(device.get("name", "")) if isinstance(device, dict) else str(device)


def device_works(device: Any) -> bool:  # noqa: ANN401
    """Tell whether a device of the runtime's status computes."""
    return bool(device.get("works", True)) if isinstance(device, dict) else True


def _fact(device: Any, name: str) -> Any:  # noqa: ANN401
    return device.get(name) if isinstance(device, dict) else None


def settings_text(job: Dict[str, Any], result: Optional[Dict[str, Any]]) -> str:
    """Return the settings of a run, one a line, for "Show settings"."""
    lines = []
    for entry in job.get("conditions", []):
        path = ", ".join(entry["path"])
        lines.append(tr("Condition {modality}: {path}").format(modality=entry["modality"], path=path))
        for name in ("bands", "encoding", "offset"):
            value = entry.get(name)
            if value and value != "auto":
                lines.append(f"    {name}: {', '.join(value) if isinstance(value, list) else value}")
    for name in ("generate", "model", "steps", "samples", "seed", "device", "bounds", "bounds_crs", "mask", "output"):
        value = job.get(name)
        if value not in (None, "", []):
            shown = ", ".join(str(part) for part in value) if isinstance(value, (list, tuple)) else str(value)
            lines.append(f"{name}: {shown.splitlines()[0][:200]}")
    for name in ("model", "device", "backend", "precision", "steps", "chips", "seconds"):
        if result and name in result:
            lines.append(tr("{name} used: {value}").format(name=name, value=result[name]))
    return "\n".join(lines)
