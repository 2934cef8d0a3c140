/* How what is wrong is told (behaviours 6.2): by element, in document order. */
#include <stdlib.h>

#include "base/buf.h"
#include "model/build.h"

/* More text than this helps nobody; the rest is counted. */
#define TEXT_MAX ((size_t)12 << 10)

static struct finding *finding_new(struct build *b, const struct xml_node *at)
{
    struct finding *f = NEW(b->scratch, struct finding);

    f->at = at;
    f->order = b->finding_count++;
    *b->findings_end = f;
    b->findings_end = &f->next;
    return f;
}

void finding_add(struct build *b, const struct xml_node *at, bool is_late,
                 struct str text)
{
    struct finding *f = finding_new(b, at);

    f->is_late = is_late;
    f->text = text;
}

void finding_process(struct build *b, const struct part *process, struct str text)
{
    struct finding *f = finding_new(b, process->xml);

    f->head = arena_print(b->scratch, "- Process: %.*s\n", ARG(process->e->id));
    f->is_late = true;
    f->text = text;
}

void finding_warn(struct build *b, const struct xml_node *at, struct str text)
{
    struct finding *f = finding_new(b, at);

    f->is_late = f->is_warning = true;
    f->text = text;
}

/* The closest element that has an id, the node itself included; the root if none has.
 */
static const struct xml_node *named(const struct xml_node *n)
{
    while (n->parent && xml_get(n, "", "id").len == 0)
        n = n->parent;
    return n;
}

void finding_add_here(struct build *b, const struct xml_node *at, struct str text)
{
    struct str id = xml_get(named(at), "", "id");

    finding(b, at, "element '%.*s' (line %u): %.*s", ARG(id.len ? id : at->name),
            at->line, ARG(text));
}

/* ---- printing -------------------------------------------------------------------- */

/* `task1 > extensionElements > taskDefinition`: an id, then names below it. */
static void path_print(struct buf *out, const struct xml_node *n,
                       const struct xml_node *top)
{
    struct str id = xml_get(n, "", "id");

    if (n != top) {
        path_print(out, n->parent, top);
        buf_text(out, " > ");
    }
    buf_add(out, n == top && id.len ? id : n->name);
}

static void head_print(struct buf *out, const struct finding *f)
{
    if (f->head.len) {
        buf_add(out, f->head);
        return;
    }
    buf_text(out, "- Element: ");
    path_print(out, f->at, named(f->at));
    buf_byte(out, '\n');
}

static bool is_same_head(const struct finding *a, const struct finding *b)
{
    return a->at == b->at && str_equal(a->head, b->head);
}

static int finding_compare(const void *a, const void *b)
{
    const struct finding *x = *(struct finding *const *)a;
    const struct finding *y = *(struct finding *const *)b;

    if (x->at->tag != y->at->tag)
        return x->at->tag < y->at->tag ? -1 : 1;
    if (x->is_late != y->is_late)
        return x->is_late ? 1 : -1;
    return x->order < y->order ? -1 : 1;
}

static struct finding **findings_sorted(struct build *b)
{
    struct finding **sorted = NEW_ARRAY(b->scratch, struct finding *, b->finding_count);
    u32 i = 0;

    for (struct finding *f = b->findings; f; f = f->next)
        sorted[i++] = f;
    must(i == b->finding_count);
    if (i)
        qsort(sorted, i, sizeof(struct finding *), finding_compare);
    return sorted;
}

struct str findings_print(struct build *b)
{
    struct finding **sorted = findings_sorted(b);
    struct buf out;
    u32 i;

    buf_init(&out, b->scratch, 256);
    for (i = 0; i < b->finding_count && out.len < TEXT_MAX; i++) {
        if (i == 0 || !is_same_head(sorted[i - 1], sorted[i]))
            head_print(&out, sorted[i]);
        buf_text(&out, "    - ERROR: ");
        buf_add(&out, sorted[i]->text);
        buf_byte(&out, '\n');
    }
    if (i < b->finding_count)
        buf_print(&out, "... and %u more errors\n", b->finding_count - i);
    return buf_str(&out);
}

/* ---- one by one ------------------------------------------------------------------ */

struct model_finding *findings_list(struct build *b)
{
    struct finding **sorted = findings_sorted(b);
    struct model_finding *list =
        NEW_ARRAY(b->scratch, struct model_finding, b->finding_count);
    struct buf path;

    for (u32 i = 0; i < b->finding_count; i++) {
        const struct finding *f = sorted[i];
        buf_init(&path, b->scratch, 64);
        path_print(&path, f->at, named(f->at));
        list[i] = (struct model_finding){.is_error = !f->is_warning,
                                         .line = f->at->line,
                                         .element = xml_get(named(f->at), "", "id"),
                                         .path = buf_str(&path),
                                         .text = f->text};
    }
    return list;
}
