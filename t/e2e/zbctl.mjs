// zbctl.mjs - zbctl 8.4, the Go client, at the gRPC door: as a user types it.
import { execFile, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { equal, failure, freshName, grpcAddress, here, match, model, ok, runAll, same, scratch, sleep, within } from './lib.mjs'

const zbctl = join(here, 'node_modules/zbctl/bin/zbctl-cli.linux')
const ALWAYS = ['--insecure', '--address', grpcAddress]
const folder = scratch()

/** Its answer; an error when it ends badly, with what it said. */
function run(...args) {
    return new Promise((done, fail) =>
        execFile(zbctl, [...args, ...ALWAYS], { timeout: 20_000 }, (error, out, err) => {
            if (error) return fail(new Error(err || error.message))
            // It counts keys beyond what a double holds, so they become strings.
            done(out.trim().startsWith('{') ? JSON.parse(out.replace(/(:\s*)(\d{15,})/g, '$1"$2"')) : out)
        }),
    )
}

async function refused(call, code, text) {
    const error = await failure(call)
    match(error.message, new RegExp(`code = ${code}`))
    match(error.message, text)
}

function write(file, name) {
    const path = join(folder, `${name}.bpmn`)
    writeFileSync(path, model(file, name))
    return path
}

async function deploy(file) {
    const name = freshName('zbctl')
    await run('deploy', 'resource', write(file, name))
    return name
}

const create = async (name, variables = {}) =>
    (await run('create', 'instance', name, '--variables', JSON.stringify(variables))).processInstanceKey

async function take(type) {
    const { jobs } = await run('activate', 'jobs', type, '--requestTimeout', '5s')
    equal(jobs?.length, 1, `jobs of ${type}`)
    return jobs[0]
}

const scenarios = {
    'status shows one healthy leader': async () => {
        const text = await run('status')
        match(text, /Partitions count: 1/)
        match(text, /Leader, Healthy/)
    },

    'an invalid model is refused by element and file': async () => {
        const name = freshName('zbctl')
        await refused(run('deploy', 'resource', write('invalid.bpmn', name)), 'InvalidArgument',
            /Command 'CREATE' rejected with code 'INVALID_ARGUMENT'[^]*'?work'?/)
        await refused(run('create', 'instance', name), 'NotFound',
            new RegExp(`process ID '${name}', but none found`))
    },

    'an instance is created by id and version, and no other version is there': async () => {
        const name = await deploy('task.bpmn')
        const made = await run('create', 'instance', name, '--version', '1')
        equal(made.version, 1)
        await refused(run('create', 'instance', name, '--version', '2'), 'NotFound',
            new RegExp(`process ID '${name}' and version '2', but none found`))
    },

    'a job is activated, completed with variables, and gone': async () => {
        const name = await deploy('task.bpmn')
        const key = await create(name, { a: 1 })
        const job = await take(name)
        equal(job.processInstanceKey, key)
        equal(job.variables, '{"a":1}')
        await run('complete', 'job', job.key, '--variables', '{"b":2}')
        await refused(run('complete', 'job', job.key), 'NotFound', new RegExp(
            `Command 'COMPLETE' rejected with code 'NOT_FOUND': Expected to complete job with key '${job.key}'`))
    },

    'a result is awaited while a worker works': async () => {
        const name = await deploy('task.bpmn')
        const worker = spawn(zbctl, ['create', 'worker', name, '--handler', 'cat', ...ALWAYS], { stdio: 'ignore' })
        try {
            const r = await run('create', 'instance', name, '--variables', '{"a":1}', '--withResult')
            same(JSON.parse(r.variables), { a: 1 })
        } finally {
            worker.kill()
        }
    },

    'a result that takes too long is DeadlineExceeded': async () => {
        const name = await deploy('task.bpmn')
        await refused(run('create', 'instance', name, '--withResult', '--requestTimeout', '500ms'),
            'DeadlineExceeded', /./)
        await take(name)
    },

    'a job that failed comes again, without retries it does not': async () => {
        const name = await deploy('task.bpmn')
        await create(name)
        const job = await take(name)
        await run('fail', 'job', job.key, '--retries', '1', '--errorMessage', 'not yet')
        equal((await take(name)).key, job.key)
        await run('fail', 'job', job.key, '--retries', '0', '--errorMessage', 'broken')
        const next = await create(name)
        equal((await take(name)).processInstanceKey, next)
        await run('update', 'retries', job.key, '--retries', '1')
        await resolveBetween(job.key, next)
        equal((await take(name)).key, job.key)
    },

    'an error that is thrown takes the boundary': async () => {
        const name = await deploy('task.bpmn')
        await create(name)
        await run('throwError', 'job', (await take(name)).key, '--errorCode', 'DECLINED')
        equal((await take(`${name}-repair`)).elementId, 'repair')
    },

    'a message correlates, and its id counts once': async () => {
        const name = await deploy('message.bpmn')
        const publish = ['publish', 'message', name, '--correlationKey', 'o-1', '--messageId', 'm-1',
            '--ttl', '60s', '--variables', '{"paid":true}']
        await run(...publish)
        await refused(run(...publish), 'AlreadyExists', /Command 'PUBLISH' rejected with code 'ALREADY_EXISTS'/)
        const r = await run('create', 'instance', name, '--variables', '{"order":"o-1"}', '--withResult')
        equal(JSON.parse(r.variables).paid, true)
    },

    'variables are set, the instance is cancelled': async () => {
        const name = await deploy('task.bpmn')
        const key = await create(name)
        await run('set', 'variables', key, '--variables', '{"b":2}')
        equal((await take(name)).variables, '{"b":2}')
        await run('cancel', 'instance', key)
        await refused(run('cancel', 'instance', key), 'NotFound', /Command 'CANCEL' rejected/)
    },

    'a parked poll whose client is killed gives its job to the next': async () => {
        const name = await deploy('task.bpmn')
        const parked = spawn(zbctl, ['activate', 'jobs', name, '--requestTimeout', '20s', ...ALWAYS], { stdio: 'ignore' })
        await sleep(700)
        parked.kill('SIGKILL')
        await within(2000, 'its end', new Promise((done) => parked.on('exit', done)))
        await create(name)
        const begun = Date.now()
        await take(name)
        ok(Date.now() - begun < 1000)
    },
}

/** Nothing lists incidents yet, but keys are counted up: it is between these two. */
async function resolveBetween(low, high) {
    for (let key = BigInt(low) + 1n; key < BigInt(high); key++)
        try {
            return await run('resolve', 'incident', String(key))
        } catch (error) {
            match(error.message, /code = NotFound/)
        }
    throw new Error('no incident was raised')
}
process.exit(await runAll('zbctl', scenarios) ? 1 : 0)
