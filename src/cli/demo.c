#include "cli/cli.h"

int demo_main(const struct options *o)
{
    return serve_main(o);
}
