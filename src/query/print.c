#include "query/query.h"

/* ---- printing -------------------------------------------------------------------- */

static void print_key(struct buf *out, u64 key)
{
    if (key)
        buf_print(out, "\"%llu\"", (unsigned long long)key);
    else
        buf_text(out, "null");
}

static void print_text_or_null(struct buf *out, struct str text)
{
    if (text.len)
        json_put_string(out, text);
    else
        buf_text(out, "null");
}

/* The days of a year and month by the calendar that runs back for ever: from the first
 * of March of the year 0, so that the leap day comes last. */
void query_print_moment(struct buf *out, i64 ms)
{
    i64 days = ms / 86400000, rest = ms % 86400000;

    if (rest < 0) {
        rest += 86400000;
        days--;
    }
    days += 719468;
    i64 era = (days >= 0 ? days : days - 146096) / 146097, doe = days - era * 146097;
    i64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    i64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100), month = (5 * doy + 2) / 153;
    i64 day = doy - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    buf_print(out, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lld.%03lldZ",
              (long long)(yoe + era * 400 + (month <= 2)), (long long)month,
              (long long)day, (long long)(rest / 3600000),
              (long long)(rest / 60000 % 60), (long long)(rest / 1000 % 60),
              (long long)(rest % 1000));
}

void query_print_time(struct buf *out, i64 ms)
{
    if (ms == 0) {
        buf_text(out, "null");
        return;
    }
    buf_byte(out, '"');
    query_print_moment(out, ms);
    buf_byte(out, '"');
}

void query_print_value(struct buf *out, const struct column *c, const struct value *v)
{
    switch (c->type) {
    case COLUMN_KEY:
        print_key(out, v->number);
        break;
    case COLUMN_NAME:
    case COLUMN_CHOICE:
        json_put_string(out, v->text);
        break;
    case COLUMN_TEXT:
    case COLUMN_DATE:
        print_text_or_null(out, v->text);
        break;
    case COLUMN_NUMBER:
        json_put_i64(out, (i64)v->number);
        break;
    case COLUMN_FLAG:
        buf_text(out, v->number ? "true" : "false");
        break;
    case COLUMN_TIME:
        query_print_time(out, (i64)v->number);
        break;
    case COLUMN_TEXTS:
    case COLUMN_TAGS:
    case COLUMN_DOCUMENT:
        buf_add(out, v->text);
        break;
    case COLUMN_NOTHING:
    case COLUMN_VARIABLES:
    case COLUMN_REFUSED:
        buf_text(out, "null");
        break;
    }
}

/* ---- cursors ----------------------------------------------------------------------
 */

/* RFC 4648, section 4. */
void base64_put(struct buf *b, struct str s)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < s.len; i += 3) {
        u32 three = (u32)(u8)s.data[i] << 16;
        if (i + 1 < s.len)
            three |= (u32)(u8)s.data[i + 1] << 8;
        if (i + 2 < s.len)
            three |= (u8)s.data[i + 2];
        buf_byte(b, digits[three >> 18]);
        buf_byte(b, digits[three >> 12 & 63]);
        buf_byte(b, i + 1 < s.len ? digits[three >> 6 & 63] : '=');
        buf_byte(b, i + 2 < s.len ? digits[three & 63] : '=');
    }
}
