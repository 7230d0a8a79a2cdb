# Every command there is. K chooses a kata (K=2.1) or a chapter (K=2), SIDE whose
# answers are judged: katas (yours, where nothing is said), solutions, or any directory
# laid out alike. K may be the path of a file, which then says the side as well.

PYTHON ?= python3
K ?=
SIDE ?=
PORT ?= 6969
TO ?= 7070
RUNS ?= 1
SPOILER ?=
MERGE ?=
ROUNDS ?= 1000
POLL ?=
PLOT ?=
export K SIDE PORT TO RUNS SPOILER MERGE ROUNDS POLL PLOT

RUN := PYTHONPATH=tests .venv/bin/python -m dojo

.PHONY: help test watch hint brief diff reset undo renew run check bench stress races mutants mistakes versions pages models stub clean
.SILENT:
.DEFAULT_GOAL := help

help: .venv/ready
	$(RUN) help

test: .venv/ready
	$(RUN) test

watch: .venv/ready
	$(RUN) watch

hint: .venv/ready
	$(RUN) hint

brief: .venv/ready
	$(RUN) brief

diff: .venv/ready
	$(RUN) diff

reset: .venv/ready
	$(RUN) reset

undo: .venv/ready
	$(RUN) undo

renew: .venv/ready
	$(RUN) renew

run: .venv/ready
	$(RUN) run

check: .venv/ready-check .venv/ready-mutants
	$(RUN) check

bench: .venv/ready
	$(RUN) bench

stress: .venv/ready
	$(RUN) stress

races: .venv/ready
	$(RUN) races

pages: .venv/ready
	$(RUN) pages

mistakes: .venv/ready
	$(RUN) mistakes

mutants: .venv/ready-mutants
	$(RUN) mutants

versions: .venv/ready
	$(RUN) versions

models: .venv/ready-models
	$(RUN) models

stub: .venv/ready
	$(RUN) stub

clean:
	rm -rf .venv .dojo/venvs .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ready: requirements.txt
	"$(PYTHON)" tests/dojo/install.py requirements.txt .venv/ready

.venv/ready-check: .venv/ready .ci/requirements.txt
	"$(PYTHON)" tests/dojo/install.py .ci/requirements.txt .venv/ready-check

.venv/ready-models: .venv/ready .ci/models.txt
	"$(PYTHON)" tests/dojo/install.py .ci/models.txt .venv/ready-models

.venv/ready-mutants: .venv/ready .ci/mutants.txt
	"$(PYTHON)" tests/dojo/install.py .ci/mutants.txt .venv/ready-mutants
