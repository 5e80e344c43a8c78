# `make` alone lists what there is to do.

PYTHON ?= python3
# Where `make` was called from, also under `make -C`: DATA and its like are relative to it.
CALLER := $(if $(findstring w,$(firstword -$(MAKEFLAGS))),$(PWD),$(CURDIR))
DATA ?=
REPORTS ?= $(CURDIR)/reports
FIGURES ?=
export CALLER DATA REPORTS FIGURES PYTHON
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Trust what the system trusts, as pip does: institutions inspect connections.
export UV_SYSTEM_CERTS := 1

RUN := .venv/bin/python
STAMP := .venv/.installed
# The installed package points at this folder: it is set up again where the folder has moved.
MOVED := $(shell [ "$$(cat $(STAMP) 2>/dev/null)" = "$$(pwd)" ] || echo moved)

# What is compiled at set-up; where the system has no C compiler, with one for that time only.
TYPED := $(shell find analysis -name '*.pxd')
COMPILED := $(shell find analysis -name '*.pyx') $(TYPED) $(wildcard $(TYPED:.pxd=.py))
SEEN := seen() { case "$$1" in /*) echo "$$1" ;; *) echo "$$CALLER/$$1" ;; esac; }
# Says every ten seconds that a step goes on, until its shell ends.
TELLING := { while sleep 10 >/dev/null 2>&1; do kill -0 $$$$ 2>/dev/null && echo "  still at it" || exit; done; } & \
	trap 'kill -KILL $$! 2>/dev/null || true' EXIT
# What make itself uses is installed by version and hash, like all packages.
GET_UV := $(RUN) -m pip install --quiet --require-hashes -r tools/uv.txt
UV := $(RUN) -m uv --quiet
HASHED := $(UV) pip install --python $(RUN) --require-hashes
# What takes long and hardly depends on a library.
NOT_LOWEST := tests/test_project.py tests/scores/corpus/test_crashes.py \
	tests/hits/matching/test_engine.py tests/hits/matching/test_reference.py tests/text/test_quick_paths.py
LOCK := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --upgrade
BORROWED_CC := env 'PYTHONPATH=$(CURDIR)/.venv/compiler' '$(CURDIR)/$(RUN)' -m ziglang cc

.DEFAULT_GOAL := help
.PHONY: help notebooks lab test test-browser test-deep test-lowest benchmark cards gallery docs lint format audit \
	lock clean moved

help: ## list the commands
	@echo "make <command>, with the first use of any setting up .venv:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-13s %s\n", $$1, $$2}' Makefile
	@echo "  DATA=folder (articles), REPORTS=folder, FIGURES=folder and PYTHON=python3.12 may follow."

notebooks: $(STAMP) ## run every notebook on DATA (data/articles): figures/ and reports/index.html
	@$(SEEN); $(RUN) -m analysis notebooks $${DATA:+--data "$$(seen "$$DATA")"} \
		--output "$$(seen "$$REPORTS")" $${FIGURES:+--figures "$$(seen "$$FIGURES")"}

lab: $(STAMP) ## open JupyterLab on this folder
	@echo "Opening JupyterLab; Ctrl-C here ends it"
	@$(SEEN); exec $(RUN) -m analysis lab $${DATA:+--data "$$(seen "$$DATA")"}

test: $(STAMP) ## run the tests
	@echo "Running the tests"
	@status=0; \
		$(RUN) -m pytest -q --numprocesses auto --dist worksteal --junit-xml=build/tests.xml || status=$$?; \
		echo "Results: above, and in build/tests.xml"; exit $$status

test-browser: $(STAMP) ## run every notebook, also in JupyterLab, and check the reports in Chromium
	@$(TELLING); { cmp -s tools/axe/package-lock.json .venv/npm/package-lock.json && \
		[ -d .venv/npm/node_modules/axe-core ]; } || { command -v npm >/dev/null && \
		mkdir -p .venv/npm && cp tools/axe/package*.json .venv/npm && \
		npm ci --silent --no-audit --no-fund --fetch-retries=0 --prefix .venv/npm; } || \
		echo "axe-core cannot be installed here, by npm: tests that ask it will be skipped"
	@echo "Running the tests in a browser; pictures go to build/browser"
	@$(RUN) -m pytest -q -m browser_suite tests

test-lowest: $(STAMP) ## run the tests with the lowest versions that pyproject.toml allows
	@echo "Installing the lowest versions into build/lowest"
	@rm -rf build/lowest; mkdir -p build/lowest; $(GET_UV); $(UV) venv --python $(RUN) build/lowest/.venv
	@# No test needs pre-commit, and what it needs itself would bring a newer filelock.
	@echo pre-commit > build/lowest/left_out.txt
	@$(TELLING); $(UV) pip install --python build/lowest/.venv --resolution lowest-direct --no-build \
		--excludes build/lowest/left_out.txt -r pyproject.toml --extra all --extra dev || { \
		echo "$$($(RUN) --version) cannot have all of them: name an older one with PYTHON=python3.11" >&2; exit 1; }
	@# A copy, so that neither the compiled paths here nor other results are replaced.
	@tar -cf - --exclude=./.git --exclude=./.venv --exclude=./build --exclude=./reports \
		--exclude='*.c' --exclude='*.so' . | tar -xf - -C build/lowest
	@$(TELLING); cd build/lowest && ../../$(UV) pip install --python .venv --no-deps --no-build-isolation \
		--editable .
	@echo "Running the tests with them"
	@cd build/lowest && GIT_CEILING_DIRECTORIES="$(CURDIR)/build" .venv/bin/python -m pytest -q \
		--numprocesses auto --dist worksteal $(addprefix --ignore=,$(NOT_LOWEST))

test-deep: $(STAMP) ## try 20,000 examples of each kind, 120,000 damaged files, and a crash at every step
	@echo "Killing runs on corpora at every step, and measuring how work grows; this takes a while"
	@$(RUN) -m pytest -q --numprocesses auto --dist worksteal -m deep tests
	@echo "Running the tests of engine and readers on many examples; this takes longer"
	@$(RUN) -m pytest -q --numprocesses auto --dist worksteal --hypothesis-profile=deep \
		tests/hits/matching/test_reference.py tests/hits/matching/test_engine.py tests/hits/matching/test_hits.py \
		tests/text/test_quick_paths.py tests/reading/test_fuzz.py \
		tests/reading/exports/test_damaged.py tests/lexicons/test_formats.py

benchmark: $(STAMP) ## race the engine against its peers; BENCHMARK="--corpus FILE.parquet"
	@echo "Installing the peers"
	@$(GET_UV)
	@$(HASHED) --no-build-isolation -r tools/peers.txt
	@cd "$$CALLER" && "$(CURDIR)/$(RUN)" "$(CURDIR)/benchmarks/speed.py" $(BENCHMARK)

cards: $(STAMP) ## write the cards of the built-in lexica; DATA=folder of coded texts measures them again
	@cd "$$CALLER" && "$(CURDIR)/$(RUN)" "$(CURDIR)/benchmarks/cards.py" $${DATA:+--data "$$DATA"} $${TEXTS:+--texts "$$TEXTS"}

gallery: $(STAMP) ## draw the pictures of docs/gallery.md again
	@echo "Drawing every plot function on the bundled articles"
	@$(RUN) docs/make_gallery.py

docs: $(STAMP) ## write docs/api, the reference, from the docstrings
	@$(RUN) docs/make_api.py

lint: $(STAMP) ## check style and types
	@echo "Checking style and types"
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

format: $(STAMP) ## put the code into the house's form
	@$(RUN) -m ruff check --fix .
	@$(RUN) -m ruff format .

audit: $(STAMP) ## ask a database whether the versions of requirements.lock have known vulnerabilities
	@cmp -s tools/audit.txt .venv/audit/tools.txt || { echo "Installing pip-audit" && $(GET_UV) && \
		$(HASHED) --target .venv/audit -r tools/audit.txt && cp tools/audit.txt .venv/audit/tools.txt; }
	@echo "Asking the database about every package"
	@# Without --strict, what a mirror does not know would pass for harmless.
	@$(TELLING); rm -f .venv/audit.txt; \
		PYTHONPATH=.venv/audit $(RUN) -m pip_audit --strict --progress-spinner off --disable-pip \
			--require-hashes -r requirements.lock --output .venv/audit.txt 2>.venv/audit.log && \
		echo "No vulnerability is known" || { \
		[ ! -s .venv/audit.txt ] || { cat .venv/audit.txt; exit 1; }; tail -n 1 .venv/audit.log >&2; \
		echo "Not audited: no database that knows every package can be reached from here" >&2; exit 3; }

lock: $(STAMP) ## resolve requirements.lock and tools/ again from pyproject.toml
	@echo "Resolving the newest versions that pyproject.toml allows"
	@$(GET_UV)
	@$(LOCK) pyproject.toml --extra all --extra dev -o requirements.lock
	@for tool in audit compiler uv; do $(LOCK) --group $$tool -o tools/$$tool.txt || exit; done
	@$(LOCK) --group peers --constraint requirements.lock -o tools/peers.txt
	@cd tools/axe && npm install --silent --package-lock-only --omit-lockfile-registry-resolved \
		--save-dev --save-exact axe-core@latest || echo "tools/axe needs npm, and stays as it is"
	@echo "Written: requirements.lock and tools/"

clean: ## remove .venv, caches, and the reports and figures that you have not changed
	@[ ! -x $(RUN) ] || $(RUN) -c 'import sys; from pathlib import Path; \
		from analysis.saving.swapping import remove_results; \
		sys.stdout.write(remove_results(Path("reports"), Path("figures")))'
	@rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find analysis -name '*.c' -delete -o -name '*.so' -delete
	@echo "Removed .venv, all caches, and what the notebooks left in reports/ and figures/"

$(STAMP): requirements.lock pyproject.toml setup.py $(COMPILED) $(MOVED)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed, and \"$$PYTHON\" is none; name one with PYTHON=python3.12" >&2; \
		exit 1; }
	@echo "Setting up .venv (once; one to two minutes)"
	@$(TELLING); $(RUN) -c 'import pip' 2>/dev/null || "$$PYTHON" -m venv --clear .venv
	@echo "Installing the packages of requirements.lock"
	@$(TELLING); { $(GET_UV) 2>/dev/null && $(HASHED) --compile-bytecode -r requirements.lock; } || { \
		echo "uv could not install them; pip does, which takes longer"; \
		$(RUN) -m pip install --quiet --require-hashes -r requirements.lock; }
	@echo "Compiling the quick paths"
	@$(TELLING); command -v "$${CC:-cc}" >/dev/null || command -v gcc >/dev/null || { \
		$(HASHED) --target .venv/compiler -r tools/compiler.txt && export CC="$(BORROWED_CC)"; }; \
		$(RUN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@rm -rf .venv/compiler
	@$(RUN) -c 'import analysis.hits.matching.quick' 2>/dev/null || \
		echo "They could not be compiled: every result is the same, but large corpora take longer"
	@# Otherwise the first notebooks would show a notice that matplotlib searches for fonts.
	@$(TELLING); $(RUN) -c 'import matplotlib.font_manager'
	@pwd > $(STAMP)

moved:
