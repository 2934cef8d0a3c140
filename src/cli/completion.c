/* What completes words in a shell: printed from the tables of commands and options. */
#include <stdio.h>

#include "cli/cli.h"

static const char kinds[] = "pi pd el job inc var task msg batch dd di drd res";

static void commands_print(const char *between)
{
    for (size_t i = 0; command_at(i); i++)
        printf("%s%s", i ? between : "", command_at(i)->name);
}

static void options_print(char command)
{
    struct option_shown r;

    for (size_t at = 0; options_next(command, &at, &r);)
        printf("--%s ", r.name);
    printf("--help");
}

static int bash_print(void)
{
    printf("# completion of fermata for bash\n"
           "_fermata() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} words=\n"
           "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        words='");
    commands_print(" ");
    printf("'\n    else\n        case $command in\n");
    for (size_t i = 0; command_at(i); i++) {
        printf("        %s) words='", command_at(i)->name);
        options_print(command_at(i)->letter);
        printf("' ;;\n");
    }
    printf(
        "        esac\n"
        "        if [ \"$COMP_CWORD\" -eq 2 ] && [ \"${word#-}\" = \"$word\" ]; then\n"
        "            case $command in\n"
        "            get) words='%s' ;;\n"
        "            clock) words='now pin advance next-timer reset' ;;\n"
        "            context) words='list add use remove' ;;\n"
        "            completion) words='bash zsh fish' ;;\n"
        "            dmn) words='evaluate check' ;;\n"
        "            help) words='",
        kinds);
    commands_print(" ");
    printf("' ;;\n"
           "            *) words= ;;\n"
           "            esac\n"
           "        elif [ \"${word#-}\" = \"$word\" ]; then\n"
           "            words=\n"
           "        fi\n"
           "    fi\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
           "}\n"
           "complete -o default -F _fermata fermata\n");
    return CLI_GOOD;
}

/* In single quotes of a shell. */
static void quoted(const char *text)
{
    putchar('\'');
    for (; *text; text++)
        if (*text == '\'')
            printf("'\\''");
        else
            putchar(*text);
    putchar('\'');
}

/* _describe takes NAME:TEXT; a colon in the text would begin another. */
static void described(const char *name, const char *text)
{
    char line[512];
    size_t at = (size_t)snprintf(line, sizeof(line), "%s:", name);

    for (; *text && at + 2 < sizeof(line); text++)
        if (*text != ':')
            line[at++] = *text;
    line[at] = '\0';
    printf("            ");
    quoted(line);
    putchar('\n');
}

static int zsh_print(void)
{
    printf("#compdef fermata\n# completion of fermata for zsh\n"
           "_fermata() {\n    local -a words_known\n    if (( CURRENT == 2 )); then\n"
           "        words_known=(\n");
    for (size_t i = 0; command_at(i); i++)
        described(command_at(i)->name, command_at(i)->what);
    printf("        )\n        _describe command words_known\n        return\n    fi\n"
           "    case $words[2] in\n");
    for (size_t i = 0; command_at(i); i++) {
        struct option_shown r;
        printf("    %s)\n        words_known=(\n", command_at(i)->name);
        for (size_t at = 0; options_next(command_at(i)->letter, &at, &r);) {
            char name[40];
            snprintf(name, sizeof(name), "--%s", r.name);
            described(name, r.help);
        }
        printf("        ) ;;\n");
    }
    printf("    esac\n"
           "    if (( CURRENT == 3 )) && [[ $words[2] == get ]]; then\n"
           "        words_known=(%s)\n"
           "    fi\n"
           "    _describe option words_known\n    _files\n}\n"
           "if [ \"$funcstack[1]\" = _fermata ]; then _fermata \"$@\"; "
           "else compdef _fermata fermata; fi\n",
           kinds);
    return CLI_GOOD;
}

static int fish_print(void)
{
    printf("# completion of fermata for fish\n");
    for (size_t i = 0; command_at(i); i++) {
        const struct command_row *c = command_at(i);
        struct option_shown r;
        printf("complete -c fermata -n __fish_use_subcommand -f -a %s -d ", c->name);
        quoted(c->what);
        putchar('\n');
        for (size_t at = 0; options_next(c->letter, &at, &r);) {
            printf("complete -c fermata -n '__fish_seen_subcommand_from %s' -l %s",
                   c->name, r.name);
            if (r.letter)
                printf(" -s %s", r.letter + 1);
            printf("%s -d ", r.value[0] ? " -r" : "");
            quoted(r.help);
            putchar('\n');
        }
    }
    printf("complete -c fermata -n '__fish_seen_subcommand_from get' -f -a '%s'\n",
           kinds);
    return CLI_GOOD;
}

int completion_main(const struct options *o)
{
    const char *shell = o->word_count == 1 ? o->words[0] : "";

    if (strcmp(shell, "bash") == 0)
        return bash_print();
    if (strcmp(shell, "zsh") == 0)
        return zsh_print();
    if (strcmp(shell, "fish") == 0)
        return fish_print();
    fprintf(stderr, "fermata: for which shell? fermata completion bash, zsh or fish\n");
    return CLI_USAGE;
}
