"""The zip that users install: what is in it, what scanners say of it, and when there is none."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools.package import (
    LARGEST_BYTES,
    Refusal,
    build,
    check_release,
    check_translations,
    check_tree,
    check_zip,
    read_ts,
)

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ROOT / "resources" / "i18n"


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pack what is committed."""
    path = tmp_path_factory.mktemp("package") / "copgen.zip"
    build(ROOT, path)
    return path


@pytest.fixture(scope="module")
def unpacked(package: Path) -> Path:
    with zipfile.ZipFile(package) as archive:
        archive.extractall(package.parent)
    return package.parent / "copgen"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small repository of its own."""
    folder = tmp_path / "tree"
    folder.mkdir()
    (folder / "metadata.txt").write_text("[general]\n")
    for words in (
        ("git", "init", "-q"),
        ("git", "add", "."),
        ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "begin"),
    ):
        assert run(*words, folder=folder).returncode == 0
    return folder


def test_the_zip_holds_the_plugin_and_nothing_else(package: Path, unpacked: Path) -> None:
    check_zip(package)
    assert package.stat().st_size < LARGEST_BYTES
    for name in ("metadata.txt", "LICENSE", "model_runtime/server.py", "resources/models/copgen-mini/model_index.json"):
        assert (unpacked / name).is_file()
    for name in ("tests", "docs", "tools", ".ci", "Makefile", "pyproject.toml", "CONTRIBUTING.md", ".gitignore"):
        assert not (unpacked / name).exists()
    for path in unpacked.rglob("*"):
        assert path.suffix not in {".pyc", ".so", ".dll", ".exe"}


def test_bandit_finds_nothing_in_it(unpacked: Path) -> None:
    done = run(sys.executable, "-m", "bandit", "-q", "-r", ".", "-f", "json", folder=unpacked)
    found = json.loads(done.stdout)
    assert not found["errors"]
    assert not [f"{entry['filename']}:{entry['line_number']} {entry['issue_text']}" for entry in found["results"]]


def test_detect_secrets_finds_nothing_in_it(unpacked: Path) -> None:
    done = run(sys.executable, "-m", "detect_secrets", "scan", "--all-files", ".", folder=unpacked)
    assert not json.loads(done.stdout)["results"]


def test_what_qgis_runs_needs_no_later_python_than_3_9(unpacked: Path) -> None:
    parts = ["__init__.py", "copgen_plugin", "model_runtime/__init__.py", "model_runtime/contract.py"]
    done = run(str(Path(sys.executable).with_name("vermin")), "-t=3.9-", "--violations", *parts, folder=unpacked)
    assert done.returncode == 0, done.stdout


def test_every_compiled_translation_says_what_its_text_says() -> None:
    check_translations(TEXTS)


def test_a_stale_translation_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TEXTS, tmp_path / "i18n"))
    text = sorted(folder.glob("*.ts"))[0]
    said = next(iter(read_ts(text).values()))
    text.write_text(text.read_text(encoding="utf-8").replace(said, "quite another text", 1), encoding="utf-8")
    with pytest.raises(Refusal, match=text.stem):
        check_translations(folder)
    text.with_suffix(".qm").unlink()
    with pytest.raises(Refusal, match=text.stem):
        check_translations(folder)


def test_a_dirty_tree_is_refused(tree: Path, tmp_path: Path) -> None:
    check_tree(tree)
    build(tree, tmp_path / "out.zip")
    with pytest.raises(Refusal, match="lacks __init__.py"):
        check_zip(tmp_path / "out.zip")
    (tree / "results").mkdir()
    (tree / "results" / "dem_hillshade.tif").touch()
    (tree / "mine.toml").touch()
    check_tree(tree)
    (tree / "code").mkdir()
    (tree / "code" / "old.py").touch()
    for words in (
        ("git", "add", "code"),
        ("git", "-c", "user.name=x", "-c", "user.email=x@y.z", "commit", "-qm", "code"),
    ):
        assert run(*words, folder=tree).returncode == 0
    (tree / "code" / "note.txt").touch()
    with pytest.raises(Refusal, match="code/note.txt"):
        check_tree(tree)
    (tree / "code" / "note.txt").unlink()
    (tree / "new.py").touch()
    with pytest.raises(Refusal, match="not committed"):
        check_tree(tree)


def test_a_release_is_refused_while_placeholders_stand(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="author, email, homepage, repository, tracker"):
        check_release(ROOT / "metadata.txt")
    filled = tmp_path / "metadata.txt"
    filled.write_text(
        "[general]\nauthor=A\nemail=a@b.cd\nhomepage=https://b.cd\nrepository=https://b.cd/r\ntracker=https://b.cd/t\n"
    )
    check_release(filled)
