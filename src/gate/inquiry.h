/* inquiry.h - an explanation in the making: what the partitions know of the messages
 * that an instance waits for, until its own one can tell all. */
#ifndef INQUIRY_H
#define INQUIRY_H

#include "record/record.h"

struct inquiry;

/* `ask` is borrowed until the end, `names` is copied. */
struct inquiry *inquiry_open(const struct explain_ask *ask,
                             const struct text_list *names);
void inquiry_close(struct inquiry *q); /* NULL is fine */

/* The index of the partition that is to be asked next; `count`, and it is over: all
 * were asked, and what they said goes to the instance's own one. */
u32 inquiry_next(struct inquiry *q, u32 count);
bool inquiry_is_over(const struct inquiry *q);
const struct explain_ask *inquiry_ask(
    const struct inquiry *q); /* with what; borrowed */

void inquiry_add(struct inquiry *q, const struct explained *e); /* copied */

#endif
