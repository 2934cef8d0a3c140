// view.mjs - what was acknowledged is found by the next search, also after kill -9, and
// what a server has kept to be found is what its log makes again.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { binary, end, equal, history, match, ok, runAll, same, scratch, serve, sleep } from './lib.mjs'

const PAIRS = Number(process.env.FERMATA_PAIRS ?? 10_000)
const CLIENTS = 50

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="http://fermata/e2e">
<process id="view" isExecutable="true"><startEvent id="start"/>
<sequenceFlow id="to-work" sourceRef="start" targetRef="work"/>
<serviceTask id="work"><extensionElements><zeebe:taskDefinition type="work"/>
</extensionElements></serviceTask>
<sequenceFlow id="to-end" sourceRef="work" targetRef="end"/><endEvent id="end"/>
</process></definitions>`

function client(address) {
    const [host, port] = address.split(':')
    const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
    const call = (method, path, body, type = 'application/json') =>
        new Promise((done, fail) => {
            const r = request({ host, port, method, path: `/v2${path}`, agent,
                headers: body === undefined ? {} : { 'content-type': type } })
            r.on('response', (answer) => {
                let text = ''
                answer.setEncoding('utf8').on('data', (d) => (text += d))
                answer.on('error', fail)
                answer.on('end', () => {
                    const { statusCode: status, headers } = answer
                    if (status >= 300) fail(new Error(`${path}: ${status} ${text}`))
                    else done({ headers, body: text && JSON.parse(text) })
                })
            })
            r.on('error', fail)
            r.end(body === undefined || typeof body === 'string' ? body : JSON.stringify(body))
        })
    const deploy = () => call('POST', '/deployments',
        `--x\r\ncontent-disposition: form-data; name="resources"; filename="view.bpmn"\r\n\r\n` +
        `${MODEL}\r\n--x--\r\n`, 'multipart/form-data; boundary=x')
    return { call, deploy, close: () => agent.destroy() }
}

let ids = 0
/** Writes something and looks for it; how often it was not there, or said to be stale. */
async function pairs(c, count) {
    let stale = 0, begun = 0, n = 0
    const find = async (filter, wanted) => {
        const { headers, body } = await c.call('POST', '/process-instances/search', { filter })
        if (headers['x-fermata-stale'] || !wanted(body.items)) stale++
    }
    const one = async (id) => {
        const { body: { processInstanceKey } } = await c.call('POST', '/process-instances', {
            processDefinitionId: 'view', variables: { id: `i-${id}` } })
        await find({ variables: [{ name: 'id', value: `"i-${id}"` }] },
            (items) => items.length === 1 && items[0].state === 'ACTIVE')
        n++
        if (id % 2) return
        await c.call('POST', `/process-instances/${processInstanceKey}/cancellation`)
        await find({ processInstanceKey }, (items) => items[0]?.state === 'TERMINATED')
        n++
    }
    await Promise.all(Array.from({ length: CLIENTS }, async () => {
        while (begun++ < count) await one(++ids)
    }))
    return { stale, n }
}

const rebuilt = (data) => spawnSync(binary, ['rebuild-view', data, '--compare', ...history(data)], { encoding: 'utf8' })

const doctor = (data) => spawnSync(binary, ['doctor', data], { encoding: 'utf8' }).stdout
/** The first entry that the log still has. */
const first = (data) => Number(/entries (\d+) to/.exec(doctor(data))?.[1] ?? 0)

const scenarios = {
    async 'each of 10,000 writes is seen by the search that follows it'() {
        const server = await serve('--ephemeral')
        const c = client(server.http)
        await c.deploy()
        const end = Date.now() + 25_000
        let all = 0, stale = 0
        while (all < PAIRS && Date.now() < end) {
            const part = await pairs(c, Math.min(1000, PAIRS - all))
            all += part.n
            stale += part.stale
        }
        c.close()
        server.child.kill()
        equal(stale, 0)
        ok(all >= PAIRS || Date.now() >= end)
        console.log(`# ${all} pairs`)
    },

    async 'after kill -9 every search agrees with a view that was made again'() {
        const data = join(scratch(), 'data')
        for (let round = 0; round < 4; round++) {
            const server = await serve('--data', data, '--partitions', '2')
            const c = client(server.http)
            if (round === 0) await c.deploy()
            const load = pairs(c, 1e9).catch(() => {})
            await sleep(300 + 400 * Math.random())
            server.child.kill('SIGKILL')
            await server.ended
            await load
            c.close()
            const { status, stdout, stderr } = rebuilt(data)
            same([status, stderr], [0, ''])
            match(stdout, /^\d+ entries, view [0-9a-f]{16}\n$/)
        }
    },

    async 'a view that was removed is made again when the server starts'() {
        const data = join(scratch(), 'data')
        const first = await serve('--data', data)
        let c = client(first.http)
        await c.deploy()
        await pairs(c, 100)
        const search = () => c.call('POST', '/process-instances/search', {
            sort: [{ field: 'state' }, { field: 'startDate', order: 'DESC' }] })
        const before = (await search()).body
        c.close()
        first.child.kill()
        await first.ended
        spawnSync('rm', [join(data, 'view.sqlite')])
        const second = await serve('--data', data)
        c = client(second.http)
        same((await search()).body, before)
        c.close()
        second.child.kill()
        await second.ended
    },

    async 'a view that is lost on a trimmed log is made again from the checkpoint'() {
        const data = join(scratch(), 'data')
        const args = ['--data', data, '--checkpoint-bytes', '65536']
        let server = await serve(...args)
        let c = client(server.http)
        await c.deploy()
        const search = async (what, body) => (await c.call('POST', `/${what}/search`, body)).body.items
        // Large ones, most of which end, until the log has lost its beginning.
        const large = async (i) => {
            const { body: { processInstanceKey: key } } = await c.call('POST', '/process-instances', {
                processDefinitionId: 'view', variables: { id: randomBytes(25_000).toString('base64') } })
            if (i) await c.call('POST', `/process-instances/${key}/cancellation`)
        }
        for (let round = 0; round < 100 && first(data) <= 1; round++)
            await Promise.all(Array.from({ length: 20 }, (_, i) => large(i)))
        const asked = [
            ['process-instances', { filter: { state: 'ACTIVE' } }],
            ['element-instances', { filter: { state: 'ACTIVE' } }],
            ['jobs', { filter: { state: 'CREATED' } }],
            ['process-definitions', {}],
        ]
        const before = []
        for (const [what, body] of asked) before.push(await search(what, { ...body, page: { limit: 1000 } }))
        c.close()
        await end(server)
        ok(first(data) > 1, 'the log was trimmed')
        equal(spawnSync(binary, ['rebuild-view', data, ...history(data)]).status, 0)
        for (const name of ['view.sqlite', 'view.sqlite-wal', 'view.sqlite-shm']) rmSync(join(data, name), { force: true })
        server = await serve(...args)
        c = client(server.http)
        for (const [i, [what, body]] of asked.entries())
            same(await search(what, { ...body, page: { limit: 1000 } }), before[i])
        const [one] = await search('process-instances', { filter: { state: 'ACTIVE' }, page: { limit: 1 } })
        equal((await search('variables', { filter: { processInstanceKey: one.processInstanceKey } })).length, 1)
        // ... and it follows the log from there.
        const { stale } = await pairs(c, 20)
        equal(stale, 0)
        c.close()
        const said = await end(server)
        if (!process.env.FERMATA_POSTGRES) match(said.err, /the history of partition 1 begins at entry \d+/)
    },
}

process.exit((await runAll('view', scenarios)) ? 1 : 0)
