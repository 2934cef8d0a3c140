#include <stdio.h>

#include "cli/cli.h"

/* Commands that take words beside their options, by letter. */
static const char takes_words[] = {
#define COMMAND(name, letter, run, takes, synopsis, what, text) takes ? letter : ' ',
#include "cli/commands.def"
#undef COMMAND
};

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

    if (!is_option && memchr(takes_words, command, LEN(takes_words))) {
        o->words[o->word_count++] = argv[*at];
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
    *o = (struct options){.words = argv};
    for (size_t i = 0; i < LEN(rows); i++)
        set(o, &rows[i], rows[i].standard);
    for (int i = 0; i < argc; i++)
        if (!read_word(o, command, argc, argv, &i))
            return false;
    return true;
}

static void row_help(const struct option_row *r, bool is_first)
{
    char left[64], name[32];

    if (is_first)
        printf("\noptions (with their defaults):\n");
    snprintf(name, sizeof(name), "%s", r->name);
    for (char *c = name; *c; c++)
        *c = *c == '_' ? '-' : *c;
    snprintf(left, sizeof(left), "--%s %s", name, r->value);
    printf("  %-24s %s", left, r->help);
    if (r->type != TYPE_flag && r->standard[0])
        printf(" (%s)", r->standard);
    putchar('\n');
}

void options_help(char command)
{
    bool is_first = true;

    for (size_t i = 0; i < LEN(rows); i++) {
        if (!strchr(rows[i].commands, command))
            continue;
        row_help(&rows[i], is_first);
        is_first = false;
    }
}
