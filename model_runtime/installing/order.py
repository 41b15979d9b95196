"""What is ordered: where to, for what, and from where packages come."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from model_runtime.installing.failures import SetupError

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "resources" / "requirements"
FILES = {"cpu": "cpu.txt", "cuda": "gpu.txt"}
ENVIRONMENT, FORMER, WORK = "runtime", "runtime-before", "setup-files"
"""Folders in the one for environment and models."""


@dataclass(frozen=True)
class Order:
    """One set-up.

    Attributes:
        data_dir: folder of everything that is ours; the environment lies in ``runtime`` in it.
        variant: ``auto``, ``cpu`` or ``cuda``.
        fingerprint: written when everything is done; the plugin knows what it means.
        index: package index instead of pip's own; empty for that one.
        torch_index: index of PyTorch's wheels; empty for the one in the resources.
        wheels: folder of wheels to install from; then no network is used at all.
        proxy: address, with name and password where it needs them.
        no_proxy: hosts that are reached without it, separated by commas.
        certificates: file of trusted authorities; empty for the system's.
        requirements: folder of the requirement files.
        proof: script that proves the finished environment.
    """

    data_dir: Path
    variant: str = "auto"
    fingerprint: str = ""
    index: str = ""
    torch_index: str = ""
    wheels: str = ""
    proxy: str = ""
    no_proxy: str = ""
    certificates: str = ""
    requirements: Path = REQUIREMENTS
    proof: Path = field(default=Path(__file__).with_name("proof.py"))

    @property
    def environment(self) -> Path:
        """Folder of the environment."""
        return self.data_dir / ENVIRONMENT

    @property
    def former(self) -> Path:
        """Folder of the environment from before, which the plugin uses until the other one is complete."""
        return self.data_dir / FORMER

    @property
    def work(self) -> Path:
        """Folder for what is needed only meanwhile; kept by a cancel, gone when all is done."""
        return self.data_dir / WORK

    def pip_environment(self, index: str) -> dict[str, str]:
        """Return the variables for pip: this process's, with what was ordered; nothing secret on a command line.

        Args:
            index: package index; empty for pip's own.
        """
        variables = dict(os.environ)
        temporary = str(self.work / "temp")
        told = {
            "PIP_CACHE_DIR": str(self.work / "cache"),
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_NO_INPUT": "1",
            "PIP_REQUIRE_VIRTUALENV": "1",
            "PYTHONUTF8": "1",
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), temporary),
        }
        if self.wheels:
            told.update(PIP_NO_INDEX="1", PIP_FIND_LINKS=self.wheels)
        elif index:
            told["PIP_INDEX_URL"] = index
        if self.certificates:
            told["PIP_CERT"] = self.certificates
        if self.proxy:
            told.update(dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), self.proxy))
        if self.no_proxy:
            told.update(dict.fromkeys(("NO_PROXY", "no_proxy"), self.no_proxy))
        return {**variables, **told}


def read_order(values: dict[str, Any]) -> Order:
    """Read an order from JSON.

    Raises:
        SetupError: a field is unknown or missing.
    """
    known = {entry.name for entry in fields(Order)}
    unknown = sorted(set(values) - known)
    if unknown or not values.get("data_dir"):
        raise SetupError("order", f"set-up: unknown fields {unknown}, or data_dir missing.")
    paths = {name: Path(values[name]) for name in ("data_dir", "requirements", "proof") if values.get(name)}
    texts = {name: str(value) for name, value in values.items() if name not in ("data_dir", "requirements", "proof")}
    if texts.get("variant", "auto") not in ("auto", *FILES):
        raise SetupError("order", f"set-up: variant {texts['variant']} is none of auto, {', '.join(FILES)}.")
    return Order(**paths, **texts)  # type: ignore[arg-type]
