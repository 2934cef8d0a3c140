#include "cli/manual.h"

#include "base/buf.h"
#include "cli/cli.h"
#include "json/json.h"

static const struct exit_row {
    int code;
    const char *meaning;
} exits[] = {
#define X(name, number, meaning) {number, meaning},
    EXIT_CODES(X)
#undef X
};

int exit_code_at(unsigned long i, const char **meaning)
{
    if (i >= LEN(exits))
        return 0;
    if (meaning)
        *meaning = exits[i].meaning;
    return exits[i].code + 1;
}

/* ---- JSON ------------------------------------------------------------------------ */

static void member(struct buf *b, const char *name, const char *value)
{
    json_put_name(b, str_of(name));
    json_put_string(b, str_of(value));
}

static void options_put(struct buf *b, char command)
{
    struct option_shown r;

    json_put_name(b, STR("options"));
    buf_byte(b, '[');
    for (size_t at = 0; options_next(command, &at, &r);) {
        json_comma(b);
        buf_byte(b, '{');
        member(b, "name", r.name);
        member(b, "short", r.letter ? r.letter + 1 : "");
        member(b, "value", r.value);
        member(b, "default", r.standard);
        member(b, "help", r.help);
        buf_byte(b, '}');
    }
    buf_byte(b, ']');
}

static void command_put(struct buf *b, const struct command_row *c)
{
    json_comma(b);
    buf_byte(b, '{');
    member(b, "name", c->name);
    member(b, "what", c->what);
    member(b, "synopsis", c->synopsis);
    member(b, "text", c->text);
    options_put(b, c->letter);
    buf_byte(b, '}');
}

int manual_json(void)
{
    struct arena arena;
    struct buf b;

    arena_init(&arena, 64 << 10, 4 << 20, NULL);
    buf_init(&b, &arena, 64 << 10);
    buf_byte(&b, '{');
    member(&b, "version", VERSION);
    buf_text(&b, ",\"commands\":[");
    for (size_t i = 0; command_at(i); i++)
        command_put(&b, command_at(i));
    buf_text(&b, "],\"exitCodes\":[");
    for (size_t i = 0; i < LEN(exits); i++) {
        json_comma(&b);
        buf_print(&b, "{\"code\":%d", exits[i].code);
        member(&b, "meaning", exits[i].meaning);
        buf_byte(&b, '}');
    }
    buf_text(&b, "]}\n");
    fwrite(b.data, 1, b.len, stdout);
    arena_free(&arena);
    return CLI_GOOD;
}

/* ---- the manual page ------------------------------------------------------------- */

/* Text of mdoc: a leading dot or quote and backslashes mean something there. */
static void roff(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (i == 0 && (text[i] == '.' || text[i] == '\''))
            fputs("\\&", stdout);
        if (text[i] == '\\')
            fputs("\\e", stdout);
        else if (text[i] == '-')
            fputs("\\-", stdout);
        else
            putchar(text[i]);
    }
    putchar('\n');
}

/* Lines that are indented by four are examples, and stay as they are. */
static void text_page(const char *text)
{
    bool is_example = false;

    for (size_t len; *text; text += len + (text[len] == '\n')) {
        size_t indent = strspn(text, " ");
        len = strcspn(text, "\n");
        if (len == 0 && !is_example) {
            puts(".Pp");
            continue;
        }
        if (is_example != (indent >= 4 && len > 0)) {
            is_example = !is_example;
            puts(is_example ? ".Bd -literal -offset indent" : ".Ed");
        }
        if (len)
            roff(text + indent, len - indent);
    }
    if (is_example)
        puts(".Ed");
}

static void options_page(char command)
{
    struct option_shown r;
    bool is_first = true;

    for (size_t at = 0; options_next(command, &at, &r); is_first = false) {
        if (is_first)
            puts(".Bl -tag -width Ds");
        printf(".It ");
        if (r.letter)
            printf("Fl %s , ", r.letter + 1);
        printf("Fl \\-%s%s%s\n", r.name, r.value[0] ? " Ar " : "", r.value);
        roff(r.help, strlen(r.help));
        if (r.standard[0]) {
            puts(".Pp");
            printf("The default is\n.Ql \\&%s .\n", r.standard);
        }
    }
    if (!is_first)
        puts(".El");
}

static void command_page(const struct command_row *c)
{
    printf(".Ss fermata %s\n", c->name);
    roff(c->what, strlen(c->what));
    puts(".Bd -literal -offset indent");
    for (const char *at = c->synopsis; *at;) {
        size_t len = strcspn(at, "\n"), indent = strspn(at, " ");
        roff(at + indent, len - indent);
        at += len + (at[len] == '\n');
    }
    puts(".Ed");
    puts(".Pp");
    text_page(c->text);
    options_page(c->letter);
}

int manual_page(void)
{
    puts(".\\\" printed by fermata help --man\n.Dd $Mdocdate$\n.Dt FERMATA 1\n.Os\n"
         ".Sh NAME\n.Nm fermata\n.Nd process orchestration, durable and small\n"
         ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar options\n.Sh DESCRIPTION\n"
         "Runs processes (BPMN) and decisions (DMN), as a server and from the command "
         "line.\nWhat a program is to read goes to standard output, what a person "
         "should "
         "know\nbesides goes to standard error.\n.Sh COMMANDS");
    for (size_t i = 0; command_at(i); i++)
        command_page(command_at(i));
    puts(".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
         ".It Ev FERMATA_URL\nThe server that is meant when none is named.\n"
         ".It Ev ZEEBE_REST_ADDRESS , CAMUNDA_REST_ADDRESS , ZEEBE_ADDRESS\n"
         "The same, after the context in use.\n"
         ".It Ev NO_COLOR , CLICOLOR_FORCE , TERM , COLUMNS\n"
         "No colours; colours always; what the terminal can; how wide it is.\n.El\n"
         ".Sh EXIT STATUS\n.Bl -tag -width Ds");
    for (size_t i = 0; i < LEN(exits); i++)
        printf(".It %d\n%s\n", exits[i].code, exits[i].meaning);
    puts(".El");
    return CLI_GOOD;
}
