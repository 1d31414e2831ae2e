# What a person who works on medsteward runs. Everything happens in .venv; nothing else is touched.
#
#   make demo      install, and show the daily MME of an example
#   make demo-population   a million made-up fills: their figures and a report, in less than a minute
#   make test      install the test parts, and run the tests: the same draws every time, on every core
#   make fuzz      the laws again, with new draws;  make slow: with many more of them (an hour or so)
#   make spark     the population engine on a Spark cluster of processes here (needs Java 17)
#   make lint      style;  make types: types
#   make bench     speed of the parts;  make mutation: how many small mistakes the tests notice
#   make plans     usual regimens as plans in figures, also written to their golden file
#   make rates     how often findings interrupt, over 4,000 simulated charts
#   make fhir-examples  HL7's examples of FHIR R4, fetched from npm and held to their hash: no order is lost
#   make docs      write the generated pages again
#   make docs-site the documentation as a site that can be searched, in build/site
#   make page      the page as static files, in build/page (needs npm)
#   make messages  bring the message catalogues of the patient card up to date
#   make pictures  draw the pictures of the printed pages in docs/pictures again
#   make letters   list anew the letters that our fonts have
#   make lock      choose anew the versions of what CI installs, each held by its hash
#   make clean     remove what the above made

# The newest Python that runs and is new enough. Choose another with: make PYTHON=/path/to/python3
RUNS = -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	if $$p $(RUNS); then echo $$p; break; fi; done)

PIP = .venv/bin/python -m pip install --quiet --disable-pip-version-check
PY = .venv/bin/python

.DEFAULT_GOAL = help
.PHONY: help demo demo-population test fhir-examples fuzz slow letters pictures lock lint types bench rates plans mutation docs docs-site page messages spark clean

help:
	@sed -n 's/^#   //p' Makefile

demo: .venv/.demo
	@.venv/bin/medsteward mme --input examples/chronic-pain.toml

demo-population: .venv/.test
	@mkdir -p build
	@$(PY) benchmarks/population_records.py build/fills.csv --rows 1000000
	@.venv/bin/medsteward population run --input build/fills.csv --output build/population --days
	@.venv/bin/medsteward population report build/population --by age_band --output build/population.html
	@echo "the report is in build/population.html"

PYTEST = $(PY) -m pytest -n auto --dist worksteal
LAWS = tests/property tests/agreement tests/unit/test_code_index.py tests/unit/test_plan_writers.py \
	tests/service/test_api.py tests/service/test_fuzz.py tests/service/test_openapi.py tests/page/test_tasks.py

test: .venv/.test
	$(PYTEST)

fuzz: .venv/.test
	MEDSTEWARD_TEST_PROFILE=fuzz $(PYTEST) $(LAWS)

slow: .venv/.test
	MEDSTEWARD_TEST_PROFILE=slow $(PYTEST) $(LAWS)

lint: .venv/.dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: .venv/.dev
	$(PY) -m mypy

bench: .venv/.test
	@for file in benchmarks/bench_*.py; do \
		if [ -e "$$file" ]; then echo "== $$file"; PYTHONPATH=. $(PY) "$$file" || exit 1; \
		else echo "there are no files benchmarks/bench_*.py"; fi; done

plans: .venv/.test
	@PYTHONPATH=. $(PY) -m tests.usual_plans

mutation: .venv/.dev
	$(PY) benchmarks/mutation.py

rates: .venv/.test
	PYTHONPATH=. $(PY) benchmarks/rates.py

FHIR_EXAMPLES = hl7.fhir.r4.examples

fhir-examples: .venv/.test
	@mkdir -p build
	@cd build && npm pack --silent $(FHIR_EXAMPLES)@4.0.1 >/dev/null
	$(PY) -m tests.fhir_examples build/$(FHIR_EXAMPLES)-4.0.1.tgz

docs: .venv/.demo
	$(PY) docs/generate.py

# The site is built in an environment of its own: nothing else needs its parts.
.venv-docs: docs/site_locked.txt
	'$(PYTHON)' -m venv .venv-docs
	.venv-docs/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r docs/site_locked.txt
	@touch $@

docs-site: .venv-docs
	.venv-docs/bin/python docs/site.py
	@echo "the site is in build/site/index.html"

page: .venv/.test
	cd tests/node && npm ci --no-audit --no-fund
	.venv/bin/medsteward page build build/page --pyodide tests/node/node_modules/pyodide

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

# A picture of each kind of page that people keep; needs pdftoppm (poppler-utils) and the parts for PDF.
PICTURES = docs/pictures
pictures: .venv/.test
	@mkdir -p build
	@PYTHONPATH=. $(PY) docs/paper_pictures.py
	@$(PY) -m medsteward review --input examples/chronic-pain.toml --format html --output build/review.html
	chromium --headless --no-sandbox --hide-scrollbars --window-size=820,1100 \
		--screenshot=$(PICTURES)/review.png "file://$(CURDIR)/build/review.html"

letters: .venv/.test
	$(PY) -m tests.fonts

lock: .venv/.made
	$(PIP) uv
	.venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra spark-connect --no-header \
		--upgrade pyproject.toml tests/spark/wanted.txt --output-file tests/locked-spark.txt
	.venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --extra dev --no-header \
		--upgrade pyproject.toml --output-file tests/locked.txt
	.venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header \
		--upgrade docs/site.txt --output-file docs/site_locked.txt

clean:
	rm -rf .venv .venv-docs .venv-spark build dist mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis tests/node/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One mark per set of parts, newer than pyproject.toml when it is installed.
.venv/.demo: .venv/.made pyproject.toml
	$(PIP) -e .
	@touch $@

.venv/.test: .venv/.made pyproject.toml
	$(PIP) -e '.[test]'
	@touch $@ .venv/.demo

# LOCKED is set where every part is to be the one whose hash was committed, as in CI.
.venv/.dev: .venv/.made pyproject.toml tests/locked.txt
ifdef LOCKED
	$(PIP) --require-hashes -r tests/locked.txt
	$(PIP) --no-deps --no-build-isolation -e .
else
	$(PIP) -e '.[dev]'
endif
	@touch $@ .venv/.test .venv/.demo

# Spark needs parts that would slow the start of everything else, so it lives in an environment of its own.
.venv-spark: pyproject.toml tests/locked-spark.txt
	'$(PYTHON)' -m venv .venv-spark
	.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/locked-spark.txt
	.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

spark: .venv-spark
	.venv-spark/bin/python -m pytest -q -p no:cacheprovider --no-header tests/spark

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
