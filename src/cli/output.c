#include "cli/output.h"

#include <stdio.h>

#include "cli/screen.h"

#define CELL_MAX                                                         \
    60 /* characters of a cell, when nothing says how wide the screen is \
        */
#define CELL_MIN 8

/* ---- what is asked for ----------------------------------------------------------- */

static const char *const formats[] = {"table", "wide", "json", "jsonl",
                                      "yaml",  "csv",  "name"};

static int format_read(struct output *o, const struct options *options)
{
    const char *name = options->output;

    if (options->quiet)
        name = "name";
    else if (strcmp(name, "auto") == 0)
        name = screen_is_terminal() ? "table" : "jsonl";
    for (u32 i = 0; i < LEN(formats); i++)
        if (strcmp(formats[i], name) == 0) {
            o->format = (enum output_format)i;
            return CLI_GOOD;
        }
    fprintf(stderr,
            "fermata: --output %s: table, wide, json, jsonl, yaml, csv, name or auto "
            "are known\n",
            name);
    return CLI_USAGE;
}

static bool column_add(struct output *o, struct str header, struct str name)
{
    if (o->count == COLUMNS_MAX)
        return false;
    o->columns[o->count].header = header;
    o->columns[o->count++].field = name;
    return true;
}

static int fields_read(struct output *o, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, ",");
        struct str name = str_trim((struct str){text, len});
        if (name.len && !column_add(o, name, name)) {
            fprintf(stderr, "fermata: --fields: %d at most\n", COLUMNS_MAX);
            return CLI_USAGE;
        }
        text += len + (text[len] == ',');
    }
    return CLI_GOOD;
}

static void columns_read(struct output *o, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, " ");
        const char *equals = memchr(text, '=', len);
        if (*text == '|' && o->format != OUTPUT_WIDE && o->format != OUTPUT_CSV)
            return;
        if (equals)
            column_add(o, (struct str){text, (size_t)(equals - text)},
                       (struct str){equals + 1, len - (size_t)(equals + 1 - text)});
        text += len;
        text += strspn(text, " ");
    }
}

int output_open(struct output *o, struct remote *r, const char *key,
                const char *columns)
{
    const struct options *options = r->desk->options;

    *o = (struct output){.remote = r,
                         .key = key,
                         .has_headers = !options->no_headers,
                         .has_colours = screen_has_colours()};
    int code = format_read(o, options);
    if (code)
        return code;
    if (options->fields[0])
        return fields_read(o, options->fields);
    columns_read(o, columns);
    return CLI_GOOD;
}

/* ---- cells ----------------------------------------------------------------------- */

static struct str cell(struct output *o, struct str item, const struct output_column *c)
{
    char name[64];
    struct str value;

    snprintf(name, sizeof(name), "%.*s", ARG(c->field));
    value = field(o->remote, item, name);
    if (value.len && o->format != OUTPUT_CSV) { /* a table has one line a row */
        char *copy = arena_alloc(o->remote->arena, value.len);
        memcpy(copy, value.data, value.len);
        for (size_t i = 0; i < value.len; i++)
            copy[i] = (u8)copy[i] < ' ' ? ' ' : copy[i];
        value.data = copy;
    }
    return value;
}

static const char *colour_of(struct str value)
{
    static const struct {
        const char *word, *colour;
    } colours[] = {
        {"ACTIVE", "32"},    {"CREATED", "32"},
        {"COMPLETED", "2"},  {"TERMINATED", "33"},
        {"FAILED", "31"},    {"SUSPENDED", "33"},
        {"CANCELED", "33"},  {"ERROR_THROWN", "31"},
        {"TIMED_OUT", "33"}, {"PARTIALLY_COMPLETED", "33"},
    };

    for (size_t i = 0; i < LEN(colours); i++)
        if (str_is(value, colours[i].word))
            return colours[i].colour;
    return NULL;
}

/* The bytes of so many characters. */
static size_t cut(struct str text, size_t width)
{
    size_t at = 0;

    for (size_t seen = 0; at < text.len; at++)
        if (((u8)text.data[at] & 0xc0) != 0x80 && seen++ == width)
            break;
    return at;
}

static void cell_print(const struct output *o, struct str value, size_t width,
                       bool is_last, bool may_have_colour)
{
    size_t length = screen_length(value);
    const char *colour = o->has_colours && may_have_colour ? colour_of(value) : NULL;
    bool is_cut = length > width;

    if (is_cut)
        value.len = cut(value, width - 1);
    if (colour)
        printf("\033[%sm", colour);
    fwrite(value.data ? value.data : "", 1, value.len, stdout);
    if (is_cut)
        putchar('~');
    if (colour)
        printf("\033[0m");
    if (!is_last)
        printf("%*s", (int)(is_cut ? 2 : width - length + 2), "");
}

/* ---- tables ---------------------------------------------------------------------- */

/* Half a key is of no use to anybody. */
static bool is_key(const struct output *o, u32 column)
{
    return str_ends(o->columns[column].field, STR("Key"));
}

/* Columns that are too much for the screen give way, the widest first, but for keys. */
static void widths_fit(const struct output *o, size_t *widths, u32 screen)
{
    for (;;) {
        size_t sum = 2 * (size_t)(o->count - 1);
        u32 widest = o->count;
        for (u32 i = 0; i < o->count; i++) {
            sum += widths[i];
            if (!is_key(o, i) && (widest == o->count || widths[i] > widths[widest]))
                widest = i;
        }
        if (sum <= screen || widest == o->count || widths[widest] <= CELL_MIN)
            return;
        widths[widest]--;
    }
}

