# What a bare Debian machine with a Swift toolchain needs, and what people do here.
#   make run     a playground under ./var, and the daemon in the foreground
#   make check   while you work: build, style, and every test within the rooms; under a minute once it is built
#   make test    that, and every test of the real programs over real folders
#   make bench   measured figures, beside the same work by other means; make bench-web the HTTP side, beside nginx;
#                make bench-audience and bench-fit audience batches and retail fit
#   make test-torture KILLS=300    files keep arriving while the daemon is killed
#   make test-powercut CUTS=60     the power goes at any moment, and what was told is still true
#   make test-deviations DEVIATIONS=2000   the samples with something wrong in each: booked right, or held with the place named
#   make test-portal     the HTTP side from outside: the contract to the byte, made-up requests, harm, kills, and a browser
#   make test-fuzz SECONDS_OF_FUZZ=600   hostile bytes for the readers and the frames

SHELL := /bin/bash
packages := pkg-config libexpat1-dev libisal-dev libmicrohttpd-dev libseccomp-dev libsodium-dev libsqlite3-dev libssl-dev libsystemd-dev \
    libxlsxwriter-dev
# LibreOffice writes into the corpus of workbooks too; where it is not installed only CI fetches it.
test_packages := python3-venv $(if $(CI),libreoffice-calc)
# prometheus: its promtool judges what both programs tell of themselves. msmtp: a sendmail that mails really leave through.
portal_packages := chromium chromium-driver msmtp openssl prometheus
release := swift build -c release --static-swift-stdlib
tests := SELLOUT_PYTHON="$(CURDIR)/.venv/bin/python" swift test --skip-build
root := var
KILLS ?= 300
CUTS ?= 60
SECONDS_OF_FUZZ ?= 600
DEVIATIONS ?= 2000
ROUNDS ?= 5

.PHONY: all build run check test test-torture test-powercut test-deviations test-portal test-fuzz bench bench-web bench-audience bench-fit lint packages test-packages clean

all: build

# By name, since the tests' own kit stands beside them.
build: packages
	@for program in selloutd sellout-web selloutctl selloutd-reader; do $(release) --product $$program || exit 1; done

run: build
	@samples/playground "$(root)" "$$($(release) --show-bin-path)"

check: packages test-packages .venv/ready lint
	swift build --build-tests
	$(tests) --skip WholeWayTests

test: check
	$(tests) --filter WholeWayTests

# The table for README.md; ROUNDS=1 for a quick look. BEFORE=FOLDER measures an earlier commit's release programs in turns.
# Large workbooks are written once and kept below .build.
bench: build test-packages .venv/bench-ready
	@.venv/bin/python Benchmarks/bench.py --rounds $(ROUNDS) $(if $(BEFORE),--before $(BEFORE)) "$$($(release) --show-bin-path)"

# The HTTP side beside nginx, on the same machine in turns.
bench-web: build test-packages .venv/bench-ready
	@samples/install-packages nginx-light wrk curl
	@.venv/bin/python Benchmarks/web_bench.py --rounds $(ROUNDS) "$$($(release) --show-bin-path)"

# Files keep arriving while the daemon and the HTTP side are killed; SEED=n repeats the same chances.
test-torture: build
	python3 Tests/Torture/torture.py --kills $(KILLS) $(if $(SEED),--seed $(SEED)) "$$($(release) --show-bin-path)"

# 50,000 audience records beside FastAPI; the retailers' workbook beside openpyxl, and its scores.
bench-audience: build test-packages .venv/ready .venv/bench-ready
	@.venv/bin/python Benchmarks/audience_bench.py --rounds $(ROUNDS) "$$($(release) --show-bin-path)"

bench-fit: build test-packages .venv/ready .venv/bench-ready
	@.venv/bin/python Benchmarks/fit_bench.py --rounds $(ROUNDS) "$$($(release) --show-bin-path)"

# Takes a trace of the system calls, and starts anew over what a power cut at any of its moments would leave.
test-powercut: build
	@samples/install-packages strace
	python3 Tests/PowerCut/powercut.py --cuts $(CUTS) $(if $(SEED),--seed $(SEED)) "$$($(release) --show-bin-path)"

# SEED=n makes others; Tests/Deviations/kept names those that found something, and they are tried in every run.
test-deviations: packages test-packages .venv/ready
	swift build --product rehearse-deviations
	SELLOUT_PYTHON="$(CURDIR)/.venv/bin/python" Tests/Deviations/run $(DEVIATIONS) $(or $(SEED),1)

# SCRIPTS="exact walk" runs some of them. Pictures of every page are left in .build/portal-shots, of the outbox's in .build/outbox-shots.
test-portal: build test-packages .venv/ready
	@samples/install-packages $(portal_packages)
	SELLOUT_PYTHON="$(CURDIR)/.venv/bin/python" Tests/Portal/run "$$($(release) --show-bin-path)" $(SCRIPTS)

# Findings are left in .build/fuzz; the inputs that found something are kept in Tests/Fuzz/found and tried first in every run.
test-fuzz: packages test-packages .venv/ready
	SELLOUT_PYTHON="$(CURDIR)/.venv/bin/python" Tests/Fuzz/run $(SECONDS_OF_FUZZ)

lint:
	swift format lint --strict --recursive Sources Tests Package.swift

packages:
	@samples/install-packages $(packages)

test-packages:
	@samples/install-packages $(test_packages)

# Helpers of the tests and benchmarks only; the programs need none of them.
.venv/ready: Tests/requirements.txt
	python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r Tests/requirements.txt
	touch $@

.venv/bench-ready: Benchmarks/requirements.txt .venv/ready
	.venv/bin/pip install --quiet --disable-pip-version-check -r Benchmarks/requirements.txt
	touch $@

clean:
	rm -rf .build .venv
