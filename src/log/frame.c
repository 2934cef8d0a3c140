#include "log/frame.h"

#include <lz4.h>

#include "base/hash.h"

#define MAGIC 0x474f4c46u /* "FLOG" */

static void store_u16(char *p, u32 value)
{
    p[0] = (char)(value & 255);
    p[1] = (char)(value >> 8 & 255);
}

static void store_u32(char *p, u32 value)
{
    store_u16(p, value & 0xffff);
    store_u16(p + 2, value >> 16);
}

static void store_u64(char *p, u64 value)
{
    store_u32(p, (u32)value);
    store_u32(p + 4, (u32)(value >> 32));
}

static u32 load_u16(const char *p)
{
    return (u32)(u8)p[0] | (u32)(u8)p[1] << 8;
}

static u32 load_u32(const char *p)
{
    return load_u16(p) | load_u16(p + 2) << 16;
}

static u64 load_u64(const char *p)
{
    return load_u32(p) | (u64)load_u32(p + 4) << 32;
}

u64 frame_size(u64 stored)
{
    return (FRAME_HEAD + stored + FRAME_BLOCK - 1) / FRAME_BLOCK * FRAME_BLOCK;
}

u64 frame_raw_max(void)
{
    return LZ4_MAX_INPUT_SIZE;
}

static u32 frame_crc(const char *head, struct str stored)
{
    return hash_crc32c(hash_crc32c(0, head, FRAME_HEAD - 4), stored.data, stored.len);
}

/* What can be said of a head alone. LZ4 never makes more than 255 bytes of one, so a
 * larger claim is a lie that would cost memory. */
static bool frame_head_is_sound(const char *p, u64 id)
{
    u64 raw = load_u32(p + 44), stored = load_u32(p + 48);
    u32 flags = load_u16(p + 6);

    if (load_u32(p) != MAGIC || load_u16(p + 4) != FRAME_FORMAT ||
        load_u64(p + 8) != id)
        return false;
    if (flags > (FRAME_LZ4 | FRAME_EPOCH | FRAME_CLOSE) || load_u32(p + 56) != 0)
        return false;
    if (raw > frame_raw_max() || load_u32(p + 40) > raw / 4)
        return false;
    return flags & FRAME_LZ4 ? stored < raw && raw / 255 <= stored : stored == raw;
}

enum frame_state frame_parse(struct str bytes, u64 id, struct frame *out, u64 *size)
{
    const char *p = bytes.data;

    *size = FRAME_HEAD;
    if (bytes.len < FRAME_HEAD)
        return FRAME_SHORT;
    if (!frame_head_is_sound(p, id))
        return FRAME_BAD;
    struct str stored = {p + FRAME_HEAD, load_u32(p + 48)};
    *size = frame_size(stored.len);
    if (bytes.len < *size)
        return FRAME_SHORT;
    *out = (struct frame){.flags = load_u16(p + 6),
                          .id = id,
                          .epoch = load_u64(p + 16),
                          .serial = load_u64(p + 24),
                          .first = load_u64(p + 32),
                          .count = load_u32(p + 40),
                          .raw_len = load_u32(p + 44),
                          .prior = load_u32(p + 52),
                          .crc = load_u32(p + 60),
                          .stored = stored};
    return frame_crc(p, stored) == out->crc ? FRAME_WHOLE : FRAME_BAD;
}

bool frame_seems(struct str bytes, u64 id, u64 serial)
{
    return bytes.len >= FRAME_HEAD && load_u32(bytes.data) == MAGIC &&
           load_u64(bytes.data + 8) == id && load_u64(bytes.data + 24) == serial;
}

bool frame_follows(const struct frame *f, const struct frame_chain *chain)
{
    return f->serial == chain->serial + 1 && f->prior == chain->crc &&
           f->first == chain->number && f->epoch >= chain->epoch;
}

void frame_advance(struct frame_chain *chain, const struct frame *f)
{
    must(frame_follows(f, chain));
    *chain = (struct frame_chain){f->epoch, f->serial, f->first + f->count, f->crc};
}

bool frame_unpack(const struct frame *f, char *raw)
{
    if (f->flags & FRAME_LZ4)
        return LZ4_decompress_safe(f->stored.data, raw, (int)f->stored.len,
                                   (int)f->raw_len) == (int)f->raw_len;
    if (f->raw_len)
        memcpy(raw, f->stored.data, f->raw_len);
    return true;
}

bool frame_entry(struct str raw, size_t *at, struct str *out)
{
    if (raw.len - *at < 4)
        return false;
    u32 len = load_u32(raw.data + *at);
    if (raw.len - *at - 4 < len)
        return false;
    *out = (struct str){raw.data + *at + 4, len};
    *at += 4 + (size_t)len;
    return true;
}

size_t frame_entry_size(struct str entry)
{
    return 4 + entry.len;
}

void frame_entry_put(char *room, struct str entry)
{
    store_u32(room, (u32)entry.len);
    if (entry.len)
        memcpy(room + 4, entry.data, entry.len);
}

u64 frame_room(u64 raw)
{
    return frame_size(raw);
}

/* Compresses into no more room than the entries have plain: LZ4 says 0 when it would
 * need more, and then they are stored as they are. */
static u32 frame_pack(struct frame *f, struct str raw, char *room)
{
    int len = 0;

    if (raw.len > 1)
        len = LZ4_compress_default(raw.data, room, (int)raw.len, (int)raw.len - 1);
    if (len > 0) {
        f->flags |= FRAME_LZ4;
        return (u32)len;
    }
    if (raw.len)
        memcpy(room, raw.data, raw.len);
    return (u32)raw.len;
}

u64 frame_write(struct frame *f, struct str raw, char *room)
{
    must(raw.len <= frame_raw_max());
    must((f->flags & FRAME_LZ4) == 0);
    f->raw_len = (u32)raw.len;
    f->stored = (struct str){room + FRAME_HEAD, frame_pack(f, raw, room + FRAME_HEAD)};
    store_u32(room, MAGIC);
    store_u16(room + 4, FRAME_FORMAT);
    store_u16(room + 6, f->flags);
    store_u64(room + 8, f->id);
    store_u64(room + 16, f->epoch);
    store_u64(room + 24, f->serial);
    store_u64(room + 32, f->first);
    store_u32(room + 40, f->count);
    store_u32(room + 44, f->raw_len);
    store_u32(room + 48, (u32)f->stored.len);
    store_u32(room + 52, f->prior);
    store_u32(room + 56, 0);
    f->crc = frame_crc(room, f->stored);
    store_u32(room + 60, f->crc);
    u64 size = frame_size(f->stored.len), used = FRAME_HEAD + f->stored.len;
    memset(room + used, 0, size - used);
    return size;
}
