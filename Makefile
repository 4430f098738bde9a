# Everything runs in a virtual environment of its own; the first target that needs it makes it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
IMAGE  := localhost/grade-test

.PHONY: demo test lint image test-container stubs screenshots bench clean

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: $(READY)        ## grade a small real class, and say where the pages are
	$(BIN)/grade run sinenet docs/demo-class -o demo-results

test: lint            ## all checks and all tests
	$(BIN)/python -m tests

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

image:                ## the image of the Dockerfile, built with no engine; the test of containers needs it
	tests/container/oci.sh setup
	tests/container/oci.sh base
	tests/container/oci.sh build . $(IMAGE) --build-arg BASE=localhost/debian:bookworm-slim

test-container: $(READY) image  ## the hostile corpus in a container of Docker's default confinement
	GRADE_IMAGE=$(IMAGE) $(BIN)/python -m pytest -m container

stubs: $(READY)       ## make the stubs, notebooks and counts anew from the solutions and the hand-outs
	$(BIN)/python -m grader.release

screenshots: $(READY) ## the pictures of the pages in docs/pages, and of the platforms in docs/platforms
	$(BIN)/python docs/screenshots.py
	$(BIN)/python -m docs.platform_pictures

bench: $(READY) image ## what a batch costs, and one submission in a cold container, as ratios from one run
	$(BIN)/python -m benchmarks.batch
	GRADE_IMAGE=$(IMAGE) $(BIN)/python -m benchmarks.cold

clean:
	rm -rf $(VENV) build dist demo-results
