/* check.c - findings for people: cells of another type than their column, tables whose
 * rules overlap, leave gaps or can never match, and requirements that nothing reads. A
 * table is looked through only when all its cells are simple: each input's line of
 * values is cut where some cell has a bound, and every combination of the pieces is
 * tried. What is found is so; a table that is not simple, or too large, has no
 * findings. */
#include "base/buf.h"
#include "dmn/private.h"

#define WORK_MAX 4000000 /* tries of a rule, in one table */
#define GAPS_MAX 3       /* that are named of one table */

struct check {
    const struct dmn *dmn;
    struct arena *arena;
    struct finding_node *first, **last;
    size_t count;
    const struct element *element;
};

static struct dmn_finding *check_add(struct check *c, struct str element, u32 line,
                                     struct str text)
{
    struct finding_node *n = NEW(c->arena, struct finding_node);

    if (element.len == 0 && c->element)
        element = c->element->face.id;
    n->finding = (struct dmn_finding){.element = element, .line = line, .text = text};
    *c->last = n;
    c->last = &n->next;
    c->count++;
    return &n->finding;
}

/* ---- one input's line of values -------------------------------------------------- */

/* What a cell accepts. */
struct cell {
    const struct feel_interval *intervals;
    size_t count;
};

/* The bounds of all cells in order. Piece 2k + 1 is the k-th bound itself, piece 2k
 * what lies before it, and the last one what lies behind all. */
struct line {
    struct cell *cells, allowed; /* of the rules */
    struct feel_value *bounds;
    size_t bound_count, pieces;
    bool *is_possible;
};

static bool cell_read(struct check *c, const struct code *code, struct cell *out)
{
    static const struct feel_interval anything = {0};

    if (code->is_broken)
        return false;
    if (code->feel)
        return feel_tests_intervals(code->feel, c->arena, &out->intervals, &out->count);
    *out = (struct cell){&anything, 1};
    return true;
}

/* Into its place; false: of another kind than the others, or too many. */
static bool bound_add(struct line *l, const struct feel_value *v, size_t size)
{
    size_t place = 0;
    int order = 1;

    if (v->kind == FEEL_NULL)
        return true;
    if (l->bound_count == size)
        return false;
    for (; place < l->bound_count; place++) {
        if (!feel_order(&l->bounds[place], v, &order))
            return false;
        if (order >= 0)
            break;
    }
    if (place < l->bound_count && order == 0)
        return true;
    memmove(l->bounds + place + 1, l->bounds + place,
            (l->bound_count - place) * sizeof(*l->bounds));
    l->bounds[place] = *v;
    l->bound_count++;
    return true;
}

static bool bounds_add(struct line *l, const struct cell *cell, size_t size)
{
    for (size_t i = 0; i < cell->count; i++)
        if (!bound_add(l, &cell->intervals[i].low, size) ||
            !bound_add(l, &cell->intervals[i].high, size))
            return false;
    return true;
}

/* -1, 0 or 1: where the bound lies in the line, given as a piece. */
static int side_of(const struct line *l, size_t piece, const struct feel_value *bound)
{
    int order = 0;

    if (piece % 2) {
        feel_order(&l->bounds[piece / 2], bound, &order);
        return order;
    }
    if (piece / 2 == l->bound_count)
        return 1;
    feel_order(&l->bounds[piece / 2], bound, &order);
    return order <= 0 ? -1 : 1;
}

static bool interval_has(const struct line *l, const struct feel_interval *i,
                         size_t piece)
{
    int low = i->low.kind == FEEL_NULL ? 1 : side_of(l, piece, &i->low);
    int high = i->high.kind == FEEL_NULL ? -1 : side_of(l, piece, &i->high);

    return (low > 0 || (low == 0 && i->low_included)) &&
           (high < 0 || (high == 0 && i->high_included));
}

static bool cell_has(const struct line *l, const struct cell *cell, size_t piece)
{
    for (size_t i = 0; i < cell->count; i++)
        if (interval_has(l, &cell->intervals[i], piece))
            return true;
    return false;
}

