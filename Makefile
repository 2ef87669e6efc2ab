# Every chore has one name. `make` alone lists them. Needs Python >= 3.11 and nothing else.
PYTHON ?= python3
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
# Measuring coverage takes half as long again; CI does it for `make check`.
COVERED := $(if $(CI)$(COVER),--cov --cov-report=)

.PHONY: help demo test faults check bench page screenshots reference lock format clean

help: ## List what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

# The lock is installed with hashes, then the project itself in place. uv when present, else pip.
.venv/.installed: requirements.lock pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) .venv && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
	  uv pip install --quiet --python $(BIN)/python --no-deps -e . ; \
	else \
	  $(PYTHON) -m venv .venv && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e . ; \
	fi
	@touch $@

demo: .venv/.installed ## Try everything in a local workspace in the browser
	$(BIN)/closedloop demo $(DEMO)

test: .venv/.installed ## Run every test that is quick
	$(PYTEST) -n 3 --dist worksteal -m "not faults" $(COVERED) $(TESTS)

faults: .venv/.installed ## Run the long runs that kill processes and drop replies
	$(PYTEST) -m faults $(TESTS)

check: .venv/.installed ## Lint, formatting, types, import order, coverage of the last run that measured it
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@test -f .coverage || $(MAKE) test COVER=1
	$(BIN)/coverage report --fail-under=90

bench: .venv/.installed ## Measure the language check, what capture, a tick, a review and a report cost, speed and memory
	$(BIN)/python -m bench.words
	$(BIN)/python -m bench.capture
	$(BIN)/python -m bench.ticks
	$(BIN)/python -m bench.reviews
	$(BIN)/python -m bench.measures
	$(BIN)/python bench/run.py

page: ## Build the page of the local workspace from its source (needs Node)
	cd sandbox/page && npm ci --no-audit --no-fund && npm run build

screenshots: .venv/.installed ## Take the pictures in README (needs Chromium)
	$(BIN)/python docs/screenshots.py

reference: .venv/.installed ## Print docs/reference.md anew from the code
	$(BIN)/python docs/reference.py > docs/reference.md

lock: ## Resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --upgrade --quiet -o requirements.lock

format: .venv/.installed ## Format the code
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

clean: ## Forget everything that can be made again
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage demo.sqlite3*
