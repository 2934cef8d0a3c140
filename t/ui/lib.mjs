// lib.mjs - what the tests of the pages share: a server, a browser, telling results.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { client } from './world.mjs'

export const here = dirname(fileURLToPath(import.meta.url))
export const binary = process.env.FERMATA_BINARY ?? join(here, '../../build/fermata')
export const shots = process.env.SHOTS ?? join(here, 'shots')
mkdirSync(shots, { recursive: true })

const CHROMIUM = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((p) => p && existsSync(p))

/** A server with nothing in it, and its client. */
export async function serve(...args) {
    const child = spawn(binary, ['serve', '--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0', '--ephemeral', '--log', 'warn', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    process.on('exit', () => child.kill('SIGKILL'))
    const line = await new Promise((done, fail) => {
        let said = ''
        child.stdout.on('data', (d) => { said += d; if (said.includes('\n')) done(said) })
        child.on('close', () => fail(new Error(`the server ended: ${said}`)))
    })
    const base = 'http://' + /http=(\S+)/.exec(line)[1]
    return { base, api: client(base), stop: () => child.kill('SIGTERM') }
}

export async function browser() {
    if (!CHROMIUM) throw new Error('chromium is missing: tools/install test brings it')
    return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] })
}

/** A page that remembers what went wrong in it, and whom it asked. */
export async function open(b, base, { theme = 'light', viewport = { width: 1440, height: 900 } } = {}) {
    const context = await b.newContext({ viewport, colorScheme: theme, permissions: [] })
    const page = await context.newPage()
    page.setDefaultTimeout(8000)
    const wrong = []
    const foreign = []
    page.on('pageerror', (e) => wrong.push(`error: ${e.stack?.split('\n').slice(0, 4).join(' ')}`))
    page.on('console', (m) => {
        // That a server does not offer something (501) or does not know it (404) is told by the page.
        if (m.type() === 'error' && !/status of (404|501|409|400)|ERR_CONNECTION|ERR_INCOMPLETE/.test(m.text())) wrong.push(`console: ${m.text()}`)
    })
    page.on('request', (r) => { if (!r.url().startsWith(base) && !/^(data|blob):/.test(r.url())) foreign.push(r.url()) })
    const to = async (hash) => {
        await page.goto(`${base}/#/${hash}`)
        await page.waitForSelector('main h1')
    }
    return { page, context, wrong, foreign, to, text: (selector = 'main') => page.locator(selector).innerText() }
}

let failed = 0
let passed = 0

/** Runs one test, tells how it went; the page is kept as a picture when it failed. */
export async function test(name, run, page) {
    const began = Date.now()
    try {
        await run()
        passed++
        console.log(`ok ui: ${name} (${Date.now() - began} ms)`)
    } catch (error) {
        failed++
        console.log(`not ok ui: ${name} - ${String(error?.message ?? error).replaceAll(/\u001b\[\d+m/g, '').replaceAll(/\s+/g, ' ').slice(0, 600)}`)
        await page?.screenshot({ path: join(shots, `failed-${name.replaceAll(/\W+/g, '-')}.png`) }).catch(() => {})
    }
}

export function end() {
    console.log(`${passed} passed, ${failed} failed`)
    process.exit(failed ? 1 : 0)
}

/** Waits until the check holds; what it last said is the reason otherwise. */
export async function until(check, what, ms = 8000) {
    const end = Date.now() + ms
    let last
    while (Date.now() < end) {
        try {
            last = await check()
            if (last) return last
        } catch (e) {
            last = e.message
        }
        await new Promise((r) => setTimeout(r, 50))
    }
    throw new Error(`${what}: not within ${ms} ms (${last})`)
}
