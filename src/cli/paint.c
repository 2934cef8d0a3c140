#include "cli/paint.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "xml/xml.h"

#define DI     "http://www.omg.org/spec/BPMN/20100524/DI"
#define DC     "http://www.omg.org/spec/DD/20100524/DC"
#define DD     "http://www.omg.org/spec/DD/20100524/DI"
#define BORDER 30

/* How far the picture reaches. */
struct frame {
    double left, top, right, bottom;
    u32 count; /* of what is in it */
};

struct painting {
    const struct paint *paint;
    const struct xml_node *root;
    struct frame frame;
    FILE *to;
};

static double number(const struct xml_node *n, const char *name)
{
    char text[32];
    struct str value = xml_get(n, "", name);

    snprintf(text, sizeof(text), "%.*s", ARG(value));
    return strtod(text, NULL);
}

static void frame_add(struct frame *f, double x, double y)
{
    if (f->count++ == 0)
        *f = (struct frame){x, y, x, y, 1};
    f->left = x < f->left ? x : f->left;
    f->right = x > f->right ? x : f->right;
    f->top = y < f->top ? y : f->top;
    f->bottom = y > f->bottom ? y : f->bottom;
}

static void frame_read(struct frame *f, const struct xml_node *n)
{
    if (xml_is(n, DC, "Bounds")) {
        frame_add(f, number(n, "x"), number(n, "y"));
        frame_add(f, number(n, "x") + number(n, "width"),
                  number(n, "y") + number(n, "height"));
    } else if (xml_is(n, DD, "waypoint")) {
        frame_add(f, number(n, "x"), number(n, "y"));
    }
    for (const struct xml_node *c = n->first; c; c = c->next)
        frame_read(f, c);
}

static const struct xml_node *element_find(const struct xml_node *n, struct str id)
{
    const struct xml_node *found = NULL;

    if (n->uri.len && !str_is(n->uri, DI) && str_equal(xml_get(n, "", "id"), id))
        return n;
    for (const struct xml_node *c = n->first; c && !found; c = c->next)
        found = element_find(c, id);
    return found;
}

/* Green, red, or grey for what is not executed (pools, annotations). */
static const char *colour(const struct painting *p, struct str id)
{
    bool is_known = false, is_seen = p->paint->is_seen(p->paint->ctx, id, &is_known);

    if (!is_known)
        return "#bbbbbb";
    return is_seen ? "#2a9d4a" : "#d1343b";
}

static void text_put(FILE *to, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '<')
            fputs("&lt;", to);
        else if (c == '&')
            fputs("&amp;", to);
        else
            fputc((u8)c < ' ' ? ' ' : c, to);
    }
}

static void edge_put(struct painting *p, const struct xml_node *edge)
{
    fprintf(p->to, "<polyline fill=\"none\" stroke-width=\"2\" stroke=\"%s\" points=\"",
            colour(p, xml_get(edge, "", "bpmnElement")));
    for (const struct xml_node *c = edge->first; c; c = c->next)
        if (xml_is(c, DD, "waypoint"))
            fprintf(p->to, "%g,%g ", number(c, "x"), number(c, "y"));
    fprintf(p->to, "\"/>\n");
}

static void shape_put(struct painting *p, const struct xml_node *shape)
{
    const struct xml_node *b = xml_child(shape, DC, "Bounds");
    struct str id = xml_get(shape, "", "bpmnElement");
    const struct xml_node *e = element_find(p->root, id);

    if (!b || !e)
        return;
    double x = number(b, "x"), y = number(b, "y"), w = number(b, "width"),
           h = number(b, "height");
    bool is_event = str_ends(e->name, STR("Event")),
         is_gateway = str_ends(e->name, STR("Gateway"));
    const char *stroke = colour(p, id);
    if (is_gateway)
        fprintf(
            p->to,
            "<polygon fill=\"white\" stroke-width=\"2\" stroke=\"%s\" points=\"%g,%g "
            "%g,%g %g,%g %g,%g\"/>\n",
            stroke, x + w / 2, y, x + w, y + h / 2, x + w / 2, y + h, x, y + h / 2);
    else
        fprintf(
            p->to,
            "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" rx=\"%g\" "
            "fill=\"white\" fill-opacity=\"0.6\" stroke-width=\"2\" stroke=\"%s\"/>\n",
            x, y, w, h, is_event ? w / 2 : 8, stroke);
    fprintf(p->to,
            "<text x=\"%g\" y=\"%g\" font-size=\"11\" text-anchor=\"middle\" "
            "font-family=\"sans-serif\">",
            x + w / 2, is_event || is_gateway ? y + h + 14 : y + h / 2 + 4);
    text_put(p->to, xml_get(e, "", "name"));
    fprintf(p->to, "</text>\n");
}

static void diagram_put(struct painting *p, const struct xml_node *n, bool edges)
{
    if (edges && xml_is(n, DI, "BPMNEdge"))
        edge_put(p, n);
    else if (!edges && xml_is(n, DI, "BPMNShape"))
        shape_put(p, n);
    for (const struct xml_node *c = n->first; c; c = c->next)
        diagram_put(p, c, edges);
}

bool paint_write(const struct paint *paint, struct arena *arena, const char *path,
                 struct err *err)
{
    struct painting p = {.paint = paint};
    struct xml_node *root;

    if (!xml_parse(paint->xml, &xml_limits_default, arena, &root, err))
        return false;
    p.root = root;
    frame_read(&p.frame, root);
    if (p.frame.count == 0)
        return err_set(err, ERR_SYNTAX, "the model has no diagram to paint");
    p.to = fopen(path, "w");
    if (!p.to)
        return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
    fprintf(p.to,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"%g %g %g %g\">\n",
            p.frame.left - BORDER, p.frame.top - BORDER,
            p.frame.right - p.frame.left + 2 * BORDER,
            p.frame.bottom - p.frame.top + 2 * BORDER);
    diagram_put(&p, root, true);
    diagram_put(&p, root, false);
    fprintf(p.to, "</svg>\n");
    return fclose(p.to) == 0 || err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
}
