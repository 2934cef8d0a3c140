/* command.h - one function a command: may this be done, and what happens then? */
#ifndef COMMAND_H
#define COMMAND_H

#include "engine/step.h"

/* `record` is of commands[kind].ask and never NULL. */
typedef void decider(struct step *s, u64 key, const void *record);

extern decider *const deciders[COMMAND_COUNT];

#endif
