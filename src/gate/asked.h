/* asked.h - who has asked for jobs of which type, and when: what a person wants to know
 * about jobs that nobody fetches. It forgets the type that was asked for longest ago
 * when there are too many. */
#ifndef ASKED_H
#define ASKED_H

#include "record/record.h"

struct asked;

struct asked *asked_open(void);
void asked_close(struct asked *a);

void asked_note(struct asked *a, struct str tenant, const struct job_activate *ask,
                i64 now);

/* Those of a tenant, at most `max` of them, with nobody waiting; borrowed until the
 * next note. */
u32 asked_list(const struct asked *a, struct str tenant, struct job_asker *out,
               u32 max);

#endif
