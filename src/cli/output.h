/* output.h - items of the API as a table, as JSON, and so on: what -o asks for. Data
 * goes to standard output, talk to standard error. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "cli/remote.h"

enum output_format {
    OUTPUT_TABLE,
    OUTPUT_WIDE,
    OUTPUT_JSON,
    OUTPUT_JSONL,
    OUTPUT_YAML,
    OUTPUT_CSV,
    OUTPUT_NAME,
};

#define COLUMNS_MAX 40

struct output {
    struct remote *remote;
    enum output_format format;
    const char *key; /* the field that -q prints */
    struct output_column {
        struct str header, field;
    } columns[COLUMNS_MAX];
    u32 count;
    bool has_headers, has_colours;
};

/* What the options ask for; `columns` as in kinds.def. An exit code. */
int output_open(struct output *o, struct remote *r, const char *key,
                const char *columns);
void output_items(struct output *o, const struct str *items, size_t count);
/* JSON as YAML, indented by so much; for one value. */
void yaml_print(struct arena *arena, struct str value, u32 indent);

#endif
