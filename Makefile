# ari: an administrative reform index scoring engine. `make help` lists the targets.

BUILD   ?= .build
VARIANT ?= release
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= cc
SUDO    := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
OUT     := $(BUILD)/$(VARIANT)

# What a Debian 12 needs: the only place where packages are named.
PACKAGES      := gcc libc6-dev pkg-config libyaml-dev libsqlite3-dev libgmp-dev libutf8proc-dev libsodium-dev zlib1g-dev libxlsxwriter-dev libzip-dev libexpat1-dev gnuplot-nox fonts-noto-core
PACKAGES_TEST := $(PACKAGES) perl sqlite3 mandoc git
PACKAGES_DEEP := $(PACKAGES_TEST) clang libclang-rt-14-dev valgrind cppcheck chromium chromium-driver librsvg2-bin poppler-utils libreoffice-calc-nogui gnumeric minisign libicu-dev

WARN   := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
VERSION := $(shell sed -n 's/^\#define ARI_VERSION "\(.*\)"/\1/p' include/ari.h)
CSTD   := -std=c11 -D_XOPEN_SOURCE=700 -ffp-contract=off
CPPDIR := -Iinclude -Isrc -DARI_CRITERIA_FOLDER='"$(PREFIX)/share/ari/criteria"'
LIBS   := -lyaml -lsqlite3 -lgmp -lutf8proc -lsodium -lz -lxlsxwriter -lzip -lexpat -lpthread

DEMO     := $(BUILD)/demo
EXAMPLE  := criteria/service-quality-766
FLAGS_release := -O2 -g -DNDEBUG -D_FORTIFY_SOURCE=2 -fstack-protector-strong
FLAGS_debug   := -O0 -g
FLAGS_san     := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FLAGS_tsan    := -O1 -g -fsanitize=thread
FLAGS_fuzz    := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
LINK_san      := -fsanitize=address,undefined
LINK_tsan     := -fsanitize=thread
ALL_CFLAGS     = $(CSTD) $(CPPDIR) $(WARN) $(FLAGS_$(VARIANT)) $(CFLAGS)
ALL_LDFLAGS    = $(LINK_$(VARIANT)) $(LDFLAGS)