/* The type of the input data that the input reads, when it reads nothing else. */
static const struct border *data_type(const struct check *c, const struct input *in)
{
    const struct element *e = c->element;

    for (size_t i = 0; i < e->need_count; i++)
        if (str_equal(e->needs[i].element->variable, in->expr.text))
            return e->needs[i].element->type;
    return NULL;
}

/* What the table, the type of its input, or that of the input data allows. */
static const struct code *allowed_of(const struct check *c, const struct input *in)
{
    const struct border *types[] = {in->type, data_type(c, in)};

    if (in->allowed.text.len)
        return &in->allowed;
    for (size_t i = 0; i < LEN(types); i++)
        for (const struct item *item = types[i] ? types[i]->item : NULL; item;
             item = item->base)
            if (item->allowed.text.len)
                return &item->allowed;
    return NULL;
}

/* Between two words there is always another, which says nothing about a gap. */
static void line_possible(struct check *c, struct line *l, bool is_restricted)
{
    enum feel_kind kind = l->bound_count ? l->bounds[0].kind : FEEL_NULL;

    l->pieces = 2 * l->bound_count + 1;
    l->is_possible = NEW_ARRAY(c->arena, bool, l->pieces);
    for (size_t i = 0; i < l->pieces; i++)
        l->is_possible[i] = (i % 2 || kind != FEEL_BOOLEAN) &&
                            (!is_restricted || cell_has(l, &l->allowed, i));
}

static bool line_read(struct check *c, const struct table *t, size_t column,
                      struct line *l)
{
    const struct code *allowed = allowed_of(c, &t->inputs[column]);
    size_t size = 200;

    l->cells = NEW_ARRAY(c->arena, struct cell, t->rule_count);
    l->bounds = NEW_ARRAY(c->arena, struct feel_value, size + 1);
    if (allowed &&
        (!cell_read(c, allowed, &l->allowed) || !bounds_add(l, &l->allowed, size)))
        return false;
    for (size_t i = 0; i < t->rule_count; i++)
        if (!cell_read(c, &t->rules[i].tests[column], &l->cells[i]) ||
            !bounds_add(l, &l->cells[i], size))
            return false;
    if (l->bound_count && l->bounds[0].kind == FEEL_BOOLEAN) {
        struct feel_value no = feel_boolean(false), yes = feel_boolean(true);
        if (!bound_add(l, &no, size) || !bound_add(l, &yes, size))
            return false;
    }
    line_possible(c, l, allowed != NULL);
    return true;
}

/* ---- all combinations ------------------------------------------------------------ */

struct survey {
    struct check *check;
    const struct table *table;
    struct line *lines;
    size_t *at; /* the piece of each line */
    bool *can_match, *can_win;
    bool *is_told; /* of pairs: that they overlap */
    size_t gaps;
};

static void piece_text(struct buf *out, const struct line *l, size_t piece)
{
    if (piece % 2) {
        buf_text(out, " = ");
        feel_print(out, &l->bounds[piece / 2]);
        return;
    }
    if (piece > 0) {
        buf_text(out, " > ");
        feel_print(out, &l->bounds[piece / 2 - 1]);
    }
    if (piece / 2 < l->bound_count) {
        buf_text(out, piece > 0 ? " and < " : " < ");
        feel_print(out, &l->bounds[piece / 2]);
    }
}

/* "x > 1 and < 5, y = true"; inputs that no rule looks at are left out. */
static struct str place_text(const struct survey *s)
{
    const struct table *t = s->table;
    struct buf out;

    buf_init(&out, s->check->arena, 64);
    for (size_t i = 0; i < t->input_count; i++) {
        const struct input *in = &t->inputs[i];
        if (s->lines[i].bound_count == 0)
            continue;
        buf_text(&out, out.len ? ", " : "");
        buf_add(&out, in->label.len ? in->label : in->expr.text);
        piece_text(&out, &s->lines[i], s->at[i]);
    }
    return out.len ? buf_str(&out) : STR("any input");
}

