# How the tests are built and run. `make check` runs all of it under prove; see src/README.md, "Tests".

SAN        := $(BUILD)/san
DRIVER_SRC := $(sort $(wildcard tests/drivers/*.c))
DRIVERS    := $(DRIVER_SRC:tests/drivers/%.c=$(OUT)/drivers/%)
SHIM_SRC   := $(sort $(wildcard tests/shims/*.c))
SHIMS      := $(SHIM_SRC:tests/shims/%.c=$(OUT)/shims/%.so)
FUZZ_SRC   := $(sort $(wildcard tests/fuzz/fuzz_*.c))
REPLAY     := $(FUZZ_SRC:tests/fuzz/fuzz_%.c=$(OUT)/replay/%)
# The longest first: what is short fills in beside it.
LONG       := tests/faults.t tests/golden.t tests/pathological.t tests/numbers.t tests/workbook.t
SCRIPTS    := $(LONG) $(filter-out $(LONG),$(sort $(wildcard tests/*.t)))
DEEP_LONG  := tests/deep/fuzz.t tests/deep/valgrind.t tests/deep/browser.t tests/deep/form.t tests/deep/distcheck.t tests/deep/cppcheck.t
DEEP       := $(DEEP_LONG) $(filter-out $(DEEP_LONG),$(sort $(wildcard tests/deep/*.t)))
# A make of our own uses every processor, unless the one that calls it was told how many.
SUBMAKE     = $(MAKE) --no-print-directory $(if $(findstring --jobserver,$(MAKEFLAGS)),,-j$(shell nproc))

# Programs that Perl tests talk to.
$(OUT)/drivers/%: tests/drivers/%.c $(LIB)
	@mkdir -p $(@D)
	$(Q) $(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< $(LIB) $(LIBS)

# Libraries put in front of libc by LD_PRELOAD: failing allocations, failing writes.
$(OUT)/shims/%.so: tests/shims/%.c
	@mkdir -p $(@D)
	$(Q) $(CC) $(CSTD) -D_GNU_SOURCE $(WARN) -O1 -fPIC -shared -o $@ $< -ldl

# A fuzz target with a plain main that replays files.
$(OUT)/replay/%: tests/fuzz/fuzz_%.c tests/fuzz/replay_main.c $(LIB)
	@mkdir -p $(@D)
	$(Q) $(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $< tests/fuzz/replay_main.c $(LIB) $(LIBS)

.PHONY: test-programs golden-write
test-programs: $(ARI) $(UNIT) $(DRIVERS) $(SHIMS) $(REPLAY)

check:
	@$(SUBMAKE) test-programs
	@$(SUBMAKE) VARIANT=san $(SAN)/ari units $(patsubst $(OUT)/replay/%,$(SAN)/replay/%,$(REPLAY))
	@ARI_OUT=$(abspath $(OUT)) ARI_SAN=$(abspath $(SAN)) ASAN_OPTIONS=detect_stack_use_after_return=1 \
	  prove --timer -j 2 --exec '' $(SCRIPTS) $(UNIT) $(patsubst $(OUT)/unit/%,$(SAN)/unit/%,$(UNIT))

# Two hundred kills instead of the twenty of `check`.
.PHONY: crash
crash: test-programs
	@ARI_OUT=$(abspath $(OUT)) ARI_KILLS=$(or $(KILLS),200) prove -v --exec '' tests/crash.t

# What takes longer or needs more tools: clang, threads, valgrind, live fuzzing, a browser, a spreadsheet, an installation, cppcheck.
FUZZ_SECONDS ?= 20
FUZZERS      := $(FUZZ_SRC:tests/fuzz/fuzz_%.c=$(BUILD)/fuzz/targets/%)
$(BUILD)/fuzz/targets/%: tests/fuzz/fuzz_%.c $(BUILD)/fuzz/libari.a
	@mkdir -p $(@D)
	$(Q) clang $(CSTD) $(CPPDIR) -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -o $@ $< $(BUILD)/fuzz/libari.a $(LIBS)

.PHONY: fuzzers
fuzzers:
	@$(SUBMAKE) VARIANT=fuzz CC=clang $(BUILD)/fuzz/libari.a
	@$(SUBMAKE) VARIANT=fuzz CC=clang $(FUZZERS)

check-deep:
	@$(SUBMAKE) build $(DRIVERS) fuzzers
	@$(SUBMAKE) BUILD=$(BUILD)/gcc CC=gcc CFLAGS=-Werror build
	@$(SUBMAKE) BUILD=$(BUILD)/clang CC=clang CFLAGS=-Werror build units
	@$(SUBMAKE) VARIANT=tsan build
	@$(SUBMAKE) VARIANT=debug build units
	@ARI_BUILD=$(abspath $(BUILD)) FUZZ_SECONDS=$(FUZZ_SECONDS) MAKEFLAGS= prove --timer -j 2 --exec '' $(DEEP) $(UNIT:$(OUT)/%=$(BUILD)/clang/release/%)

distcheck: $(ARI)
	@ARI_BUILD=$(abspath $(BUILD)) MAKEFLAGS= prove --exec '' tests/deep/distcheck.t

# Rewrites the expected output of the goldens and the schemas, and shows what changed; `check` never writes.
golden: $(ARI)
	@ARI_OUT=$(abspath $(OUT)) perl tests/golden.t --write
	@mkdir -p criteria/schema && for kind in criteria agencies evidence survey appraisal explanation; do $(ARI) schema $$kind --lang vi > criteria/schema/$$kind.json || exit 1; done
	@git --no-pager diff --stat -- tests/golden criteria/schema || true

# Speed against floors measured in the same run; prints, never passes or fails.
$(OUT)/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	$(Q) $(CC) $(CSTD) -D_DEFAULT_SOURCE $(WARN) -O2 -o $@ $< -lyaml

bench: $(ARI) $(OUT)/bench/events $(OUT)/bench/measure
	@ARI_OUT=$(abspath $(OUT)) perl tests/bench/bench.pl
