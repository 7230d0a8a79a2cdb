# The commands are listed in tests/dojo/commands.py; make alone shows them. K chooses a kata
# (K=2.1), a chapter (K=2), a list (K="1.4 2.1-2.4") or a route (K=document); SIDE whose
# answers are judged: katas (yours, where nothing is said), solutions, or any directory laid
# out alike. K may be the path of a file, which then says the side as well. KATAS names a
# directory with katas of your own, which are then all that there are.

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
PYTHONS ?=
SIDES ?=
OUT ?=
ROOT ?=
OFFLINE ?=
T ?=
HTML ?=
WITH ?=
KATAS ?=
NAME ?=
HOSTS ?=
TEAMS ?=
MINUTES ?=
TURN ?=
HOST =
TEAM ?=
BOARD ?=
CODE ?=
export K SIDE PORT TO RUNS SPOILER MERGE ROUNDS POLL PLOT PYTHONS SIDES OUT ROOT OFFLINE T
export HTML WITH KATAS NAME HOSTS TEAMS MINUTES TURN HOST TEAM BOARD CODE
unexport PYTHONPATH

.SILENT:
.DEFAULT_GOAL := help

# A command is any word; FORCE lets it be one where a file has that name. In a directory that was copied from
# another machine, .venv is there and leads to a Python that is not.
%: .venv/ready FORCE
	test -x .venv/bin/python || "$(PYTHON)" tests/dojo/install.py requirements.txt .venv/ready || exit; \
		exec .venv/bin/python tests/dojo/core/start.py dojo $@

clean:
	rm -rf .venv .dojo/venvs .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/ready: requirements.txt
	"$(PYTHON)" tests/dojo/install.py requirements.txt .venv/ready

Makefile requirements.txt FORCE: ;
.PHONY: clean FORCE
