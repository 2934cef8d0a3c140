/* Named servers, in a file that a person may edit: `NAME URL` a line, the one in use
 * with a `*` before it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/remote.h"

#define CONTEXTS_MAX 100

struct contexts {
    char path[512];
    struct context_line rows[CONTEXTS_MAX];
    int count, used; /* used: -1: none */
};

static bool contexts_read(struct desk *d, struct contexts *c)
{
    struct str text;
    struct err err;

    c->used = -1;
    if (!contexts_path(c->path, sizeof(c->path))) {
        fprintf(stderr, "fermata: neither HOME nor XDG_CONFIG_HOME says where contexts "
                        "stand\n");
        return false;
    }
    if (access(c->path, F_OK) != 0)
        return true;
    if (!input_read(c->path, &d->keep, &text, &err)) {
        fprintf(stderr, "fermata: %s\n", err.text);
        return false;
    }
    for (size_t at = 0;
         c->count < CONTEXTS_MAX && context_next(text, &at, &c->rows[c->count]);
         c->count++)
        if (c->rows[c->count].is_used)
            c->used = c->count;
    return true;
}

/* Whole or not at all: beside it, then in its place. */
static int contexts_write(struct contexts *c)
{
    char beside[520];
    FILE *f;

    for (char *slash = c->path; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        mkdir(c->path, 0700);
        *slash = '/';
    }
    snprintf(beside, sizeof(beside), "%s.new", c->path);
    f = fopen(beside, "w");
    for (int i = 0; f && i < c->count; i++)
        fprintf(f, "%s%s %s\n", i == c->used ? "*" : "", c->rows[i].name,
                c->rows[i].url);
    if (f && fclose(f) == 0 && rename(beside, c->path) == 0)
        return CLI_GOOD;
    fprintf(stderr, "fermata: %s: %s\n", c->path, strerror(errno));
    return CLI_FAILED;
}

static int row_find(const struct contexts *c, const char *name)
{
    for (int i = 0; i < c->count; i++)
        if (strcmp(c->rows[i].name, name) == 0)
            return i;
    return -1;
}

static int unknown(const struct contexts *c, const char *name)
{
    struct str names[CONTEXTS_MAX], nearest;

    for (int i = 0; i < c->count; i++)
        names[i] = str_of(c->rows[i].name);
    nearest = name_nearest(str_of(name), names, (size_t)c->count);
    fprintf(stderr, "fermata: there is no context '%s'", name);
    if (nearest.len)
        fprintf(stderr, " - did you mean '%.*s'?\n", ARG(nearest));
    else
        fprintf(stderr, "; fermata context add NAME URL makes one\n");
    return CLI_NOT_FOUND;
}

static int list(const struct contexts *c)
{
    for (int i = 0; i < c->count; i++)
        printf("%c %-16s %s\n", i == c->used ? '*' : ' ', c->rows[i].name,
               c->rows[i].url);
    if (c->count == 0)
        fprintf(stderr, "fermata: there are no contexts; fermata context add NAME URL "
                        "makes one\n");
    return CLI_GOOD;
}

static int add(struct contexts *c, const char *name, const char *url)
{
    int i = row_find(c, name);

    if (strlen(name) > 63 || strlen(url) > 127 || strpbrk(name, " \t\n*:./") ||
        strpbrk(url, " \t\n")) {
        fprintf(stderr, "fermata: a name has 63 letters at most and no space, dot, "
                        "colon, slash or star; an URL 127 and no space\n");
        return CLI_USAGE;
    }
    if (i < 0 && c->count == CONTEXTS_MAX) {
        fprintf(stderr, "fermata: there are %d contexts already, as many as may be\n",
                CONTEXTS_MAX);
        return CLI_FAILED;
    }
    i = i < 0 ? c->count++ : i;
    snprintf(c->rows[i].name, sizeof(c->rows[i].name), "%s", name);
    snprintf(c->rows[i].url, sizeof(c->rows[i].url), "%s", url);
    if (c->used < 0)
        c->used = i;
    return contexts_write(c);
}

static int use(struct contexts *c, const char *name)
{
    int i = row_find(c, name);

    if (i < 0)
        return unknown(c, name);
    c->used = i;
    return contexts_write(c);
}

static int take_out(struct contexts *c, const char *name)
{
    int i = row_find(c, name);

    if (i < 0)
        return unknown(c, name);
    memmove(&c->rows[i], &c->rows[i + 1],
            (size_t)(c->count - i - 1) * sizeof(c->rows[0]));
    c->count--;
    c->used = c->used == i ? -1 : c->used > i ? c->used - 1 : c->used;
    return contexts_write(c);
}

static int run(struct desk *d)
{
    const struct options *o = d->options;
    const char *what = o->word_count ? o->words[0] : "list";
    struct contexts *c = NEW(&d->keep, struct contexts);

    if (!contexts_read(d, c))
        return CLI_FAILED;
    if ((strcmp(what, "list") == 0 || strcmp(what, "ls") == 0) && o->word_count < 2)
        return list(c);
    if (strcmp(what, "add") == 0 && o->word_count == 3)
        return add(c, o->words[1], o->words[2]);
    if (strcmp(what, "use") == 0 && o->word_count == 2)
        return use(c, o->words[1]);
    if (strcmp(what, "remove") == 0 && o->word_count == 2)
        return take_out(c, o->words[1]);
    fprintf(stderr, "fermata: usage: fermata context [list | add NAME URL | use NAME | "
                    "remove NAME]\n");
    return CLI_USAGE;
}

int context_main(const struct options *o)
{
    return desk_run(o, run);
}
