# The one door: the desk and CI call the same targets. Needs Python >= 3.11 (with venv) and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help run install test check bench soak pictures glyphs constraints clean

help: ## show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (make PYTHON=python3.12 run)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing; on Debian or Ubuntu: sudo apt install python3-venv" >&2; exit 2; }
	@echo "Preparing $(VENV) and installing the kiosk into it; once, about a minute …" >&2
	@$(PYTHON) -m venv $(VENV)

$(STAMP): $(BIN)/python pyproject.toml constraints.txt hatch_build.py src/kiosk/adapters/words/building.py src/kiosk/adapters/packs/characters.py $(wildcard locales/*/LC_MESSAGES/*.po)
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]' || { echo "If a package failed to build, this machine needs a compiler (Debian: sudo apt install build-essential python3-dev)" >&2; exit 1; }
	@touch $@

install: $(STAMP) ## make .venv and install the kiosk into it

run: $(STAMP) ## open the kiosk in this terminal
	@$(BIN)/kiosk run

test: $(STAMP) ## run every test but the soak
	$(BIN)/pytest -n auto --dist loadfile -m 'not soak'

soak: $(STAMP) ## the long tests: a hundred crashes, long random walks
	$(BIN)/pytest -m soak

check: $(STAMP) ## formatting, lint, types, directions of imports, content
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy tests benchmarks
	$(BIN)/lint-imports
	$(BIN)/kiosk content check --strict content

bench: $(STAMP) ## measure beside baselines and print the table
	$(BIN)/python -m benchmarks

pictures: $(STAMP) ## draw the README's pictures
	$(BIN)/python docs/pictures.py

glyphs: $(STAMP) ## make the large glyphs again from their bitmap fonts
	$(BIN)/python docs/glyphs.py

constraints: $(BIN)/python ## pin what is installed now
	{ $(BIN)/pip freeze --exclude-editable; sed -n '/^# other systems/,$$p' constraints.txt; } > constraints.new
	mv constraints.new constraints.txt

clean: ## remove what make made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
