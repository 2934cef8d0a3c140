#include "cli/cli.h"

#include <stdio.h>

static int help_main(const struct options *o);
static int version_main(const struct options *o);

static const struct command_row {
    const char *name;
    char letter;
    int (*run)(const struct options *o);
    const char *synopsis, *what, *text;
} commands_known[] = {
#define COMMAND(name, letter, run, takes, synopsis, what, text) \
    {#name, letter, run, synopsis, what, text},
#include "cli/commands.def"
#undef COMMAND
};

/* A command is written with a dash where its row has an underscore. */
static bool is_named(const struct command_row *c, const char *word)
{
    const char *name = c->name;

    while (*word && *name && *word == (*name == '_' ? '-' : *name)) {
        word++;
        name++;
    }
    return !*word && !*name;
}

static void name_print(FILE *to, const struct command_row *c)
{
    fprintf(to, "  ");
    for (const char *at = c->name; *at; at++)
        fputc(*at == '_' ? '-' : *at, to);
    fprintf(to, "%*s", (int)(strlen(c->name) < 13 ? 13 - strlen(c->name) : 1), "");
}

static int usage(FILE *to)
{
    fprintf(to, "fermata " VERSION ": process orchestration, durable and small\n\n"
                "usage: fermata COMMAND [OPTIONS]\n\n");
    for (size_t i = 0; i < LEN(commands_known); i++) {
        name_print(to, &commands_known[i]);
        fprintf(to, "%s\n", commands_known[i].what);
    }
    fprintf(to, "\nfermata help COMMAND tells how a command is used.\n");
    return to == stderr ? 2 : 0;
}

static const struct command_row *find(const char *word)
{
    for (size_t i = 0; i < LEN(commands_known); i++)
        if (is_named(&commands_known[i], word))
            return &commands_known[i];
    return NULL;
}

static int unknown(const char *word)
{
    fprintf(stderr, "fermata: there is no command '%s'\n\n", word);
    return usage(stderr);
}

static int help(const struct command_row *c)
{
    printf("fermata %s - %s\n\n  %s\n\n%s", c->name, c->what, c->synopsis, c->text);
    options_help(c->letter);
    printf(
        "\nexit code: 0 well; 1 something is wrong, and was said; 2 the words are not "
        "understood\n");
    return 0;
}

static int help_main(const struct options *o)
{
    if (o->word_count == 0)
        return usage(stdout);
    const struct command_row *c = find(o->words[0]);
    return c ? help(c) : unknown(o->words[0]);
}

static int version_main(const struct options *o)
{
    printf("fermata " VERSION " (speaks Camunda " CAMUNDA_VERSION ")\n");
    return 0;
}

static bool is_help(const char *word)
{
    return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* Words that stand for a command. */
static const char *command_of(const char *word)
{
    if (is_help(word))
        return "help";
    return strcmp(word, "--version") == 0 ? "version" : word;
}

int cli_main(int argc, char **argv)
{
    struct options o;

    if (argc < 2)
        return usage(stderr);
    const struct command_row *c = find(command_of(argv[1]));
    if (!c)
        return unknown(argv[1]);
    for (int i = 2; i < argc; i++)
        if (is_help(argv[i]))
            return help(c);
    return options_read(&o, c->letter, argc - 2, argv + 2) ? c->run(&o) : 2;
}
