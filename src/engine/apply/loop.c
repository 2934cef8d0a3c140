#include "engine/apply/apply.h"
#include "state/write.h"

void apply_loop_begun(struct state *s, u64 key, const void *record);
void apply_loop_result_set(struct state *s, u64 key, const void *record);

void apply_loop_begun(struct state *s, u64 key, const void *record)
{
    loop_put(s, key, record);
}

void apply_loop_result_set(struct state *s, u64 key, const void *record)
{
    loop_result_put(s, key, record);
}
