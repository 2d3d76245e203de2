# One definition of every command; .ci/run and people call the same targets.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready

.PHONY: help setup demo test check bench bench-records cluster golden studies pages pictures lock clean

help:            ## list the targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1\t\2/p' $(MAKEFILE_LIST)

setup: $(READY)  ## virtual environment with the pinned dependencies

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Suanli needs Python 3.11 or later: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)

demo: setup      ## set up and run the main job on real data
	$(BIN)/suanli demo

test: setup      ## set up and pass every test
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: setup     ## format, lint, types, import contracts, tests: what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadgroup --cov --cov-report=
	$(BIN)/coverage report --format=total

bench: setup     ## measure speed and memory as ratios against named baselines
	$(BIN)/python -m benchmarks

bench-records: setup  ## measure the same of rules on 10⁸ records: some minutes, half a gigabyte of disk, Java for Spark
	$(BIN)/python -m benchmarks records

cluster: setup  ## run a Spark cluster of a master and two workers on this machine, until Ctrl-C
	$(BIN)/python -m tests.spark_cluster

golden: setup    ## put the golden result and the demonstration panels on record anew, after numbers moved on purpose
	$(BIN)/python -m tests.golden.update

studies: setup   ## write the bundled simulated studies anew, after profiles or records changed on purpose
	$(BIN)/python -m tests.golden.studies

pages: setup    ## write the pages of record tables and rules from the schemas and the catalogue
	$(BIN)/python docs/record_tables.py

pictures: setup  ## draw the pictures of the README from the bundled study
	$(BIN)/python docs/pictures/draw.py

lock: setup      ## pin the newest versions that pyproject.toml admits, without index addresses
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra geo --extra pandas --extra spark --universal --no-emit-index-url \
	    --python-version 3.11 --no-header --upgrade --output-file requirements.lock
	rm -f $(READY)

clean:           ## remove what the targets made
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