static bool rule_covers(const struct survey *s, size_t rule)
{
    for (size_t i = 0; i < s->table->input_count; i++)
        if (!cell_has(&s->lines[i], &s->lines[i].cells[rule], s->at[i]))
            return false;
    return true;
}

static void overlap_tell(struct survey *s, size_t first, size_t second)
{
    const struct table *t = s->table;
    size_t pair = first * t->rule_count + second;

    if (t->hit != UNIQUE || s->is_told[pair])
        return;
    s->is_told[pair] = true;
    check_add(s->check, t->rules[second].id, t->rules[second].line,
              arena_print(s->check->arena,
                          "rules %zu and %zu both match for %.*s, which the hit policy "
                          "UNIQUE does not allow",
                          first + 1, second + 1, ARG(place_text(s))));
}

/* Text without a list of what is allowed has endless other values: no gap is told. */
static bool gap_counts(const struct survey *s)
{
    const struct table *t = s->table;

    if (t->hit == COLLECT || t->hit == RULE_ORDER || t->hit == OUTPUT_ORDER ||
        t->has_fallback)
        return false;
    for (size_t i = 0; i < t->input_count; i++) {
        const struct line *l = &s->lines[i];
        if (l->bound_count && l->bounds[0].kind == FEEL_STRING && s->at[i] % 2 == 0)
            return false;
    }
    return true;
}

static void combination_try(struct survey *s)
{
    const struct table *t = s->table;
    size_t first = t->rule_count;

    for (size_t i = 0; i < t->rule_count; i++) {
        if (!rule_covers(s, i))
            continue;
        s->can_match[i] = true;
        if (first < t->rule_count)
            overlap_tell(s, first, i);
        else
            s->can_win[first = i] = true;
    }
    if (first == t->rule_count && gap_counts(s) && s->gaps++ < GAPS_MAX)
        check_add(s->check, t->id, t->line,
                  arena_print(s->check->arena, "no rule matches for %.*s",
                              ARG(place_text(s))));
}

/* The next possible combination, counting up; false: that was the last. */
static bool combination_next(struct survey *s, bool is_first)
{
    for (size_t i = 0; i < s->table->input_count; i++) {
        const struct line *l = &s->lines[i];
        size_t from = is_first ? 0 : s->at[i] + 1;
        while (from < l->pieces && !l->is_possible[from])
            from++;
        if (from < l->pieces) {
            s->at[i] = from;
            if (!is_first)
                return true;
            continue;
        }
        if (is_first)
            return false;
        for (s->at[i] = 0; !l->is_possible[s->at[i]]; s->at[i]++)
            ;
    }
    return is_first;
}

static void rules_tell(struct survey *s)
{
    const struct table *t = s->table;

    for (size_t i = 0; i < t->rule_count; i++) {
        const struct rule *r = &t->rules[i];
        if (!s->can_match[i])
            check_add(s->check, r->id, r->line,
                      arena_print(s->check->arena, "rule %zu can never match", i + 1));
        else if (t->hit == FIRST && !s->can_win[i])
            check_add(s->check, r->id, r->line,
                      arena_print(s->check->arena,
                                  "rule %zu is never reached: whatever it matches, a "
                                  "rule before it does, too",
                                  i + 1));
    }
}

/* ---- cells of the wrong type ----------------------------------------------------- */

/* A column of a table, or what stands in it. */
struct column {
    const struct table *table;
    const char *kind; /* "input", "output" */
    size_t place;
    const struct border *type;
};

