// cli.mjs - how the command line behaves: what it says, what it returns, what it leaves
// alone.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { Camunda8 } from '@camunda8/sdk'
import { binary, end, equal, match, ok, runAll, same, scratch, serve, sleep, start, within } from './lib.mjs'

const DOORS = ['--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0']
const folder = scratch()

/** Every path below a folder with its mode, size, time and content. */
function listing(path) {
    const st = statSync(path)
    const self = [path, st.mode, st.size, st.mtimeMs]
    if (!st.isDirectory()) return [[...self, readFileSync(path, 'latin1')]]
    return [self, ...readdirSync(path).sort().flatMap((name) => listing(join(path, name)))]
}

const run = (...args) => {
    const r = spawnSync(binary, args, { encoding: 'utf8', timeout: 5000 })
    return { code: r.status, signal: r.signal, out: r.stdout, err: r.stderr }
}

/** Refused with exit code 1 and one sentence that says what; the folder is as before. */
const names = (data) => readdirSync(data, { recursive: true }).sort()
    .map((name) => `${name} ${statSync(join(data, name), { throwIfNoEntry: false })?.mtimeMs}`).join()

/** A new server goes on to fill its first segments for a while. */
async function settled(data) {
    for (let before = ''; ;) {
        const now = names(data)
        if (now === before && !now.includes('.new')) return
        before = now
        await sleep(200)
    }
}

function refused(data, text, ...args) {
    const before = existsSync(data) ? listing(data) : []
    const r = run('serve', ...(args.length ? args : DOORS), '--data', data)
    equal(r.code, 1, `exit code ${r.code}, signal ${r.signal}, ${r.err}`)
    equal(r.out, '')
    match(r.err, /^fermata: [^\n]+\n$/)
    match(r.err, text)
    same(existsSync(data) ? listing(data) : [], before)
}

const get = (address) => fetch(`http://${address}/v2/topology`)

/** A poll for jobs at each door that parks for a while. */
function park(server) {
    const rest = fetch(`http://${server.http}/v2/jobs/activation`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"type":"nothing","maxJobsToActivate":1,"timeout":1000,"requestTimeout":20000}',
    })
    const grpc = new Camunda8({
        ZEEBE_GRPC_ADDRESS: `grpc://${server.grpc}`, CAMUNDA_AUTH_STRATEGY: 'NONE',
        CAMUNDA_LOG_LEVEL: 'none', ZEEBE_CLIENT_LOG_LEVEL: 'NONE',
        zeebeGrpcSettings: { ZEEBE_CLIENT_LOG_LEVEL: 'NONE', ZEEBE_GRPC_CLIENT_RETRY: false },
    }).getZeebeGrpcApiClient().activateJobs({
        type: 'nothing', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout: 20_000,
    })
    return { rest, grpc }
}