static void table_print(struct output *o, const struct str *items, size_t count)
{
    size_t widths[COLUMNS_MAX] = {0};
    struct str *cells = NEW_ARRAY(o->remote->arena, struct str, count * o->count + 1);
    u32 screen = screen_width();

    for (u32 k = 0; k < o->count; k++)
        widths[k] = o->has_headers ? o->columns[k].header.len : 1;
    for (size_t i = 0; i < count; i++)
        for (u32 k = 0; k < o->count; k++) {
            struct str value = cell(o, items[i], &o->columns[k]);
            size_t length = screen_length(value);
            cells[i * o->count + k] = value;
            if (!screen && o->format != OUTPUT_WIDE && length > CELL_MAX &&
                k + 1 < o->count)
                length = CELL_MAX;
            if (length > widths[k])
                widths[k] = length;
        }
    if (screen && o->format != OUTPUT_WIDE)
        widths_fit(o, widths, screen);
    for (u32 k = 0; o->has_headers && k < o->count; k++)
        cell_print(o, o->columns[k].header, widths[k], k + 1 == o->count, false);
    if (o->has_headers)
        putchar('\n');
    for (size_t i = 0; i < count; i++) {
        for (u32 k = 0; k < o->count; k++)
            cell_print(o, cells[i * o->count + k], widths[k], k + 1 == o->count, true);
        putchar('\n');
    }
}

/* ---- the others ------------------------------------------------------------------ */

static void csv_cell(struct str value)
{
    bool is_quoted =
        value.len &&
        (memchr(value.data, '"', value.len) || memchr(value.data, ',', value.len) ||
         memchr(value.data, '\n', value.len) || memchr(value.data, '\r', value.len));

    if (is_quoted)
        putchar('"');
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] == '"')
            putchar('"');
        putchar(value.data[i]);
    }
    if (is_quoted)
        putchar('"');
}

static void csv_print(struct output *o, const struct str *items, size_t count)
{
    for (u32 k = 0; o->has_headers && k < o->count; k++) {
        csv_cell(o->columns[k].header);
        printf("%s", k + 1 < o->count ? "," : "\r\n");
    }
    for (size_t i = 0; i < count; i++)
        for (u32 k = 0; k < o->count; k++) {
            csv_cell(cell(o, items[i], &o->columns[k]));
            printf("%s", k + 1 < o->count ? "," : "\r\n");
        }
}

/* The whole item, or the fields that were asked for. */
static struct str item_shown(struct output *o, struct str item)
{
    struct arena *arena = o->remote->arena;
    struct str value;
    struct buf b;

    if (!o->remote->desk->options->fields[0])
        return item;
    buf_init(&b, arena, item.len);
    buf_byte(&b, '{');
    for (u32 k = 0; k < o->count; k++) {
        json_put_name(&b, o->columns[k].field);
        buf_add(&b, json_get(item, o->columns[k].field, arena, &value) ? value
                                                                       : STR("null"));
    }
    buf_byte(&b, '}');
    return buf_str(&b);
}

static void json_print(struct output *o, const struct str *items, size_t count)
{
    bool is_lines = o->format == OUTPUT_JSONL;

    if (!is_lines)
        putchar('[');
    for (size_t i = 0; i < count; i++)
        printf("%.*s%s", ARG(item_shown(o, items[i])),
               is_lines        ? "\n"
               : i + 1 < count ? ",\n "
                               : "");
    if (!is_lines)
        printf("]\n");
}

void yaml_print(struct arena *arena, struct str value, u32 indent)
{
    enum json_kind kind = json_kind(value);
    struct json_walk w;
    bool is_first = true;

    if ((kind != JSON_MAP && kind != JSON_ARRAY) || value.len == 2) {
        printf("%.*s\n", ARG(value)); /* JSON is YAML */
        return;
    }
    w = json_walk(value);
    for (struct json_member m; json_next(&w, arena, &m); is_first = false) {
        bool is_nested =
            (json_kind(m.value) == JSON_MAP || json_kind(m.value) == JSON_ARRAY) &&
            m.value.len > 2;
        printf("%*s", is_first ? 0 : (int)indent, "");
        if (kind == JSON_ARRAY)
            printf("- ");
        else
            printf("%.*s:%s", ARG(m.name), is_nested ? "\n" : " ");
        if (is_nested && kind == JSON_MAP)
            printf("%*s", (int)indent + 2, "");
        yaml_print(arena, m.value, indent + 2);
    }
}

static void yaml_items(struct output *o, const struct str *items, size_t count)
{
    if (count == 0)
        printf("[]\n");
    for (size_t i = 0; i < count; i++) {
        printf("- ");
        yaml_print(o->remote->arena, item_shown(o, items[i]), 2);
    }
}

void output_items(struct output *o, const struct str *items, size_t count)
{
    switch (o->format) {
    case OUTPUT_TABLE:
    case OUTPUT_WIDE:
        table_print(o, items, count);
        break;
    case OUTPUT_JSON:
    case OUTPUT_JSONL:
        json_print(o, items, count);
        break;
    case OUTPUT_YAML:
        yaml_items(o, items, count);
        break;
    case OUTPUT_CSV:
        csv_print(o, items, count);
        break;
    case OUTPUT_NAME:
        for (size_t i = 0; i < count; i++)
            printf("%.*s\n", ARG(field(o->remote, items[i], o->key)));
        break;
    }
}
