// postgres.mjs - history in a PostgreSQL server that goes away and comes back, and that
// several could be writing to. Runs under t/postgres.sh.
import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { binary, deploy, end, equal, history, match, ok, post, runAll, same, scratch, serve, sleep, start } from './lib.mjs'

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="http://fermata/e2e">
<process id="short" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="to-end" sourceRef="start" targetRef="end"/><endEvent id="end"/>
</process></definitions>`

const control = (word) => equal(spawnSync(process.env.FERMATA_POSTGRES_CONTROL, [word], { stdio: 'ignore' }).status, 0)
const run = (...args) => spawnSync(binary, args, { encoding: 'utf8', timeout: 15_000 })
const begin = (server) => post(server, '/v2/process-instances', { processDefinitionId: 'short', variables: { a: 1 } })
const count = async (server) => {
    const { status, body } = await post(server, '/v2/process-instances/search', { page: { limit: 1 } })
    return status === 200 ? body.page.totalItems : body
}
async function until(wanted, ask) {
    for (let tries = 0; tries < 200; tries++, await sleep(100))
        if (await ask() === wanted) return
    equal(await ask(), wanted)
}

const scenarios = {
    async 'the engine goes on while its history is away, and nothing is missing after it'() {
        const data = join(scratch(), 'data')
        const server = await serve('--data', data)
        await deploy(server, 'short.bpmn', MODEL)
        let begun = 0, goes = true
        const load = Promise.all(Array.from({ length: 8 }, async () => {
            while (goes) {
                equal((await begin(server)).status, 200)
                begun++
            }
        }))
        await sleep(300)
        control('kill')
        const before = begun
        const refused = await post(server, '/v2/process-instances/search', {})
        same([refused.status, refused.body.title], [503, 'UNAVAILABLE'])
        match(refused.body.detail, /history in PostgreSQL/)
        await sleep(500)
        ok(begun > before)
        control('start')
        await until(true, async () => (await post(server, '/v2/process-instances/search', {})).status === 200)
        goes = false
        await load
        await until(Math.min(begun, 10000), () => count(server))
        control('stop')
        control('start')
        await until(Math.min(begun, 10000), () => count(server))
        await end(server)
        const { status, stdout, stderr } = run('rebuild-view', data, '--compare', ...history(data))
        same([status, stderr], [0, ''])
        match(stdout, /^\d+ entries, view [0-9a-f]{16}\n$/)
    },

    async 'a server starts without its history, which follows when it is there'() {
        const data = join(scratch(), 'data')
        control('stop')
        const server = await serve('--data', data)
        await deploy(server, 'short.bpmn', MODEL)
        for (let i = 0; i < 20; i++) await begin(server)
        equal((await post(server, '/v2/process-instances/search', {})).status, 503)
        control('start')
        await until(20, () => count(server))
        await end(server)
    },

    async 'nobody else writes to it, at the same time or later'() {
        const data = join(scratch(), 'data'), other = join(scratch(), 'data')
        const server = await serve('--data', data)
        await deploy(server, 'short.bpmn', MODEL)
        await begin(server)
        await until(1, () => count(server))
        const refused = () => run('serve', '--data', other, '--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0', ...history(data))
        let { status, stderr } = refused()
        equal(status, 1)
        match(stderr, /is being written by another fermata/)
        await end(server);
        ({ status, stderr } = refused())
        equal(status, 1)
        match(stderr, /is of another data directory/)
    },

    async 'history that is ahead of its log is refused, and made again when that is asked for'() {
        const data = join(scratch(), 'data'), copy = join(scratch(), 'data')
        let server = await serve('--data', data)
        await deploy(server, 'short.bpmn', MODEL)
        for (let i = 0; i < 3; i++) await begin(server)
        await until(3, () => count(server))
        await end(server)
        cpSync(data, copy, { recursive: true })
        server = await serve('--data', data)
        for (let i = 0; i < 3; i++) await begin(server)
        await until(6, () => count(server))
        await end(server)
        const refused = run('serve', '--data', copy, '--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0', ...history(data))
        equal(refused.status, 1)
        match(refused.stderr, /cannot go on with this data directory.*ahead of the log/)
        equal(run('rebuild-view', copy, ...history(data)).status, 0)
        const again = start(['serve', '--data', copy, '--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0', ...history(data)])
        const [, , http] = (await again.ready).match(/^ready grpc=(\S+) http=(\S+) data=/)
        await until(3, () => count({ http }))
        again.child.kill()
        await again.ended
    },

    async 'what cannot work is refused with a sentence'() {
        const data = join(scratch(), 'data')
        for (const [url, wanted] of [
            ['mysql://here/there', /--history takes postgres:/],
            ['postgres://127.0.0.1:notaport/x', /invalid integer value "notaport"/],
            [process.env.FERMATA_POSTGRES.replace(/[^/]*$/, 'nosuch'), /database "nosuch" does not exist/],
        ]) {
            const { status, stderr } = run('serve', '--data', data, '--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0', '--history', url)
            equal(status, 1)
            match(stderr, wanted)
        }
        const { status, stderr } = run('serve', '--ephemeral', '--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0', '--history', process.env.FERMATA_POSTGRES)
        equal(status, 1)
        match(stderr, /--ephemeral keeps everything in memory/)
    },
}

process.exit((await runAll('postgres', scenarios)) ? 1 : 0)
