# Two commands: `make demo` and `make test`. Both set up what they need in .venv and nothing elsewhere.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test fuzz format bundle clean

demo: $(VENV)/installed
	$(BIN)/variorum demo -o demo

test: $(VENV)/dev $(VENV)/browser
	$(BIN)/ruff check src tests tools training benchmarks
	$(BIN)/ruff format --check src tests tools training benchmarks
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile

# The search for inputs that break a promise: MINUTES for the property tests, and as many for each target of the fuzzer.
MINUTES ?= 2
fuzz: $(VENV)/dev
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

format:
	$(BIN)/ruff check --fix src tests tools training benchmarks
	$(BIN)/ruff format src tests tools training benchmarks

# The scripts of the pages, from web/ into the package; needs Node. The result is committed.
bundle:
	cd web && npm ci && npm run build

clean:
	rm -rf $(VENV) demo .demo.variorum build dist
