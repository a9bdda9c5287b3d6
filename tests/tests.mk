# What runs the tests; included by the Makefile.

TEST_FLAGS   = -I. $(DEFINES) $(shell pkg-config --cflags $(PKGS)) $(WARNINGS)
TEST_DEPENDS = -MMD -MP -MF $@.d -MT $@

# The runner tests the program and shares no code, and no sanitizer, with it.
RUNNER       = build/tests/run
RUNNER_PARTS = tests/run.c $(wildcard tests/runner/*.c)

UNIT_TESTS   = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/test_*.c))
FUZZ_SOURCES = $(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c))
FUZZ_TESTS   = $(FUZZ_SOURCES:%.c=$(BUILD)/%)
TEST_BUILT   = $(BUILD)/plimsoll $(RUNNER) $(UNIT_TESTS) $(FUZZ_TESTS)

# A status that no case asks for, so that a sanitizer cannot be mistaken for a
# finding.
export ASAN_OPTIONS  ?= exitcode=97
export LSAN_OPTIONS  ?= exitcode=97
export TSAN_OPTIONS  ?= exitcode=97
export UBSAN_OPTIONS ?= exitcode=97:print_stacktrace=1

$(RUNNER): $(RUNNER_PARTS) $(wildcard tests/runner/*.h)
	@mkdir -p $(@D)
	$(SAY) "  LD $@"
	$(Q)$(CC) -std=c11 -O1 -g -D_XOPEN_SOURCE=700 $(WARNINGS) -I. \
		-o $@ $(RUNNER_PARTS) -pthread

$(BUILD)/library.a: $(LIBRARY)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(LIBRARY)

# What was made with libcrypto on first use is checked by it.
$(BUILD)/tests/unit/test_certificate: LIBS += -lcrypto

$(BUILD)/tests/unit/%: tests/unit/%.c $(BUILD)/library.a
	@mkdir -p $(@D)
	$(SAY) "  LD $@"
	$(Q)$(CC) $(TEST_FLAGS) $(CFLAGS) $(TEST_DEPENDS) $(LDFLAGS) -o $@ $< \
		$(BUILD)/library.a $(LIBS) -lcmocka

# FUZZ_MAIN is what calls the targets: a corpus, or an engine.
FUZZ_MAIN    = tests/fuzz/replay.c
$(BUILD)/tests/fuzz/%: tests/fuzz/%.c $(FUZZ_MAIN) $(BUILD)/library.a
	@mkdir -p $(@D)
	$(SAY) "  LD $@"
	$(Q)$(CC) $(TEST_FLAGS) -Wno-missing-prototypes $(CFLAGS) \
		$(TEST_DEPENDS) $(LDFLAGS) -o $@ $< $(FUZZ_MAIN) \
		$(BUILD)/library.a $(LIBS)

-include $(UNIT_TESTS:=.d) $(FUZZ_TESTS:=.d)

.PHONY: test-programs
test-programs: $(TEST_BUILT)

# help: test        build and run all tests (ONLY=text: only matching cases)
.PHONY: test
test: test-programs
	@ONLY="$(ONLY)" tests/suite.sh $(BUILD) $(if $(ONLY),cases)

# help: bless       rewrite the wants of failing cases; read the diff!
.PHONY: bless
bless: $(BUILD)/plimsoll $(RUNNER)
	@$(RUNNER) --tool $(BUILD)/plimsoll --only "$(ONLY)" --bless tests/cases

# help: check       the house rules alone (V=1: the ten longest functions)
.PHONY: check
check: $(BUILD)/plimsoll
	@tests/house/run.sh $(BUILD) $(if $(V),-v,all)

# help: fuzz        TARGET=name [SECONDS=n]: look for crashes, with clang
.PHONY: fuzz
fuzz: SECONDS ?= 60
fuzz:
	@test -f "tests/fuzz/$(TARGET).c" || { \
		echo "TARGET is one of:" $(basename $(notdir $(FUZZ_SOURCES))); \
		exit 2; }
	@mkdir -p build/fuzz/corpus/$(TARGET)
	@$(MAKE) --no-print-directory CC=clang BUILD=build/fuzz FUZZ_MAIN= \
		CFLAGS="-O1 -g -fno-omit-frame-pointer \
		-fsanitize=fuzzer-no-link,address,undefined" \
		LDFLAGS="-fsanitize=fuzzer,address,undefined" \
		build/fuzz/tests/fuzz/$(TARGET)
	build/fuzz/tests/fuzz/$(TARGET) -max_total_time=$(SECONDS) \
		-artifact_prefix=build/fuzz/$(TARGET)- \
		$(addprefix -dict=,$(wildcard tests/fuzz/$(TARGET).dict)) \
		build/fuzz/corpus/$(TARGET) \
		$(wildcard tests/fuzz/corpus/$(TARGET))

# help: cover       which lines the tests run, file by file
.PHONY: cover
cover:
	@find build/cover -name '*.gcda' -delete 2>/dev/null || true
	-@$(MAKE) --no-print-directory BUILD=build/cover \
		CFLAGS="-O1 -g --coverage" LDFLAGS=--coverage test
	@tests/cover.sh build/cover

# help: compat      compare with HELM=, HELM4= and KUSTOMIZE=program; run the
# help:             hooks under pre-commit, if that is installed
.PHONY: compat
compat: $(BUILD)/plimsoll $(RUNNER)
	@tests/gates.sh $(BUILD)/plimsoll framework
	@tests/compat/run.sh $(BUILD)/plimsoll "$(HELM)" "$(HELM4)" \
		"$(KUSTOMIZE)"

# help: bench       how fast it is, beside HELM= HELM4= KUSTOMIZE= KUBE_SCORE=
# help:             KUBECONFORM= with KUBECONFORM_SCHEMAS=, its pattern of files
# help:             (QUICK=1: without what takes minutes; ONLY="lint changes",
# help:             of start charts overlays yaml lint monorepo changes; and
# help:             with CHARTS="FOLDERS" KUSTOMIZATIONS=FOLDER: repositories)
BENCH_TOOLS  = $(BUILD)/tests/bench/read $(BUILD)/tests/bench/measure
.PHONY: bench bench-tools
bench-tools: $(BUILD)/plimsoll $(BENCH_TOOLS)
bench: bench-tools
	@$(MAKE) --no-print-directory PROVENANCE=0 bench-tools
	@HELM="$(HELM)" HELM4="$(HELM4)" KUSTOMIZE="$(KUSTOMIZE)" \
		KUBE_SCORE="$(KUBE_SCORE)" KUBECONFORM="$(KUBECONFORM)" \
		KUBECONFORM_SCHEMAS='$(KUBECONFORM_SCHEMAS)' \
		CHARTS="$(CHARTS)" KUSTOMIZATIONS="$(KUSTOMIZATIONS)" \
		QUICK="$(QUICK)" ONLY="$(ONLY)" PYTHONDONTWRITEBYTECODE=1 \
		python3 tests/bench/run.py $(BUILD)

# The yardstick of reading.
$(BUILD)/tests/bench/read: LIBS += $(shell pkg-config --libs yaml-0.1)

$(BUILD)/tests/bench/%: tests/bench/%.c $(BUILD)/library.a
	@mkdir -p $(@D)
	$(SAY) "  LD $@"
	$(Q)$(CC) $(TEST_FLAGS) $(CFLAGS) $(TEST_DEPENDS) $(LDFLAGS) -o $@ $< \
		$(BUILD)/library.a $(LIBS)
