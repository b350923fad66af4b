# Afterglow: every command a person or a developer needs. `make help` lists them.
PY ?= python3
BIN := .venv/bin
STAMP := .venv/.ready

MESSAGES := $(patsubst %.po,%.mo,$(wildcard src/afterglow/locale/*/LC_MESSAGES/*.po))

.PHONY: help setup model messages run demo test check scripts fix bench bench-presenter bench-offline bench-lift bench-themes drill wheel

help: ## this list
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/'

setup: $(STAMP) model $(MESSAGES) ## everything into .venv

$(STAMP): requirements/dev.txt pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Afterglow needs Python 3.11 or newer."; exit 1; }
	$(PY) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $(STAMP)

model: $(STAMP) ## the model of meaning, converted once from its published weights
	@$(BIN)/python -m tools.model.build --out src/afterglow/model

%.mo: %.po | $(STAMP)
	@$(BIN)/python -m tools.messages compile

messages: $(STAMP) ## bring the catalogues of translations up to date, and list what waits for words
	@$(BIN)/python -m tools.messages update
	@$(BIN)/python -m tools.messages compile

run: setup ## start Afterglow on this computer, at http://localhost:8750
	$(BIN)/afterglow run

demo: setup ## the same with a fictional person, at http://localhost:8751, in a throw-away folder
	$(BIN)/afterglow demo

test: setup ## all tests, browser included; needs Chromium and certutil
	@$(BIN)/python -m tests.browser
	$(BIN)/pytest -n 3 --dist loadfile --no-loadscope-reorder -q

check: setup scripts ## style, types and architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src
	$(BIN)/codespell src docs tools *.md Makefile pyproject.toml

scripts: ## types of the browser's modules; needs Node, which nothing else here does
	@if ! command -v npm >/dev/null 2>&1; then echo "Not run: the types of the ES modules, because Node is not here."; exit 0; fi; \
	if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then \
		npm ci --silent || { echo "Not run: the types of the ES modules, because TypeScript could not be fetched."; exit 0; }; fi; \
	node_modules/.bin/tsc --project tsconfig.json && echo "The types of the ES modules hold."

fix: setup ## put style right where a tool can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## print the figures of speed and size
	$(BIN)/python -m tests.bench.bench_vault
	$(BIN)/python -m tests.bench.bench_media
	$(BIN)/python -m tests.bench.bench_pdf
	$(BIN)/python -m tests.bench.bench_passkey
	$(BIN)/python -m tests.bench.bench_serving
	$(BIN)/pytest -q -s tests/bench/bench_grants.py

bench-presenter: setup ## how exactly timed sentences are shown
	$(BIN)/python -m tests.bench.bench_presenter

bench-offline: setup ## how fast pages open and keep without a connection
	$(BIN)/python -m tests.bench.bench_offline

bench-lift: setup ## how well the lift is followed, on simulated and published courses
	$(BIN)/python -m tests.bench.bench_lift

bench-themes: setup ## how well themes and safety language are found, and what that costs
	$(BIN)/python -m tests.bench.bench_themes
	$(BIN)/python -m tests.bench.bench_theme_cost
	$(BIN)/python -m tests.bench.bench_theme_pages
	$(BIN)/python -m tests.bench.bench_safety

drill: setup ## the heavy drills at full size
	AFTERGLOW_DRILL=full $(BIN)/pytest -q -m drill

wheel: setup ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel
