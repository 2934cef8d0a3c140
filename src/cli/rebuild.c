#include <stdio.h>

#include "cli/data.h"

int rebuild_view_main(const struct options *o)
{
    struct data_rebuilt out;
    struct err err;

    if (o->word_count != 1) {
        fprintf(stderr, "fermata: name the data directory: fermata rebuild-view DIR\n");
        return 2;
    }
    if (!data_rebuild_view(o->words[0], o->compare, &out, &err)) {
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