/* The value in the cell is what it must not be. */
static void cell_add(struct check *c, const struct column *column, size_t rule,
                     const struct feel_value *v, struct str what)
{
    const struct rule *r = &column->table->rules[rule];
    struct dmn_finding *f;
    struct buf text;

    buf_init(&text, c->arena, 64);
    feel_print(&text, v);
    buf_print(&text, " is %.*s", ARG(what));
    f = check_add(c, r->id, r->line, buf_str(&text));
    f->is_error = true;
    f->cell = arena_print(c->arena, "rule %zu, %s %zu", rule + 1, column->kind,
                          column->place + 1);
}

static void value_check(struct check *c, const struct column *column, size_t rule,
                        const struct feel_value *v)
{
    const struct border *type = column->type;

    if (!type || !type->type || v->kind == FEEL_NULL || v->kind == FEEL_GAVE_UP)
        return;
    struct feel_value as_type = feel_conform(type->type, v, c->arena);
    if (as_type.kind == FEEL_NULL)
        cell_add(c, column, rule, v,
                 arena_print(c->arena, "no value of the type '%.*s'", ARG(type->name)));
}

/* Of a list of tests the first that can never hold. */
static void test_check(struct check *c, const struct column *column, size_t rule)
{
    const struct code *code = &column->table->rules[rule].tests[column->place];
    struct cell cell;
    size_t before = c->count;

    if (!code->feel || !cell_read(c, code, &cell))
        return;
    for (size_t i = 0; i < cell.count && c->count == before; i++) {
        value_check(c, column, rule, &cell.intervals[i].low);
        if (c->count == before)
            value_check(c, column, rule, &cell.intervals[i].high);
    }
}

static bool tested_get(const struct feel_scope *s, struct str name,
                       struct arena *scratch, struct feel_value *out)
{
    *out = *(const struct feel_value *)s->ctx;
    return str_is(name, "?");
}

/* Whether the tests let the value pass, as far as they can tell without variables. */
static bool is_allowed(struct check *c, const struct code *tests,
                       const struct feel_value *v)
{
    const struct feel_scope scope = {.get = tested_get, .ctx = v};
    struct feel_env env = {
        .scope = &scope, .limits = feel_limits_default, .dialect = c->dmn->dialect};
    size_t reads = 0;

    if (!tests->feel || v->kind == FEEL_NULL)
        return true;
    feel_reads(tests->feel, &reads);
    if (reads)
        return true;
    struct feel_value held = feel_eval(tests->feel, &env, c->arena);
    return held.kind != FEEL_BOOLEAN || held.boolean;
}

/* What reads nothing has always the same value. */
static void output_check(struct check *c, const struct column *column, size_t rule)
{
    const struct code *code = &column->table->rules[rule].outputs[column->place];
    const struct code *allowed = &column->table->outputs[column->place].allowed;
    struct feel_env env = {.limits = feel_limits_default, .dialect = c->dmn->dialect};
    size_t reads = 0;

    if (!code->feel)
        return;
    feel_reads(code->feel, &reads);
    if (reads)
        return;
    struct feel_value v = feel_eval(code->feel, &env, c->arena);
    if (is_allowed(c, allowed, &v))
        value_check(c, column, rule, &v);
    else
        cell_add(c, column, rule, &v,
                 arena_print(c->arena, "not one of the allowed values %.*s",
                             ARG(allowed->text)));
}

static void types_check(struct check *c, const struct table *t)
{
    struct column column = {.table = t, .kind = "input"};

    for (column.place = 0; column.place < t->input_count; column.place++) {
        const struct input *in = &t->inputs[column.place];
        column.type = in->type ? in->type : data_type(c, in);
        for (size_t i = 0; i < t->rule_count; i++)
            test_check(c, &column, i);
    }
    column.kind = "output";
    for (column.place = 0; column.place < t->output_count; column.place++) {
        column.type = t->outputs[column.place].type;
        for (size_t i = 0; i < t->rule_count; i++)
            output_check(c, &column, i);
    }
}

