# The commands are listed in tests/dojo/commands.py; make alone shows them. K chooses a kata (K=2.1) or a chapter (K=2), SIDE whose
# answers are judged: katas (yours), solutions, or any directory laid out alike.

PYTHON ?= python3
K ?=
SIDE ?= katas
PORT ?= 6969
TO ?= 7070
RUNS ?= 1
SPOILER ?=
POLL ?=
PLOT ?=
export K SIDE PORT TO RUNS SPOILER POLL PLOT
unexport PYTHONPATH

.SILENT:
.DEFAULT_GOAL := help

# A command is any word that is no file: what it is for a file, FORCE lets it be a command all the same.
%: .venv/ready FORCE
	exec .venv/bin/python tests/dojo/core/start.py dojo $@

clean:
	rm -rf .venv .dojo/venvs .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ready: requirements.txt
	"$(PYTHON)" tests/dojo/install.py requirements.txt .venv/ready

Makefile requirements.txt FORCE: ;
.PHONY: clean FORCE
