"""The set-up as a program: an order on stdin, messages on stdout, ended by the end of stdin; also runs as a script.

Newline-delimited JSON-RPC 2.0, as :mod:`model_runtime.server`. One request a process:

- ``set_up`` {the fields of :class:`model_runtime.installing.order.Order`}: {python, variant, gpu, proof}.
- ``take_down`` {data_dir}: {removed: folders}.

Notifications: ``plan`` {steps, variant, gpu}, ``step`` {name, state, seconds}, ``progress`` {step, what, done, total,
speed}, ``installing`` {step}, ``log`` {line}. Errors carry {reason, detail} for a sentence in the user's language.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

FIRST_ERROR = -32000


def main() -> int:
    """Read an order, carry it out and return the exit status."""
    outgoing = os.dup(1)
    os.dup2(2, 1)
    if hasattr(os, "setsid"):
        # A process that leads a group already may not.
        with contextlib.suppress(PermissionError):
            os.setsid()
    line = _read_line()
    from model_runtime.installing.ending import end_with_stdin
    from model_runtime.installing.failures import SetupError
    from model_runtime.installing.telling import Teller

    end_with_stdin()
    teller = Teller(outgoing)
    try:
        message = json.loads(line)
        teller.request = message.get("id")
        teller.answer(_carry_out(message["method"], message["params"], teller))
    except SetupError as error:
        teller.refuse(FIRST_ERROR - error.status, error.message, error.reason, error.detail)
        return error.status
    except OSError as error:
        reason = "disk" if error.errno == 28 else "permission"
        teller.refuse(FIRST_ERROR - 5, f"{error.filename}: {error.strerror}", reason, str(error.filename or ""))
        return 5
    except Exception as error:  # whatever happens is said
        told = f"{type(error).__name__}: {error}"
        teller.refuse(FIRST_ERROR - 1, told, "internal", told)
        return 1
    return 0


def _carry_out(method: str, params: dict[str, Any], teller: Any) -> dict[str, Any]:  # noqa: ANN401
    from model_runtime.installing.failures import SetupError
    from model_runtime.installing.order import read_order
    from model_runtime.installing.steps import set_up, take_down

    if method == "set_up":
        return asyncio.run(set_up(read_order(params), teller))
    if method == "take_down":
        return {"removed": take_down(Path(params["data_dir"]))}
    raise SetupError("order", f"{method}: no such method.")


def _read_line() -> bytes:
    """Read the order, byte by byte: what comes after it is for the thread that waits for the end."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            break
        line += byte
    return line


def _repair_path() -> None:
    """Have the repository's root on the path and not this folder."""
    here = os.path.dirname(os.path.abspath(__file__))
    root = os.path.dirname(os.path.dirname(here))
    sys.path[:] = [root, *(entry for entry in sys.path if os.path.abspath(entry or ".") != here)]


if __name__ == "__main__":
    _repair_path()
    sys.dont_write_bytecode = True
    sys.exit(main())