static void table_check(struct check *c, const struct table *t)
{
    struct survey s = {.check = c, .table = t};
    size_t work = t->rule_count;

    s.lines = NEW_ARRAY(c->arena, struct line, t->input_count);
    for (size_t i = 0; i < t->input_count; i++) {
        if (!line_read(c, t, i, &s.lines[i]) || work > WORK_MAX)
            return;
        work *= s.lines[i].pieces;
    }
    if (work == 0 || work > WORK_MAX || t->rule_count > 1000)
        return;
    s.at = NEW_ARRAY(c->arena, size_t, t->input_count + 1);
    s.can_match = NEW_ARRAY(c->arena, bool, t->rule_count);
    s.can_win = NEW_ARRAY(c->arena, bool, t->rule_count);
    s.is_told = NEW_ARRAY(c->arena, bool, t->rule_count * t->rule_count);
    for (bool more = combination_next(&s, true); more;
         more = combination_next(&s, false))
        combination_try(&s);
    rules_tell(&s);
}

/* ---- requirements ---------------------------------------------------------------- */

static bool code_reads(const struct code *c, struct str name)
{
    size_t count = 0;
    const struct str *reads = c->feel ? feel_reads(c->feel, &count) : NULL;

    if (c->is_broken)
        return true; /* nobody knows */
    for (size_t i = 0; i < count; i++)
        if (str_equal(reads[i], name))
            return true;
    return false;
}

static bool table_reads(const struct table *t, struct str name)
{
    bool reads = false;

    for (size_t i = 0; i < t->input_count; i++)
        reads |= code_reads(&t->inputs[i].expr, name) ||
                 code_reads(&t->inputs[i].allowed, name);
    for (size_t i = 0; i < t->output_count; i++)
        reads |= code_reads(&t->outputs[i].fallback, name);
    for (size_t i = 0; i < t->rule_count && !reads; i++) {
        for (size_t j = 0; j < t->input_count; j++)
            reads |= code_reads(&t->rules[i].tests[j], name);
        for (size_t j = 0; j < t->output_count; j++)
            reads |= code_reads(&t->rules[i].outputs[j], name);
    }
    return reads;
}

static bool box_reads(const struct box *b, struct str name)
{
    if (!b)
        return false;
    if (code_reads(&b->code, name) || (b->table && table_reads(b->table, name)))
        return true;
    for (size_t i = 0; i < b->count; i++)
        if (box_reads(b->items[i], name))
            return true;
    return false;
}

static void needs_check(struct check *c, const struct element *e)
{
    for (size_t i = 0; e->logic && i < e->need_count; i++) {
        const struct need *n = &e->needs[i];
        struct str name = n->import.len ? n->import : n->element->variable;
        if (!box_reads(e->logic, name))
            check_add(c, e->face.id, e->face.line,
                      arena_print(c->arena,
                                  "'%.*s' requires '%.*s' and does not use it",
                                  ARG(e->face.name), ARG(n->element->face.name)));
    }
}

static void boxes_check(struct check *c, const struct box *b)
{
    if (!b)
        return;
    if (b->table) {
        types_check(c, b->table);
        table_check(c, b->table);
    }
    for (size_t i = 0; i < b->count; i++)
        boxes_check(c, b->items[i]);
}

const struct dmn_finding *dmn_check(const struct dmn *d, struct arena *arena,
                                    size_t *count)
{
    struct check c = {.dmn = d, .arena = arena};
    struct dmn_finding *findings;

    c.last = &c.first;
    for (const struct finding_node *n = d->hints; n; n = n->next)
        *check_add(&c, n->finding.element, n->finding.line, n->finding.text) =
            n->finding;
    for (size_t i = 0; i < d->element_count; i++) {
        c.element = d->elements[i];
        if (c.element->file != d->files)
            continue;
        boxes_check(&c, c.element->logic);
        if (d->dialect == FEEL_STANDARD)
            needs_check(&c, c.element);
    }
    findings = NEW_ARRAY(arena, struct dmn_finding, c.count);
    *count = 0;
    for (struct finding_node *n = c.first; n; n = n->next)
        findings[(*count)++] = n->finding;
    return findings;
}
