# plimsoll: one program, no configure step.  `make help` lists the targets.

VERSION  = 0.1.0
BUILD   ?= build
CC      ?= cc
PKGS     = yaml-0.1 libpcre2-8
PREFIX  ?= /usr/local

# V=1 shows whole commands.
Q        = $(if $(V),,@)
SAY      = @$(if $(V),:,echo)

CFLAGS  ?= -O2 -g
override CFLAGS += -std=c11 -fno-strict-overflow -fstack-protector-strong
DEFINES  = -D_XOPEN_SOURCE=700 -D_FILE_OFFSET_BITS=64 \
	   -DPLIMSOLL_VERSION='"$(VERSION)"'
WARNINGS = -Wall -Wextra -Wshadow -Wvla -Wmissing-prototypes \
	   -Wstrict-prototypes -Wpointer-arith -Wwrite-strings \
	   -Wno-missing-field-initializers
DEV     ?= 1
ifeq ($(DEV),1)
WARNINGS += -Werror
endif
comma := ,
ifdef SAN
BUILD   := $(BUILD)/san-$(subst $(comma),-,$(SAN))
override CFLAGS += -fsanitize=$(SAN) -fno-sanitize-recover=all \
	   -fno-omit-frame-pointer
override LDFLAGS += -fsanitize=$(SAN)
else
DEFINES += -D_FORTIFY_SOURCE=2
endif
ifeq ($(ARENA),debug)
BUILD   := $(BUILD)/arena
DEFINES += -DARENA_DEBUG
endif
ifeq ($(PROVENANCE),0)
BUILD   := $(BUILD)/bare
DEFINES += -DPROVENANCE_OFF
endif

CPPFLAGS_ALL = -I. $(DEFINES) -include base/banned.h \
	   $(shell pkg-config --cflags $(PKGS)) $(CPPFLAGS)
CFLAGS_ALL = $(CFLAGS) $(WARNINGS) -fPIE -ffile-prefix-map=$(CURDIR)=. -MMD -MP
LDFLAGS_ALL = -pie -Wl,-z,relro,-z,now $(LDFLAGS)
LIBS     = $(shell pkg-config --libs $(PKGS)) -lm -ldl -pthread

LAYERS   = base model templates templates/* overlays overlays/* \
	   lints lints/* lints/*/* compiler compiler/*
SOURCES := $(sort $(wildcard $(addsuffix /*.c,$(LAYERS))))
OBJECTS  = $(SOURCES:%.c=$(BUILD)/%.o)
MAIN     = $(BUILD)/compiler/main.o
LIBRARY  = $(filter-out $(MAIN),$(OBJECTS))

.PHONY: all help
all: $(BUILD)/plimsoll

help:
	@sed -n 's/^# help: //p' Makefile tests/tests.mk

# help: all         build build/plimsoll (DEV=0: warnings are not errors)
$(BUILD)/plimsoll: $(OBJECTS)
	$(SAY) "  LD $@"
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@.tmp $(OBJECTS) $(LIBS)
	@mv $@.tmp $@

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(SAY) "  CC $<"
	$(Q)$(CC) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -c -o $@ $<

-include $(OBJECTS:.o=.d)

# help: deps        install what is missing to build and test
.PHONY: deps
deps:
	@tools/deps.sh

# help: demo        install, build, and run the main job on examples/
.PHONY: demo
demo: deps
	@$(MAKE) --no-print-directory all
	@tools/demo.sh $(BUILD)/plimsoll

# help: schemas     redo the generated tables (K8S_DATA=DIR CRD_DATA=DIR)
.PHONY: schemas
schemas:
	@CRD_DATA="$(CRD_DATA)" tools/tables.sh "$(K8S_DATA)"

# help: docs        write docs/generated/ anew
.PHONY: docs
docs: all
	@tools/docs.sh $(BUILD)/plimsoll docs/generated

# help: new-rule    NAME=some-rule: a rule, its row and its case file
.PHONY: new-rule
new-rule:
	@tools/new_rule.sh "$(NAME)"

# help: format      lay out the sources with clang-format
.PHONY: format
format:
	clang-format -i $(SOURCES) $(wildcard $(addsuffix /*.h,$(LAYERS)))

# help: install     into PREFIX (default /usr/local); uninstall takes it out
.PHONY: install uninstall
install: all
	install -D -m 755 $(BUILD)/plimsoll $(DESTDIR)$(PREFIX)/bin/plimsoll
	install -D -m 644 docs/generated/plimsoll.1 \
		$(DESTDIR)$(PREFIX)/share/man/man1/plimsoll.1

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/plimsoll \
		$(DESTDIR)$(PREFIX)/share/man/man1/plimsoll.1

# help: dist        a source archive of the last commit
.PHONY: dist
dist:
	git archive --prefix=plimsoll-$(VERSION)/ -o plimsoll-$(VERSION).tar.gz HEAD

# help: clean       remove everything that was built
.PHONY: clean
clean:
	rm -rf build

include tests/tests.mk
