# What a person who works on medsteward runs. Everything happens in .venv; nothing else is touched.
#
#   make demo      install, and show the daily MME of an example
#   make test      install the test parts, and run the tests
#   make lint      style;  make types: types
#   make bench     speed of the parts;  make mutation: how many small mistakes the tests notice
#   make docs      write the generated pages again
#   make messages  bring the message catalogues of the patient card up to date
#   make clean     remove what the above made

# The newest Python that runs and is new enough. Choose another with: make PYTHON=/path/to/python3
RUNS = -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if $$p $(RUNS); then echo $$p; break; fi; done)

PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check
PY = .venv/bin/python

.DEFAULT_GOAL = help
.PHONY: help demo test lint types bench mutation docs messages clean

help:
	@sed -n 's/^#   //p' Makefile

demo: .venv/.demo
	@.venv/bin/medsteward mme --input examples/chronic-pain.toml

test: .venv/.test
	$(PY) -m pytest

lint: .venv/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: .venv/.dev
	$(PY) -m mypy

bench: .venv/.test
	@for file in benchmarks/bench_*.py; do \
		if [ -e "$$file" ]; then echo "== $$file"; $(PY) "$$file" || exit 1; \
		else echo "there are no files benchmarks/bench_*.py"; fi; done

mutation: .venv/.dev
	$(PY) benchmarks/mutation.py

docs: .venv/.demo
	$(PY) docs/generate.py

# What is said to patients, as pyproject.toml says where to look; then into each catalogue, then what programs read.
LOCALE = medsteward/writers/locale
PYBABEL = .venv/bin/pybabel --quiet

messages: .venv/.test
	@mkdir -p build
	$(PYBABEL) extract --mapping-file pyproject.toml --project medsteward --add-location file --width 120 \
		--output-file build/card.pot medsteward
	$(PYBABEL) update --domain card --input-file build/card.pot --output-dir $(LOCALE) --width 120 \
		--ignore-pot-creation-date --ignore-obsolete
	$(PYBABEL) compile --domain card --directory $(LOCALE) --statistics

clean:
	rm -rf .venv build dist mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/node/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One mark per set of parts, newer than pyproject.toml when it is installed.
.venv/.demo: .venv/.made pyproject.toml
	$(PIP) -e .
	@touch $@

.venv/.test: .venv/.made pyproject.toml
	$(PIP) -e '.[test]'
	@touch $@ .venv/.demo

.venv/.dev: .venv/.made pyproject.toml
	$(PIP) -e '.[dev]'
	@touch $@ .venv/.test .venv/.demo

.venv/.made:
	@p='$(PYTHON)'; \
	if [ -z "$$p" ] || ! "$$p" $(RUNS); then \
		echo "medsteward needs Python 3.11 or newer; on Debian or Ubuntu: apt-get install python3 python3-venv" >&2; \
		exit 1; fi; \
	if ! "$$p" -c 'import ensurepip, venv' 2>/dev/null; then \
		v=$$("$$p" -c 'import sys; print("python%d.%d" % sys.version_info[:2])'); \
		echo "$$p cannot make a virtual environment; on Debian or Ubuntu: apt-get install $$v-venv" >&2; \
		exit 1; fi; \
	"$$p" -m venv .venv
	@touch $@
