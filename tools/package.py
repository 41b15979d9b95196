"""Pack the plugin as QGIS installs it: what is committed, under ``copgen/``, in one zip.

    python tools/package.py [--release] [--output FILE]

Refuses a tree with changes that are not committed, a compiled translation that is older than its text,
a zip that is too large, and for a release the marked placeholders in metadata.txt.
"""

from __future__ import annotations

import argparse
import configparser
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "copgen/"
LARGEST_BYTES = 20_000_000
PLACEHOLDER = "PLACEHOLDER"
MARKED = {"author": "COP-GEN for QGIS contributors"}
"""Placeholders that do not say so themselves."""
TO_BE_FILLED = ("author", "email", "homepage", "repository", "tracker")
FORBIDDEN = (".so", ".dll", ".dylib", ".exe", ".pyd", ".pyc", ".ui~")

QM_MESSAGES = 0x69
QM_END, QM_TRANSLATION, QM_OBSOLETE = 1, 3, 5
QM_SOURCE, QM_CONTEXT = 6, 7


class Refusal(Exception):
    """Why there is no zip, in one sentence."""


def main() -> int:
    """Pack and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--release", action="store_true", help="refuse the placeholders in metadata.txt")
    parser.add_argument("--output", type=Path, default=ROOT / "out" / "copgen.zip")
    arguments = parser.parse_args()
    try:
        check_tree(ROOT)
        check_translations(ROOT / "resources" / "i18n")
        if arguments.release:
            check_release(ROOT / "metadata.txt")
        build(ROOT, arguments.output)
        try:
            check_zip(arguments.output)
        except Refusal:
            arguments.output.unlink()
            raise
    except Refusal as refusal:
        print(f"error: {refusal}", file=sys.stderr)
        return 1
    print(f"{arguments.output}: {arguments.output.stat().st_size / 1e6:.1f} MB")
    return 0


def build(root: Path, target: Path) -> None:
    """Write the zip of what is committed in ``root``."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _git(root, "archive", "--format=zip", f"--prefix={PREFIX}", f"--output={target.resolve()}", "HEAD")


def check_tree(root: Path) -> None:
    """Refuse a tree that differs from what would be packed; what lies beside it, such as results, does not count.

    Raises:
        Refusal: naming what is changed.
    """
    ours = set(_git(root, "ls-tree", "--name-only", "-z", "HEAD").split("\0"))
    status = _git(root, "status", "--porcelain", "-z").split("\0")
    changed = [line for line in status if line and not _beside(line, ours)]
    if changed:
        raise Refusal(f"{len(changed)} file(s) are not committed ({changed[0].strip()}, ...); commit or remove them.")


def _beside(line: str, ours: set[str]) -> bool:
    """Whether a line of git's status is of something untracked, no code, outside the folders that would be packed."""
    first = line.removeprefix("?? ").partition("/")[0]
    return line.startswith("?? ") and first not in ours and not first.endswith(".py")


def check_translations(folder: Path) -> None:
    """Refuse compiled translations that do not say what their texts say.

    Raises:
        Refusal: naming the language.
    """
    texts = sorted(folder.glob("*.ts"))
    if not texts:
        raise Refusal(f"{folder}: no translation found.")
    for text in texts:
        compiled = text.with_suffix(".qm")
        if not compiled.is_file() or read_qm(compiled) != read_ts(text):
            raise Refusal(f"{compiled.name} is not what {text.name} says; compile it with lrelease.")


def check_release(metadata: Path) -> None:
    """Refuse what must not be published.

    Raises:
        Refusal: naming the fields that are placeholders still.
    """
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(metadata, encoding="utf-8")
    values = parser["general"]
    unfilled = [
        name
        for name in TO_BE_FILLED
        if not values.get(name) or PLACEHOLDER in values[name] or values[name] == MARKED.get(name)
    ]
    if unfilled:
        raise Refusal(f"{metadata.name}: {', '.join(unfilled)} are placeholders still; fill them in.")


def check_zip(path: Path) -> None:
    """Refuse a zip that the plugin site would not take.

    Raises:
        Refusal: it is too large, holds programs, or lacks what QGIS needs.
    """
    if path.stat().st_size > LARGEST_BYTES:
        raise Refusal(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, at most {LARGEST_BYTES / 1e6:.0f} MB.")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    programs = [name for name in names if name.endswith(FORBIDDEN)]
    if programs:
        raise Refusal(f"{path.name}: holds {programs[0]}, which does not belong there.")
    missing = [name for name in ("metadata.txt", "__init__.py", "LICENSE") if PREFIX + name not in names]
    if missing:
        raise Refusal(f"{path.name}: lacks {', '.join(missing)}.")


def read_ts(path: Path) -> dict[tuple[str, str], str]:
    """Return the translations of a .ts file by context and source text, those left empty not among them."""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") in ("vanished", "obsolete"):
                continue
            if translation.text:
                found[name, message.findtext("source") or ""] = translation.text
    return found


def read_qm(path: Path) -> dict[tuple[str, str], str]:
    """Return the translations of a compiled .qm file, as :func:`read_ts` does."""
    data = path.read_bytes()
    found: dict[tuple[str, str], str] = {}
    for block in _blocks(data[16:], QM_MESSAGES):
        fields: dict[int, bytes] = {}
        position = 0
        while position < len(block):
            tag = block[position]
            position += 1
            if tag == QM_END:
                key = (fields.get(QM_CONTEXT, b"").decode(), fields.get(QM_SOURCE, b"").decode())
                found[key] = fields.get(QM_TRANSLATION, b"").decode("utf-16-be")
                fields = {}
            elif tag == QM_OBSOLETE:
                position += 4
            else:
                size = int.from_bytes(block[position : position + 4], "big")
                fields[tag] = block[position + 4 : position + 4 + size]
                position += 4 + size
    return found


def _blocks(data: bytes, wanted: int) -> list[bytes]:
    found = []
    position = 0
    while position + 5 <= len(data):
        tag, size = data[position], int.from_bytes(data[position + 1 : position + 5], "big")
        if tag == wanted:
            found.append(data[position + 5 : position + 5 + size])
        position += 5 + size
    return found


def _git(root: Path, *words: str) -> str:
    # The checkout may belong to another user than the one who packs.
    command = ["git", "-c", "safe.directory=*", "-C", str(root), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refusal(f"git {words[0]}: {done.stderr.strip() or 'failed'}.")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
