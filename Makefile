# The whole project in one file of commands. `make help` lists them.
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python

# Nothing here may reach outside: Prefect's telemetry stays off.
export DO_NOT_TRACK = 1
export PREFECT_SERVER_ANALYTICS_ENABLED = false

.DEFAULT_GOAL := help
.PHONY: help install demo test check campaign templates docs lock clean

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(VENV)/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v <= (3, 13) else f"Python 3.11-3.13 is needed; this is {v[0]}.{v[1]}. Say which one: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(RUN) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: $(VENV)/.installed  ## .venv with every locked package and the project itself

demo: install  ## replay 2017-2020 on the real plan and the real communes, into demo-out/
	$(VENV)/bin/chuyenhoa demo --out demo-out

test: install  ## every test; the plan's rules must be covered to the last branch
	$(RUN) -m pytest --cov --cov-report=term-missing:skip-covered --cov-fail-under=100

check: install  ## lint, types, import directions, generated documents clean
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/pyright
	$(VENV)/bin/lint-imports
	$(RUN) docs/generate_traceability.py --check
	$(RUN) docs/generate_stages.py --check
	$(RUN) -m reports.templates --check

campaign: install  ## the long trials, outside CI: hostile forms, scale, a machine that is off, tamperings, the replay twice, an executor killed
	$(RUN) -m campaigns

templates: install  ## build templates/docx/ from the one definition of the look
	$(RUN) -m reports.templates

docs: install  ## build docs/generated/
	$(RUN) docs/generate_traceability.py
	$(RUN) docs/generate_stages.py

lock:  ## renew requirements.lock (needs uv)
	uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 pyproject.toml --group dev -o requirements.lock

clean:  ## remove what a command can remake
	rm -rf $(VENV) demo-out build *.egg-info
