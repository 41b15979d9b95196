# Two environments stand beside the code: .venv (the model runtime) and .venv-qgis (QGIS's own Python with pytest).
PYTHON ?= python3
RUNTIME := .venv/bin/python
QGIS_PYTHON := /usr/bin/python3
QGIS_PACKAGES := qgis python3-qgis qgis-providers xvfb xdotool python3-venv
# Needed by `python -m venv` on a bare Debian, where pip and venv are separate packages.
ENSURE_VENV := $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null

.PHONY: setup demo test test-runtime test-qgis lint format embedded-model graphs answer package clean

setup: .venv/.ready .venv-qgis/.ready

.venv/.ready: $(wildcard resources/requirements/*.txt)
	@$(ENSURE_VENV) || { [ "$$(id -u)" = 0 ] && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3 python3-venv; } \
	  || { echo "Python 3.11 with venv is needed: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(RUNTIME) -m pip install --quiet -r resources/requirements/dev.txt
	@touch $@

# Only where QGIS is: `make setup` installs nothing into the system for it, `make test` does as root.
.venv-qgis/.ready: resources/requirements/qgis-test.txt
	@bash tests/qgis_environment.sh "$(QGIS_PYTHON)"

demo: setup
	$(RUNTIME) -m model_runtime.demo --output out

SUMMARY := .pytest_cache/summary.txt

# The last lines count what ran and what was skipped.
test: setup
	@mkdir -p .pytest_cache && rm -f $(SUMMARY)
	@status=0; $(MAKE) --no-print-directory test-runtime || status=1; \
	$(MAKE) --no-print-directory test-qgis || status=1; cat $(SUMMARY); exit $$status

test-runtime: setup
	COPGEN_TEST_SUMMARY=$(SUMMARY) COPGEN_TEST_LABEL=runtime OMP_NUM_THREADS=1 \
	  $(RUNTIME) -m pytest -q -n 2 tests/runtime tests/e2e

# Without QGIS the other tests still run; COPGEN_REQUIRE_QGIS=1 makes its absence, and any skip, a failure.
test-qgis: setup
	@COPGEN_TEST_SUMMARY=$(SUMMARY) COPGEN_TEST_LABEL=qgis bash tests/run_qgis.sh "$(QGIS_PYTHON)" "$(QGIS_PACKAGES)"

lint: setup
	$(RUNTIME) -m ruff check .
	$(RUNTIME) -m ruff format --check .
	$(RUNTIME) -m mypy
	$(RUNTIME) -m bandit -q -c pyproject.toml -r model_runtime copgen_plugin __init__.py

format: setup
	$(RUNTIME) -m ruff check --fix .
	$(RUNTIME) -m ruff format .

# A model like the embedded one, in runs/mini-moments/copgen-mini: many hours on two cores, and about 55 GB in runs/. Goes on
# where it was stopped. Copied to resources/models it needs `make graphs`, `make answer` and its measures (docs/training.md).
RUNS := mini mini-further mini-guesses mini-detail mini-optical mini-scales mini-more mini-grain mini-longer mini-doubled mini-wider mini-wider-longer mini-finest mini-moments
embedded-model: setup
	@for run in $(RUNS); do $(RUNTIME) -m model_runtime train --config $$run --output runs/$$run --cache runs/cache --resume || exit 1; done

# The embedded model's ONNX graphs, to be rewritten whenever its weights or settings change.
graphs: setup
	$(RUNTIME) tools/embedded_graphs.py

# The pictures that the self-test compares with, to be remade whenever the embedded model's weights or settings change.
answer: setup
	$(RUNTIME) -m model_runtime.selftest

# What is committed, as QGIS installs it; RELEASE=1 refuses the placeholders in metadata.txt.
package: setup
	$(RUNTIME) tools/package.py $(if $(filter 1,$(RELEASE)),--release)

clean:
	rm -rf .venv .venv-qgis .qgis-settings out .pytest_cache .mypy_cache .ruff_cache
