# Nastavnik: `make run` serves the demo municipality, `make test` passes the tests. Both set everything up first.
# A machine needs python3 (3.11+) with venv, and make; for the browser tests also Chromium.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DEMO := NASTAVNIK_DEMO=1
UV := $(BIN)/uv
WORKERS ?= auto

.PHONY: run test test-pg e2e check setup assets messages lock bench clean help

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

run: setup var/static/staticfiles.json ## set up, build the demo municipality, serve it
	@$(DEMO) $(BIN)/nastavnik demo --unless-built --serve --port $(PORT)

test: setup ## the whole suite on SQLite, then the browser
	@$(BIN)/pytest -n $(WORKERS) -m "not e2e"
	@$(MAKE) --no-print-directory e2e

test-pg: setup ## the suite on PostgreSQL (DATABASE_URL, or a server of the tests' own)
	@TEST_DB=pg $(BIN)/pytest -n $(WORKERS) -m "not e2e"

e2e: setup ## the browser journeys (skipped loudly without Chromium)
	@$(BIN)/pytest -n 0 -m e2e -rs

check: setup ## the quick gate: lint, format, types, architecture, migrations, messages
	@$(BIN)/ruff check src tests benchmarks scripts
	@$(BIN)/ruff format --check --quiet src tests benchmarks scripts
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo >build/imports.txt || { cat build/imports.txt; exit 1; }
	@NASTAVNIK_DEBUG=1 $(BIN)/python manage.py makemigrations --check --dry-run --verbosity 0
	@$(BIN)/python scripts/messages.py check
	@$(BIN)/pytest -n 0 -q tests/test_architecture.py

setup: $(VENV)/.installed assets messages

$(VENV)/.installed: requirements/dev.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(UV) || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.lock
	@$(UV) pip sync --quiet --python $(BIN)/python requirements/dev.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

assets: $(VENV)/.installed
	@$(BIN)/python scripts/build_assets.py

var/static/staticfiles.json: $(shell find src -path '*/static/*' -type f 2>/dev/null) package-lock.json scripts/build_assets.py | assets
	@$(DEMO) $(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

messages: $(VENV)/.installed
	@$(BIN)/python scripts/messages.py compile

lock: ## resolve the dependencies anew
	@for name in uv run dev; do $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-annotate \
	    --upgrade requirements/$$name.in -o requirements/$$name.lock; done

bench: setup ## print the figures (takes minutes)
	@for name in board timeline facts planreader digest cold; do echo "== $$name"; $(BIN)/python -m benchmarks.$$name; done

clean: ## forget what was built (not the data in var/)
	@rm -rf build node_modules $(VENV)
