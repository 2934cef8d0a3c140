// lib.mjs - what all suites share: telling results, the models, a server of one's own.
import { strictEqual } from 'node:assert'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export { deepStrictEqual as same, match, ok, strictEqual as equal } from 'node:assert'

export const here = dirname(fileURLToPath(import.meta.url))
export const binary = process.env.FERMATA_BINARY ?? join(here, '../../build/fermata')
export const grpcAddress = process.env.FERMATA_GRPC
export const httpAddress = process.env.FERMATA_HTTP

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

/** The promise, or an error that says what did not come in time. */
export function within(ms, what, promise) {
    let timer
    const late = new Promise((_, fail) => {
        timer = setTimeout(() => fail(new Error(`${what}: nothing came in ${ms} ms`)), ms)
    })
    return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Runs each scenario after the other, tells how it went, ends the process. */
export async function runAll(suite, scenarios) {
    let failed = 0
    for (const [name, scenario] of Object.entries(scenarios)) {
        try {
            await within(30_000, 'the scenario', scenario())
            console.log(`ok ${suite}: ${name}`)
        } catch (error) {
            failed++
            const why = String(error?.message ?? error).replaceAll(/\s+/g, ' ')
            console.log(`not ok ${suite}: ${name} - ${why}`)
        }
    }
    return failed
}

/** What a call failed with; a call that succeeds is the failure then. */
export async function failure(call) {
    try {
        await call
    } catch (error) {
        return error
    }
    throw new Error('the call was expected to fail, and succeeded')
}

// Each server that a suite starts listens for the end of the process, to end with it.
process.setMaxListeners(0)

let count = 0
/** A name that nothing else on the server has, not even an earlier run's. */
export const freshName = (suite) => `${suite}-${process.pid}-${++count}`

export function model(file, name) {
    const text = readFileSync(join(here, 'models', file), 'utf8')
    return Buffer.from(text.replaceAll('NAME', name))
}

export const shopModel = (file) => readFileSync(join(here, 'shop', file))

/** A folder that is gone when the process ends. */
export function scratch() {
    const folder = mkdtempSync(join(tmpdir(), 'fermata-e2e-'))
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
    return folder
}

/** Starts the binary; `ready` is its first line, `ended` its exit code and what it said. */
export function start(args, options = {}) {
    const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
    const said = { out: '', err: '' }
    child.stdout.on('data', (d) => (said.out += d))
    child.stderr.on('data', (d) => (said.err += d))
    const ended = new Promise((done) =>
        child.on('close', (code, signal) => done({ code, signal, ...said })),
    )
    const ready = new Promise((done, fail) => {
        child.stdout.on('data', () => said.out.includes('\n') && done(said.out.split('\n')[0]))
        ended.then(() => fail(new Error(`the server ended: ${said.err}`)))
    })
    ready.catch(() => {})
    process.on('exit', () => child.kill('SIGKILL'))
    return { child, ready, ended, said }
}

/** A server that is ready, with its addresses. */
// Under t/postgres.sh each data directory has its history in a schema of its own there.
export function history(data) {
    const url = process.env.FERMATA_POSTGRES
    if (!url) return []
    const name = createHash('sha256').update(data).digest('hex').slice(0, 12)
    return ['--history', `${url}?options=-csearch_path%3Dh${name}`]
}

export async function serve(...args) {
    if (process.env.FERMATA_POSTGRES)
        args = args.flatMap((word) => word === '--ephemeral' ? ['--data', join(scratch(), 'data')] : [word])
    const data = args[args.indexOf('--data') + 1]
    const server = start(['serve', '--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0', ...args, ...history(data)])
    const line = await within(10_000, 'the ready line', server.ready)
    const [, grpc, http] = line.match(/^ready grpc=(\S+) http=(\S+) data=/)
    return { ...server, line, grpc, http }
}

/** A call of the REST door of a server that was started here. */
export async function post(server, path, body) {
    const r = await fetch(`http://${server.http}${path}`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    })
    return { status: r.status, body: r.status === 204 ? {} : await r.json() }
}

/** Of the model in this text. */
export async function deploy(server, name, text) {
    const form = new FormData()
    form.append('resources', new Blob([text]), name)
    strictEqual((await fetch(`http://${server.http}/v2/deployments`, { method: 'POST', body: form })).status, 200)
}

export async function end(server, signal = 'SIGTERM') {
    server.child.kill(signal)
    return within(5000, 'the end', server.ended)
}
