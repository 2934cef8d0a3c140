/* main.c - sim [--seed N] [--seeds N] [--steps N] [--keep FOLDER] [-v]: runs of the toy
 * world.
 *
 * A run is one number. Each prints its seed and knobs first and a hash of the state at
 * its end; the first is run twice, which must give the same. A seed that has failed is
 * kept as FOLDER/sim-SEED.txt. Exit code 1: something was found. The last line is `N
 * passed, N failed`. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "sim/world.h"

struct options {
    u64 seed, seeds;
    u64 steps;        /* 0: as drawn */
    const char *keep; /* where failed seeds go; NULL: nowhere */
    bool is_verbose;
};

static bool read_number(char **argv, int *i, u64 *out)
{
    return argv[*i + 1] && str_to_u64(str_of(argv[++*i]), out);
}

static bool options_read(char **argv, struct options *o)
{
    for (int i = 1; argv[i]; i++) {
        struct str arg = str_of(argv[i]);
        bool is_good = true;
        if (str_is(arg, "--seed"))
            is_good = read_number(argv, &i, &o->seed);
        else if (str_is(arg, "--seeds"))
            is_good = read_number(argv, &i, &o->seeds);
        else if (str_is(arg, "--steps"))
            is_good = read_number(argv, &i, &o->steps) && o->steps <= UINT32_MAX / 2;
        else if (str_is(arg, "--keep"))
            is_good = (o->keep = argv[i + 1] ? argv[++i] : NULL) != NULL;
        else if (str_is(arg, "-v"))
            o->is_verbose = true;
        else
            is_good = false;
        if (!is_good)
            return false;
    }
    return true;
}

static void keep(const struct options *o, u64 seed, const struct world_result *r)
{
    char name[300];
    FILE *f;

    if (!o->keep)
        return;
    snprintf(name, sizeof(name), "%s/sim-%" PRIu64 ".txt", o->keep, seed);
    f = fopen(name, "w");
    if (!f) {
        printf("%s cannot be written\n", name);
        return;
    }
    fprintf(f, "seed %" PRIu64 " FAILED at %s\nagain by: sim --seed %" PRIu64, seed,
            r->failure, seed);
    if (o->steps)
        fprintf(f, " --steps %" PRIu64, o->steps);
    fprintf(f, " -v\n");
    fclose(f);
}

static bool seed_run(const struct options *o, u64 seed, struct world_result *r)
{
    struct world_config c = world_swarm(seed);

    if (o->steps)
        c.storm = (u32)o->steps;
    world_config_print(&c);
    fflush(stdout);
    bool is_good = world_run(&c, o->is_verbose, r);
    if (!is_good) {
        printf("seed %" PRIu64 " FAILED at %s\n", seed, r->failure);
        keep(o, seed, r);
    }
    printf("seed %" PRIu64 ": hash %016" PRIx64 ", %" PRIu64 " steps, %" PRIu64
           " crashes, %" PRIu64 " instances, %" PRIu64 " entries, %" PRIu64
           " events, %" PRIu64 " checkpoints, %" PRIu64 " crashes in one, %" PRIu64
           " times out of memory, %" PRIu64 " back\n",
           seed, r->hash, r->steps, r->crashes, r->instances, r->entries, r->events,
           r->checkpoints, r->checkpoint_crashes, r->evicted, r->thawed);
    return is_good;
}

static bool is_repeatable(const struct options *o, const struct world_result *first)
{
    struct options quiet = *o;
    struct world_result again;

    quiet.is_verbose = false;
    seed_run(&quiet, o->seed, &again);
    if (again.hash != first->hash)
        printf("seed %" PRIu64 " FAILED: it was another run the second time\n",
               o->seed);
    return again.hash == first->hash;
}

int main(int argc, char **argv)
{
    struct options o = {.seed = 1, .seeds = 1};
    u64 failed = 0;

    if (!options_read(argv, &o)) {
        fprintf(stderr, "usage: sim [--seed N] [--seeds N] [--steps N] [--keep FOLDER] "
                        "[-v]\n");
        return 2;
    }
    for (u64 i = 0; i < o.seeds; i++) {
        struct world_result r;
        bool is_good = seed_run(&o, o.seed + i, &r);
        failed += !is_good || (i == 0 && !is_repeatable(&o, &r));
    }
    printf("%" PRIu64 " passed, %" PRIu64 " failed\n", o.seeds - failed, failed);
    return failed > 0;
}
