#include "cli/verify.h"

#include <stdio.h>

#include "base/hash.h"
#include "cli/desk.h"
#include "cli/manifest.h"

bool verify_part(const struct folder *f, u32 part, struct zones *zones,
                 struct verified *out, struct err *err)
{
    const struct log *log = f->parts[part].log;
    struct node *node = folder_replay(f, part, zones, err);

    if (!node)
        return err_in(err, "%s", f->parts[part].path);
    *out = (struct verified){.state = node_hash(node),
                             .entries = log->durable - log->first,
                             .counters = node_counters(node)};
    node_close(node);
    return true;
}

void verified_add(struct verified *all, const struct verified *part)
{
    all->state = hash_mix(all->state ^ part->state);
    all->entries += part->entries;
    all->counters.instances += part->counters.instances;
    all->counters.jobs += part->counters.jobs;
    all->counters.incidents += part->counters.incidents;
}

/* ---- the command ----------------------------------------------------------------- */

static void part_text(const struct folder_part *p, const struct verified *v)
{
    printf("partition %u: entries %llu to %llu, %llu instances, state %016llx\n",
           p->number, (unsigned long long)p->log->first,
           (unsigned long long)p->log->durable - 1,
           (unsigned long long)v->counters.instances, (unsigned long long)v->state);
    if (p->log->dropped)
        printf("partition %u: a torn end of %llu bytes, which was never acknowledged\n",
               p->number, (unsigned long long)p->log->dropped);
}

static void part_json(struct buf *b, const struct folder_part *p,
                      const struct verified *v)
{
    json_comma(b);
    buf_print(b,
              "{\"partition\":%u,\"first\":%llu,\"next\":%llu,\"instances\":%llu,"
              "\"tornBytes\":%llu,\"state\":\"%016llx\"}",
              p->number, (unsigned long long)p->log->first,
              (unsigned long long)p->log->durable,
              (unsigned long long)v->counters.instances,
              (unsigned long long)p->log->dropped, (unsigned long long)v->state);
}

static bool folder_verify(struct desk *d, const struct folder *f, struct buf *b,
                          struct verified *all, struct err *err)
{
    if (f->is_backup && !manifest_check(f, err))
        return false;
    for (u32 i = 0; i < f->count; i++) {
        struct verified part;
        if (!verify_part(f, i, d->zones, &part, err))
            return false;
        verified_add(all, &part);
        if (d->options->json)
            part_json(b, &f->parts[i], &part);
        else
            part_text(&f->parts[i], &part);
    }
    return true;
}

static int verify_end(struct desk *d, struct buf *b, bool is_whole,
                      const struct verified *all, const struct err *err)
{
    if (!is_whole)
        fprintf(stderr, "fermata: %s\n", err->text);
    if (d->options->json) {
        buf_print(b, "],\"isWhole\":%s,", is_whole ? "true" : "false");
        if (is_whole) {
            buf_print(b, "\"state\":\"%016llx\"}", (unsigned long long)all->state);
        } else {
            buf_text(b, "\"error\":");
            json_put_string(b, str_of(err->text));
            buf_byte(b, '}');
        }
        printf("%.*s\n", ARG(buf_str(b)));
    } else if (is_whole) {
        printf("whole: %llu entries, state %016llx\n", (unsigned long long)all->entries,
               (unsigned long long)all->state);
    }
    return is_whole ? 0 : 1;
}

static int run(struct desk *d)
{
    struct verified all = {0};
    struct err err = {0};
    struct folder f = {0};
    struct buf b;

    if (d->options->word_count != 1) {
        fprintf(stderr, "fermata: name one directory: fermata verify DIR\n");
        return 2;
    }
    buf_init(&b, &d->keep, 1024);
    buf_text(&b, "{\"partitions\":[");
    bool is_whole = folder_look(d->options->words[0], &f, &err) &&
                    folder_verify(d, &f, &b, &all, &err);
    folder_leave(&f);
    return verify_end(d, &b, is_whole, &all, &err);
}

int verify_main(const struct options *o)
{
    return desk_run(o, run);
}
