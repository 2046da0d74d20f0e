# Two commands: `make demo` and `make test`. Both set up what they need in .venv and nothing elsewhere; `make help` lists all.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help demo test quick fuzz format bundle clean

help:
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(VENV)/installed ## installs into .venv, makes the edition of the bundled example, says where it lies
	$(BIN)/variorum demo -o demo

test: $(VENV)/dev $(VENV)/browser ## installs what the tests need (the browser for the page tests too) and runs them all
	$(BIN)/ruff check src tests tools training benchmarks
	$(BIN)/ruff format --check src tests tools training benchmarks
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile

quick: $(VENV)/dev ## the tests that need no browser, no Spark and no new environment, and take no long time
	$(BIN)/pytest -n 2 --dist loadfile -m "not browser and not spark and not slow and not install"

# MINUTES for the property tests, and as many for each target of the fuzzer.
MINUTES ?= 2
fuzz: $(VENV)/dev ## looks for inputs that break a promise, MINUTES=2 for each target; not part of CI
	$(BIN)/python benchmarks/fuzz_properties.py --minutes $(MINUTES)
	$(BIN)/python benchmarks/fuzz.py --minutes $(MINUTES) --finds finds

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV) || { echo "Python 3.11 or later with the venv module is needed (Debian: apt-get install python3-venv)"; exit 1; }
	$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade pip

$(VENV)/installed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	touch $@

$(VENV)/dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev,spark]'
	touch $@ $(VENV)/installed

# The browser for the page tests, and Java for the Spark tests, from the system's packages where they are missing.
$(VENV)/browser: $(VENV)/dev tools/system_packages.sh
	sh tools/system_packages.sh
	touch $@

format: ## ruff's fixes and layout
	$(BIN)/ruff check --fix src tests tools training benchmarks
	$(BIN)/ruff format src tests tools training benchmarks

bundle: ## the scripts of the pages, from web/ (needs Node); commit the result
	cd web && npm ci && npm run build

clean: ## takes away what the other commands made
	rm -rf $(VENV) demo .demo.variorum build dist finds