ROOMS    := base yaml expr criteria evidence score store chart report
LIB_SRC  := $(sort $(wildcard $(ROOMS:%=src/%/*.c)))
CLI_SRC  := $(sort $(wildcard src/cli/*.c src/main.c))
LIB_OBJ  := $(LIB_SRC:src/%.c=$(OUT)/%.o) $(OUT)/chart/plots.o $(OUT)/report/fixed.o
CLI_OBJ  := $(CLI_SRC:src/%.c=$(OUT)/%.o)
LIB      := $(OUT)/libari.a
ARI      := $(OUT)/ari
UNIT_SRC := $(sort $(wildcard tests/unit/*.c))
UNIT     := $(UNIT_SRC:tests/unit/%.c=$(OUT)/unit/%.t)

.PHONY: build check check-deep setup setup-test setup-deep demo bench golden format install uninstall clean help units distcheck fuzz san

build: $(ARI)

include tests/tests.mk

# One line per library that is absent, naming the Debian package to install.
$(OUT)/.libraries:
	@mkdir -p $(OUT)
	@need() { echo "#include <$$1>" | $(CC) -E -x c - >/dev/null 2>&1 || { echo "make: <$$1> is not there: install the Debian package $$2, or run 'make setup'" >&2; exit 1; }; }; \
	  command -v $(CC) >/dev/null || { echo "make: no C compiler: install the Debian package gcc, or run 'make setup'" >&2; exit 1; }; \
	  need stdlib.h libc6-dev && need yaml.h libyaml-dev && need sqlite3.h libsqlite3-dev && need gmp.h libgmp-dev \
	  && need utf8proc.h libutf8proc-dev && need sodium.h libsodium-dev \
	  && need zlib.h zlib1g-dev && need xlsxwriter.h libxlsxwriter-dev && need zip.h libzip-dev && need expat.h libexpat1-dev
	@touch $@

# V=1 shows every command whole.
Q = $(if $(V),,@echo '  $(@:$(BUILD)/%=%)' &&)

$(OUT)/%.o: src/%.c $(OUT)/.libraries
	@mkdir -p $(@D)
	$(Q) $(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The plot scripts travel inside the program (.incbin).
$(OUT)/chart/plots.o: src/chart/plots.S $(wildcard plots/*.gp) $(OUT)/.libraries
	@mkdir -p $(@D)
	$(Q) $(CC) -Wa,-Iplots -c -o $@ $<

# So do the style sheet and the script of report.html.
$(OUT)/report/fixed.o: src/report/fixed.S src/report/report.css src/report/report.js $(OUT)/.libraries
	@mkdir -p $(@D)
	$(Q) $(CC) -Wa,-Isrc/report -c -o $@ $<

$(LIB): $(LIB_OBJ)
	@rm -f $@
	$(Q) ar rcs $@ $(LIB_OBJ)

$(ARI): $(CLI_OBJ) $(LIB)
	$(Q) $(CC) $(ALL_LDFLAGS) -o $@ $(CLI_OBJ) $(LIB) $(LIBS)

$(OUT)/unit/%.t: tests/unit/%.c tests/tap.h $(LIB)
	@mkdir -p $(@D)
	$(Q) $(CC) $(ALL_CFLAGS) -Itests -MMD -MP -MF $(@:.t=.d) $(ALL_LDFLAGS) -o $@ $< $(LIB) $(LIBS)

units: $(UNIT)

-include $(wildcard $(OUT)/*/*.d $(OUT)/*.d)

# The main job on real figures: a whole province's 163 agencies in August 2026.
demo: build
	@$(ARI) run $(EXAMPLE) $(EXAMPLE)/example/evidence-2026-08.csv --period 2026-08 -o $(DEMO)

help:
	@echo 'make setup demo        install what is needed, score the real example, write a report'
	@echo 'make setup-test check  install what is needed, run all tests'
	@echo 'make build             the program: $(ARI)  (VARIANT=debug or san for other kinds)'
	@echo 'make check-deep        clang, sanitizers, valgrind, fuzzing, a browser, LibreOffice (after make setup-deep)'
	@echo 'make crash             two hundred kills of processes that write a round (make check: twenty)'
	@echo 'make bench             speed, as ratios to floors measured in the same run'
	@echo 'make golden            rewrite the expected output of the golden tests and the schemas, and show what changed'
	@echo 'make install           into PREFIX=$(PREFIX) (below DESTDIR); make uninstall takes it away'
	@echo 'make format clean'

SHARE := $(DESTDIR)$(PREFIX)/share/ari
MAN   := $(DESTDIR)$(PREFIX)/share/man
define PC
prefix=$(PREFIX)
Name: ari
Description: scores an administrative reform index
Version: $(VERSION)
Libs: -L$${prefix}/lib -lari
Libs.private: $(LIBS)
Cflags: -I$${prefix}/include
endef
export PC

install: build
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/lib/pkgconfig $(SHARE)
	install -m 755 $(ARI) $(DESTDIR)$(PREFIX)/bin/ari
	install -m 644 include/ari.h $(DESTDIR)$(PREFIX)/include/ari.h
	install -m 644 $(LIB) $(DESTDIR)$(PREFIX)/lib/libari.a
	printf '%s\n' "$$PC" > $(DESTDIR)$(PREFIX)/lib/pkgconfig/ari.pc
	cp -R criteria $(SHARE)/
	install -d $(MAN)/man1 $(MAN)/man5
	install -m 644 src/man/*.1 $(MAN)/man1/
	install -m 644 src/man/*.5 $(MAN)/man5/

uninstall:
	rm -rf $(SHARE)
	rm -f $(patsubst src/man/%.1,$(MAN)/man1/%.1,$(wildcard src/man/*.1)) $(patsubst src/man/%.5,$(MAN)/man5/%.5,$(wildcard src/man/*.5))
	rm -f $(DESTDIR)$(PREFIX)/bin/ari $(DESTDIR)$(PREFIX)/include/ari.h $(DESTDIR)$(PREFIX)/lib/libari.a $(DESTDIR)$(PREFIX)/lib/pkgconfig/ari.pc

format:
	clang-format -i $(LIB_SRC) $(CLI_SRC) $(wildcard src/*/*.h include/*.h tests/unit/*.c tests/drivers/*.c tests/shims/*.c tests/fuzz/*.c)

clean:
	rm -rf $(BUILD)

setup setup-test setup-deep: export DEBIAN_FRONTEND := noninteractive
setup:
	$(SUDO) apt-get install -y -q --no-install-recommends $(PACKAGES)
setup-test:
	$(SUDO) apt-get install -y -q --no-install-recommends $(PACKAGES_TEST)
setup-deep:
	$(SUDO) apt-get install -y -q --no-install-recommends $(PACKAGES_DEEP)
