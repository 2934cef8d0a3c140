#include "cli/cli.h"

#include <errno.h>
#include <signal.h>

#include "cli/desk.h"
#include "cli/manual.h"
#include "cli/screen.h"

static int help_main(const struct options *o);
static int version_main(const struct options *o);

static const struct command_row commands_known[] = {
#define COMMAND(name, letter, run, takes, synopsis, what, text) \
    {#name, letter, run, takes, synopsis, what, text},
#include "cli/commands.def"
#undef COMMAND
};

const struct command_row *command_at(size_t i)
{
    return i < LEN(commands_known) ? &commands_known[i] : NULL;
}

static int usage(FILE *to)
{
    fprintf(to, "fermata " VERSION ": process orchestration, durable and small\n\n"
                "usage: fermata COMMAND [OPTIONS]\n\n");
    if (to == stderr) {
        fprintf(to, "fermata help lists the commands.\n");
        return CLI_USAGE;
    }
    for (size_t i = 0; i < LEN(commands_known); i++)
        screen_row(commands_known[i].name, 11, commands_known[i].what, "");
    printf("\n");
    screen_text("fermata help COMMAND tells how a command is used.\n");
    return CLI_GOOD;
}

static const struct command_row *find(const char *word)
{
    for (size_t i = 0; i < LEN(commands_known); i++)
        if (strcmp(commands_known[i].name, word) == 0)
            return &commands_known[i];
    return NULL;
}

static int unknown(const char *word)
{
    struct str names[LEN(commands_known)], nearest;

    for (size_t i = 0; i < LEN(commands_known); i++)
        names[i] = str_of(commands_known[i].name);
    nearest = name_nearest(str_of(word), names, LEN(names));
    fprintf(stderr, "fermata: there is no command '%s'", word);
    if (nearest.len)
        fprintf(stderr, " - did you mean '%.*s'?\n", ARG(nearest));
    else
        fprintf(stderr, "\nfermata help lists the commands.\n");
    return CLI_USAGE;
}

static int help(const struct command_row *c)
{
    char head[256];

    snprintf(head, sizeof(head), "fermata %s - %s\n", c->name, c->what);
    screen_text(head);
    printf("\n  %s\n\n", c->synopsis);
    screen_text(c->text);
    options_help(c->letter);
    printf("\nexit code:\n");
    for (size_t i = 0; exit_code_at(i, NULL); i++) {
        char number[8];
        const char *meaning;
        snprintf(number, sizeof(number), "%d", exit_code_at(i, &meaning) - 1);
        screen_row(number, 4, meaning, "");
    }
    return CLI_GOOD;
}

static int help_main(const struct options *o)
{
    if (o->json)
        return manual_json();
    if (o->man)
        return manual_page();
    if (o->word_count == 0)
        return usage(stdout);
    const struct command_row *c = find(o->words[0]);
    return c ? help(c) : unknown(o->words[0]);
}

static int version_main(const struct options *o)
{
    printf("fermata " VERSION " (speaks Camunda " CAMUNDA_VERSION ")\n");
    return CLI_GOOD;
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
    if (strcmp(word, "ctx") == 0)
        return "context";
    return strcmp(word, "--version") == 0 ? "version" : word;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (is_help(argv[i]))
            return true;
    return false;
}

/* What was printed must have got to where it goes: a full disk is no success. */
static int end(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    if (errno != EPIPE)
        fprintf(stderr, "fermata: standard output: %s\n", strerror(errno));
    return code ? code : CLI_FAILED;
}

int cli_main(int argc, char **argv)
{
    struct options o;

    if (argc < 2)
        return usage(stderr);
    const struct command_row *c = find(command_of(argv[1]));
    if (!c)
        return unknown(argv[1]);
    if (asks_for_help(argc, argv))
        return end(help(c));
    return end(options_read(&o, c->letter, argc - 2, argv + 2) ? c->run(&o)
                                                               : CLI_USAGE);
}
