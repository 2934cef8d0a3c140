#include <stdio.h>

#include "cli/data.h"
#include "cli/history.h"
#include "cli/zone.h"

static bool rebuild(const struct options *o, struct zones *zones,
                    struct history_rebuilt *out, struct err *err)
{
    const char *folder = o->words[0];
    struct data_mark mark;
    struct history h;

    if (!data_mark_read(folder, &mark))
        return err_set(err, ERR_CORRUPT, "%s is no data directory", folder);
    return data_mark_check(folder, &mark, err) &&
           history_find(&h, folder, o->history, mark.partitions, zones, err) &&
           history_rebuild(&h, o->compare, out, err);
}

int rebuild_view_main(const struct options *o)
{
    struct history_rebuilt out;
    struct err err;

    if (o->word_count != 1) {
        fprintf(stderr, "fermata: name the data directory: fermata rebuild-view DIR\n");
        return 2;
    }
    struct zones *zones = zones_open(zone_file, NULL);
    bool is_good = rebuild(o, zones, &out, &err);
    zones_close(zones);
    if (!is_good) {
        fprintf(stderr, "fermata: %s\n", err.text);
        return 1;
    }
    printf("%llu entries, view %016llx\n", (unsigned long long)out.entries,
           (unsigned long long)out.hash);
    if (o->compare && out.before != out.hash)
        printf("the view that is there is another one: %016llx\n",
               (unsigned long long)out.before);
    return o->compare && out.before != out.hash ? 1 : 0;
}
