# fermata: the house. Each folder of src/ is one library, a room. It may use what stands
# behind its colon, and the linker sees to it: a room's tests are linked with exactly
# that. So an upward call is an undefined symbol. Read ARCHITECTURE.md first.
#
#   make run [ARGS="--orders 20 --exit"]   install what is missing, build, show the shop
#   make test                              install what tests need, run all of them
#   make                                   build/fermata
#   make help                              the other targets

# ---- the rooms, floor by floor ----------------------------------------------------------
uses_base   :=
uses_json   := base
uses_xml    := base
uses_feel   := base
uses_record := json base
uses_model  := feel xml base
uses_state  := record json base
uses_engine := state record model feel xml json base
uses_log    := record json base
uses_node   := engine log state record model feel xml json base
uses_gate   := node engine log state record model feel xml json base
uses_api    := gate node engine log state record model feel xml json base
uses_net    := base
uses_cli    := net api gate node engine log state record model feel xml json base

rooms := $(filter $(notdir $(wildcard src/*)), \
         cli net api gate node engine log state model record feel xml json base)
pure  := $(filter $(rooms),base json xml feel record model state engine node gate api)

# ---- how it is built ----------------------------------------------------------------------
SAN      ?=

comma    := ,
B        := build/$(or $(subst $(comma),-,$(SAN)),plain)
CC       := gcc
OPT      ?= -O2
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wvla -Wno-unused-parameter -Wno-missing-field-initializers
CFLAGS   += -std=c17 -D_GNU_SOURCE -Isrc -I. -g $(OPT) -fno-strict-aliasing -MMD -MP \
            $(WARNINGS) $(if $(CI),-Werror)
LDLIBS   := -lexpat -lpcre2-8 -llz4 -lz -levent -lnghttp2 -lssl -lcrypto \
            -l:libbidgcc000.a -lm -lpthread
ifneq ($(SAN),)
CFLAGS   += -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS  += -fsanitize=$(SAN)
endif

sources_of = $(wildcard src/$1/*.c src/$1/*/*.c)
objects_of = $(patsubst %.c,$(B)/%.o,$(call sources_of,$1))
libs_of    = $(foreach r,$1 $(uses_$1),$(if $(filter $r,$(rooms)),$(B)/$r.a))

all: build/fermata

build/fermata: $(B)/src/main.o $(rooms:%=$(B)/%.a)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(rooms:%=$(B)/%.a) \
	      -Wl,--end-group $(LDLIBS)

define room
$(B)/$1.a: $(call objects_of,$1)
	@mkdir -p $$(@D) && rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach r,$(rooms),$(eval $(call room,$r)))

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

# ---- tests: one program a room, linked with that room's floor only -----------------------
unit_rooms := $(filter $(rooms),$(patsubst t/%.c,%,$(wildcard t/*.c)))
units      := $(unit_rooms:%=$(B)/t/%)

define unit
$(B)/t/$1: $(B)/t/$1.o $(B)/t/main.o $(call libs_of,$1)
	$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(LDLIBS)
endef
$(foreach r,$(unit_rooms),$(eval $(call unit,$r)))

# Programs with a main of their own: what they are, and the room whose floor they stand on.
programs       := feel_suite scenario http1_diff bench sim
on_feel_suite  := feel
on_scenario    := gate
on_http1_diff  := net
on_bench       := gate
on_sim         := api
src_feel_suite := t/feel_suite.c
src_scenario   := $(wildcard t/scenario.c t/scenario/*.c)
src_http1_diff := t/http1_diff.c
src_bench      := t/bench.c
src_sim        := $(wildcard sim/*.c)
$(B)/t/http1_diff: LDLIBS += -lhttp_parser

define program
$(B)/t/$1: $(patsubst %.c,$(B)/%.o,$(src_$1)) $(call libs_of,$(on_$1))
	@mkdir -p $$(@D)
	$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(LDLIBS)
endef
$(foreach p,$(programs),$(if $(wildcard $(src_$p)),$(eval $(call program,$p))))

# Each decoder of foreign bytes has a fuzz target; t/fuzz/driver.c runs it over a corpus.
fuzzers := $(patsubst t/fuzz/%.c,%,$(filter-out t/fuzz/driver.c,$(wildcard t/fuzz/*.c)))
$(B)/t/fuzz/%: $(B)/t/fuzz/%.o $(B)/t/fuzz/driver.o $(filter-out $(B)/cli.a,$(rooms:%=$(B)/%.a))
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(B)/t/fuzz/driver.o -Wl,--start-group \
	      $(filter %.a,$^) -Wl,--end-group $(LDLIBS)

units: $(units)

-include $(shell find $(B) -name '*.d' 2>/dev/null)
.PHONY: all units
.SECONDARY:

# ---- what follows from the tables is printed and committed ---------------------------------
$(B)/tools/describe: tools/describe.c $(wildcard src/*/*.def)
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE -Isrc -g -Wall -Wextra -o $@ $<

describe: $(B)/tools/describe
	$(B)/tools/describe src
.PHONY: describe
