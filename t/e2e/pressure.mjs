// pressure.mjs - a disk that gets full, and memory that gets short: new work is refused
// in time and says why, what runs goes on, and all by itself it is as before when there
// is room again. The disk is a small tmpfs, which takes root to mount.
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deploy, end, equal, match, ok, post, runAll, scratch, serve, sleep, within } from './lib.mjs'

const folder = scratch()
const MIB = 1 << 20

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="http://fermata/e2e">
<process id="work" isExecutable="true"><startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="t"/>
<serviceTask id="t"><extensionElements><zeebe:taskDefinition type="work"/></extensionElements></serviceTask>
<sequenceFlow id="g" sourceRef="t" targetRef="e"/><endEvent id="e"/></process></definitions>`

const deployed = (server) => deploy(server, 'work.bpmn', MODEL)
const create = (server, variables = {}) => post(server, '/v2/process-instances', { processDefinitionId: 'work', variables })
const jobs = async (server, most) => (await post(server, '/v2/jobs/activation', {
    type: 'work', timeout: 600_000, maxJobsToActivate: most, requestTimeout: -1, fetchVariable: ['none'],
})).body.jobs
const complete = (server, key, variables = {}) => post(server, `/v2/jobs/${key}/completion`, { variables })
const search = (server) => post(server, '/v2/process-instances/search', {})
const metric = async (server, name) =>
    Number(new RegExp(`^fermata_${name}\\{.*\\} (\\d+)`, 'm').exec(await (await fetch(`http://${server.http}/metrics`)).text())?.[1])
/** Memory of the process that no file is behind. */
const memory = (pid) => Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024
/** What does not compress. */
const bytes = (count) => randomBytes(count * 3 / 4 | 0).toString('base64')

/** A disk of its own; null: it cannot be mounted. */
function disk(name, mib) {
    const path = join(folder, name)
    mkdirSync(path)
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mib}m`, 'tmpfs', path]).status !== 0) return null
    process.on('exit', () => spawnSync('umount', ['-l', path]))
    return path
}
const free = (path) => { const s = statfsSync(path); return s.bavail * s.bsize }
/** Takes all of the disk but so many bytes. */
function fill(path, but) {
    const more = free(path) - but
    if (more > 0) writeFileSync(join(path, `ballast-${more}`), Buffer.alloc(more, 1), { flag: 'w' })
    return () => rmSync(join(path, `ballast-${more}`))
}
const until = (ms, what, check) => within(ms, what, (async () => { while (!await check()) await sleep(100) })())

const scenarios = {
    'a disk with little room takes no new work, and finishes what runs': async () => {
        const path = disk('little', 192)
        if (!path) return console.log('# skipped: no tmpfs can be mounted here; run it as root')
        const server = await serve('--data', join(path, 'data'), '--disk-reserve-mib', '64')
        await deployed(server)
        for (let i = 0; i < 10; i++) equal((await create(server)).status, 200)
        await sleep(500) // the log has filled its first segments
        const release = fill(path, 40 * MIB)
        await sleep(300)
        const refused = await until(5000, 'a refusal', async () => (await create(server)).status === 503).then(() => create(server))
        equal(refused.status, 503)
        equal(refused.body.title, 'RESOURCE_EXHAUSTED')
        match(refused.body.detail, /there is little room on the disk, with bytes free: \d+, and 67108864 is the least/)
        equal((await search(server)).status, 200)
        const some = await jobs(server, 5)
        ok(some.length > 0)
        for (const job of some) equal((await complete(server, job.jobKey)).status, 204)
        match(server.said.err, /warn free on the disk: \d+ MiB, where 64 MiB is the limit; new work is refused/)
        release()
        await until(5000, 'new work', async () => (await create(server)).status === 200)
        match(server.said.err, /info free on the disk: \d+ MiB; new work is taken again/)
        await end(server)
    },
    'a disk that is full is waited for, and nothing that was answered is lost': async () => {
        const path = disk('full', 192)
        if (!path) return console.log('# skipped: no tmpfs can be mounted here; run it as root')
        const data = join(path, 'data')
        let server = await serve('--data', data, '--disk-reserve-mib', '0')
        await deployed(server)
        const count = 60
        for (let i = 0; i < count; i++) equal((await create(server)).status, 200)
        await sleep(500)
        const release = fill(path, 0)
        const keys = (await jobs(server, count)).map((j) => j.jobKey)
        ok(keys.length > 40)
        const done = new Set()
        const all = keys.map(async (key) => {
            const r = await complete(server, key, { a: bytes(MIB) })
            equal(r.status, 204)
            done.add(key)
        })
        await sleep(3000)
        ok(done.size < keys.length, `the disk has no room for ${keys.length} MiB, and ${done.size} are answered`)
        ok(server.child.exitCode === null, 'it is still there')
        const before = done.size
        release()
        await within(15_000, 'the answers', Promise.all(all))
        console.log(`# the log found no room after ${before} of ${keys.length} completions of 1 MiB`)
        equal((await create(server)).status, 200)
        server.child.kill('SIGKILL')
        await server.ended
        server = await serve('--data', data)
        for (const key of keys) equal((await complete(server, key)).status, 404)
        await end(server)
    },
    'a process with little memory left and no disk takes no new work until some has ended': async () => {
        const server = await serve('--ephemeral', '--memory', '64M')
        await deployed(server)
        let refused
        for (let i = 0; i < 400 && !refused; i++) {
            const r = await create(server, { a: bytes(512 << 10) })
            if (r.status !== 200) refused = r
        }
        equal(refused?.status, 503)
        match(refused.body.detail, /there is little memory left, with bytes in use: \d+, and 67108864 is the limit/)
        for (let taken; (taken = await jobs(server, 10)).length > 0;)
            for (const job of taken) equal((await complete(server, job.jobKey)).status, 204)
        await until(10_000, 'new work', async () => (await create(server)).status === 200)
        await end(server)
    },
    'with a disk, what only waits leaves memory, and comes back': async () => {
        const server = await serve('--data', join(folder, 'cold'), '--memory', '400M')
        await deployed(server)
        let taken = 0
        for (let i = 0; i < 2000 && taken < 400; i++) {
            const r = await create(server, { a: bytes(512 << 10), i })
            if (r.status === 200) taken++
            else await new Promise((next) => setTimeout(next, 20))
        }
        equal(taken, 400)
        const cold = await metric(server, 'process_instances_cold')
        ok(cold > 100, `${cold} of 400 instances of 512 KiB are in the vault alone`)
        const resident = memory(server.child.pid)
        ok(resident < 500 * MIB, `${resident} bytes are resident`) // what is free in between counts, too
        console.log(`# 400 instances of 512 KiB: ${cold} cold, ${Math.round(resident / MIB)} MiB resident`)
        let done = 0
        for (let some; (some = await jobs(server, 10)).length > 0;)
            for (const job of some) {
                equal((await complete(server, job.jobKey)).status, 204)
                done++
            }
        equal(done, 400)
        await end(server)
    },
    'a request that is too large says how large, and which part of it': async () => {
        const server = await serve('--data', join(folder, 'large'))
        const r = await create(server, { a: 1, order: { lines: [{ n: 1 }, { image: 'x'.repeat(5 * MIB) }] } })
        equal(r.status, 413)
        match(r.body.detail, /^Expected a request of at most 4259840 bytes, but got 52\d{5}; its largest part is 'variables\.order\.lines\[1\]\.image' with 5242882 bytes$/)
        await end(server)
    },
}

process.exit(await runAll('pressure', scenarios) ? 1 : 0)
