/* counts.h - printed by tools/describe: how long the tables by number are. */
#ifndef COUNTS_H
#define COUNTS_H

#define COMMAND_COUNT 189
#define EVENT_COUNT 236

#endif
