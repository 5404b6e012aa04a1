# One word per chore. `make` alone lists them.
PY := .venv/bin/python
STAMP := .venv/.prepared
# Where the Python that .venv was made with is gone (the system has a newer one now), .venv is made anew.
$(shell [ -x $(PY) ] || rm -f $(STAMP))
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run demo test check bench bench-detect ceiling train torture real soak screenshots sentences translations lock package package-linux package-windows test-packages test-packages-linux test-packages-windows clean prepare desktop-tools

help:
	@echo "make run          start Counterbell on your own profile"
	@echo "make demo         start it on a sample shop; needs no network"
	@echo "make test         run the tests, without a screen"
	@echo "make check        style, types and architecture"
	@echo "make bench        print tables of speed"
	@echo "make bench-detect print how well the detector judges, and the ceiling; COUNTERBELL_LABELLED names the public sets"
	@echo "make train        make the detector's weights anew; needs COUNTERBELL_LABELLED"
	@echo "make ceiling      print only what the same model reaches trained on everything; needs COUNTERBELL_LABELLED"
	@echo "make torture      kill the program 50 times at work; read 2,000 malformed feeds; try examples never tried before"
	@echo "make real         start real servers on loopback (Isso, mail, Redmine, WordPress, Bluesky), be heard and answered there"
	@echo "make soak         an hour of polling 100 feeds; prints the memory"
	@echo "make screenshots  render window and tray into docs/screenshots"
	@echo "make sentences    take new sentences into the catalogues of Polish and Russian, and old ones out"
	@echo "make translations compile these catalogues"
	@echo "make lock         renew requirements.lock"
	@echo "make package      build the wheel into dist/"
	@echo "make package-linux    build the Debian package and the .run file into dist/ (FAST=1: quickly, for a trial)"
	@echo "make package-windows  build the setup for Windows into dist/ (FAST=1: quickly, for a trial)"
	@echo "make test-packages    install, start, upgrade and remove all of them: needs root; also test-packages-linux, -windows"
	@echo "make prepare      make .venv, which every other word does by itself when it is needed"
	@echo "make desktop-tools    install the programs that tests of tray and notifications need; make test does"
	@echo "make clean        remove .venv and all that was built"

$(STAMP): requirements.lock pyproject.toml installer/prepare.sh
	@sh installer/prepare.sh
	@touch $(STAMP)

prepare: $(STAMP)

desktop-tools: $(STAMP)
	@sh installer/prepare.sh desktop

run: $(STAMP)
	$(PY) -m app

demo: $(STAMP)
	$(PY) -m app demo

test: desktop-tools
	$(PY) -m pytest -n auto --dist worksteal

check: $(STAMP)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	MYPYPATH=tests $(PY) -m mypy -p benchmarks -p real -m desktop.screenshots
	.venv/bin/lint-imports
	$(PY) -m pytest tests/architecture

bench: $(STAMP)
	$(PY) -m pytest -m benchmark $(filter-out %/bench_detect.py,$(wildcard tests/benchmarks/bench_*.py)) -s -p no:randomly --timeout 600

bench-detect: $(STAMP)
	$(PY) -m pytest -m benchmark tests/benchmarks/bench_detect.py -s -p no:randomly
	$(if $(COUNTERBELL_LABELLED),$(PY) -m training.ceiling)

train: $(STAMP)
	OPENBLAS_NUM_THREADS=1 $(PY) -m training

ceiling: $(STAMP)
	$(PY) -m training.ceiling

torture: desktop-tools
	$(PY) -m pytest -m slow --timeout 3000 -s
	COUNTERBELL_EXAMPLES=new $(PY) -m pytest -m hypothesis -n auto

real: $(STAMP)
	$(PY) tests/real $(ONLY)

soak: $(STAMP)
	$(PY) tests/benchmarks/soak.py

screenshots: desktop-tools
	$(PY) tests/desktop/screenshots.py docs/screenshots

sentences: $(STAMP)
	@mkdir -p build
	.venv/bin/pybabel -q extract --sort-output --no-location -k N_ -k msgid -k ngettext:1,2 -o build/counterbell.pot app
	.venv/bin/pybabel -q update --no-fuzzy-matching --ignore-obsolete -w 100 -D counterbell -i build/counterbell.pot -d resources/translations

translations: $(STAMP)
	.venv/bin/pybabel -q compile -D counterbell -d resources/translations

lock: $(STAMP)
	$(PY) -m pip install -q uv
	.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra dev pyproject.toml -o requirements.lock
	$(PY) -m installer.windows.wheels
	.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header installer/common/build.in -o installer/common/build.lock

package: $(STAMP)
	$(PY) -m pip wheel -q --no-deps --no-build-isolation --wheel-dir dist .

package-linux: $(STAMP)
	@sh installer/prepare.sh linux
	nice -n 10 $(PY) -m installer.linux.build

package-windows: $(STAMP)
	@sh installer/prepare.sh windows
	nice -n 10 $(PY) -m installer.windows.build

test-packages: test-packages-linux test-packages-windows

test-packages-linux: desktop-tools
	@sh installer/prepare.sh linux
	@sh installer/prepare.sh debootstrap
	PYTHONPATH=tests nice -n 10 $(PY) -m installer.linux.trial

test-packages-windows: $(STAMP)
	@sh installer/prepare.sh windows
	@sh installer/prepare.sh wine
	nice -n 10 $(PY) -m installer.windows.test_in_wine

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
