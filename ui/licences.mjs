// licences.mjs - prints src/licences.txt: the licence of each package that the pages are made of.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const byText = new Map()
for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path || entry.dev || entry.optional || !existsSync(path)) continue
    const file = readdirSync(path).find((f) => /^licen[cs]e/i.test(f))
    const about = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    const text = file ? readFileSync(join(path, file), 'utf8').replaceAll('\r', '').trim() : `Licence: ${about.license ?? 'not stated'}`
    const names = byText.get(text) ?? byText.set(text, new Set()).get(text)
    names.add(`${about.name} ${about.version}`)
}
const blocks = [...byText].map(([text, names]) => `${[...names].sort().join(', ')}\n\n${text}`).sort()
writeFileSync('src/licences.txt', blocks.join('\n\n----------------------------------------\n\n') + '\n')
