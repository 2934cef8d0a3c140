#include <stdarg.h>
#include <stdio.h>
#include <time.h>

#include "cli/server.h"

static const char *const names[] = {"error", "warn", "info", "debug"};
static enum say_level most = SAY_INFO;

bool say_level_set(const char *name)
{
    for (size_t i = 0; i < LEN(names); i++)
        if (strcmp(names[i], name) == 0) {
            most = (enum say_level)i;
            return true;
        }
    return false;
}

i64 now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* One write a line, so that lines of several threads do not mix. */
void say(enum say_level level, const char *fmt, ...)
{
    struct timespec now;
    struct tm utc;
    char line[1024];
    va_list args;

    if (level > most)
        return;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    int at = snprintf(line, sizeof(line), "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ %s ",
                      utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday, utc.tm_hour,
                      utc.tm_min, utc.tm_sec, now.tv_nsec / 1000000, names[level]);
    va_start(args, fmt);
    vsnprintf(line + at, sizeof(line) - (size_t)at - 1, fmt, args);
    va_end(args);
    size_t len = strlen(line);
    line[len] = '\n';
    fwrite(line, 1, len + 1, stderr);
}
