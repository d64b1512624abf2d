# One target a task; `make` lists them. Nothing else is needed than Python 3.11+, make and the package index.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
READY := .venv/.ready
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host --strip-extras

.DEFAULT_GOAL := help
.PHONY: help serve build test test-browser test-spark test-suggest torture bench lint golden reference lock editor comunica wheel clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## */\1\t/' | expand -t 14

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

serve: $(READY) ## set up, build the demonstration if there is none, serve it (HOST=, PORT=)
	$(BIN)/cis-graph serve --host $(HOST) --port $(PORT)

build: $(READY) ## build and publish a release
	$(BIN)/cis-graph harvest
	$(BIN)/cis-graph build
	$(BIN)/cis-graph publish

test: lint ## set up, then lint, types, import contracts and all tests but browsers
	$(BIN)/python -m pytest

lint: $(READY) ## lint, types and import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

test-browser: $(READY) ## the browser tests; needs Debian's chromium
	$(BIN)/python -m pytest tests/browser --numprocesses=auto --dist=load --override-ini addopts="-ra --strict-markers --import-mode=importlib"

test-spark: $(READY) ## the tests on a local Spark; needs Java 17, and downloads some 500 MB
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
	$(BIN)/python -m pytest tests/reconciliation/test_spark.py --numprocesses=0

test-suggest: $(READY) ## the tests of suggestions by meaning; downloads some 50 MB
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-suggest.lock
	$(BIN)/python -m pytest tests/concepts/test_embeddings.py --numprocesses=0

torture: $(READY) ## long hostile campaigns with fixed seeds
	$(BIN)/python -m pytest tests -m torture --numprocesses=0

bench: $(READY) ## measurements, written to benchmarks/results/ (SET=S|M|L|XL, ONLY=name)
	$(BIN)/python -m benchmarks $(if $(SET),--set $(SET)) $(if $(ONLY),--only $(ONLY))

golden: $(READY) ## write the mappers' expected files anew (ONLY=source); read the difference before you commit
	$(BIN)/python -m tests.support.golden $(ONLY)

reference: $(READY) ## hold the bundled territories and schemes to their shapes
	$(BIN)/python -m tools.validate_reference

lock: $(READY) ## resolve the exact versions anew
	$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml
	$(COMPILE) --extra spark --constraint requirements.lock --output-file requirements-spark.lock pyproject.toml
	$(COMPILE) --extra suggest --constraint requirements.lock --output-file requirements-suggest.lock pyproject.toml

editor: ## bundle the SPARQL editor's library anew, from the locked packages; needs Node
	cd editor && npm ci --no-audit --no-fund && npm run build

comunica: ## install Comunica for the tests that federate two endpoints; needs Node
	cd tests/comunica && npm install --no-audit --no-fund

wheel: $(READY) ## a wheel in dist/
	$(BIN)/python -m hatchling build --target wheel

clean: ## remove the environment and the data
	rm -rf .venv data dist
