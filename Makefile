# Two commands matter: make run and make test. Each installs what is missing first.

SHELL := /bin/bash
.DEFAULT_GOAL := help

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# A row each in make bench.
FORMATS := jpeg png webp avif gif tiff jxl
GOLANGCI := .cache/bin/golangci-lint
GOLANGCI_VERSION := v2.11.4
# Everything that builds and tests without libvips: the inner loop.
FAST := $(addprefix ./backend/,fault transform imageurl sign source cache/... site config worker worker/pipe render httpapi vectors photo) ./backend

# Where there is npm, the examples that need a framework are built too; all else needs no Node.
NODE_MODULES := $(if $(shell command -v npm),node_modules/.package-lock.json)

export CGO_CFLAGS_ALLOW := -Xpreprocessor

.PHONY: help setup build bundle packages run test test-fast test-go test-ts test-imgproxy test-browser test-wordpress test-wordpress-core test-wordpress-live plugin-zip lint lint-wordpress fmt bench bench-servers bench-page bench-micro bench-wordpress compare contact-sheet goldens clean

help: ## print every target with its purpose
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-20s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .cache/apt-build ## install what a build needs (libvips)

build: setup bundle ## build bin/gip (and its other name, bin/imagify)
	go build -ldflags "-X main.version=$(VERSION)" -o bin/gip ./backend/cmd/gip
	ln -sf gip bin/imagify

bundle: $(NODE_MODULES) ## bundle the browser scripts, the npm packages and the examples; without Node all but the examples of frameworks
	go run ./backend/cmd/bundle

packages: node_modules/.package-lock.json bundle ## add the types to the npm packages: what npm publish takes
	npm run --silent types

run: build ## build, then start gip serve and a demo site beside it
	bin/gip demo --serve

test: test-go test-ts test-imgproxy test-browser test-wordpress ## run every test: Go, TypeScript, imgproxy's client, three browsers and WordPress

test-fast: ## run the Go tests that need no libvips
	go test $(FAST)

test-go: build ## run every Go test, with the race detector where pixels allow
	go vet ./...
	go test -race $(FAST)
	go test ./backend/...
	GODEBUG=clobberfree=1 GOGC=10 go test -count 1 -skip 'Leak|Flat' ./backend/vips

test-ts: packages ## check types, run the TypeScript unit tests, check bundle sizes and the npm packages
	npm run --silent check
	npm test --silent
	npm run --silent size
	npm run --silent packages

test-imgproxy: build node_modules/.package-lock.json ## drive gip by imgproxy's own client, every option of it
	npm run --silent test:imgproxy

test-browser: build node_modules/.package-lock.json .cache/apt-browsers ## run the page in Chromium, Firefox and WebKit
	npm run --silent test:browser

# The releases whose HTML parser the rewriter's tests run on; 6.1 has none.
WORDPRESS_RIG := wordpress-plugin/tests/rig/rig.sh
WORDPRESS_PARSERS := wp68 wp71
WORDPRESS_RELEASES := wp61 $(WORDPRESS_PARSERS)

test-wordpress: test-wordpress-core test-wordpress-live ## test the WordPress plugin: its core alone, then its archive on running sites

test-wordpress-core: .cache/wordpress/ready ## test the plugin's core on the HTML parsers of two releases
	@find wordpress-plugin -name '*.php' -print0 | xargs -0 -n 1 php -l | { grep -v '^No syntax errors' && exit 1 || true; }
	@set -e; for release in $(WORDPRESS_PARSERS); do \
	  GIP4ALL_WP=$$($(WORDPRESS_RIG) where $$release) phpunit -c wordpress-plugin/tests/phpunit.xml; done

test-wordpress-live: build plugin-zip .cache/wordpress/ready node_modules/.package-lock.json .cache/apt-browsers ## test the plugin's archive on running sites of three releases, with gip and Chromium
	@trap '$(WORDPRESS_RIG) down' EXIT; set -e; $(WORDPRESS_RIG) up; $(WORDPRESS_RIG) plugin .cache/gip4all.zip; \
	wordpress-plugin/tests/live.sh $$($(WORDPRESS_RIG) json)

plugin-zip: .cache/wordpress/ready ## make .cache/gip4all.zip, the WordPress plugin as it is installed
	wordpress-plugin/zip.sh .cache/gip4all.zip

lint-wordpress: .cache/wordpress/ready ## php -l on every file of the plugin, and phpcs by the rules that can be had
	@find wordpress-plugin -name '*.php' -print0 | xargs -0 -n 1 php -l | { grep -v '^No syntax errors' && exit 1 || true; }
	phpcs --standard=wordpress-plugin/tests/phpcs.xml -s wordpress-plugin

bench-wordpress: build .cache/wordpress/ready ## measure what rewriting a page of 100 kB costs in PHP, beside a page of the rig
	@trap '$(WORDPRESS_RIG) down' EXIT; set -e; $(WORDPRESS_RIG) up; for release in $(WORDPRESS_PARSERS); do \
	  GIP4ALL_PAGE_MS=$$($(WORDPRESS_RIG) page-ms $$release) GIP4ALL_WP=$$($(WORDPRESS_RIG) where $$release) php wordpress-plugin/tests/bench.php; done

