#include "cli/tests.h"

#include <stdio.h>

#include "cli/files.h"
#include "cli/imports.h"
#include "tck/tck.h"

#define NOW 1718000000000 /* what now() and today() say: 2024-06-10, in all runs */

/* ---- telling --------------------------------------------------------------------- */

static void values_print(struct tests *t, const struct tck_check *c)
{
    struct buf wanted, got;

    buf_init(&wanted, &t->scratch, 64);
    buf_init(&got, &t->scratch, 64);
    feel_print(&wanted, &c->wanted);
    if (c->got.kind == FEEL_GAVE_UP)
        buf_print(&got, "nothing: %.*s", ARG(c->got.string));
    else
        feel_print(&got, &c->got);
    printf(": expected %.*s, got %.*s\n", ARG(buf_str(&wanted)), ARG(buf_str(&got)));
    if (c->failure.len)
        printf("    %.*s\n", ARG(c->failure));
}

static void tell(void *ctx, const struct tck_check *c)
{
    struct tests *t = ctx;
    bool has_value = c->wanted.kind != FEEL_NULL;

    t->passed[has_value] += c->is_good;
    t->failed[has_value] += !c->is_good;
    if (c->is_good && !t->desk->options->verbose)
        return;
    printf("%s: %s: case %.*s, %.*s", c->is_good ? "ok" : "not ok", t->file,
           ARG(c->test), ARG(c->node));
    if (c->is_good)
        putchar('\n');
    else
        values_print(t, c);
}

static void note(const struct feel_env *env, struct str warning)
{
    printf("    %.*s\n", ARG(warning));
}

static void file_fails(struct tests *t, const char *text)
{
    t->failed[1]++;
    printf("not ok: %s: %s\n", t->file, text);
}

/* ---- one file -------------------------------------------------------------------- */

static bool model_open(struct tests *t, struct str name, struct dmn **out,
                       struct err *err)
{
    struct dmn_options options = dmn_options_default;
    const char *slash = strrchr(t->file, '/');
    int len = slash ? (int)(slash + 1 - t->file) : 0;
    struct str path = arena_print(&t->arena, "%.*s%.*s", len, t->file, ARG(name)), xml;
    struct imports imports;

    imports_init(&imports, path.data, &t->arena);
    options.dialect = t->desk->options->camunda ? FEEL_CAMUNDA : FEEL_STANDARD;
    options.resolver = &imports.resolver;
    return input_read(path.data, &t->arena, &xml, err) &&
           (dmn_parse(xml, &options, out, err) || err_in(err, "%.*s", ARG(name)));
}

/* Other XML may lie in a folder, too; but who names a file means tests. */
static void file_run(struct tests *t, const char *path, bool is_named)
{
    const struct tck_options options = {
        .zones = t->desk->zones,
        .now = NOW,
        .tell = tell,
        .note = t->desk->options->verbose ? note : NULL,
        .ctx = t,
    };
    struct dmn *model;
    struct tck *tests;
    struct str text;
    struct err err = {0};

    arena_reset(&t->arena);
    t->file = path;
    if (!input_read(path, &t->arena, &text, &err) ||
        !tck_parse(text, &t->arena, &tests, &err)) {
        file_fails(t, err.text);
        return;
    }
    if (!tests) {
        if (is_named)
            file_fails(t, "holds no test cases");
        return;
    }
    if (!model_open(t, tck_model(tests), &model, &err)) {
        file_fails(t, err.text);
        return;
    }
    tck_run(tests, model, &options, &t->scratch);
    dmn_free(model);
}

/* ---- folders --------------------------------------------------------------------- */

#define DEPTH_MAX 100 /* links may lead in a circle */

static void folder_run(struct tests *t, const char *folder, u32 depth)
{
    struct arena *keep = &t->desk->keep;
    const char *const *names;
    struct err err;
    size_t count;

    if (depth > DEPTH_MAX || !files_list(folder, keep, &names, &count, &err)) {
        t->file = folder;
        file_fails(t, depth > DEPTH_MAX ? "nested too deeply" : err.text);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct str path = arena_print(keep, "%s/%s", folder, names[i]);
        if (files_is_folder(path.data))
            folder_run(t, path.data, depth + 1);
        else if (scenario_is(path))
            scenario_file(&t->scenarios, path.data);
        else if (str_ends(path, STR(".xml")))
            file_run(t, path.data, false);
    }
}

bool tests_run(struct desk *d, struct tests *t)
{
    const struct options *o = d->options;
    struct err err = {0};
    struct str text;

    *t = (struct tests){.desk = d};
    scenarios_open(&t->scenarios, d);
    arena_init(&t->arena, 1 << 20, d->keep.limit, &d->trap);
    arena_init(&t->scratch, 1 << 20, d->keep.limit, &d->trap);
    for (int i = 0; i < o->word_count && !err.code; i++) {
        if (files_is_folder(o->words[i]))
            folder_run(t, o->words[i], 0);
        else if (scenario_is(str_of(o->words[i])))
            scenario_file(&t->scenarios, o->words[i]);
        else if (input_read(o->words[i], &t->arena, &text, &err))
            file_run(t, o->words[i], true);
    }
    arena_free(&t->scratch);
    arena_free(&t->arena);
    if (err.code)
        fprintf(stderr, "fermata: %s\n", err.text);
    return !err.code;
}

/* ---- the command ----------------------------------------------------------------- */

static int run(struct desk *d)
{
    struct tests t;

    if (d->options->word_count == 0) {
        fprintf(stderr, "fermata: name the folder with the tests: fermata test DIR\n");
        return 2;
    }
    if (!tests_run(d, &t))
        return 1;
    size_t passed = t.passed[0] + t.passed[1] + t.scenarios.passed,
           failed = t.failed[0] + t.failed[1] + t.scenarios.failed;
    if (!scenarios_end(&t.scenarios))
        return CLI_FAILED;
    if (!d->options->tap)
        printf("%zu passed, %zu failed\n", passed, failed);
    if (passed + failed == 0)
        fprintf(stderr,
                "fermata: there are no tests in %s: neither .scenario.yaml nor .xml in "
                "the format of the DMN TCK\n",
                d->options->words[0]);
    return failed || passed == 0 ? 1 : 0;
}

int test_main(const struct options *o)
{
    return desk_run(o, run);
}
