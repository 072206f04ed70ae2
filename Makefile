# Two commands: `make up` starts a shop, `make test` runs every check. Needs Python 3.11, make, git.
SHELL := /bin/bash
# The first that is new enough: a system's own python3 often is not.
NEW_ENOUGH := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.11 python3.12 python3.13 python3.14; do \
	$$python -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin

# Dozens of our processes start in a test run: without compiled files each takes 2 s, not 1.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: up install test checks format lint types unit newest oldest copied fuzz torture lock locale texts clients screenshots lighthouse entity

up: $(VENV)/.run
	@exec $(BIN)/trastienda up --demo

install: $(VENV)/.run

# All at once: where one waits for a process, a browser or a deadline, the others work.
test: $(VENV)/.dev $(VENV)/.node $(VENV)/audit/.ready $(VENV)/clients/.ready $(VENV)/s3/.ready
	@$(MAKE) --no-print-directory -k -j 5 types lint newest oldest copied

checks: $(VENV)/.dev
	@$(MAKE) --no-print-directory -k -j 2 types lint

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Says at its end what a command has said, so that it stands together: others write meanwhile.
together = @said=$$($(2) 2>&1); status=$$?; printf '\n%s\n' "$(1):" "$$said"; exit $$status

lint: $(VENV)/.dev
	$(call together,lint,{ $(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/lint-imports --no-cache; })

types: $(VENV)/.dev
	$(call together,types,$(BIN)/mypy)

unit: $(VENV)/.dev $(VENV)/.node
	@$(MAKE) --no-print-directory -k -j 3 newest oldest copied

newest:
	@$(PYTEST) -n $(WORKERS) --ignore $(COPIED)

oldest:
	$(if $(OLDEST),$(call together,on PostgreSQL 15$(comma) what depends on the server,\
		PG_PROGRAMS=$(OLDEST) $(PYTEST) -n 1 $(ON_OLDEST)),\
		@echo "PostgreSQL 15 is not here$(comma) so nothing was run on it (OLDEST=/its/bin)")

# It checks a copy of the project with what mypy knows of this one, so mypy comes first.
copied: types
	$(call together,in a copy with one more entity,$(PYTEST) -n 0 $(COPIED))

# name=supplier fields="name:text, email:email, lead_days:int" [plural=…] [spanish="el proveedor"]
entity: $(VENV)/.dev
	$(BIN)/python -m tools.entity --name "$(name)" --fields "$(fields)" --plural "$(plural)" \
		--spanish "$(spanish)"
	$(BIN)/python -m tools.clients

fuzz: $(VENV)/.dev
	FUZZ=1 $(BIN)/python -m pytest -q -n 2 --timeout 3600 tests/openapi/test_fuzz.py \
		tests/openapi/test_generated_clients.py tests/rules

# Kills web processes, job workers and PostgreSQL at POINTS moments; a crowd of BUYERS buys at once.
POINTS ?= 300
BUYERS ?= 1000
torture: $(VENV)/.dev
	POINTS=$(POINTS) $(BIN)/python -m pytest -q -n 0 -s tests/faults/test_payments_survive.py
	BUYERS=$(BUYERS) $(BIN)/python -m pytest -q -n 0 --timeout 3600 tests/races/test_checkout_races.py

comma := ,
WORKERS ?= 3
PYTEST := $(BIN)/python -m pytest -q --dist loadgroup --no-loadscope-reorder
COPIED := tests/project/test_entity.py
# Migrations, every statement, locks, races, search, backups, the outbox, and each use-case once.
ON_OLDEST := $(addprefix tests/,database events jobs ledger orders postgres races stock \
	catalogue/test_products.py webhooks/test_deliveries.py)
# The oldest PostgreSQL that will do, where Debian, Red Hat or Homebrew put it.
OLDEST ?= $(patsubst %/postgres,%,$(firstword $(wildcard /usr/lib/postgresql/15/bin/postgres \
	/usr/pgsql-15/bin/postgres /opt/homebrew/opt/postgresql@15/bin/postgres)))

LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url
SYNC := $(BIN)/uv pip install -q --require-hashes

locale: $(VENV)/.run
	$(BIN)/pybabel -q compile -D trastienda -d src/trastienda/locale
	$(BIN)/pybabel -q compile -D pages -d src/trastienda/locale

# Collects the texts of pages into their catalogue, and names those without Spanish.
texts: $(VENV)/.run
	$(BIN)/python -m tools.pages.texts
	$(MAKE) locale

# Writes the generated part of the clients from the OpenAPI document.
clients: $(VENV)/.dev
	$(BIN)/python -m tools.clients

# Takes pictures of a shop that runs with the demonstration goods (`make up`), for docs/; with OWNER and
# PASSWORD, as `make up` prints them, also of its admin.
SHOP ?= https://localhost:8443
screenshots: $(VENV)/.dev
	$(BIN)/python -m tools.pages.screenshots $(SHOP)
	@test -z "$(OWNER)" || $(BIN)/python -m tools.pages.admin_screenshots $(SHOP) "$(OWNER)" "$(PASSWORD)"

# What Lighthouse says of the pages that buyers see: needs Node and Chromium, and a quiet machine.
lighthouse: $(VENV)/.dev
	$(BIN)/python bench/lighthouse.py

lock: $(VENV)/.uv
	$(LOCK) pyproject.toml --group build -o requirements/run.lock
	$(LOCK) pyproject.toml --group build --group dev -c requirements/run.lock -o requirements/dev.lock
	$(LOCK) --group audit -o requirements/audit.lock
	$(LOCK) --group clients -o requirements/clients.lock
	$(LOCK) --group s3 -o requirements/s3.lock
	$(LOCK) --group build-tools -o requirements/build-tools.lock

$(VENV)/.uv: requirements/build-tools.lock
	@test -n "$(PYTHON)" && "$(PYTHON)" -c '$(NEW_ENOUGH)' 2>/dev/null || { \
		echo "Python 3.11 or later is needed, with venv (Debian: apt install python3-venv)." \
			"If it is not on the PATH: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --require-hashes -r requirements/build-tools.lock
	touch $@

$(VENV)/.run: $(VENV)/.uv requirements/run.lock pyproject.toml
	$(SYNC) --python $(BIN)/python -r requirements/run.lock
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	$(SYNC) --python $(BIN)/python -r requirements/dev.lock
	touch $@

# What receivers and front-ends in Node use; without Node their tests are skipped and say so.
$(VENV)/.node: $(VENV)/.uv tests/node/package-lock.json
	@if command -v npm >/dev/null; then \
		npm ci --prefix tests/node --ignore-scripts --no-audit --no-fund --silent; \
	else echo "there is no npm here, so webhooks and a client are not tried in Node"; fi
	touch $@

# Tools that cannot stand beside the shop: an audit of TLS, a generator of clients, and an S3.
$(VENV)/%/.ready: $(VENV)/.uv requirements/%.lock
	$(PYTHON) -m venv $(VENV)/$*
	$(SYNC) --python $(VENV)/$*/bin/python -r requirements/$*.lock
	touch $@
