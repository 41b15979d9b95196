"""The protocol over stdin and stdout, for a program that keeps the models loaded; also runs as a script.

Newline-delimited JSON-RPC 2.0, one object a line, UTF-8. Requests, and their ``params``:

- ``initialize`` {}: {version, protocol, devices, models}. Devices are {name, title, memory_bytes,
  works}, best first; models {name, title, path, embedded, steps, fast_steps, modalities}.
- ``generate`` {the job's fields, "preview": true|false}: the object of ``--json``. ``preview`` asks
  for pictures while the job denoises; it is no field of the job.
- ``export`` {model, output, precision, opset}: {model, output, precision, opset, device, lines}, as the command
  ``export``; ``output`` is the folder made, ``lines`` what was found out. Queued like ``generate``.
- ``import`` {name, transformer, vae} or {name, bundle}: {path, models}; makes a bundle of files that are here, or
  copies one that lies in a folder, queued like ``generate``. Under the name of a published model only its published
  files, or a bundle that was made of them, are taken.
- ``verify`` {name}: {found, models}; reads all of a model, queued like ``generate``.
- ``models`` {}: {models}, as they are now; answered at once.
- ``inspect`` {as generate}: what such a job would do, without running a network; see
  :mod:`model_runtime.serving.inspection`. Answered beside a job that generates.
- ``cancel`` {"id": of a generate or inspect}: {cancelled: whether there was one to cancel}. Its request
  ends with the error of a cancelled job.
- ``shutdown`` {}: null; the process ends.

Jobs run one at a time, in the order in which they come. While one runs the notification ``progress``
{id, stage, done, total, seconds_left, preview, preview_modality} tells how far it is: ``seconds_left``
until the whole job ends, null while nothing was measured; ``preview`` a PNG in base64 or null, at most
``serving.preview.PICTURES`` times a job. An error of a job has the code -32000 minus the exit status of the
command line and the sentence as its message; the codes of JSON-RPC itself tell of malformed calls.

The process ends when its stdin does, in the middle of a network call too.
"""

from __future__ import annotations

import contextlib
import os
import sys

OLDEST_PYTHON = (3, 11)


def main() -> int:
    """Serve until stdin ends or ``shutdown`` comes; return the exit status."""
    protocol = _take_stdout()
    _lead_session()
    if sys.version_info < OLDEST_PYTHON:
        needed = ".".join(map(str, OLDEST_PYTHON))
        sys.stderr.write(f"{sys.executable}: the models need Python {needed} or later; choose another.\n")
        return 4
    from model_runtime.serving.service import serve

    return serve(0, protocol)


def _take_stdout() -> int:
    """Keep stdout for the protocol alone: whatever a library prints goes to stderr."""
    protocol = os.dup(1)
    os.dup2(2, 1)
    return protocol


def _lead_session() -> None:
    """Lead a process group, so that whoever started us can end us with all that we started."""
    if hasattr(os, "setsid"):
        # A process that leads a group already may not.
        with contextlib.suppress(PermissionError):
            os.setsid()


def _repair_path() -> None:
    """Have the repository's root on the path and not this folder, whose files shadow the standard library's."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [os.path.dirname(here), *(entry for entry in sys.path if os.path.abspath(entry or ".") != here)]


if __name__ == "__main__":
    _repair_path()
    sys.exit(main())
