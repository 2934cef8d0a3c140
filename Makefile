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
uses_query  := feel json base
uses_record := json base
uses_dmn    := feel xml base
uses_model  := feel xml base
uses_tck    := dmn feel xml base
uses_state  := vault record json base
uses_engine := state vault query record dmn model feel xml json base
uses_log    := record json base
uses_vault  := base
uses_view   := log state vault query record model feel xml json base
uses_node   := engine log state vault query record dmn model feel xml json base
uses_gate   := node engine view log state vault query record dmn model feel xml json base
uses_api    := gate node engine view log state vault query record dmn model feel xml json base
uses_net    := base
uses_bench  := gate node engine view log state vault query record dmn model feel xml json base
uses_cli    := bench net api gate node engine view log state vault query record tck dmn model feel xml json base

rooms := $(filter $(notdir $(wildcard src/*)), \
         cli bench net api gate node engine view log vault state model tck dmn query record feel xml json base)
pure  := $(filter $(rooms),base json xml feel query record dmn tck model state engine node gate api)

# ---- how it is built ----------------------------------------------------------------------
SAN      ?=

comma    := ,
COVERAGE ?=
B        := build/$(or $(subst $(comma),-,$(SAN)),$(if $(COVERAGE),coverage,plain))
CC       := gcc
OPT      ?= -O2
# What each command goes through is worth larger code.
hot      := base json record state engine node gate api net log
WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wvla -Wno-unused-parameter -Wno-missing-field-initializers \
            -Wno-format-truncation
CFLAGS   += -std=c17 -D_GNU_SOURCE -Isrc -I. -g $(OPT) -fno-strict-aliasing -MMD -MP \
            $(WARNINGS) $(if $(CI),-Werror)
LDLIBS   := -ldl -lexpat -lpcre2-8 -llz4 -llmdb -lz -levent -lnghttp2 -lssl -lcrypto \
            -lsqlite3 -ledit -l:libbidgcc000.a -lm -lpthread
ifneq ($(SAN),)
CFLAGS   += -fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer
LDFLAGS  += -fsanitize=$(SAN)
endif

ifneq ($(COVERAGE),)
CFLAGS   += --coverage -fprofile-update=atomic
endif

sources_of = $(wildcard src/$1/*.c src/$1/*/*.c)
objects_of = $(patsubst %.c,$(B)/%.o,$(call sources_of,$1))
libs_of    = $(foreach r,$1 $(uses_$1),$(if $(filter $r,$(rooms)),$(B)/$r.a))

all: build/fermata
	@:

# What a command does in a word; V=1 shows the whole of it.
say  = $(if $(V),,@echo '  $1 $@' &&)

# The program, but for its pages.
roof := $(B)/src/main.o $(rooms:%=$(B)/%.a)

build/fermata: $(roof) $(B)/ui/pages.o $(B)/ui/bytes.o
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) -Wl,--start-group \
	      $(filter %.a,$^) -Wl,--end-group $(LDLIBS)

define room
$(B)/$1.a: $(call objects_of,$1)
	@mkdir -p $$(@D) && rm -f $$@ && ar rcs $$@ $$^
endef
$(foreach r,$(rooms),$(eval $(call room,$r)))

$(hot:%=$(B)/src/%/%.o): OPT = -O3
$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,cc  )$(CC) $(CFLAGS) -c -o $@ $<

# ---- the pages: built from ui/ by npm, packed, and part of the program ---------------------
# UI=no leaves them out. Where npm is missing or cannot install, the build says so and goes on
# without them; UI=yes makes that an error.
UI         ?= $(if $(CI),yes,auto)
ui_sources := $(shell find ui -type f -not -path 'ui/node_modules/*')
ui_install  = cd ui && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1
ui_build    = cd ui && npx vite build --logLevel error

ui/node_modules/.stamp: ui/package-lock.json
	$(if $(V),,@echo '  npm  ui' &&) $(ui_install) && touch node_modules/.stamp