.cache/wordpress/ready: $(WORDPRESS_RIG)
	$(WORDPRESS_RIG) deps
	@set -e; for release in $(WORDPRESS_RELEASES); do $(WORDPRESS_RIG) get $$release; done
	@touch $@

lint: $(GOLANGCI) setup bundle ## gofmt, go vet, golangci-lint
	@test -z "$$(gofmt -l backend examples sw web)" || { gofmt -l backend examples sw web; echo "not gofmt'd: run make fmt"; exit 1; }
	go vet ./...
	$(GOLANGCI) run ./...

fmt: ## format the Go code
	gofmt -w backend examples sw web

# The bench builds nothing foreign. Peers that run already are given by address:
#   make bench PEER_IMGPROXY=http://127.0.0.1:8081 PEER_IMAGOR=http://127.0.0.1:8082 PHOTOS=~/photos
BENCH_FLAGS ?= -write docs
bench: bench-micro bench-wordpress bench-servers bench-page ## measure the parts, gip beside other servers, the plugin, and a page in a browser (docs/performance.md)

bench-servers: build .cache/apt-bench ## measure gip beside nginx, and beside peers given by address
	go run ./backend/cmd/bench -gip bin/gip -photos '$(PHOTOS)' \
	  -imgproxy '$(PEER_IMGPROXY)' -imgproxy-key '$(PEER_IMGPROXY_KEY)' -imgproxy-salt '$(PEER_IMGPROXY_SALT)' \
	  -imagor '$(PEER_IMAGOR)' $(BENCH_FLAGS)

bench-page: build node_modules/.package-lock.json .cache/apt-browsers ## measure bytes and LCP of the demo page over slow connections
	npm run --silent bench:page

bench-micro: build ## measure parsing, planning, caches, transforms and formats alone
	go test -run '^$$' -bench . -skip MemoryBurst ./backend/imageurl ./backend/sign ./backend/transform ./backend/cache ./backend/httpapi
	go test -run '^$$' -bench 'Seam|Encoders' -benchtime 10x ./backend/vips
	@for format in $(FORMATS); do go test -run '^$$' -bench "Formats/^$$format$$" -benchtime 5x ./backend/vips -args $(addprefix -photos ,$(abspath $(PHOTOS))) | grep ^Benchmark || exit 1; done
	$(if $(PHOTOS),go test -run '^$$' -bench AVIFSpeeds -benchtime 1x ./backend/vips -args -photos $(abspath $(PHOTOS)))
	go test -run '^$$' -bench Serve -benchtime 3s ./backend/cmd/gip

compare: build ## compare sizes and pixels with an imgproxy: PEER_IMGPROXY=http://host:port PHOTOS=folder
	@test -n "$(PEER_IMGPROXY)" -a -n "$(PHOTOS)" || { echo "make compare needs PEER_IMGPROXY=http://host:port, an imgproxy without keys,"; \
	  echo "and PHOTOS=folder of JPEGs, which is that imgproxy's IMGPROXY_LOCAL_FILESYSTEM_ROOT."; exit 2; }
	go test -run '^$$' -bench Peer -benchtime 1x ./backend/cmd/gip -args -peer $(PEER_IMGPROXY) -photos $(abspath $(PHOTOS))

contact-sheet: setup ## draw docs/filters.png, every effect and filter on one photograph
	go test ./backend/vips -run TestContactSheet -count 1 -args -sheet docs/filters.png

goldens: setup ## draw .cache/goldens.png, the golden of every option, to be looked at
	go test ./backend/goldens -count 1 -args -sheet .cache/goldens.png

clean: ## remove what make built (not the data folder)
	rm -rf bin .cache sw/dist/*.js clients/*/dist examples/dist/*.js node_modules

# The stamps: apt runs once a machine, and again when the list of packages changes.
APT_BUILD := libvips-dev pkg-config gcc
APT_BENCH := nginx-light wrk
APT_BROWSERS := chromium firefox-esr webkit2gtk-driver xvfb xauth dbus

.cache/apt-build: Makefile
	@$(call apt,$(APT_BUILD))
	@mkdir -p .cache && touch $@

.cache/apt-bench: Makefile
	@$(call apt,$(APT_BENCH))
	@mkdir -p .cache && touch $@

.cache/apt-browsers: Makefile
	@$(call apt,$(APT_BROWSERS))
	@mkdir -p .cache && touch $@

node_modules/.package-lock.json: package-lock.json
	npm ci --no-fund --no-audit
	@touch $@

$(GOLANGCI): Makefile
	GOBIN=$(CURDIR)/.cache/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	@touch $@

# apt: install those of the packages that are missing; sudo only when not root.
define apt
missing=$$(for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
if [ -n "$$missing" ]; then \
  sudo=$$([ $$(id -u) = 0 ] || echo sudo); \
  echo "installing:" $$missing; \
  $$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
fi
endef
