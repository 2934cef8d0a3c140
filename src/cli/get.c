#include <stdio.h>
#include <time.h>

#include "cli/output.h"
#include "cli/query.h"
#include "cli/screen.h"

struct getting {
    struct remote remote;
    struct output output;
    const struct kind_row *kind;
    struct str filter, sort;
    const char *path;   /* of one thing; NULL: they are searched for */
    struct arena round; /* of one look, with --watch */
    struct buf seen;    /* with --watch in a pipe: hashes of what was printed */
};

/* ---- looking once ---------------------------------------------------------------- */

static int look(struct getting *g, struct finding_list *out)
{
    struct remote *r = &g->remote;

    if (!g->path)
        return remote_search(r,
                             arena_print(r->arena, "/v2/%s/search", g->kind->path).data,
                             g->filter, g->sort, r->desk->options->limit, out);
    out->items = NEW(r->arena, struct str);
    out->count = 1;
    out->more = 0;
    return remote_call(r, "GET", g->path, NOTHING, &out->items[0]);
}

static void tell_rest(const struct getting *g, const struct finding_list *list)
{
    if (list->count == 0 && g->output.format <= OUTPUT_WIDE)
        fprintf(stderr, "fermata: no %s fit\n", g->kind->path);
    if (list->more > 0)
        fprintf(stderr, "fermata: %lld more are left out; --limit N shows more\n",
                (long long)list->more);
}

static int get_once(struct getting *g)
{
    struct finding_list list;
    int code = look(g, &list);

    if (code)
        return code;
    output_items(&g->output, list.items, list.count);
    tell_rest(g, &list);
    return CLI_GOOD;
}

/* ---- watching -------------------------------------------------------------------- */

static bool is_seen(struct getting *g, struct str item)
{
    const struct str *all = (const struct str *)(const void *)g->seen.data;
    struct str copy;

    for (size_t i = 0; i < g->seen.len / sizeof(item); i++)
        if (str_equal(all[i], item))
            return true;
    copy = arena_copy(&g->remote.desk->keep, item);
    buf_add(&g->seen, (struct str){(const char *)&copy, sizeof(copy)});
    return false;
}

static void add_new(struct getting *g, const struct finding_list *list)
{
    g->output.format = OUTPUT_JSONL;
    for (size_t i = 0; i < list->count; i++)
        if (!is_seen(g, list->items[i]))
            output_items(&g->output, &list->items[i], 1);
}

static void redraw(struct getting *g, const struct finding_list *list)
{
    printf("\033[H\033[J");
    output_items(&g->output, list->items, list->count);
    tell_rest(g, list);
}

static int get_watch(struct getting *g)
{
    i64 ms = g->remote.desk->options->interval;
    const struct timespec pause = {(time_t)(ms / 1000), (ms % 1000) * 1000000};
    struct finding_list list;
    int code;

    buf_init(&g->seen, &g->remote.desk->keep, 1024);
    arena_init(&g->round, 64 << 10, g->remote.desk->keep.limit, &g->remote.desk->trap);
    g->remote.arena = &g->round;
    while (!(code = look(g, &list))) {
        if (screen_is_terminal())
            redraw(g, &list);
        else
            add_new(g, &list);
        if (fflush(stdout) != 0)
            break;
        arena_reset(&g->round);
        nanosleep(&pause, NULL);
    }
    arena_free(&g->round);
    return code;
}

/* ---- the command ----------------------------------------------------------------- */

/* `-FIELD`: downward. */
static struct str sort_json(struct desk *d)
{
    const char *text = d->options->sort;
    struct buf b;

    if (!text[0])
        return NOTHING;
    buf_init(&b, &d->keep, 64);
    buf_text(&b, "[{\"field\":");
    json_put_string(&b, str_of(text + (text[0] == '-')));
    buf_print(&b, ",\"order\":\"%s\"}]", text[0] == '-' ? "DESC" : "ASC");
    return buf_str(&b);
}

static bool is_key(const char *word)
{
    return word[strspn(word, "0123456789-")] == '\0';
}

static int words_read(struct getting *g, struct desk *d)
{
    const struct options *o = d->options;

    if (o->word_count == 0) {
        fprintf(stderr, "fermata: get what? fermata get pi lists process instances, "
                        "fermata help get all kinds\n");
        return CLI_USAGE;
    }
    g->kind = kind_find(o->words[0]);
    if (!g->kind)
        return CLI_USAGE;
    g->sort = sort_json(d);
    if (o->word_count == 2 && is_key(o->words[1])) {
        g->path = arena_print(&d->keep, "/v2/%s/%s", g->kind->path, o->words[1]).data;
        return CLI_GOOD;
    }
    return filter_read(&g->remote, g->kind, (const char *const *)o->words + 1,
                       o->word_count - 1, &g->filter);
}

static int run(struct desk *d)
{
    struct getting *g = NEW(&d->keep, struct getting);
    int code = remote_open(&g->remote, d);

    if (code || (code = words_read(g, d)) ||
        (code = output_open(&g->output, &g->remote, g->kind->key, g->kind->columns)))
        return code;
    return d->options->watch ? get_watch(g) : get_once(g);
}

int get_main(const struct options *o)
{
    return desk_run(o, run);
}