build/ui/dist/index.html: ui/node_modules/.stamp $(filter-out ui/none.c ui/embed.mjs,$(ui_sources))
	$(if $(V),,@echo '  vite ui' &&) $(ui_build)

build/ui/pages.c: build/ui/dist/index.html ui/embed.mjs
	$(call say,pack)node ui/embed.mjs build/ui/dist build/ui/pages

# The table and the bytes, of what was built or of the page that says why there are none.
ifeq ($(UI),no)
$(B)/ui/pages.c: ui/none.c
	@mkdir -p $(@D)
	@echo '#include "ui/none.c"' > $(B)/ui/pages.c
	@: > $(B)/ui/bytes.S
else
$(B)/ui/pages.c: $(ui_sources)
	@mkdir -p $(@D)
	@if $(MAKE) --no-print-directory build/ui/pages.c; then \
	    cp build/ui/pages.c $@ && cp build/ui/pages.S $(B)/ui/bytes.S; \
	elif [ $(UI) = yes ]; then exit 1; else \
	    echo 'warning: the pages could not be built (see above), so the program has none' >&2; \
	    { echo '#define UI_REASON "They could not be built when this program was."'; \
	      echo '#include "ui/none.c"'; } > $@; : > $(B)/ui/bytes.S; touch -d @0 $@; fi
endif
$(B)/ui/bytes.S: $(B)/ui/pages.c
	@touch $@
$(B)/ui/pages.o: $(B)/ui/pages.c
	$(call say,cc  )$(CC) $(CFLAGS) -c -o $@ $<
$(B)/ui/bytes.o: $(B)/ui/bytes.S
	$(call say,as  )$(CC) -c -o $@ $<

