#include "cli/cli.h"

#include <stdio.h>

static const struct command_row {
    const char *name;
    char letter;
    int (*run)(const struct options *o);
    const char *what;
} commands_known[] = {
    {"serve", 'S', serve_main,
     "run the server: gRPC and REST for clients of Camunda 8"},
    {"demo", 'D', demo_main,
     "run the server and a shop that uses it, and tell the story"},
    {"feel", 'F', feel_main,
     "compute a FEEL expression: fermata feel 'a + 1' --context '{\"a\":1}'"},
};

static int usage(FILE *to)
{
    fprintf(to, "fermata " VERSION ": process orchestration, durable and small\n\n"
                "usage: fermata COMMAND [OPTIONS]\n\n");
    for (size_t i = 0; i < LEN(commands_known); i++)
        fprintf(to, "  %-10s %s\n", commands_known[i].name, commands_known[i].what);
    fprintf(to,
            "  %-10s what this is\n  %-10s this text; with a command, its options\n\n",
            "version", "help");
    return to == stderr ? 2 : 0;
}

static const struct command_row *find(const char *word)
{
    for (size_t i = 0; i < LEN(commands_known); i++)
        if (strcmp(commands_known[i].name, word) == 0)
            return &commands_known[i];
    return NULL;
}

static int help(const struct command_row *c)
{
    if (!c)
        return usage(stdout);
    printf("fermata %s: %s\n\noptions (with their defaults):\n", c->name, c->what);
    options_help(c->letter);
    return 0;
}

static bool is_help(const char *word)
{
    return strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 ||
           strcmp(word, "-h") == 0;
}

int cli_main(int argc, char **argv)
{
    struct options o;

    if (argc < 2)
        return usage(stderr);
    if (is_help(argv[1]))
        return help(argc > 2 ? find(argv[2]) : NULL);
    if (strcmp(argv[1], "version") == 0 || strcmp(argv[1], "--version") == 0) {
        printf("fermata " VERSION " (speaks Camunda " CAMUNDA_VERSION ")\n");
        return 0;
    }
    const struct command_row *c = find(argv[1]);
    if (!c) {
        fprintf(stderr, "fermata: there is no command '%s'\n\n", argv[1]);
        return usage(stderr);
    }
    for (int i = 2; i < argc; i++)
        if (is_help(argv[i]))
            return help(c);
    return options_read(&o, c->letter, argc - 2, argv + 2) ? c->run(&o) : 2;
}
