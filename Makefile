# Everything a person or CI does with gouji. Needs only Python 3.11+ and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup demo test coverage another-python chaos nightly life lint corpus fuzz dashboards dashboards-preview recognition extraction localisation narrative judgement instrumentation docs postgresql clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

setup: .venv/ready ## build .venv with gouji and the tools in it

.venv/gouji: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(PIP) --editable '.[cli]'
	@touch $@

.venv/ready: .venv/gouji
	$(PIP) --editable '.[dev]'
	@touch $@

demo: .venv/gouji ## send the samples through the real pipeline, from nothing
	@rm -rf .gouji/demo
	@COLUMNS=$${COLUMNS:-120} $(BIN)/gouji run samples/bucket --data .gouji/demo

test: setup ## run the tests
	$(BIN)/pytest -n auto --dist loadfile $(PYTEST)

coverage: setup ## run the tests and say which lines they never reach
	$(BIN)/pytest -n auto --dist loadfile --cov --cov-report=term:skip-covered $(PYTEST)

another-python: ## run the tests of the pure rooms on another interpreter (PYTHON=python3.13), in .venv-another
	$(PYTHON) -m venv .venv-another
	.venv-another/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	.venv-another/bin/pytest -n auto --dist loadfile tests/form tests/golden tests/ingest tests/library tests/parse tests/validate

fuzz: setup ## mutated files of every format through the reader for ten minutes (FUZZ='--minutes 1')
	$(BIN)/python -m tests.fuzz $(FUZZ)

corpus: setup ## generate reports in every layout, format and script, read them, score what was read
	$(BIN)/python -m tests.corpus $(CORPUS)

postgresql: setup ## run the tests of the database against PostgreSQL, which it installs into .venv
	$(PIP) --editable '.[postgresql-tests]'
	$(BIN)/python -m tests.postgresql

dashboards: setup ## render the Grafana dashboards to JSON
	$(BIN)/python -m deploy.dashboards

dashboards-preview: dashboards ## run a pipeline under Prometheus (about two minutes) and draw docs/pipeline.png
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[preview]'
	$(BIN)/python -m deploy.preview

chaos: setup ## kill everything again and again under 10,000 documents, and balance the ledger
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[postgresql-tests]'
	$(BIN)/python -m tests.chaos $(CHAOS)

nightly: setup ## the long checks: corpus of a new seed, fuzzing, lives of a stage, chaos, an idle watcher's memory, benches
	$(MAKE) corpus CORPUS="--seed $$(date +%Y%m%d)"
	$(MAKE) fuzz
	$(MAKE) life
	$(MAKE) chaos
	$(BIN)/python -m tests.idle $(IDLE)
	$(MAKE) localisation judgement recognition

life: setup ## drive a stage through 1,000 lives of arbitrary interleavings
	GOUJI_LIFE_EXAMPLES=1000 $(BIN)/pytest tests/stage/test_life.py

lint: setup ## ruff, mypy --strict, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

recognition: setup ## what recognition costs, beside reading the text, by layout
	$(BIN)/python -m benchmarks.recognition

extraction: setup ## what reading text and HTML costs (AGAINST=another checkout, to compare with)
	$(BIN)/python -m benchmarks.extraction $(if $(AGAINST),--against $(AGAINST))

localisation: setup ## spoil 10,000 consistent forms and print how well the wrong cells are found
	$(BIN)/python -m benchmarks.localisation

narrative: setup ## judge labelled passages of prose: false alarms and recall (NARRATIVE=-v shows the passages)
	$(BIN)/python -m tests.narrative $(NARRATIVE)

judgement: setup ## print what it costs to judge a report
	$(BIN)/python -m benchmarks.judgement

instrumentation: setup ## measure what metrics and traces cost (the limit is 5% of the throughput)
	$(BIN)/python -m benchmarks.instrumentation

docs: setup ## write docs/relations.md from the form's data
	$(BIN)/python -m shared.form.document > docs/relations.md

clean: ## remove what the commands above made
	rm -rf .venv .venv-another .mypy_cache .ruff_cache .pytest_cache .hypothesis .gouji build *.egg-info
