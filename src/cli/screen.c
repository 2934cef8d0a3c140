#include "cli/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool screen_is_terminal(void)
{
    return isatty(STDOUT_FILENO);
}

u32 screen_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    i64 number;

    if (columns && str_to_i64(str_of(columns), &number) && number > 0 && number < 10000)
        return (u32)number;
    if (!screen_is_terminal() || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

bool screen_has_colours(void)
{
    const char *none = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE"),
               *term = getenv("TERM");

    if (none && *none)
        return false;
    if (force && *force && strcmp(force, "0") != 0)
        return true;
    return screen_is_terminal() && term && strcmp(term, "dumb") != 0;
}

size_t screen_length(struct str text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += ((u8)text.data[i] & 0xc0) != 0x80;
    return count;
}

/* Prints words up to the end of the line `text` points into; `at` columns are used. */
static const char *words_print(const char *text, u32 indent, u32 width)
{
    u32 at = indent;

    while (*text && *text != '\n') {
        size_t len = strcspn(text, " \n");
        if (at > indent && at + 1 + len > width) {
            printf("\n%*s", (int)indent, "");
            at = indent;
        } else if (at > indent) {
            putchar(' ');
            at++;
        }
        fwrite(text, 1, len, stdout);
        at += (u32)len;
        text += len;
        while (*text == ' ')
            text++;
    }
    return text;
}

/* A paragraph: lines of one indent, up to an empty one. Copied as one line. */
static const char *paragraph_take(const char *text, char *out, size_t size)
{
    size_t indent = strspn(text, " "), at = 0;

    for (;;) {
        size_t len = strcspn(text, "\n");
        if (at && at + 1 < size)
            out[at++] = ' ';
        for (size_t i = indent; i < len && at + 1 < size; i++)
            out[at++] = text[i];
        text += len + (text[len] == '\n');
        if (!*text || *text == '\n' || strspn(text, " ") != indent)
            break;
    }
    out[at] = '\0';
    return text;
}

void screen_text(const char *text)
{
    u32 width = screen_width();
    char paragraph[4096];

    while (*text) {
        size_t len = strcspn(text, "\n");
        u32 indent = (u32)strspn(text, " ");
        if (width == 0 || len == 0 || indent >= 4 || width >= 90) {
            printf("%.*s\n", (int)len, text);
            text += len + (text[len] == '\n');
            continue;
        }
        text = paragraph_take(text, paragraph, sizeof(paragraph));
        printf("%*s", (int)indent, "");
        words_print(paragraph, indent, width);
        putchar('\n');
    }
}

void screen_row(const char *left, u32 width, const char *text, const char *standard)
{
    u32 columns = screen_width();
    char whole[512];

    snprintf(whole, sizeof(whole), "%s%s%s%s", text, standard[0] ? " (" : "", standard,
             standard[0] ? ")" : "");
    if (columns && columns < width + 24) { /* too narrow for two columns */
        printf("  %s\n      ", left);
        words_print(whole, 6, columns < 20 ? 20 : columns);
    } else {
        printf("  %-*s ", (int)width, left);
        if (strlen(left) > width && columns)
            printf("\n  %*s ", (int)width, "");
        words_print(whole, width + 3, columns ? columns : UINT32_MAX);
    }
    putchar('\n');
}
