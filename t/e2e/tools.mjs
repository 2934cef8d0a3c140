// tools.mjs - what is done with a data directory beside or without its server: log,
// verify, doctor, backup, restore.
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, readdirSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { binary, deploy, end, equal, match, ok, post, runAll, same, scratch, serve, sleep } from './lib.mjs'

const folder = scratch()
const data = join(folder, 'data')

const run = (...args) => {
    const r = spawnSync(binary, args, { encoding: 'utf8', timeout: 20_000, maxBuffer: 1 << 26 })
    return { code: r.status, signal: r.signal, out: r.stdout, err: r.stderr }
}
const good = (...args) => {
    const r = run(...args)
    equal(r.code, 0, `${args.join(' ')}: exit code ${r.code}: ${r.err}`)
    return r.out
}
const bad = (code, text, ...args) => {
    const r = run(...args)
    equal(r.code, code, `${args.join(' ')}: exit code ${r.code}: ${r.out}${r.err}`)
    match(r.err, text)
    return r
}
const json = (...args) => JSON.parse(good(...args, '--json'))
const entries = (...args) => good('log', 'show', ...args, '--json').trim().split('\n').map((l) => JSON.parse(l))

const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="http://fermata/e2e">
<message id="m" name="paid"><extensionElements>
  <zeebe:subscription correlationKey="=id"/></extensionElements></message>
