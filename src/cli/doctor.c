#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "cli/desk.h"
#include "cli/manifest.h"

/* What was found: a line each, or a member each. */
struct finding_list {
    bool has_json;
    struct buf json;
};

static void tell(struct finding_list *l, const char *name, const char *label,
                 struct str text)
{
    if (l->has_json) {
        json_put_name(&l->json, str_of(name));
        json_put_string(&l->json, text);
    } else {
        printf("%-9s %.*s\n", label, ARG(text));
    }
}

static void tell_what(struct desk *d, struct finding_list *l, const struct folder *f)
{
    struct str what =
        f->is_part
            ? arena_print(&d->keep, "the log of partition %u", f->parts[0].number)
        : f->is_backup ? arena_print(&d->keep, "a backup of %u partition%s", f->count,
                                     f->count == 1 ? "" : "s")
                       : arena_print(&d->keep, "a data directory of %u partition%s",
                                     f->count, f->count == 1 ? "" : "s");

    tell(l, "what", "what", what);
}

static void tell_version(struct desk *d, struct finding_list *l, const struct folder *f)
{
    struct log_facts facts = log_look_facts(f->parts[0].log);
    const char *release = f->mark.release[0] ? f->mark.release : "0.1.0 or before";

    if (f->is_part || f->is_backup)
        tell(l, "version", "version",
             arena_print(&d->keep, "log format %u", facts.format));
    else
        tell(l, "version", "version",
             arena_print(&d->keep, "data format %u, log format %u; made by release %s",
                         f->mark.format, facts.format, release));
}

/* Damage inside would have kept us from opening it; so this is about its end. */
static void tell_parts(struct desk *d, struct finding_list *l, const struct folder *f)
{
    for (u32 i = 0; i < f->count; i++) {
        const struct log *log = f->parts[i].log;
        struct log_facts facts = log_look_facts(log);
        char name[32];
        const char *end = facts.is_closed ? "its server ended in order"
                          : facts.is_used ? "its server is writing"
                          : log->dropped  ? "its server was cut off in a write, which "
                                            "nobody was promised"
                                          : "its server did not end in order; nothing "
                                            "is lost";
        snprintf(name, sizeof(name), "partition-%u", f->parts[i].number);
        tell(l, name, i ? "" : "whole",
             arena_print(&d->keep, "%s: entries %llu to %llu in %llu segments; %s",
                         name, (unsigned long long)log->first,
                         (unsigned long long)log->durable - 1,
                         (unsigned long long)facts.segments, end));
    }
}

static void tell_lock(struct finding_list *l, const struct folder *f)
{
    if (f->is_backup)
        return;
    tell(l, "server", "server",
         folder_is_used(f) ? STR("one is running on it")
                           : STR("none is running on it"));
}

static void tell_disk(struct desk *d, struct finding_list *l, const struct folder *f)
{
    struct statvfs disk;

    if (statvfs(f->path, &disk) != 0)
        return;
    u64 free_bytes = (u64)disk.f_bavail * disk.f_frsize;
    u64 segment = log_look_facts(f->parts[0].log).segment;
    const char *remark =
        free_bytes / 16 < segment * f->count ? ": soon new work will be refused" : "";
    tell(l, "disk", "disk",
         arena_print(&d->keep, "%llu MiB free%s", (unsigned long long)free_bytes >> 20,
                     remark));
}

static void tell_upgrade(struct desk *d, struct finding_list *l, const struct folder *f)
{
    if (f->is_backup)
        tell(l, "upgrade", "upgrade",
             STR("`fermata restore` makes a data directory of it for this release"));
    else
        tell(l, "upgrade", "upgrade",
             arena_print(&d->keep,
                         "release " VERSION " opens it as it is: it writes the same "
                         "formats, and nothing is converted"));
}

static int run(struct desk *d)
{
    struct finding_list l = {.has_json = d->options->json};
    struct err err = {0};
    struct folder f;

    if (d->options->word_count != 1) {
        fprintf(stderr, "fermata: name one directory: fermata doctor DIR\n");
        return 2;
    }
    buf_init(&l.json, &d->keep, 1024);
    buf_byte(&l.json, '{');
    bool is_good = folder_look(d->options->words[0], &f, &err) &&
                   (!f.is_backup || manifest_check(&f, &err));
    if (is_good) {
        tell_what(d, &l, &f);
        tell_version(d, &l, &f);
        tell_parts(d, &l, &f);
        tell_lock(&l, &f);
        tell_disk(d, &l, &f);
        tell_upgrade(d, &l, &f);
    } else {
        tell(&l, "wrong", "wrong", str_of(err.text));
    }
    folder_leave(&f);
    buf_byte(&l.json, '}');
    if (l.has_json)
        printf("%.*s\n", ARG(buf_str(&l.json)));
    return is_good ? 0 : 1;
}

int doctor_main(const struct options *o)
{
    return desk_run(o, run);
}
