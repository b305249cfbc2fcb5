# Everything an empty machine with Python 3.11+ needs. `make run` is the main job, `make test` proves it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
TORCH := torch==2.13.0

.PHONY: run test setup ocr dev check bench lock documents clean

run: $(READY)
	$(BIN)/oov demo

test: $(READY_DEV) browser tesseract
	$(BIN)/pytest

setup: $(READY)

# Text from scans: ocrmypdf in the environment, tesseract with Dutch on the machine.
ocr: $(READY) tesseract
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements-ocr.lock

dev: $(READY_DEV)

check: $(READY_DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(READY_DEV)
	$(BIN)/python -m evals.bench

# The demo library's PDF, Word, HTML and scan, made again from their Markdown sources.
documents: $(READY_DEV)
	$(BIN)/python corpus/sources/make.py

$(READY): pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' || { echo "Python 3.11, 3.12 of 3.13 is nodig."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	# torch first and without hash: pip then takes the build without CUDA where one is at hand, and prefers the index's otherwise.
	$(BIN)/pip install --quiet --no-deps $(TORCH)
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -c 'import torch' 2>/dev/null || $(BIN)/pip install --quiet $(TORCH)
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/oov prepare
	touch $(READY)

$(READY_DEV): $(READY) requirements-dev.lock
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements-dev.lock
	touch $(READY_DEV)

# A machine on which an earlier installation was cut short is put right first: apt refuses all work until then.
apt = set -e; root="$$(test "$$(id -u)" = 0 || echo sudo) env DEBIAN_FRONTEND=noninteractive"; $$root dpkg --configure -a >/dev/null; \
  $$root apt-get update -qq; $$root apt-get install -y -qq --fix-broken >/dev/null; \
  $$root apt-get install -y -qq -o DPkg::Lock::Timeout=300 $(1) >/dev/null

# The end-to-end tests drive a real browser.
.PHONY: browser
browser:
	@chromium --version >/dev/null 2>&1 || { echo "Chromium wordt geinstalleerd voor de browsertests."; $(call apt,chromium); }

.PHONY: tesseract
tesseract:
	@tesseract --list-langs 2>/dev/null | grep -qx nld || { \
	  echo "Tesseract met Nederlands wordt geinstalleerd voor tekstherkenning."; $(call apt,--no-install-recommends tesseract-ocr tesseract-ocr-nld); }

# Needs uv; only to change dependencies.
CUDA := triton cuda-bindings cuda-pathfinder cuda-toolkit $(addprefix nvidia-,cublas cuda-cupti cuda-nvrtc cuda-runtime cudnn-cu13 cufft cufile curand cusolver cusparse cusparselt-cu13 nccl-cu13 nvjitlink nvshmem-cu13 nvtx)
LOCK = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra build \
  $(addprefix --no-emit-package ,torch $(CUDA))
lock:
	$(LOCK) -o requirements.lock
	$(LOCK) --extra dev --extra ocr -o requirements-dev.lock
	echo ocrmypdf | uv pip compile - --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  --constraints requirements-dev.lock -o requirements-ocr.lock

clean:
	rm -rf $(VENV) data
