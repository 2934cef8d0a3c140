#include "cli/query.h"

#include <stdio.h>
#include <time.h>

static const struct kind_row kinds[] = {
#define KIND(word, others, path, key, began, columns) \
    {word, others, path, key, began, columns},
#include "cli/kinds.def"
#undef KIND
};

static bool has_word(const char *words, const char *word)
{
    size_t len = strlen(word);

    for (const char *at = words; *at;) {
        size_t have = strcspn(at, " ");
        if (have == len && memcmp(at, word, len) == 0)
            return true;
        at += have;
        at += strspn(at, " ");
    }
    return false;
}

const struct kind_row *kind_find(const char *word)
{
    struct str names[LEN(kinds)], nearest;

    for (size_t i = 0; i < LEN(kinds); i++) {
        if (strcmp(kinds[i].word, word) == 0 || has_word(kinds[i].others, word))
            return &kinds[i];
        names[i] = str_of(kinds[i].path);
    }
    nearest = name_nearest(str_of(word), names, LEN(names));
    fprintf(stderr, "fermata: there is no kind '%s'", word);
    if (nearest.len)
        fprintf(stderr, " - did you mean '%.*s'?\n", ARG(nearest));
    else
        fprintf(stderr,
                "\npi, pd, el, job, inc, var, task, msg, batch, dd, di, drd and "
                "res are known.\n");
    return NULL;
}

/* ---- filters --------------------------------------------------------------------- */

/* Words for fields, some of which are called differently from kind to kind. */
static const char *field_name(const struct kind_row *kind, const char *name)
{
    if (strcmp(name, "process") == 0)
        return "processDefinitionId";
    if (strcmp(name, "instance") == 0)
        return "processInstanceKey";
    if (strcmp(name, "element") == 0)
        return "elementId";
    return strcmp(name, "key") == 0 ? kind->key : name;
}

/* Fields whose values are no strings. */
static bool is_bare(const char *name, struct str value)
{
    i64 number;

    if (str_is(value, "true") || str_is(value, "false"))
        return strncmp(name, "has", 3) == 0 || strncmp(name, "is", 2) == 0;
    return str_to_i64(value, &number) &&
           (strcmp(name, "version") == 0 || strcmp(name, "retries") == 0 ||
            strcmp(name, "priority") == 0 ||
            strcmp(name, "processDefinitionVersion") == 0 ||
            strcmp(name, "decisionDefinitionVersion") == 0);
}

static bool is_pattern(const char *name, struct str value)
{
    return strcmp(name, "value") != 0 && value.len &&
           (memchr(value.data, '*', value.len) || memchr(value.data, '?', value.len));
}

static int condition_add(const struct kind_row *kind, struct buf *b, const char *word)
{
    static const struct {
        const char *sign, *op;
    } signs[] = {{"!=", "$neq"}, {">=", "$gte"}, {"<=", "$lte"},
                 {"=", NULL},    {">", "$gt"},   {"<", "$lt"}};
    size_t len = strcspn(word, "!=<>"), i = 0;
    char name[64];

    while (i < LEN(signs) && strncmp(word + len, signs[i].sign, strlen(signs[i].sign)))
        i++;
    if (i == LEN(signs) || len == 0 || len >= sizeof(name)) {
        fprintf(stderr,
                "fermata: '%s' is no filter; FIELD=VALUE is meant (or !=, <, >)\n",
                word);
        return CLI_USAGE;
    }
    snprintf(name, sizeof(name), "%.*s", (int)len, word);
    struct str value = str_of(word + len + strlen(signs[i].sign));
    const char *wanted = field_name(kind, name), *op = signs[i].op;
    if (!op && is_pattern(wanted, value))
        op = "$like";
    json_put_name(b, str_of(wanted));
    if (op)
        buf_print(b, "{\"%s\":", op);
    if (is_bare(wanted, value))
        buf_add(b, value);
    else
        json_put_string(b, value);
    if (op)
        buf_byte(b, '}');
    return CLI_GOOD;
}

static int since_add(struct remote *r, const struct kind_row *kind, struct buf *b)
{
    const char *since = r->desk->options->since;
    struct timespec now;
    struct tm utc;
    i64 span;
    int code;

    if (!since[0])
        return CLI_GOOD;
    if (!kind->began[0]) {
        fprintf(stderr, "fermata: --since: of %s it is not known when they began\n",
                kind->word);
        return CLI_USAGE;
    }
    if ((code = span_read("--since", since, &span)))
        return code;
    clock_gettime(CLOCK_REALTIME, &now);
    i64 ms = (i64)now.tv_sec * 1000 + now.tv_nsec / 1000000 - span;
    time_t seconds = (time_t)(ms / 1000);
    gmtime_r(&seconds, &utc);
    json_put_name(b, str_of(kind->began));
    buf_print(b, "{\"$gte\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03lldZ\"}",
              utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min,
              utc.tm_sec, (long long)(ms % 1000));
    return CLI_GOOD;
}

int filter_read(struct remote *r, const struct kind_row *kind, const char *const *words,
                int count, struct str *filter)
{
    struct buf b;
    int code = CLI_GOOD;

    buf_init(&b, &r->desk->keep, 256);
    buf_byte(&b, '{');
    for (int i = 0; i < count && !code; i++)
        code = condition_add(kind, &b, words[i]);
    if (!code)
        code = since_add(r, kind, &b);
    buf_byte(&b, '}');
    *filter = buf_str(&b);
    return code;
}
