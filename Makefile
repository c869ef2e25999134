# Everything here needs only Python 3.11 or later, Git, an OpenSSH client and make.

PYTHON ?= python3
WORKERS ?= 3
TESTS ?=
BIN := .venv/bin
RUNTIME := .venv/installed
DEV := .venv/installed-dev

.PHONY: demo test check soak bench catalogues manual pictures wheels clean dev

demo: $(RUNTIME)
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/soptui demo; else $(BIN)/soptui demo --auto; fi

dev: $(DEV)

test: $(DEV)
	@tools/programs wanted
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --durations=10 -m "not slow" $(TESTS)

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

soak: $(DEV)
	SOPTUI_KILLS=300 $(BIN)/python -m pytest -m slow tests/records/sharing/test_kill.py

bench: $(DEV)
	$(BIN)/python -m tools.bench

catalogues: $(DEV)
	$(BIN)/python -m tools.catalogues

manual: $(DEV)
	$(BIN)/python -m tools.manual
	$(BIN)/python -m tools.findings_page
	$(BIN)/python -m tools.rooms

pictures: $(DEV)
	$(BIN)/python -m tools.pictures
	$(BIN)/python -m tools.plain_day

wheels: $(DEV)
	$(BIN)/python -m tools.wheels

clean:
	rm -rf .venv build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@PYTHON=$(PYTHON) tools/programs needed
	$(PYTHON) -m venv .venv

$(RUNTIME): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $(RUNTIME) $@
