#include <stdio.h>

#include "cli/cli.h"

#define TAKES_WORDS "F" /* commands that take words beside their options */

enum option_type { TYPE_text, TYPE_number, TYPE_flag };

struct option_row {
    const char *name;
    enum option_type type;
    const char *standard;
    i64 least, most;
    const char *commands, *value, *help;
    size_t offset;
};

static const struct option_row rows[] = {
#define OPTION(name, type, standard, least, most, commands, value, help) \
    {#name, TYPE_##type, standard,                                       \
     least, most,        commands,                                       \
     value, help,        offsetof(struct options, name)},
#include "cli/options.def"
#undef OPTION
};

/* An option is written with dashes where its row has underscores. */
static bool names_match(const char *word, const char *name)
{
    for (; *word && *name; word++, name++)
        if (*word != (*name == '_' ? '-' : *name))
            return false;
    return *word == *name || (*word == '=' && !*name);
}

static const struct option_row *find(const char *word, char command)
{
    for (size_t i = 0; i < LEN(rows); i++)
        if (strchr(rows[i].commands, command) && names_match(word, rows[i].name))
            return &rows[i];
    return NULL;
}

static bool set(struct options *o, const struct option_row *r, const char *value)
{
    void *place = (char *)o + r->offset;
    i64 number = 0;

    switch (r->type) {
    case TYPE_text:
        *(const char **)place = value;
        return true;
    case TYPE_flag:
        *(bool *)place = strcmp(value, "no") != 0;
        return true;
    case TYPE_number:
        if (!str_to_i64(str_of(value), &number) || number < r->least ||
            number > r->most) {
            fprintf(stderr,
                    "fermata: --%s takes a whole number from %lld to %lld, not '%s'\n",
                    r->name, (long long)r->least, (long long)r->most, value);
            return false;
        }
        *(i64 *)place = number;
        return true;
    }
    return false;
}

static bool read_word(struct options *o, char command, int argc, char **argv, int *at)
{
    const char *word = strcmp(argv[*at], "-i") == 0 ? "--interactive" : argv[*at];
    bool is_option = strncmp(word, "--", 2) == 0;
    const char *equals = is_option ? strchr(word, '=') : NULL;
    const struct option_row *r = is_option ? find(word + 2, command) : NULL;

    if (!is_option && strchr(TAKES_WORDS, command) &&
        o->word_count < (int)LEN(o->words)) {
        o->words[o->word_count++] = word;
        return true;
    }
    if (!r) {
        fprintf(stderr, "fermata: '%s' is not understood here; --help lists what is\n",
                word);
        return false;
    }
    if (r->type == TYPE_flag && !equals)
        return set(o, r, "yes");
    if (!equals && *at + 1 == argc) {
        fprintf(stderr, "fermata: --%s needs a value: %s\n", r->name, r->value);
        return false;
    }
    return set(o, r, equals ? equals + 1 : argv[++*at]);
}

bool options_read(struct options *o, char command, int argc, char **argv)
{
    *o = (struct options){0};
    for (size_t i = 0; i < LEN(rows); i++)
        set(o, &rows[i], rows[i].standard);
    for (int i = 0; i < argc; i++)
        if (!read_word(o, command, argc, argv, &i))
            return false;
    return true;
}

void options_help(char command)
{
    for (size_t i = 0; i < LEN(rows); i++) {
        char left[64], name[32];
        const struct option_row *r = &rows[i];
        if (!strchr(r->commands, command))
            continue;
        snprintf(name, sizeof(name), "%s", r->name);
        for (char *c = name; *c; c++)
            *c = *c == '_' ? '-' : *c;
        snprintf(left, sizeof(left), "--%s %s", name, r->value);
        printf("  %-24s %s", left, r->help);
        if (r->type != TYPE_flag)
            printf(" (%s)", r->standard);
        putchar('\n');
    }
}
