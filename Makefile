# make demo: tag the sample postings and show what was found. make test: lint, types, floors, tests.
# make effect: what the edited taxonomy changes on the sample. BASE=main compares with that commit, POSTINGS=... reads others.
PYTHON ?= python3
BASE ?= HEAD
POSTINGS ?=
VENV := .venv
BIN := $(VENV)/bin

.PHONY: spark fuzz audit bench-memory demo test tests check fmt effect clean test-all consumers browser bench docs outputs notebooks notebooks-keep

demo: $(VENV)/installed
	$(BIN)/skilltax demo -o demo

# Both at once, and a worker more than CI has cores: who waits for a program leaves its core to others.
test: $(VENV)/installed
	+$(MAKE) --no-print-directory --jobs 2 check tests

tests: $(VENV)/installed
	$(BIN)/pytest -n 3 --dist worksteal --ignore tests/browser --ignore tests/spark --ignore tests/test_pages.py

# Many more inputs, 50 kills, hostile strings: about ten minutes. A failing input is printed: make it a case. EXAMPLES for each property.
fuzz: $(VENV)/installed
	SKILLTAX_KILLS=50 $(BIN)/pytest tests/test_runs.py -k killed
	SKILLTAX_EXAMPLES=$(or $(EXAMPLES),5000) $(BIN)/pytest -n 2 tests/test_properties.py tests/test_any_data.py tests/postings tests/export/test_graphs.py
	SKILLTAX_EXAMPLES=1 $(BIN)/pytest tests/test_mixed_folder.py
	$(BIN)/python -m benchmarks.hostile

# That what is installed fits together; then known weaknesses of what we depend on, by pip-audit, which asks a service on the
# network. --strict: what the service does not know, or cannot be asked about, is not audited, and does not pass.
audit: $(VENV)/installed
	@$(BIN)/python -m pip check --disable-pip-version-check
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip-audit>=2.7" || { echo "not audited: pip-audit cannot be installed here" >&2; exit 1; }
	@$(BIN)/pip-audit --requirement constraints.txt --no-deps --disable-pip --strict || { echo "not audited: a weakness above, or the service of pip-audit cannot be reached from here" >&2; exit 1; }

test-all: export SKILLTAX_WHOLE := 1
test-all: consumers test docs notebooks browser spark

# A real Spark cluster on loopback, where Java is.
spark: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[spark]'
	$(BIN)/pytest tests/spark

# Programs of the JavaScript world that read our graph files; tests/export/test_consumers.py runs them where they are.
consumers:
	cd tests/node && npm ci --silent --no-audit --no-fund

# The pages in a real Chromium, and their bundle built anew. Chromium comes from Debian's packages where it is missing and may be installed.
browser: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group browser
	@if ! { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-dejavu >/dev/null; fi
	@if command -v npm >/dev/null; then npm --prefix web ci --silent && npm --prefix web run --silent check; \
		else echo "skipped: the bundle is not built anew, since npm is missing" >&2; fi
	$(BIN)/pytest tests/browser

# The documentation as a site in site/, strictly: a link that leads nowhere is an error. What its pages show is what commands print.
docs: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group docs
	$(BIN)/mkdocs build --quiet --strict --clean
	$(BIN)/pytest -n 2 tests/test_pages.py

# Writes what the commands of the pages print now into the pages.
outputs: $(VENV)/installed
	$(BIN)/python -m tests.documented

# The notebooks run from top to bottom, on copies, and give what the kept ones show. notebooks-keep: run them and keep what they give.
notebooks notebooks-keep: export PATH := $(CURDIR)/$(BIN):$(PATH)
notebooks: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group notebooks
	@rm -rf build/notebooks && mkdir -p build/notebooks && cp notebooks/*.ipynb build/notebooks/
	$(BIN)/pytest --nbmake --overwrite build/notebooks
	$(BIN)/pytest tests/notebooks

notebooks-keep: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group notebooks
	$(BIN)/python notebooks/run.py

check: $(VENV)/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/skilltax taxonomy check --workers 2

fmt: $(VENV)/installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/skilltax taxonomy format

effect: $(VENV)/installed
	@rm -rf .effect && mkdir .effect
	@git archive $(BASE) taxonomy | tar -x -C .effect
	$(BIN)/skilltax taxonomy try taxonomy --instead-of .effect/taxonomy $(POSTINGS)

$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "skilltax needs Python 3.11 or newer: make PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group dev
	@touch $@

# Speed beside the peers, written to docs/performance.md: 15 minutes. bench-memory: a curve over POSTINGS postings, an hour or so a million.
bench: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group bench
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.spark

bench-memory: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --group bench
	$(BIN)/python -m benchmarks.memory $(or $(POSTINGS),1000000) 1 > benchmarks/memory.json

clean:
	rm -rf $(VENV) .effect demo dist build site .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
