#!/usr/bin/env bash
# Make .venv-qgis, the system QGIS's Python with pytest, where QGIS is; otherwise say so. Argument: QGIS's Python.
set -euo pipefail
python=$1
if ! "$python" -c 'import qgis.core' >/dev/null 2>&1; then
  echo "QGIS is not installed: .venv-qgis is not made"
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "$python lacks venv: .venv-qgis is not made (sudo apt-get install python3-venv)"
else
  "$python" -m venv --system-site-packages .venv-qgis
  .venv-qgis/bin/python -m pip install --quiet -r resources/requirements/qgis-test.txt
  touch .venv-qgis/.ready
fi
