# make run · make fast · make test · make setup · make check          settings: README.md, "Settings"
PYTHON ?= python3
PORT   ?= 8501
HOST   ?= 127.0.0.1
BIN    := .venv/bin

# Compiled modules are kept whatever the shell says: a start without them costs twice the processor time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run install lock audit setup fast test lint check bench faults fuzz pictures docs demo-cluster
.DEFAULT_GOAL := run

run: .venv/.run
	@$(BIN)/python -m loaders fill --quiet
	@! $(BIN)/python -c 'import socket, sys; socket.create_connection(sys.argv[1:], 1)' $(HOST) $(PORT) 2>/dev/null || \
	  { echo "端口 $(PORT) 已被占用，换一个 / port $(PORT) is taken, choose another: make run PORT=$$(($(PORT) + 1))" >&2; exit 1; }
	@echo "天更蓝 水更清 → http://$(if $(filter 0.0.0.0 ::,$(HOST)),localhost,$(HOST)):$(PORT)   (Ctrl+C 停止 / stops)"
	@$(BIN)/streamlit run dashboard.py --server.port $(PORT) --server.address $(HOST) --logger.level warning >/dev/null

setup: .venv/.dev

# What serves the site and no more, of the files requirements.lock names alone. Its modules are compiled here: the services
# may write nothing beside them, and each start would compile them anew.
PROGRAM := dashboard.py assessment deploy loaders pages reports store views
install: .venv/.run
	@$(BIN)/python -m compileall -q $(PROGRAM)

test: .venv/.dev
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

fast: .venv/.dev
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow and not browser and not postgres"

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test

# Every benchmark in one table: docs/benchmarks.md, docs/scale.md.
bench: .venv/.dev
	$(BIN)/python -m benchmarks

FUZZ ?= 100000
fuzz: .venv/.dev
	$(BIN)/python -m tests.fuzz --count $(FUZZ) $(READERS)

# Parts (SBOM) and licences of what is installed, and known weaknesses where the network reaches their list.
audit: .venv/.run var/audit/.ready
	var/audit/bin/cyclonedx-py environment $(BIN)/python --output-file var/sbom.json
	var/audit/bin/pip-licenses --python $(BIN)/python --format=csv --output-file=var/licences.csv
	var/audit/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip

# requirements.lock anew, after requirements.txt or constraints.txt changed.
lock: var/audit/.ready
	@echo "# Every package of requirements.txt with the hashes of its files: written by \`make lock\`, never by hand." > requirements.lock
	@var/audit/bin/uv pip compile requirements.txt -c constraints.txt --generate-hashes --universal --python-version 3.11 \
	  --quiet --no-header --no-annotate >> requirements.lock

var/audit/.ready: requirements-audit.txt
	@$(PYTHON) -m venv var/audit
	@var/audit/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-audit.txt
	@touch $@

# Each fault made to happen: docs/faults.md.
faults: .venv/.dev
	$(BIN)/python -m tests.faults

pictures: .venv/.dev
	$(BIN)/python -m tests.pictures
	$(BIN)/python -m tests.pictures --facts --langs zh --themes light

demo-cluster: .venv/.run
	@$(BIN)/python -m tests.cluster

docs: .venv/.docs
	$(BIN)/python -m sphinx -b html -W --keep-going -q docs var/docs

# A marker says which requirements the environment holds, so that a second start installs nothing.
.venv/.run: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "安装依赖，仅第一次需要 … / installing, only the first time …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@

.venv/.docs: requirements-docs.txt .venv/.run
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-docs.txt -c constraints.txt
	@touch $@
