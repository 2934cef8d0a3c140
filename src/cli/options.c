#include <stdio.h>

#include "cli/cli.h"
#include "cli/desk.h"
#include "cli/screen.h"

/* Commands that take words beside their options, by letter. */
static const char takes_words[] = {
#define COMMAND(name, letter, run, takes, synopsis, what, text) takes ? letter : ' ',
#include "cli/commands.def"
#undef COMMAND
};

enum option_type { TYPE_text, TYPE_number, TYPE_flag, TYPE_list };

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

/* Options that have a letter of their own. */
static const struct short_row {
    const char *word, *name;
} shorts[] = {
    {"-i", "interactive"}, {"-o", "output"}, {"-q", "quiet"},
    {"-v", "variable"},    {"-w", "watch"},  {"-y", "yes"},
};

/* An option is written with dashes where its row has underscores. */
static bool names_match(const char *word, const char *name)
{
    for (; *word && *name; word++, name++)
        if (*word != (*name == '_' ? '-' : *name))
            return false;
    return *word == *name || (*word == '=' && !*name);
}

/* Room for 32 bytes: no name is longer. */
static void option_written(const struct option_row *r, char *out)
{
    snprintf(out, 32, "%s", r->name);
    for (char *c = out; *c; c++)
        *c = *c == '_' ? '-' : *c;
}

static const struct option_row *find(const char *word, char command)
{
    for (size_t i = 0; i < LEN(rows); i++)
        if (strchr(rows[i].commands, command) && names_match(word, rows[i].name))
            return &rows[i];
    return NULL;
}

/* The default of a list is empty. */
static bool list_add(struct option_list *list, const struct option_row *r,
                     const char *value)
{
    if (value == r->standard)
        return true;
    if (list->count == LIST_MAX) {
        fprintf(stderr, "fermata: --%s may be given %d times at most\n", r->name,
                LIST_MAX);
        return false;
    }
    list->items[list->count++] = value;
    return true;
}

static bool set(struct options *o, const struct option_row *r, const char *value)
{
    void *place = (char *)o + r->offset;
    char written[32];
    i64 number = 0;

    switch (r->type) {
    case TYPE_text:
        *(const char **)place = value;
        return true;
    case TYPE_list:
        return list_add(place, r, value);
    case TYPE_flag:
        *(bool *)place = strcmp(value, "no") != 0;
        return true;
    case TYPE_number:
        if (!str_to_i64(str_of(value), &number) || number < r->least ||
            number > r->most) {
            option_written(r, written);
            fprintf(stderr,
                    "fermata: --%s takes a whole number from %lld to %lld, not '%s'\n",
                    written, (long long)r->least, (long long)r->most, value);
            return false;
        }
        *(i64 *)place = number;
        return true;
    }
    return false;
}

static const struct option_row *find_short(const char *word, char command)
{
    for (size_t i = 0; i < LEN(shorts); i++)
        if (strcmp(shorts[i].word, word) == 0)
            return find(shorts[i].name, command);
    return NULL;
}

/* What was probably meant. */
static void not_understood(const char *word, char command)
{
    struct str names[LEN(rows)], nearest;
    size_t count = 0;
    char written[LEN(rows)][32];

    for (size_t i = 0; i < LEN(rows); i++)
        if (strchr(rows[i].commands, command)) {
            option_written(&rows[i], written[count]);
            names[count] = str_of(written[count]);
            count++;
        }
    nearest =
        strncmp(word, "--", 2) == 0
            ? name_nearest((struct str){word + 2, strcspn(word + 2, "=")}, names, count)
            : (struct str){NULL, 0};
    fprintf(stderr, "fermata: '%s' is not understood here", word);
    if (nearest.len)
        fprintf(stderr, " - did you mean '--%.*s'?\n", ARG(nearest));
    else
        fprintf(stderr, "; --help lists what is\n");
}

static bool read_word(struct options *o, char command, int argc, char **argv, int *at)
{
    const char *word = argv[*at];
    bool is_option = strncmp(word, "--", 2) == 0 && word[2];
    const char *equals = is_option ? strchr(word, '=') : NULL;
    const struct option_row *r =
        is_option ? find(word + 2, command) : find_short(word, command);

    if (!is_option && !r && memchr(takes_words, command, LEN(takes_words))) {
        o->words[o->word_count++] = argv[*at];
        return true;
    }
    if (!r) {
        not_understood(word, command);
        return false;
    }
    if (r->type == TYPE_flag && !equals)
        return set(o, r, "yes");
    if (!equals && *at + 1 == argc) {
        fprintf(stderr, "fermata: %s needs a value: %s\n", word, r->value);
        return false;
    }
    return set(o, r, equals ? equals + 1 : argv[++*at]);
}

/* All behind `--` are words, whatever they look like. */
static void read_rest(struct options *o, int argc, char **argv, int at)
{
    o->rest = o->word_count;
    for (; at < argc; at++)
        o->words[o->word_count++] = argv[at];
}

bool options_read(struct options *o, char command, int argc, char **argv)
{
    bool takes = memchr(takes_words, command, LEN(takes_words)) != NULL;

    *o = (struct options){.words = argv, .rest = -1};
    for (size_t i = 0; i < LEN(rows); i++)
        set(o, &rows[i], rows[i].standard);
    for (int i = 0; i < argc && o->rest < 0; i++) {
        if (takes && strcmp(argv[i], "--") == 0)
            read_rest(o, argc, argv, i + 1);
        else if (!read_word(o, command, argc, argv, &i))
            return false;
    }
    o->rest = o->rest < 0 ? o->word_count : o->rest;
    return true;
}

bool options_next(char command, size_t *at, struct option_shown *out)
{
    for (; *at < LEN(rows); ++*at) {
        const struct option_row *r = &rows[*at];
        if (!strchr(r->commands, command))
            continue;
        *out =
            (struct option_shown){.value = r->value,
                                  .help = r->help,
                                  .standard = r->type == TYPE_flag ? "" : r->standard};
        option_written(r, out->name);
        for (size_t i = 0; i < LEN(shorts); i++)
            if (strcmp(shorts[i].name, r->name) == 0)
                out->letter = shorts[i].word;
        ++*at;
        return true;
    }
    return false;
}

void options_help(char command)
{
    struct option_shown r;
    bool is_first = true;
    char left[96];

    for (size_t at = 0; options_next(command, &at, &r); is_first = false) {
        if (is_first)
            printf("\noptions (with their defaults):\n");
        snprintf(left, sizeof(left), "%s%s--%s %s", r.letter ? r.letter : "",
                 r.letter ? ", " : "", r.name, r.value);
        screen_row(left, 26, r.help, r.standard);
    }
}