<process id="tools" isExecutable="true"><startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="work"/>
<serviceTask id="work"><extensionElements><zeebe:taskDefinition type="work"/></extensionElements></serviceTask>
<sequenceFlow id="g" sourceRef="work" targetRef="wait"/>
<intermediateCatchEvent id="wait"><messageEventDefinition id="e" messageRef="m"/></intermediateCatchEvent>
<sequenceFlow id="h" sourceRef="wait" targetRef="e2"/><endEvent id="e2"/></process></definitions>`

const deployed = (server) => deploy(server, 'tools.bpmn', MODEL)
async function create(server, id) {
    const r = await post(server, '/v2/process-instances', { processDefinitionId: 'tools', variables: { id } })
    equal(r.status, 200)
    return r.body.processInstanceKey
}
async function complete(server, most = 10) {
    const r = await post(server, '/v2/jobs/activation', {
        type: 'work', timeout: 60_000, maxJobsToActivate: most, requestTimeout: -1,
    })
    for (const job of r.body.jobs)
        equal((await post(server, `/v2/jobs/${job.jobKey}/completion`, {})).status, 204)
    return r.body.jobs.length
}
const pay = (server, id) => post(server, '/v2/messages/publication', { name: 'paid', correlationKey: id, timeToLive: 3600_000 })

const instances = []
let state

const scenarios = {
    'what happened is shown beside the running server, and what concerns one instance': async () => {
        const server = await serve('--data', data)
        await deployed(server)
        for (let i = 0; i < 5; i++) instances.push(await create(server, `i${i}`))
        await complete(server)
        await pay(server, 'i0')
        const all = entries(data)
        same(all.map((e) => e.position), all.map((_, i) => i + 1))
        ok(all.every((e) => e.partition === 1 && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(e.time)))
        equal(all[0].command, 'DEPLOYMENT_CREATE')
        const created = all.find((e) => e.events.some((v) => v.event === 'INSTANCE_CREATED' && v.key === instances[1]))
        equal(created.command, 'INSTANCE_CREATE')
        equal(created.events.find((v) => v.event === 'INSTANCE_CREATED').fields.bpmn_process_id, 'tools')
        const one = entries(data, '--instance', instances[1])
        const names = one.flatMap((e) => e.events.map((v) => v.event))
        for (const name of ['INSTANCE_CREATED', 'JOB_CREATED', 'JOB_ACTIVATED', 'JOB_COMPLETED', 'PROCESS_SUBSCRIPTION_CREATED'])
            ok(names.includes(name), `${name} in ${names}`)
        ok(!JSON.stringify(one.filter((e) => e.command !== 'JOB_ACTIVATE')).includes(instances[2]))
        ok(good('log', 'show', data, '--instance', instances[0]).includes('MESSAGE_PUBLISH'))
        await end(server)
    },
    'entries are chosen by position and by kind': async () => {
        const all = entries(data)
        same(entries(data, '--from', '2', '--to', '4').map((e) => e.position), [2, 3, 4])
        same(entries(data, '--kind', 'job-completed'), all.filter((e) => e.events.some((v) => v.event === 'JOB_COMPLETED')))
        same(entries(data, '--kind', 'INSTANCE_CREATE').length, 5)
        bad(2, /^fermata: --kind takes the name of a command or an event.*'JOB_DONE'\n$/, 'log', 'show', data, '--kind', 'JOB_DONE')
        equal(good('log', 'show', data, '--from', '9999'), '')
    },
    'figures add up': async () => {
        const all = entries(data)
        const s = json('log', 'stat', data).partitions[0]
        equal(s.entries, all.length)
        equal(s.first, 1)
        equal(s.next, all.length + 1)
        equal(s.lastTime, all.at(-1).time)
        const count = (name) => all.flatMap((e) => e.events).filter((v) => v.event === name).length
        for (const [name, { count: n }] of Object.entries(s.events)) equal(n, count(name), name)
        ok(s.storedBytes <= s.rawBytes && s.diskBytes % 4096 === 0 && s.diskBytes > s.storedBytes)
        match(good('log', 'stat', data), /^partition 1: .*\n  segments +1 of 16777216 bytes/)
    },
    'verify gives the same number each time, and doctor says what it is': async () => {
        state = json('verify', data).state
        equal(json('verify', data).state, state)
        match(state, /^[0-9a-f]{16}$/)
        match(good('verify', data), new RegExp(`whole: \\d+ entries, state ${state}\\n$`))
        const d = json('doctor', data)
        equal(d.what, 'a data directory of 1 partition')
        match(d.version, /^data format \d, log format 1; made by release /)
        equal(d.server, 'none is running on it')
        const server = await serve('--data', data)
        equal(json('doctor', data).server, 'one is running on it')
        equal(json('verify', data).state, state) // a start changes nothing
        await end(server)
        match(good('doctor', data), /^what +a data directory of 1 partition\n/)
    },
    'a backup is verified, is restored, and the restored goes on': async () => {
        const backup = join(folder, 'backup'), restored = join(folder, 'restored')
        equal(json('backup', data, backup).state, state)
        equal(json('verify', backup).state, state)
        match(readFileSync(join(backup, 'fermata.backup'), 'utf8'), /^fermata backup, format 1, partitions 1\nmade .*\nend\n$/s)
        equal(json('restore', backup, restored).state, state)
        const server = await serve('--data', restored)
        equal((await post(server, `/v2/process-instances/${instances[0]}/cancellation`, {})).status, 404) // has ended
        equal((await post(server, `/v2/process-instances/${instances[4]}/cancellation`, {})).status, 204)
        await end(server)
    },
    'documents are part of a backup': async () => {
        const of = join(folder, 'documented'), to = join(folder, 'documented-copy'), back = join(folder, 'documented-back')
        let server = await serve('--data', of)
        const form = new FormData()
        form.append('file', new Blob(['the invoice']), 'invoice.txt')
        const put = await (await fetch(`http://${server.http}/v2/documents`, { method: 'POST', body: form })).json()
        good('backup', of, to)
        match(readFileSync(join(to, 'fermata.backup'), 'utf8'), /\nfile documents\/[0-9a-f]+ \d+ /)
        good('restore', to, back)
        await end(server)
        server = await serve('--data', back)
        const got = await fetch(`http://${server.http}/v2/documents/${put.documentId}?contentHash=${put.contentHash}`)
        equal(await got.text(), 'the invoice')
        await end(server)
        const name = readdirSync(join(to, 'documents')).find((n) => !n.startsWith('.'))
        writeFileSync(join(to, 'documents', name), 'another')
        bad(1, /documents\/.*: has 7 bytes where the backup had \d+/, 'verify', to)
    },
    'nothing is written over': async () => {
        const backup = join(folder, 'backup')
        bad(1, /is not empty \(documents\)/, 'backup', data, backup)
        bad(1, /is not empty \(documents\)/, 'restore', backup, data)
        bad(1, /is no data directory: it has no fermata\.data/, 'backup', backup, join(folder, 'b2'))
        bad(1, /is no backup: it has no fermata\.backup/, 'restore', data, join(folder, 'r2'))
        ok(!existsSync(join(folder, 'b2')) && !existsSync(join(folder, 'r2')))
        bad(1, /not empty and fermata did not write it/, 'serve', '--data', backup, '--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0')
    },
    'words that are missing are asked for': async () => {
        for (const words of [['log'], ['log', 'show'], ['log', 'dance', data], ['verify'], ['doctor'], ['backup', data], ['restore', data]])
            bad(2, /^fermata: [^\n]+fermata \w+ [^\n]+\n$/, ...words)
        bad(1, /cannot be opened: No such file or directory/, 'verify', join(folder, 'nowhere'))
        bad(1, /is no data directory of fermata/, 'log', 'stat', folder)
    },
    'damage is told with its place': async () => {
        const backup = join(folder, 'damaged')
        good('backup', data, backup)
        const segment = join(backup, 'partition-1', '000000000001.log')
        const fd = openSync(segment, 'r+')
        writeSync(fd, Buffer.from([255]), 0, 1, 4096 + 70)
        closeSync(fd)
        bad(1, /000000000001\.log: damaged at byte 4096: entry 1 /, 'verify', backup)
        equal(JSON.parse(run('verify', backup, '--json').out).isWhole, false)
        bad(1, /damaged at byte 4096/, 'restore', backup, join(folder, 'r3'))
        equal(run('doctor', backup).code, 1)
        ok(!existsSync(join(folder, 'r3')))
    },
    'a file of a backup that was changed where no frame is, is found by its sum': async () => {
        const backup = join(folder, 'touched')
        good('backup', data, backup)
        const fd = openSync(join(backup, 'partition-1', '000000000001.log'), 'r+')
        writeSync(fd, Buffer.from([1]), 0, 1, 16777215)
        closeSync(fd)
        bad(1, /is not as it was written: its SHA-256 is [0-9a-f]{64}, and was /, 'verify', backup)
        const manifest = join(backup, 'fermata.backup')
        truncateSync(manifest, statSync(manifest).size - 4)
        bad(1, /cut off|SHA-256/, 'verify', backup)
    },
    'backups beside a server under load, of one and of three partitions, all restore': async () => {
        for (const partitions of [1, 3]) {
            const busy = join(folder, `busy-${partitions}`)
            const server = await serve('--data', busy, '--partitions', String(partitions), '--log', 'warn', '--checkpoint-bytes', '65536')
            await deployed(server)
            let isOver = false, done = 0
            const load = Array.from({ length: 8 }, async (_, n) => {
                for (let i = 0; !isOver; i++, done++) {
                    const id = `p${partitions}-${n}-${i}`
                    await create(server, id)
                    await complete(server, 2)
                    await pay(server, id)
                }
            })
            for (let i = 0; i < 4; i++) {
                const to = join(folder, `online-${partitions}-${i}`)
                const before = done
                await sleep(200)
                const child = spawn(binary, ['backup', busy, to, '--json'])
                let out = '', err = ''
                child.stdout.on('data', (d) => { out += d })
                child.stderr.on('data', (d) => { err += d })
                const code = await new Promise((told) => child.on('close', told))
                equal(code, 0, err)
                ok(done > before, 'the server worked meanwhile')
                equal(json('restore', to, join(folder, `back-${partitions}-${i}`)).state, JSON.parse(out).state)
            }
            isOver = true
            await Promise.all(load)
            await end(server)
            const last = await serve('--data', join(folder, `back-${partitions}-3`), '--partitions', String(partitions))
            await create(last, 'after')
            await complete(last)
            await end(last)
        }
    },
    'bench measures rows, and leaves nothing behind': async () => {
        for (const name of ['one-client', 'stream-3var', 'cold-start']) {
            const { rows } = json('bench', '--rows', name, '--seconds', '1', '--scratch', folder)
            same(rows.map((row) => row.name), [name])
            if (name === 'cold-start') ok(rows[0].start_ms > 0)
            else for (const figure of ['cpu_us', 'per_second', 'p50_ms', 'p99_ms', 'log_bytes'])
                ok(rows[0][figure] > 0, `${figure} of ${name}`)
        }
        bad(2, /no row is named like 'slow-client'; there are grpc-10x10-3var, /, 'bench', '--rows', 'slow-client')
        bad(1, /no scratch folder can be made there: No such file/, 'bench', '--scratch', join(folder, 'nowhere'))
        ok(!readdirSync(folder).some((name) => name.startsWith('fermata-bench-')))
    },
    'what was killed is looked at as it is': async () => {
        const killed = join(folder, 'killed')
        const server = await serve('--data', killed)
        await deployed(server)
        await create(server, 'x')
        await end(server, 'SIGKILL')
        match(json('doctor', killed)['partition-1'], /did not end in order; nothing is lost|cut off in a write/)
        ok(json('verify', killed).isWhole)
    },
}

process.exit(await runAll('tools', scenarios) ? 1 : 0)