const scenarios = {
    'the ready line names both doors and the folder': async () => {
        const data = join(folder, 'ready')
        const s = await serve('--data', data)
        match(s.line, /^ready grpc=127\.0\.0\.1:\d+ http=127\.0\.0\.1:\d+ data=\S+$/)
        ok(s.line.endsWith(`data=${data}`))
        equal((await get(s.http)).status, 200)
        equal((await end(s)).code, 0)
        equal(s.said.out, s.line + '\n')
    },

    'the same folder opens again': async () => {
        const s = await serve('--data', join(folder, 'ready'))
        equal((await end(s, 'SIGINT')).code, 0)
    },

    'ephemeral keeps nothing': async () => {
        const place = join(folder, 'ephemeral')
        mkdirSync(place)
        const s = start(['serve', ...DOORS, '--ephemeral'], { cwd: place })
        match(await within(5000, 'the ready line', s.ready), / data=none$/)
        equal((await end(s)).code, 0)
        same(readdirSync(place), [])
    },

    'a port that is taken is named, and the folder is not made': async () => {
        const taken = net.createServer().listen(0, '127.0.0.1')
        await new Promise((done) => taken.on('listening', done))
        const address = `127.0.0.1:${taken.address().port}`
        const data = join(folder, 'port')
        try {
            refused(data, new RegExp(address), '--grpc', address, '--http', '127.0.0.1:0')
            refused(data, new RegExp(address), '--grpc', '127.0.0.1:0', '--http', address)
            ok(!existsSync(data))
        } finally {
            taken.close()
        }
    },

    'a folder that cannot be made is named': async () => {
        const path = join(folder, 'a-file')
        writeFileSync(path, 'text')
        refused(path, /a-file/)
        refused(join(path, 'below'), /a-file/)
        equal(readFileSync(path, 'utf8'), 'text')
    },

    'a folder that cannot be written is named': async () => {
        let data = join(folder, 'locked')
        mkdirSync(data)
        chmodSync(data, 0o500)
        // Nothing stops the superuser but a file system that is read only for all.
        if (process.getuid() === 0) data = '/proc/fermata'
        refused(data, /cannot be/)
    },

    'a folder of somebody else is left alone': async () => {
        const data = join(folder, 'foreign')
        mkdirSync(data)
        writeFileSync(join(data, 'diary.txt'), 'do not read')
        refused(data, /foreign/)
    },

    'a folder of a newer release is left alone': async () => {
        const data = join(folder, 'newer')
        equal((await end(await serve('--data', data))).code, 0)
        const mark = join(data, 'fermata.data')
        writeFileSync(mark, readFileSync(mark, 'utf8').replace(/format \d+/, 'format 999'))
        refused(data, /newer release.*999/)
    },

    'a folder whose making was cut short is made again': async () => {
        const data = join(folder, 'cut')
        mkdirSync(data)
        writeFileSync(join(data, 'fermata.data.new'), 'fermata da')
        equal((await end(await serve('--data', data))).code, 0)
        match(readFileSync(join(data, 'fermata.data'), 'utf8'), /^fermata data, format 2/)
    },

    'another number of partitions is refused': async () => {
        const data = join(folder, 'parts')
        equal((await end(await serve('--data', data, '--partitions', '2'))).code, 0)
        refused(data, /2 partitions/)
        equal((await end(await serve('--data', data, '--partitions', '2'))).code, 0)
    },

    'a second server on the same folder is refused, the first serves on': async () => {
        const data = join(folder, 'twice')
        const s = await serve('--data', data)
        await settled(data)
        refused(data, /twice/)
        equal((await get(s.http)).status, 200)
        equal((await end(s)).code, 0)
    },

    'SIGTERM answers parked polls at both doors and ends within a second': async () => {
        const s = await serve('--data', join(folder, 'parked'))
        const { rest, grpc } = park(s)
        await sleep(500)
        const before = Date.now()
        const ended = end(s)
        const answer = await within(2000, 'the answer of REST', rest)
        same(await answer.json(), { jobs: [] })
        equal((await within(2000, 'the answer of gRPC', grpc)).length, 0)
        equal((await ended).code, 0)
        ok(Date.now() - before < 1000, `it took ${Date.now() - before} ms`)
    },

    'what is not understood ends with 2 and says what': async () => {
        const table = [
            [[], /usage/],
            [['frobnicate'], /frobnicate/],
            [['serve', '--frobnicate'], /--frobnicate/],
            [['serve', '--partitions', '0'], /--partitions/],
            [['serve', '--partitions', 'many'], /--partitions/],
            [['serve', '--data'], /--data/],
        ]
        for (const [args, text] of table) {
            const r = run(...args)
            equal(r.code, 2, `${args}: exit code ${r.code}`)
            equal(r.out, '')
            match(r.err, text)
        }
    },

    'the demo is killed in the middle, started again, and every order ends': async () => {
        const args = ['demo', ...DOORS, '--data', join(folder, 'demo'), '--rate', '20', '--exit', '--orders', '40',
            '--partitions', '3', '--shards', '2']
        const first = start(args)
        while (!/order o-\d+ is delivered/.test(first.said.out)) await sleep(20)
        first.child.kill('SIGKILL')
        await first.ended
        const placed = new Set(first.said.out.match(/\bo-\d+/g))
        ok(placed.size < 40, 'it was killed too late')

        const second = await within(60_000, 'the end of the demo', start(args).ended)
        equal(second.code, 0, second.err)
        const all = first.said.out + second.out
        for (let n = 1; n <= 40; n++) {
            const ends = all.match(new RegExp(`order o-${n} is (delivered|canceled)`, 'g')) ?? []
            ok(ends.length === 1 || (ends.length === 2 && placed.has(`o-${n}`) && ends[0] === ends[1]),
                `order o-${n}: ${ends}`)
        }
    },

    'help and version are answers, not errors': async () => {
        for (const args of [['help'], ['--help'], ['help', 'serve'], ['version'], ['--version']]) {
            const r = run(...args)
            equal(r.code, 0, `${args}: exit code ${r.code}`)
            ok(r.out.length > 0)
            equal(r.err, '')
        }
        match(run('help', 'serve').out, /--ephemeral/)
    },
}
process.exit(await runAll('cli', scenarios) ? 1 : 0)
