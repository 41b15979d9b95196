"""Keep the translations complete: texts in the code -> resources/i18n/copgen_<language>.ts -> .qm.

    python tools/translations.py            # new texts in, texts that are gone out, then compiled with lrelease
    python tools/translations.py --missing  # the texts that a language lacks

Texts are the literals in calls of ``tr`` in ``copgen_plugin``; Qt's own lupdate does not read Python.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "i18n"
LANGUAGES = ("de", "fr", "es", "it")
CONTEXT = "CopGen"


def main() -> int:
    """Update and compile, or list what is missing; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--missing", action="store_true", help="only list what is not translated")
    arguments = parser.parse_args()
    texts = extract(ROOT / "copgen_plugin")
    lacking = 0
    for language in LANGUAGES:
        path = FOLDER / f"copgen_{language}.ts"
        known = read(path)
        if not arguments.missing:
            write(path, language, {text: known.get(text, "") for text in texts})
        for text in texts:
            if not known.get(text):
                lacking += 1
                print(f"{language}: {text!r}")
    if not arguments.missing:
        compile_all()
    return 1 if lacking else 0


def extract(folder: Path) -> dict[str, str]:
    """Return every text of the code and the file it first stands in, in the order of the files."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == "tr" and path.name != "translation.py":
                text = node.args[0] if node.args else None
                if not isinstance(text, ast.Constant) or not isinstance(text.value, str):
                    raise SystemExit(f"{path}:{node.lineno}: tr() needs one literal text.")
                found.setdefault(text.value, path.relative_to(folder.parent).as_posix())
    return found


def read(path: Path) -> dict[str, str]:
    """Return the translations in a .ts file by source text; empty where there is no file."""
    if not path.is_file():
        return {}
    messages = ElementTree.parse(path).getroot().iter("message")
    return {entry.findtext("source") or "": entry.findtext("translation") or "" for entry in messages}


def write(path: Path, language: str, texts: dict[str, str]) -> None:
    """Write a .ts file: one context, texts in the order given."""
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    for source, translation in texts.items():
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = source
        entry = ElementTree.SubElement(message, "translation")
        if translation:
            entry.text = translation
        else:
            entry.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def compile_all() -> None:
    """Compile every .ts file with Qt's lrelease (Debian: qttools5-dev-tools)."""
    program = shutil.which("lrelease") or shutil.which("lrelease-qt5")
    if program is None:
        raise SystemExit("lrelease is needed: sudo apt-get install qttools5-dev-tools")
    for path in sorted(FOLDER.glob("*.ts")):
        subprocess.run([program, "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


if __name__ == "__main__":
    sys.exit(main())
