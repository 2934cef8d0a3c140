#include "cli/run.h"

int serve_main(const struct options *o)
{
    struct server *s = run_open(o);

    if (!s)
        return 1;
    while (run_turn(s))
        ;
    return run_close(s);
}
