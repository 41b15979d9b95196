#!/usr/bin/env bash
# Run the tests inside the system's QGIS. Arguments: QGIS's Python, the Debian packages that make a QGIS.
set -euo pipefail
python=$1 packages=$2
has_qgis() { "$python" -c 'import qgis.core' >/dev/null 2>&1; }
if ! has_qgis && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
fi
if ! has_qgis; then
  echo "QGIS is not installed; its tests were not run: sudo apt-get install $packages"
  [ "${COPGEN_REQUIRE_QGIS:-}" != 1 ] || exit 1
  exit 0
fi
if [ ! -e .venv-qgis/.ready ] || [ resources/requirements/qgis-test.txt -nt .venv-qgis/.ready ]; then
  "$python" -c 'import ensurepip' 2>/dev/null || { [ "$(id -u)" = 0 ] && apt-get install -y -qq python3-venv >/dev/null; }
  bash tests/qgis_environment.sh "$python"
fi
# pytest-qgis starts QGIS before any conftest: without a platform it aborts without a word.
export QT_QPA_PLATFORM=offscreen
exec .venv-qgis/bin/python -m pytest -o qgis_gui_enabled=false tests/plugin
