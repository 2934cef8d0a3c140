#include "bench/bench.h"

#include <stdio.h>

#include "cli/desk.h"

/* Rows are printed as they come, or kept for one document. */
struct table {
    bool has_json;
    struct buf json;
};

static void row_text(const struct bench_row *row)
{
    printf("%-22s", row->name);
    for (int i = 0; i < BENCH_FIGURE_COUNT; i++)
        if (row->has[i])
            printf("  %.*f %s", row->value[i] < 100 ? 2 : 0, row->value[i],
                   bench_figure_units[i]);
    printf("\n    %s\n", row->what);
    fflush(stdout);
}

static void row_json(struct buf *b, const struct bench_row *row)
{
    json_comma(b);
    buf_text(b, "{\"name\":");
    json_put_string(b, str_of(row->name));
    for (int i = 0; i < BENCH_FIGURE_COUNT; i++)
        if (row->has[i])
            buf_print(b, ",\"%s\":%.3f", bench_figure_names[i], row->value[i]);
    json_put_name(b, STR("what"));
    json_put_string(b, str_of(row->what));
    buf_byte(b, '}');
}

static void row_take(void *ctx, const struct bench_row *row)
{
    struct table *t = ctx;

    if (t->has_json)
        row_json(&t->json, row);
    else
        row_text(row);
}

static int run(struct desk *d)
{
    struct table table = {.has_json = d->options->json};
    struct bench_options o = {.folder = d->options->scratch,
                              .only = d->options->rows,
                              .seconds = (u32)d->options->seconds,
                              .instances = (u32)d->options->instances,
                              .row = row_take,
                              .ctx = &table};
    struct err err = {0};

    buf_init(&table.json, &d->keep, 4096);
    buf_text(&table.json, "{\"rows\":[");
    if (!bench_run(&o, &err)) {
        fprintf(stderr, "fermata: %s\n", err.text);
        return err.code == ERR_SYNTAX ? 2 : 1;
    }
    if (table.has_json)
        printf("%.*s]}\n", ARG(buf_str(&table.json)));
    return 0;
}

int bench_main(const struct options *o)
{
    return desk_run(o, run);
}
