# Two commands do everything: `make run` starts the tutor, `make test` sets up and passes the tests.
PYTHON ?= python3
BIN := .venv/bin
TESTS ?= tests
FUZZ ?= 50
# Hashes, but no address of any registry.
LOCK := $(BIN)/pip-compile -q --generate-hashes --no-header --no-annotate --strip-extras --allow-unsafe \
  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

.PHONY: run test lint audit advisories bench chaos fuzz lock messages screenshots clean help

help:
	@echo "make run          start the tutor with a local team chat in the browser"
	@echo "make test         set up and run all tests (TESTS=path for some)"
	@echo "make lint         linters, types, import rules, content"
	@echo "make audit        dependencies: consistent, hashed, still offered, none yanked"
	@echo "make advisories   dependencies: held against published advisories (internet)"
	@echo "make bench        measure, print one JSON object"
	@echo "make chaos        kill replicas 200 times under load, print the tally (half an hour)"
	@echo "make fuzz         the tests of outside input with 50 times the examples (FUZZ=200 for more)"
	@echo "make messages     collect the sentences for translation"
	@echo "make lock         pin the dependencies anew"
	@echo "make screenshots  take the pictures of the documentation"

run: .venv/run.stamp
	@$(BIN)/cloudlark run

test: .venv/dev.stamp
	@$(BIN)/python -m tests.browser_setup
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(TESTS)

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/cloudlark content lint

# Needs the package registry and nothing else. What it covers and what it does not: docs/security.md, Dependencies.
audit: .venv/dev.stamp
	$(BIN)/python -m pip check --disable-pip-version-check
	@said=$$($(BIN)/python -m pip install -q --disable-pip-version-check --dry-run --ignore-installed --no-deps \
	  --only-binary :all: --require-hashes -r requirements.lock 2>&1) || { echo "$$said"; exit 1; }; \
	case "$$said" in *yanked*) echo "$$said"; exit 1;; esac
	@echo "Every locked release is offered with its hashes, as a wheel, and none has been yanked."

advisories: .venv/dev.stamp
	$(BIN)/python -m pip install -q --disable-pip-version-check pip-audit
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.lock

bench: .venv/dev.stamp
	@$(BIN)/python -m bench

chaos: .venv/dev.stamp
	@$(BIN)/python -m tests.e2e.chaos 200 postgresql
	@$(BIN)/python -m tests.e2e.chaos 200 sqlite

fuzz: .venv/dev.stamp
	FUZZ_TIMES=$(FUZZ) $(BIN)/python -m pytest -n 2 -o timeout=0 tests/fuzz

# discord.py needs audioop-lts from Python 3.13 on; older Pythons cannot resolve it, so its lines are kept by hand.
lock: .venv/dev.stamp
	$(BIN)/python -m pip install -q pip-tools
	$(LOCK) -o requirements.lock pyproject.toml
	$(LOCK) --extra dev -o requirements-dev.lock pyproject.toml

# Every sentence anew for the translators; what is new stands empty in bot/wording/languages.
messages: .venv/dev.stamp
	$(BIN)/python -m bot.wording.catalogues

screenshots: .venv/dev.stamp
	$(BIN)/python docs/take_screenshots.py

clean:
	rm -rf .venv build *.egg-info

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Cloudlark needs Python 3.11 or newer; set PYTHON=/path/to/python3.11."; exit 2; }
	@echo "Making .venv ..."
	@$(PYTHON) -m venv .venv \
	  || { rm -rf .venv; echo "python3 cannot make a virtual environment: install its venv package (Debian: python3-venv)."; exit 2; }

.venv/run.stamp: .venv/bin/python requirements.lock pyproject.toml
	@echo "Installing (a minute or two, only the first time) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/dev.stamp: .venv/bin/python requirements-dev.lock pyproject.toml
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@ .venv/run.stamp
