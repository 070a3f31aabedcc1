# Both commands set themselves up: a virtual environment from the lock file, hashes checked, and
# the compiled modules of hatch_build.py, which need a C compiler.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
READY := $(VENV)/.ready

RAW ?= raw
DATASET ?= dataset
CRON ?= 0 2 * * *
GOLD ?= ../shared/gold/dev

.PHONY: release serve test lint lock train clean

release: $(READY)  ## refine RAW with the Prefect flow and publish a release in DATASET
	$(BIN)/python -m flows $(RAW) --dataset $(DATASET)

serve: $(READY)  ## Prefect's server, and a deployment that releases on CRON what arrived in RAW
	$(BIN)/python -m flows.serve '$(RAW)' --dataset '$(DATASET)' --cron '$(CRON)'

test: $(READY) lint  ## lint, types and the whole test suite
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

train: $(READY)  ## train the page models again from gold pages in GOLD
	$(BIN)/uv pip install --quiet --python $(VENV) --constraint requirements.lock -r pyproject.toml --extra train
	$(BIN)/python -m benchmarks.training --gold $(GOLD) --out corpusmill/models

lock: $(INSTALLED)  ## resolve the dependencies of pyproject.toml anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --all-extras \
	  --no-header pyproject.toml --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
	find corpusmill -name '*.so' -delete

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "corpusmill needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	sed -n '/^uv==/,/# via/p' requirements.lock > $(VENV)/installer.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(VENV)/installer.lock
	$(BIN)/uv pip install --quiet --python $(VENV) --constraint requirements.lock -r pyproject.toml --extra flows --extra s3 --extra dask --extra dev
	touch $(INSTALLED)

$(READY): $(INSTALLED) hatch_build.py $(shell find corpusmill -name '*.pyx' -o -name '*.pxd')
	$(BIN)/uv pip install --quiet --python $(VENV) --no-deps --no-build-isolation --editable .
	touch $(READY)
