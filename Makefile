# Two commands: `make lab` opens the course, `make test` runs every check. Each does all its own set-up.
# Needs a POSIX shell and GNU make 3.81 or newer. Only relative paths: the folder's name may hold spaces.

LANG_ = en
ARGS =
# A Python of your choice, 3.11 or newer: make lab PYTHON=python3.13. Otherwise the first of these that is new enough.
PYTHON =
PYTHONS = $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11)

.PHONY: help lab test lint build bench lock lock-check clean
help:
	@echo "make lab          set up and open the course (make lab LANG_=zh for Chinese)"
	@echo "make test         set up and run every check, as CI does"
	@echo "make lint         style and types only"
	@echo "make build        notebooks and data sets from their sources"
	@echo "make bench        timings, to tests/bench/RESULTS.md (a quick look: make bench ARGS=--quick)"
	@echo "make lock         renew requirements.lock"
	@echo "make lock-check   does the lock resolve on every system and Python?"
	@echo "make clean        remove the environment"

lab: .venv/lab
	@.venv/bin/crmlab lab --lang $(LANG_) $(ARGS)

test: .venv/test
	@$(pip_settings) .venv/bin/python tests/run_all.py

lint: .venv/test
	@.venv/bin/python tests/run_all.py lint types

build: .venv/test
	@.venv/bin/crmlab build

bench: .venv/bench
	@.venv/bin/python -m pytest tests/test_credit_optbinning.py -q
	@.venv/bin/python -m pytest tests/bench -q -s -o python_files="bench_*.py test_*.py"
	@.venv/bin/python tests/bench/bench_browser.py $(ARGS)
	@.venv/bin/python tests/bench/bench_rfm.py $(filter --quick,$(ARGS))

lock: .venv/test
	@$(pip_settings) .venv/bin/python tests/run_all.py relock

lock-check: .venv/test
	@$(pip_settings) .venv/bin/python tests/run_all.py lock

clean:
	rm -rf .venv

# ---- the environment: .venv/uv, .venv/lab, .venv/test, .venv/bench are stamps ----

# Every package comes from requirements.lock with its hash checked; what builds crmlab itself too.
# uv is quick but reads none of pip's settings; where it fails, pip does the same from the whole lock.
install = .venv/bin/uv pip install --python .venv/bin/python -c requirements.lock -b requirements.lock -e .
pip_install = .venv/bin/python -m pip install --require-hashes -r requirements.lock \
	&& .venv/bin/python -m pip install --no-deps --no-build-isolation -e . || { $(no_packages) }
no_packages = echo "The packages could not be fetched: is there a network, or a mirror set for pip?" >&2; exit 1;

# A mirror, certificate, proxy or trusted host set for pip holds for uv too.
pip_settings = test -n "$$UV_DEFAULT_INDEX" || eval "$$(.venv/bin/python -m pip config list 2>/dev/null | LC_ALL=C sort -r \
	| sed -n -e '/\\/d' -e 's/^[^ =]*\.index-url=/export UV_DEFAULT_INDEX=/p' -e 's/^[^ =]*\.cert=/export SSL_CERT_FILE=/p' \
	-e 's/^[^ =]*\.proxy=/export ALL_PROXY=/p' -e 's/^[^ =]*\.trusted-host=/export UV_INSECURE_HOST=/p')";

.venv/lab: .venv/uv pyproject.toml
	@$(pip_settings) $(install) || { echo "uv could not install the packages; trying pip."; $(pip_install); }
	@touch $@

.venv/test: .venv/uv pyproject.toml
	@$(pip_settings) $(install) --group test || { echo "uv could not install the packages; trying pip."; $(pip_install); }
	@touch .venv/lab $@

.venv/bench: .venv/test
	@$(pip_settings) $(install) --group bench || { $(no_packages) }
	@touch $@

# An environment remembers its folder. In a folder that was moved or copied it is made anew.
ifneq "$(shell cat .venv/folder 2>/dev/null || pwd -P)" "$(shell pwd -P)"
.PHONY: .venv/uv
endif

.venv/uv: requirements.lock
	@if test -f .venv/pyvenv.cfg && { test "$$(cat .venv/folder 2>/dev/null || pwd -P)" != "$$(pwd -P)" \
	|| ! .venv/bin/python -m pip --version >/dev/null 2>&1; }; then rm -rf .venv; fi
	@if test ! -f .venv/pyvenv.cfg; then \
	for p in $(PYTHONS); do "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; p=; done; \
	test -n "$$p" || { echo "crmlab needs Python 3.11 or newer (found: $$($(firstword $(PYTHONS)) -V 2>/dev/null || echo none));" \
	"install one, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; exit 1; }; \
	venv=$$("$$p" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	if ! "$$p" -c 'import ensurepip, venv' 2>/dev/null && test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
	echo "Installing $$venv, which this Python lacks."; { apt-get update -qq && apt-get install -y -qq $$venv; } >/dev/null; fi; \
	"$$p" -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make environments:" \
	"install the package $$venv (sudo apt install $$venv) and try again." >&2; exit 1; }; \
	"$$p" -m venv .venv || exit 1; fi; pwd -P > .venv/folder
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.txt
	@.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r .venv/uv.txt || { $(no_packages) }
	@touch $@
