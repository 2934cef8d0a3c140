/* main.c - mirror [-n PROCESSES] [-p PATHS] [-s SEED] [-d FOLDER]: random processes,
 * played by the engine and by a mirror of it that knows only the rules; and once more
 * without the mirror, by commands that it does not know (wild.h).
 *
 * A process is one number: its seed, which with `-n 1 -s SEED` and as many paths gives
 * the same again. One that fails is written to FOLDER/mirror-SEED.txt, the smallest
 * form that still fails, with its story. Exit code 1: something was found. The last
 * line is `N passed, N failed`. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "sim/mirror/stage.h"
#include "sim/mirror/wild.h"

struct options {
    u64 processes, paths, seed;
    const char *folder;
};

static bool options_read(char **argv, struct options *o)
{
    for (int i = 1; argv[i]; i += 2) {
        struct str arg = str_of(argv[i]), value = str_of(argv[i + 1]);
        u64 *number = str_is(arg, "-n")   ? &o->processes
                      : str_is(arg, "-p") ? &o->paths
                      : str_is(arg, "-s") ? &o->seed
                                          : NULL;
        if (!argv[i + 1] || (!number && !str_is(arg, "-d")))
            return false;
        if (!number)
            o->folder = argv[i + 1];
        else if (!str_to_u64(value, number))
            return false;
    }
    return true;
}

/* Sizes from small to large: the first that fails is the one to look at. */
static u32 size_of(u64 seed)
{
    return 3 + (u32)(seed % 24);
}

struct run {
    u64 seed, path;
    struct stage *stage;
    struct plan plan;
};

/* True: all paths passed. The stage is left open. */
static bool run_plan(struct run *r, u64 seed, u64 paths)
{
    r->seed = seed;
    r->stage = stage_open(&r->plan, seed);
    for (r->path = 0; r->path < paths; r->path++)
        if (!stage_path(r->stage, r->path))
            return false;
    return stage_end(r->stage);
}

static bool run_process(struct run *r, u64 seed, u64 paths)
{
    plan_grow(&r->plan, seed, size_of(seed));
    return run_plan(r, seed, paths);
}

/* Less and less of it, as long as it fails. */
static void shrink(struct run *r, u64 paths)
{
    static struct run less;

    for (i32 change = 0; change < SHRINKS; change++) {
        less.plan = r->plan;
        if (!plan_shrink(&less.plan, change))
            continue;
        if (run_plan(&less, r->seed, paths) || stage_is_refused(less.stage)) {
            stage_close(less.stage);
            continue;
        }
        stage_close(r->stage);
        *r = less;
    }
}

static void report(const struct run *r, const struct options *o)
{
    char name[300];
    FILE *f;

    snprintf(name, sizeof(name), "%s/mirror-%" PRIu64 ".txt", o->folder, r->seed);
    printf("process %" PRIu64 ", path %" PRIu64 " FAILED: %s\n", r->seed, r->path,
           stage_failure(r->stage));
    f = fopen(name, "w");
    if (!f) {
        printf("and %s cannot be written\n", name);
        return;
    }
    fprintf(f, "process %" PRIu64 ", path %" PRIu64 ": %s\n\n%.*s\n%.*s\n", r->seed,
            r->path, stage_failure(r->stage), ARG(stage_story(r->stage)),
            ARG(stage_bpmn(r->stage)));
    fclose(f);
    printf("see %s; again by: mirror -n 1 -p %" PRIu64 " -s %" PRIu64 "\n", name,
           o->paths, r->seed);
}

/* The same process without a mirror. */
static bool run_wild(const struct run *r, const struct options *o)
{
    struct arena arena;
    struct buf story;
    struct str failure;
    char name[300];

    arena_init(&arena, 64 << 10, (size_t)256 << 20, NULL);
    buf_init(&story, &arena, 4096);
    bool is_good = wild_run(&r->plan, stage_bpmn(r->stage), r->seed, 1 + o->paths / 4,
                            &story, &failure);
    if (!is_good) {
        snprintf(name, sizeof(name), "%s/wild-%" PRIu64 ".txt", o->folder, r->seed);
        printf("process %" PRIu64 " FAILED without a mirror: %.*s; see %s\n", r->seed,
               ARG(failure), name);
        FILE *f = fopen(name, "w");
        if (f) {
            fprintf(f, "%.*s\n\n%.*s\n%.*s\n", ARG(failure), ARG(buf_str(&story)),
                    ARG(stage_bpmn(r->stage)));
            fclose(f);
        }
    }
    arena_free(&arena);
    return is_good;
}

int main(int argc, char **argv)
{
    struct options o = {.processes = 100, .paths = 20, .seed = 1, .folder = "build"};
    u64 failed = 0, stimuli = 0;
    static struct run r;

    if (!options_read(argv, &o)) {
        fprintf(stderr,
                "usage: mirror [-n PROCESSES] [-p PATHS] [-s SEED] [-d FOLDER]\n");
        return 2;
    }
    for (u64 i = 0; i < o.processes; i++) {
        if (!run_process(&r, o.seed + i, o.paths)) {
            failed++;
            shrink(&r, o.paths);
            report(&r, &o);
        } else if (!run_wild(&r, &o)) {
            failed++;
        }
        stimuli += stage_stimuli(r.stage);
        stage_close(r.stage);
    }
    printf("%" PRIu64 " stimuli\n", stimuli);
    printf("%" PRIu64 " passed, %" PRIu64 " failed\n", o.processes - failed, failed);
    return failed > 0;
}
