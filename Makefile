# Set-up, run and checks. "make" alone lists the targets. Written for GNU make 3.81 and later.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup run test test-system lint reference lock clean

CORES ?= all

# The environment is what requirements.lock names, and nothing of the caller's.
unexport PYTHONPATH PYTHONHOME
in_environment = PATH="$(CURDIR)/.venv/bin:$$PATH"

# Of the commands that only root may give.
as_root = $$([ "$$(id -u)" = 0 ] || echo sudo)

# Only settings that were given are passed on; the study's defaults stay in config/.
apostrophe := '
quote = '$(subst $(apostrophe),'\'',$(1))'
settings = $(if $(STUDY),$(call quote,study=$(STUDY))) $(if $(DATA),$(call quote,data=$(DATA))) \
    $(if $(PREVIOUS),$(call quote,previous_findings=$(PREVIOUS)))
config = $(if $(strip $(settings)),--config $(settings))

help:
	@echo "Usage: make TARGET [STUDY=name] [DATA=folder] [PREVIOUS=file] [CORES=n] [TARGET=rule] [PYTHON=path]"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-11s %s\n", $$1, $$2}' Makefile

setup: ## Make .venv from requirements.lock; nothing to do if it is up to date
	@PYTHON=$(call quote,$(PYTHON)) sh ./setup.sh

run: setup ## Run a study from its raw data to its manuscript (STUDY, DATA, PREVIOUS, CORES, TARGET)
	@$(in_environment) .venv/bin/snakemake $(TARGET) --cores $(CORES) $(config)

test: setup ## Run the tests
	@$(in_environment) .venv/bin/python -m pytest -q

test-system: setup ## Open the pages in Chromium, which apt installs if it is not there
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { \
	    $(as_root) apt-get update -qq && \
	    $(as_root) apt-get install -qq --no-install-recommends chromium chromium-driver; }
	@$(in_environment) .venv/bin/python -m pytest -q tests/system

lint: setup ## Check style and form of the code and of the workflow
	@$(in_environment) .venv/bin/ruff check
	@$(in_environment) .venv/bin/ruff format --check
	@$(in_environment) .venv/bin/snakefmt --check Snakefile workflow/rules
	@$(in_environment) .venv/bin/python tests/lint_workflow.py

reference: setup ## Write config/README.md, docs/findings.md, docs/definitions.md and the data-entry workbook
	@$(in_environment) PYTHONPATH=workflow/scripts .venv/bin/python -m sepsisflow.configuration.reference
	@$(in_environment) PYTHONPATH=workflow/scripts .venv/bin/python -m sepsisflow.validation.reference
	@$(in_environment) PYTHONPATH=workflow/scripts .venv/bin/python -m sepsisflow.scores.reference
	@$(in_environment) PYTHONPATH=workflow/scripts .venv/bin/python -m sepsisflow.data_entry.workbook

# uv resolves for every platform at once; it is fetched for this alone and thrown away.
lock: ## Pin requirements.in in requirements.lock (UPGRADE=yes: newest versions)
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	$(or $(PYTHON),python3) -m venv "$$tools" && \
	"$$tools/bin/pip" install -qq uv && \
	"$$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-header $(if $(UPGRADE),--upgrade) \
	    requirements.in --output-file requirements.lock

clean: ## Delete what runs have made (results/ and .snakemake/); .venv and raw data stay
	@rm -rf results/* .snakemake