# ---- tests: one program a room, linked with that room's floor only -----------------------
unit_rooms := $(filter $(rooms),$(patsubst t/%.c,%,$(wildcard t/*.c)))
units      := $(unit_rooms:%=$(B)/t/%)

define unit
$(B)/t/$1: $(B)/t/$1.o $(B)/t/main.o $(call libs_of,$1)
	$$(call say,link)$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(LDLIBS)
endef
$(foreach r,$(unit_rooms),$(eval $(call unit,$r)))

# Programs with a main of their own: what they are, and the room whose floor they stand on.
programs := feel_suite feel_values feel_laws feel_diff dmn_tck scenario http1_diff bench_feel growth sim mirror crash golden torture
on_feel_suite  := feel
on_feel_values := feel
on_feel_laws   := feel
on_feel_diff   := feel
on_dmn_tck     := cli
on_scenario    := gate
on_http1_diff  := net
on_bench_feel  := dmn
on_growth      := bench
on_sim         := api
on_mirror      := engine
on_crash       := node
on_golden      := node
on_torture     := base
src_feel_suite := t/feel_suite.c
src_feel_values := t/feel_values.c
src_feel_laws  := t/feel_laws.c
src_feel_diff  := t/feel_diff.c $(wildcard t/slow/*.c)
src_dmn_tck    := t/dmn_tck.c
src_scenario   := $(wildcard t/scenario.c t/scenario/*.c)
src_http1_diff := t/http1_diff.c
src_bench_feel := t/bench_feel.c
src_growth     := t/growth.c
src_sim        := $(wildcard sim/*.c)
src_mirror     := $(wildcard sim/mirror/*.c)
src_crash      := t/crash.c
src_golden     := t/golden.c
src_torture    := $(filter-out t/faults/shim_%.c,$(wildcard t/faults/*.c))
$(B)/t/http1_diff: LDLIBS += -lhttp_parser
$(B)/t/bench_feel: LDFLAGS += -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc

define program
$(B)/t/$1: $(patsubst %.c,$(B)/%.o,$(src_$1)) $(call libs_of,$(on_$1))
	@mkdir -p $$(@D)
	$$(call say,link)$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$^ $$(LDLIBS)
endef
$(foreach p,$(programs),$(if $(wildcard $(src_$p)),$(eval $(call program,$p))))

# What stands in front of libc in a server that is tortured; see t/faults/.
shims := $(patsubst t/faults/%.c,$(B)/t/faults/%.so,$(wildcard t/faults/shim_*.c))
$(B)/t/faults/%.so: t/faults/%.c t/faults/shim.h
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(filter-out -fsanitize%,$(CFLAGS)) -fPIC -shared -o $@ $< -ldl

# Each decoder of foreign bytes has a fuzz target; t/fuzz/driver.c runs it over a corpus.
fuzzers := $(patsubst t/fuzz/%.c,%,$(filter-out t/fuzz/driver.c t/fuzz/guided.c,$(wildcard t/fuzz/*.c)))
$(B)/t/fuzz/%: $(B)/t/fuzz/%.o $(B)/t/fuzz/driver.o $(filter-out $(B)/cli.a,$(rooms:%=$(B)/%.a))
	$(call say,link)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(B)/t/fuzz/driver.o -Wl,--start-group \
	      $(filter %.a,$^) -Wl,--end-group $(LDLIBS)

units: $(units)

# ---- what follows from the tables is printed and committed ---------------------------------
$(B)/tools/describe: tools/describe.c $(wildcard src/*/*.def)
	@mkdir -p $(@D)
	$(call say,link)$(CC) -std=c17 -D_GNU_SOURCE -Isrc -g -Wall -Wextra -o $@ $<

describe: $(B)/tools/describe
	$(B)/tools/describe src

# ---- what the house keeps to ----------------------------------------------------------------
# The pure rooms ask the operating system for nothing: all they import is on this list. And no
# two rooms have a function of one name, or the program would be linked with either of them.
allowed := memcpy memcmp memset memmove memchr memmem strlen strcmp strncmp strchr strrchr \
           strstr strcspn strspn qsort bsearch snprintf vsnprintf malloc calloc realloc free \
           malloc_usable_size \
           longjmp __longjmp_chk _setjmp abort fprintf stderr fwrite fputc __isoc99_sscanf \
           __stack_chk_fail __cpu_model __tls_get_addr _GLOBAL_OFFSET_TABLE_ \
           __divti3 __modti3 __divmodti4 __udivti3 __umodti3 \
           XML_[A-Za-z0-9_]* pcre2_[a-z0-9_]* __bid[A-Za-z0-9_]*
empty   :=
space   := $(empty) $(empty)
pure: $(rooms:%=$(B)/%.a)
	@ld -r -o $(B)/pure.o --whole-archive $(pure:%=$(B)/%.a)
	@nm -u $(B)/pure.o | awk '{print $$2}' | grep -vxE '$(subst $(space),|,$(strip $(allowed)))' \
	    | grep -vE '^(log|view|vault)_' | sed 's/^/not ok: a pure room imports /' > $(B)/pure.txt; \
	 nm --defined-only $(rooms:%=$(B)/%.a) | awk '$$2 == "T" { print $$3 }' | sort | uniq -d \
	    | sed 's/^/not ok: two rooms have a function /' >> $(B)/pure.txt; \
	 cat $(B)/pure.txt; test ! -s $(B)/pure.txt && echo "1 passed, 0 failed"

printed: $(B)/tools/describe
	@rm -rf $(B)/printed && mkdir -p $(B)/printed/src && $(B)/tools/describe $(B)/printed/src
	@cd $(B)/printed && for f in $$(find . -type f); do \
	    cmp -s $$f $(CURDIR)/$$f || echo "not ok: $$f is not what make describe prints"; \
	 done > ../printed.txt; cat ../printed.txt; \
	 test ! -s ../printed.txt && echo "$$(find . -type f | wc -l) passed, 0 failed"

tidy: all
	@tools/tidy

# ---- all tests ---------------------------------------------------------------------------------
SUITES ?= $(firstword $(wildcard ../shared/suites) none)
SEEDS  ?= 30
fuzz_run = fuzz-$1=$(B)/t/fuzz/$1 -n 3000 t/fuzz/corpus/$1/*

program_run_scenario    := scenario=$(B)/t/scenario
program_run_sim         := sim=$(B)/t/sim --seeds $(SEEDS) --keep $(B)
program_run_mirror      := mirror=$(B)/t/mirror -n 100 -p 10 -d $(B)
program_run_crash       := crash=$(B)/t/crash
program_run_golden      := golden=$(B)/t/golden $(wildcard t/golden/*)
program_run_http1_diff  := http1-differential=$(B)/t/http1_diff
program_run_feel_suite  := feel-suite=$(B)/t/feel_suite $(SUITES)/feel/open.tsv
program_run_feel_values := feel-values=$(B)/t/feel_values t/feel/*.tsv
program_run_feel_laws   := feel-laws=$(B)/t/feel_laws
program_run_feel_diff   := feel-differential=$(B)/t/feel_diff
# A real server under faults; the last line of each tells how often they really fired.
torture    = $(B)/t/torture $1 --binary build/fermata --shims $(B)/t/faults
faults_run = 'kill=$(call torture,kill --cycles 200)' \
             'power=$(call torture,power --cycles 20)' \
             'power-torn=$(call torture,power --cycles 20 --keep 50)' \
             $(foreach c,sync write open accept,'fail-$c=$(call torture,fail --what $c)') \
             'fail-malloc=$(call torture,fail --what malloc --step 41)'
program_run_dmn_tck     := dmn-tck=$(B)/t/dmn_tck $(SUITES)/dmn-tck/open
no_suite   := echo "the conformance suites are not there: make test SUITES=DIR names their folder"; \
              echo "0 passed, 0 failed, 1 skipped"
quickly    := feel_values feel_laws feel_diff scenario sim mirror golden
built      := $(foreach p,$(programs),$(if $(wildcard $(src_$p)),$p))
# Rooms whose tests need something around them.
around_view := t/postgres.sh
quick_runs  = $(foreach u,$(unit_rooms),'$u=$(around_$u) $(B)/t/$u') \
              $(foreach p,$(filter $(quickly),$(built)),'$(program_run_$p)')
all_runs    = $(quick_runs) $(foreach f,$(fuzzers),'$(call fuzz_run,$f)') \
              $(if $(filter crash,$(built)),'$(program_run_crash)') \
              $(if $(filter http1_diff,$(built)),'$(program_run_http1_diff)') \
              $(if $(wildcard $(SUITES)/feel/open.tsv),'$(program_run_feel_suite)', \
                'feel-suite=$(no_suite)') \
              $(if $(wildcard $(SUITES)/dmn-tck/open),'$(program_run_dmn_tck)', \
                'dmn-tck=$(no_suite)') \
              $(if $(filter mirror,$(built)),'mirror-more=$(B)/t/mirror -n 2000 -d $(B)') \
              $(faults_run)
all_tests   = $(units) $(built:%=$(B)/t/%) $(fuzzers:%=$(B)/t/fuzz/%) $(shims)

# What a developer runs all the time: no installing, no sanitizers, no real clients.
quick: $(units) $(patsubst %,$(B)/t/%,$(filter $(quickly),$(built)))
	@tools/run_tests $(quick_runs)

# The same under sanitizers (called with SAN=address,undefined or SAN=thread).
asan := address$(comma)undefined
san_address: $(units) $(patsubst %,$(B)/t/%,$(filter $(quickly),$(built))) \
             $(fuzzers:%=$(B)/t/fuzz/%)
	@tools/run_tests $(foreach u,$(unit_rooms),'$(asan):$u=$(around_$u) $(B)/t/$u') \
	    $(foreach p,$(filter feel_% scenario,$(filter $(quickly),$(built))),'$(asan):$(program_run_$p)') \
	    $(if $(filter sim,$(built)),'$(asan):sim=$(B)/t/sim --seeds 6 --keep $(B)') \
	    $(if $(filter mirror,$(built)),'$(asan):mirror=$(B)/t/mirror -n 60 -p 5 -d $(B)') \
	    $(foreach f,$(fuzzers),'$(asan):fuzz-$f=$(B)/t/fuzz/$f -n 1000 t/fuzz/corpus/$f/*')
threaded := $(filter base log vault net view cli,$(unit_rooms))
san_thread: $(threaded:%=$(B)/t/%)
	@tools/run_tests $(foreach u,$(threaded),'thread:$u=$(around_$u) $(B)/t/$u')

test: .deps-test
	@$(MAKE) --no-print-directory -j2 all $(all_tests)
	@tools/run_tests -t 1500 \
	    'tidy=$(MAKE) -s tidy' 'pure=$(MAKE) -s pure' 'printed=$(MAKE) -s printed' $(all_runs) \
	    'sanitizers=$(MAKE) -s -j2 SAN=address,undefined OPT=-O1 san_address' \
	    'threads=$(MAKE) -s -j2 SAN=thread OPT=-O1 san_thread' \
	    'clients=t/e2e/run.sh build/fermata' 'pages=t/ui/run.sh build/fermata'

# ---- the other targets ---------------------------------------------------------------------------
.deps-build:
	@tools/install build
.deps-test:
	@tools/install test

run: .deps-build
	@$(MAKE) --no-print-directory -s -j2 build/fermata
	@build/fermata demo $(ARGS)

sim: $(B)/t/sim
	$(B)/t/sim --seeds $(SEEDS) --keep $(B)

# Random processes, played by the engine and by a mirror of it; see sim/mirror/main.c.
N    ?= 10000
SEED ?= 1
mirror: $(B)/t/mirror
	$(B)/t/mirror -n $(N) -s $(SEED) -d $(B)

# What the tests run of the log and of the engine, as gcov counts it.
covering := $(filter log node engine state gate,$(unit_rooms))
coverage:
	@find build/coverage -name '*.gcda' -delete 2>/dev/null; \
	 $(MAKE) --no-print-directory -j2 COVERAGE=yes OPT=-O0 coverage_run

coverage_run: $(covering:%=$(B)/t/%) $(B)/t/scenario $(B)/t/sim
	@tools/run_tests $(foreach u,$(covering),'$u=$(B)/t/$u') '$(program_run_scenario)' \
	    'sim=$(B)/t/sim --seeds 10 --keep $(B)' >/dev/null
	@tools/coverage $(B) --branches log --lines engine --least-branches 80 --least-lines 95

# The faults over and over, each n-th call of each kind, for HOURS; prints the counts.
HOURS ?= 1
torture: build/fermata $(B)/t/torture $(shims)
	$(call torture,all --hours $(HOURS))

bench: all $(B)/t/bench_feel $(B)/t/growth
	@tools/bench $(B) $(SUITES)

# The same, guided by coverage, where clang and its libFuzzer are installed. What is found
# out is kept in a folder beside the corpus, and what crashes in build/.
guided:
	@command -v clang >/dev/null || \
	    { echo 'make guided needs clang: apt-get install clang; make fuzz does without'; exit 1; }
	@$(MAKE) --no-print-directory -j2 CC=clang SAN=fuzzer-no-link,address OPT=-O1 WARNINGS=-w guided_run

guided_run: $(fuzzers:%=$(B)/t/guided/%)
	@for f in $(fuzzers); do echo "$$f"; mkdir -p build/guided/$$f; \
	    $(B)/t/guided/$$f -max_total_time=$(TIME) -max_len=65536 -rss_limit_mb=4096 -timeout=60 \
	        -artifact_prefix=build/guided/crash-$$f- -print_final_stats=1 \
	        build/guided/$$f t/fuzz/corpus/$$f 2>&1 | grep -E 'SUMMARY|ERROR|executed|new_units|cov:' | tail -n 4; done; \
	 ! ls build/guided/crash-* 2>/dev/null

$(B)/t/guided/%: $(B)/t/fuzz/%.o $(B)/t/fuzz/guided.o $(filter-out $(B)/cli.a,$(rooms:%=$(B)/%.a))
	@mkdir -p $(@D)
	$(call say,link)$(CC) $(CFLAGS) -fsanitize=fuzzer,address -o $@ $< $(B)/t/fuzz/guided.o \
	      -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(LDLIBS)

# Each fuzz target for TIME seconds over its corpus and mutations of it. What crashes is kept.
TIME ?= 60
fuzz: $(fuzzers:%=$(B)/t/fuzz/%)
	@for f in $(fuzzers); do echo "$$f"; \
	    $(B)/t/fuzz/$$f -t $(TIME) -s $$(date +%s) -k $(B)/fuzz-$$f t/fuzz/corpus/$$f/* || exit 1; done

bless: $(B)/t/scenario
	$(B)/t/scenario --bless t/scenario/*.txt

compile_commands.json: Makefile
	@$(MAKE) --no-print-directory -Bn all $(units) 2>/dev/null | awk -v dir='$(CURDIR)' \
	    'BEGIN { print "[" } / -c -o /{ file=$$NF; gsub(/"/, "\\\""); \
	     printf "%s{\"directory\": \"%s\", \"file\": \"%s\", \"command\": \"%s\"}", \
	     (n++ ? ",\n" : ""), dir, file, $$0 } END { print "\n]" }' > $@

# The program, its manual page and what completes words in shells; DESTDIR for packagers.
PREFIX ?= /usr/local
share   = $(DESTDIR)$(PREFIX)/share
install: .deps-build
	@$(MAKE) --no-print-directory -s -j2 build/fermata
	install -d $(DESTDIR)$(PREFIX)/bin $(share)/man/man1 $(share)/bash-completion/completions \
	    $(share)/zsh/site-functions $(share)/fish/vendor_completions.d
	install -m 755 build/fermata $(DESTDIR)$(PREFIX)/bin/fermata
	build/fermata help --man > $(share)/man/man1/fermata.1
	build/fermata completion bash > $(share)/bash-completion/completions/fermata
	build/fermata completion zsh > $(share)/zsh/site-functions/_fermata
	build/fermata completion fish > $(share)/fish/vendor_completions.d/fermata.fish

help:
	@echo 'make install PREFIX=/usr/local    the program, its manual page, completions'
	@echo 'make run [ARGS="--orders 20 --exit"]  the shop, played on a real server'
	@echo 'make test        everything, with what it needs installed first'
	@echo 'make quick       units, scenarios and a few simulations, in a minute'
	@echo 'make sim SEEDS=10000      make mirror N=10000    make fuzz TIME=60'
	@echo 'make coverage    branches of the log, lines of the engine'
	@echo 'make guided TIME=60    the fuzz targets by libFuzzer, when clang is there'
	@echo 'make torture HOURS=1    the real server, killed and without power, for hours'
	@echo 'make bench      make bless'
	@echo 'make describe    print again what follows from the tables'
	@echo 'make tidy pure printed    what the house keeps to'
	@echo 'make compile_commands.json      make SAN=address,undefined quick      make clean'

clean:
	rm -rf build compile_commands.json ui/node_modules/.stamp

-include $(shell find $(B) -name '*.d' 2>/dev/null)
.PHONY: all units describe pure printed tidy quick san_address san_thread test run sim mirror \
        bench fuzz guided guided_run torture coverage coverage_run bless install help clean .deps-build .deps-test
.SECONDARY:
