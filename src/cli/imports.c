#include "cli/imports.h"

#include "cli/files.h"
#include "xml/xml.h"

static bool has_namespace(struct str text, struct str uri, struct arena *arena)
{
    struct xml_node *root;
    struct err err;

    return xml_parse(text, &xml_limits_default, arena, &root, &err) &&
           str_equal(str_trim(xml_get(root, "", "namespace")), uri);
}

static bool imports_find(const struct dmn_resolver *r, struct str uri,
                         struct str location, struct arena *arena, struct str *xml)
{
    const struct imports *i = r->ctx;
    const char *const *names;
    struct err err;
    size_t count;

    if (!files_list(i->folder.data, arena, &names, &count, &err))
        return false;
    for (size_t k = 0; k < count; k++) {
        struct str path = arena_print(arena, "%.*s/%s", ARG(i->folder), names[k]);
        if (str_ends(path, STR(".dmn")) && input_read(path.data, arena, xml, &err) &&
            has_namespace(*xml, uri, arena))
            return true;
    }
    return false;
}

void imports_init(struct imports *i, const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/');
    struct str folder = slash ? (struct str){path, (size_t)(slash - path)} : STR(".");

    i->folder = arena_copy(arena, folder.len ? folder : STR("/"));
    i->resolver = (struct dmn_resolver){.find = imports_find, .ctx = i};
}
