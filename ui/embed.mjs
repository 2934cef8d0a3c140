// embed.mjs DIR OUT - prints the table of the pages that are part of the program: OUT.c,
// whose rows are struct api_asset, and OUT.S, which brings the bytes of DIR by .incbin.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const TYPES = {
    html: 'text/html; charset=utf-8',
    js: 'text/javascript; charset=utf-8',
    css: 'text/css; charset=utf-8',
    svg: 'image/svg+xml',
    json: 'application/json',
    txt: 'text/plain; charset=utf-8',
    woff2: 'font/woff2',
    woff: 'font/woff',
    ttf: 'font/ttf',
    eot: 'application/vnd.ms-fontobject',
    png: 'image/png',
}
const IS_SMALL_ALREADY = /\.(woff2?|png)$/

const [dir, out] = process.argv.slice(2)
const packed = out + '.packed'

const files = (folder) =>
    readdirSync(folder).sort().flatMap((name) => {
        const path = join(folder, name)
        return statSync(path).isDirectory() ? files(path) : [path]
    })

const brotli = (bytes) =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } })

// What one path is served as: the smallest first, as it is last.
function encodings(name, bytes) {
    const all = [['br', brotli(bytes)], ['gzip', gzipSync(bytes, { level: 9 })]]
    return [...(IS_SMALL_ALREADY.test(name) ? [] : all.filter(([, b]) => b.length < bytes.length)), ['', bytes]]
}

rmSync(packed, { recursive: true, force: true })
mkdirSync(packed, { recursive: true })
const rows = []
const blobs = []

for (const path of files(dir)) {
    const name = relative(dir, path)
    const type = TYPES[name.split('.').pop()]
    if (!type) throw new Error(`${name}: embed.mjs knows no content type for it`)
    const bytes = readFileSync(path)
    const sum = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
    for (const [encoding, body] of encodings(name, bytes)) {
        const blob = join(packed, `${blobs.length}`)
        writeFileSync(blob, body)
        const tag = `\\"${sum}${encoding && '-' + encoding}\\"`
        const url = name === 'index.html' ? '/' : '/' + name
        const isImmutable = name.startsWith('assets/')
        rows.push(`    {"${url}", "${type}", "${encoding}", "${tag}", ${isImmutable}, {page_${blobs.length}, ${body.length}}},`)
        blobs.push(blob)
    }
}

writeFileSync(out + '.c', `/* Printed by ui/embed.mjs from what was built of ui/. */
#include "cli/pages.h"

${blobs.map((_, i) => `extern const char page_${i}[];`).join('\n')}

const struct api_asset pages[] = {
${rows.join('\n')}
};
const u32 page_count = ${rows.length};
`)
writeFileSync(out + '.S', `/* Printed by ui/embed.mjs: the bytes of the pages. */
    .section .rodata
${blobs.map((blob, i) => `    .global page_${i}\npage_${i}:\n    .incbin "${blob}"\n    .byte 0`).join('\n')}
    .section .note.GNU-stack, "", %progbits
`)
