"""Made-up packages as wheels, for tests of the set-up that must not depend on a network."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path


def make_wheel(folder: Path, name: str, version: str = "1.0", files: int = 3, needs: tuple[str, ...] = ()) -> Path:
    """Write a wheel with so many modules, each of a few kilobytes."""
    info = f"{name}-{version}.dist-info"
    metadata = [f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", *(f"Requires-Dist: {n}\n" for n in needs)]
    contents = {f"{name}/__init__.py": f"VERSION = {version!r}\n"}
    contents |= {f"{name}/part_{n}.py": f"# {n}\nVALUES = {list(range(n, n + 500))}\n" for n in range(files)}
    contents |= {
        f"{info}/METADATA": "".join(metadata),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [f"{path},sha256={_digest(text)},{len(text.encode())}" for path, text in contents.items()]
    contents[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,", ""])
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in contents.items():
            archive.writestr(path, text)
    return wheel


def make_wheelhouse(folder: Path, files: int = 3) -> Path:
    """Write a folder of wheels that stand for torch and the rest."""
    folder.mkdir(parents=True)
    make_wheel(folder, "torch", "2.0", files, ("madeup_base",))
    make_wheel(folder, "madeup_base", files=files)
    make_wheel(folder, "madeup_rasters", files=files, needs=("madeup_base",))
    make_wheel(folder, "madeup_runtime", files=files)
    return folder


def make_index(folder: Path, wheels: list[Path]) -> str:
    """Write a package index of wheels; its address."""
    for wheel in wheels:
        page = folder / wheel.name.split("-")[0].replace("_", "-") / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<a href="{wheel.as_uri()}">{wheel.name}</a>')
    return folder.as_uri()


def make_requirements(folder: Path) -> Path:
    """Write requirement files that ask for those wheels."""
    folder.mkdir(parents=True)
    (folder / "core.txt").write_text("madeup_rasters>=1.0\n")
    for name in ("cpu.txt", "gpu.txt"):
        (folder / name).write_text("-r core.txt\ntorch==2.0\nmadeup_runtime\n")
    return folder


def make_proof(path: Path) -> Path:
    """Write a proof that uses what was installed."""
    path.write_text(
        "import json, torch, madeup_rasters.part_0, madeup_runtime\n"
        "print(json.dumps({'lines': ['CPU: 0.1 s per chip (torch ' + torch.VERSION + ')'], 'ok': True}))\n"
    )
    return path


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
