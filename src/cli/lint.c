#include <stdio.h>
#include <time.h>

#include "cli/dmn.h"
#include "model/model.h"

static void bpmn_report(struct desk *d, struct report *r, struct str xml)
{
    struct model_options options = model_options_default;
    const struct model_finding *list;
    size_t count;

    options.now = (i64)time(NULL) * 1000;
    options.zones = d->zones;
    list = model_lint(xml, &options, &d->scratch, &count);
    for (size_t i = 0; i < count; i++)
        if (list[i].line == 0) /* of the file as a whole */
            report_refusal(r, arena_copy(&d->scratch, list[i].text));
        else
            report_add(r, &(struct finding){.is_error = list[i].is_error,
                                            .line = list[i].line,
                                            .element = list[i].element,
                                            .place = list[i].path,
                                            .text = list[i].text});
}

/* By its name; where that says nothing, by the namespace that stands at its start. */
static bool is_dmn(const char *path, struct str text)
{
    size_t start = text.len < 4096 ? text.len : 4096;

    if (str_ends(str_of(path), STR(".dmn")) || str_ends(str_of(path), STR(".bpmn")))
        return str_ends(str_of(path), STR(".dmn"));
    return memmem(text.data, start, "/spec/DMN/", 10);
}

static void file_report(struct desk *d, struct report *r, const char *path,
                        struct str text)
{
    if (is_dmn(path, text))
        dmn_report(d, r, path, text);
    else
        bpmn_report(d, r, text);
}

static int run(struct desk *d)
{
    if (d->options->word_count > 0)
        return report_files(d, 0, file_report);
    fprintf(stderr, "fermata: name the files: fermata lint FILE...\n");
    return 2;
}

int lint_main(const struct options *o)
{
    return desk_run(o, run);
}
