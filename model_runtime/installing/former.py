"""The environment that worked, kept beside the one that is being changed until that one works too."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from model_runtime.contract import ENVIRONMENT_MARKER
from model_runtime.installing.environment import has_python
from model_runtime.installing.folders import COMPLETE, claim, read_marker, remove, write_marker


def keep_former(folder: Path, former: Path) -> str:
    """Keep a complete environment under another name as well; one that is not complete leaves the one kept before.

    Both names mean the same files, so that it takes next to no room. What changes one of them, pip above all, replaces
    files and writes into none.

    Args:
        folder: of the environment that will be changed.
        former: where it is to be found until that is done.

    Returns:
        Why it cannot be kept here, empty where it can be or need not.

    Raises:
        SetupError: the other folder is somebody else's or cannot be written.
    """
    facts = read_marker(folder)
    if facts is None or facts.get("state") != COMPLETE or not has_python(folder):
        return ""
    remove(former)
    claim(former)
    try:
        shutil.copytree(
            folder,
            former,
            symlinks=True,
            ignore=lambda _, names: [ENVIRONMENT_MARKER] if ENVIRONMENT_MARKER in names else [],
            copy_function=os.link,
            dirs_exist_ok=True,
        )
    except OSError as error:  # a file system without such names, or a folder that is a link to another disk
        remove(former)
        return " ".join(str(error).split())[:200]
    write_marker(former, facts)
    return ""
