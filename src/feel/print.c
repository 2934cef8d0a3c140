/* print.c - values as FEEL text. */
#include "feel/internal.h"

void print_quoted(struct buf *out, struct str s)
{
    static const char plain[] = "\"\\\n\r\t", letters[] = "\"\\nrt";

    buf_byte(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        const char *known = s.data[i] ? strchr(plain, s.data[i]) : NULL;
        if (known) {
            buf_byte(out, '\\');
            buf_byte(out, letters[known - plain]);
        } else {
            buf_byte(out, s.data[i]);
        }
    }
    buf_byte(out, '"');
}

/* A name that is one word stands as it is, any other in quotes; string() quotes only
 * what could be taken for the context's own marks. */
static void print_key(struct buf *out, struct str name, enum print_form form)
{
    struct token t = lex(name, 0);

    bool has_marks = false;

    for (size_t i = 0; i < name.len; i++)
        has_marks |= name.data[i] && strchr("{}:,\"", name.data[i]);
    if ((form != PRINT_FEEL && !has_marks) ||
        (t.kind == TOKEN_WORD && t.at == 0 && t.end == name.len))
        buf_add(out, name);
    else
        print_quoted(out, name);
}

static void print_list(struct buf *out, const struct feel_list *l, enum print_form form)
{
    l = list_read(l, out->arena);
    if (l->height > HEIGHT_MAX) {
        buf_text(out, "null");
        return;
    }
    buf_byte(out, '[');
    for (size_t i = 0; i < l->count; i++) {
        if (i)
            buf_text(out, ", ");
        value_print(out, &l->items[i], form);
    }
    buf_byte(out, ']');
}

static void print_context(struct buf *out, const struct feel_context *c,
                          enum print_form form)
{
    c = context_read(c, out->arena);
    if (c->height > HEIGHT_MAX) {
        buf_text(out, "null");
        return;
    }
    buf_byte(out, '{');
    for (size_t i = 0; i < c->count; i++) {
        if (i)
            buf_text(out, form == PRINT_CAMUNDA ? "," : ", ");
        print_key(out, c->names[i], form);
        buf_text(out, form == PRINT_CAMUNDA ? ":" : ": ");
        value_print(out, &c->values[i], form);
    }
    buf_byte(out, '}');
}

static void print_range(struct buf *out, const struct feel_range *r,
                        enum print_form form)
{
    if (r->start_open || r->end_open) {
        bool below = r->start_open;
        buf_byte(out, '(');
        buf_text(out, below ? "<" : ">");
        buf_text(out, (below ? r->end_included : r->start_included) ? "= " : " ");
        value_print(out, below ? &r->end : &r->start, form);
        buf_byte(out, ')');
        return;
    }
    buf_byte(out, r->start_included ? '[' : '(');
    value_print(out, &r->start, form);
    buf_text(out, "..");
    value_print(out, &r->end, form);
    buf_byte(out, r->end_included ? ']' : ')');
}

static void print_temporal(struct buf *out, const struct feel_value *v,
                           enum print_form form)
{
    if (form == PRINT_FEEL)
        buf_text(out, "@\"");
    if (v->kind == FEEL_DAYS_TIME_DURATION || v->kind == FEEL_YEARS_MONTHS_DURATION)
        print_duration(out, v->kind, v->span);
    else
        print_moment(out, v->kind, v->moment);
    if (form == PRINT_FEEL)
        buf_byte(out, '"');
}

/* Strings in lists and contexts have quotes in all forms; the function string() itself
 * takes the one that stands alone. */
void value_print(struct buf *out, const struct feel_value *v, enum print_form form)
{
    switch (v->kind) {
    case FEEL_NULL:
    case FEEL_GAVE_UP:
        buf_text(out, "null");
        return;
    case FEEL_BOOLEAN:
        buf_text(out, v->boolean ? "true" : "false");
        return;
    case FEEL_NUMBER:
        num_to_buf(out, v->number);
        return;
    case FEEL_STRING:
        print_quoted(out, v->string);
        return;
    case FEEL_DATE:
    case FEEL_TIME:
    case FEEL_DATE_TIME:
    case FEEL_DAYS_TIME_DURATION:
    case FEEL_YEARS_MONTHS_DURATION:
        print_temporal(out, v, form);
        return;
    case FEEL_LIST:
        print_list(out, v->list, form);
        return;
    case FEEL_CONTEXT:
        print_context(out, v->context, form);
        return;
    case FEEL_RANGE:
        print_range(out, v->range, form);
        return;
    case FEEL_FUNCTION:
        buf_text(out, "function");
        return;
    }
}

void feel_print(struct buf *out, const struct feel_value *v)
{
    value_print(out, v, PRINT_FEEL);
}
