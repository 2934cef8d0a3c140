// kill.mjs - kill -9 under load, again and again. Clients write every acknowledgement
// into a ledger, and sync it, before they count it. After each start the server must
// know all of it, hand out nothing twice, and in the end every instance ends once.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import grpc from '@grpc/grpc-js'
import { loadSync } from '@grpc/proto-loader'
import { here, ok, scratch, serve, sleep, within } from './lib.mjs'

const CYCLES = Number(process.env.FERMATA_KILLS ?? 50)
const HITS_MIN = 40
const FOREVER = 3600_000
const folder = scratch()

// ---- the ledger: what was acknowledged, on disk before it counts ---------------------

const file = openSync(join(folder, 'ledger'), 'a')
const ledger = {
    created: new Map(), // our id -> instance key
    asked: new Set(), // our ids whose creation was sent; some have no answer
    completed: new Map(), // job key -> "id/step"
    ended: new Map(), // our id -> how often its result came
    published: new Set(), // our message ids
    completing: new Map(), // job key -> "id/step" whose completion was sent
}

function note(...words) {
    writeSync(file, words.join(' ') + '\n')
    fsyncSync(file)
}

const problems = []
const problem = (text) => problems.push(text)

// ---- the model: two jobs, then a message ----------------------------------------------

const task = (id) => `<serviceTask id="${id}"><extensionElements>
  <zeebe:taskDefinition type="${id}"/></extensionElements></serviceTask>`
const flow = (from, to) => `<sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}"/>`
const MODEL = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="http://fermata/e2e">
<message id="m" name="paid"><extensionElements>
  <zeebe:subscription correlationKey="=id"/></extensionElements></message>
<process id="kill" isExecutable="true"><startEvent id="start"/>${flow('start', 'one')}
${task('one')}${flow('one', 'two')}${task('two')}${flow('two', 'wait')}
<intermediateCatchEvent id="wait"><messageEventDefinition id="e" messageRef="m"/>
</intermediateCatchEvent>${flow('wait', 'end')}<endEvent id="end"/></process></definitions>`

// ---- one connection to one life of the server -----------------------------------------

const proto = loadSync(join(here, '../../docs/fermata.proto'), { keepCase: true, longs: String })
const { Gateway } = grpc.loadPackageDefinition(proto).gateway_protocol

function connect(address) {
    const stub = new Gateway(address, grpc.credentials.createInsecure())
    const calls = new Set()
    const call = (method, request) =>
        new Promise((done, fail) => {
            const c = stub[method](request, (error, answer) => {
                calls.delete(c)
                error ? fail(error) : done(answer)
            })
            calls.add(c)
        })
    const activate = (type, requestTimeout = 1000) =>
        new Promise((done, fail) => {
            const jobs = []
            const c = stub.ActivateJobs({
                type, worker: 'kill', timeout: 2000, maxJobsToActivate: 8, requestTimeout,
            })
            calls.add(c)
            c.on('data', (batch) => jobs.push(...batch.jobs))
            c.on('end', () => done(jobs))
            c.on('error', fail)
            c.on('close', () => calls.delete(c))
        })
    const close = () => {
        for (const c of calls) c.cancel()
        stub.close()
    }
    return { call, activate, close }
}

const NOT_FOUND = 5
const ALREADY_EXISTS = 6
// What a call ends with when the server dies under it; nothing was acknowledged then.
const LOST = new Set([1, 13, 14])

// ---- the clients ------------------------------------------------------------------------

let isStopping = false
let count = 0

/** Runs a client until its server is gone. An error that is not the loss is a problem. */
async function until_lost(name, life, turn) {
    while (!life.isOver)
        try {
            await turn()
        } catch (error) {
            if (!LOST.has(error.code)) problem(`${name}: ${error.message}`)
            else if (!life.isOver) await sleep(5)
        }
}

async function creator(client) {
    const id = `i-${++count}`
    ledger.asked.add(id)
    note('asked', id)
    const { processInstanceKey } = await client.call('CreateProcessInstance', {
        bpmnProcessId: 'kill', version: -1, variables: JSON.stringify({ id }),
    })
    note('created', id, processInstanceKey)
    ledger.created.set(id, processInstanceKey)
    await sleep(20) // slower than the workers, so that results come
}

async function awaiter(client) {
    const id = `r-${++count}`
    ledger.asked.add(id)
    note('asked', id)
    const r = await client.call('CreateProcessInstanceWithResult', {
        request: { bpmnProcessId: 'kill', version: -1, variables: JSON.stringify({ id }) },
        requestTimeout: 60_000,
    })
    note('ended', id, r.processInstanceKey)
    ledger.ended.set(id, (ledger.ended.get(id) ?? 0) + 1)
    ledger.created.set(id, r.processInstanceKey)
    const v = JSON.parse(r.variables)
    ok(v.one === id && v.two === id && v.paid === id, `result of ${id}: ${r.variables}`)
}

async function worker(client, step) {
    for (const job of await client.activate(step)) {
        if (ledger.completed.has(job.key))
            problem(`job ${job.key} was completed, and came again`)
        await complete(client, job, step)
    }
}

async function complete(client, job, step) {
    const { id } = JSON.parse(job.variables)
    const wasSent = ledger.completing.has(job.key)
    ledger.completing.set(job.key, `${id}/${step}`)
    note('completing', job.key, id, step)
    try {
        await client.call('CompleteJob', {
            jobKey: job.key, variables: JSON.stringify({ [step]: id }),
        })
    } catch (error) {
        // Sent before, unanswered, and done all the same: then it must not be here.
        if (error.code === NOT_FOUND && !wasSent)
            problem(`job ${job.key} of ${id} was handed out, and is not there`)
        if (error.code !== NOT_FOUND) throw error
        return
    }
    note('completed', job.key, id, step)
    if (ledger.completed.has(job.key)) problem(`job ${job.key} was completed twice`)
    ledger.completed.set(job.key, `${id}/${step}`)
    if (step === 'two') ledger.ready.push(id)
}

/** Ids whose message is to be sent; what is lost with a life is sent again. */
ledger.ready = []

async function publisher(client) {
    const id = ledger.ready.shift()
    if (!id) return sleep(5)
    try {
        await publish(client, id)
    } catch (error) {
        ledger.ready.push(id)
        throw error
    }
}

async function publish(client, id) {
    try {
        await client.call('PublishMessage', {
            name: 'paid', correlationKey: id, timeToLive: FOREVER, messageId: id,
            variables: JSON.stringify({ paid: id }),
        })
    } catch (error) {
        if (error.code !== ALREADY_EXISTS) throw error
        // It had arrived, only the answer was lost.
    }
    note('published', id)
    ledger.published.add(id)
}

// ---- a life of the server, and its end --------------------------------------------------

async function life_begin() {
    // So few bytes that every life of the server makes many checkpoints, and trims its log.
    const server = await serve('--data', join(folder, 'data'), '--log', 'warn',
        '--checkpoint-bytes', '20000')
    const client = connect(server.grpc)
    return { server, client, isOver: false, clients: [] }
}

function work(life) {
    const { client } = life
    const add = (name, turn) => life.clients.push(until_lost(name, life, turn))
    for (let i = 0; i < 3; i++) add('creator', () => creator(client))
    for (let i = 0; i < 3; i++) add('awaiter', () => awaiter(client))
    for (const step of ['one', 'one', 'two', 'two']) add(step, () => worker(client, step))
    for (let i = 0; i < 2; i++) add('publisher', () => publisher(client))
}

/** Kills it; true when work had been acknowledged in this life and instances ran. */
async function life_end(life, before) {
    const isHit = ledger.completed.size > before &&
        [...ledger.created.keys()].some((id) => !isEnded(id))
    life.isOver = true
    life.server.child.kill('SIGKILL')
    await life.server.ended
    life.client.close()
    await within(10_000, 'the end of the clients', Promise.all(life.clients))
    return isHit
}

/** What was acknowledged last is there: the messages are known (their ids count), and
 * completed jobs are not. */
async function verify(life) {
    const published = [...ledger.published].slice(-3)
    for (const id of published) {
        const error = await life.client
            .call('PublishMessage', { name: 'paid', correlationKey: id, timeToLive: FOREVER, messageId: id })
            .then(() => null, (e) => e)
        if (error?.code !== ALREADY_EXISTS) problem(`message ${id} was acknowledged, and is lost`)
    }
    for (const key of [...ledger.completed.keys()].slice(-5)) {
        const error = await life.client.call('CompleteJob', { jobKey: key }).then(() => null, (e) => e)
        if (error?.code !== NOT_FOUND) problem(`job ${key} was completed, and is there again`)
    }
    for (const [id, key] of [...ledger.created].slice(-5))
        if (!isEnded(id)) await isThere(life, id, key)
}

const isEnded = (id) => ledger.ended.has(id) || ledger.published.has(id)

async function isThere(life, id, key) {
    const call = life.client.call('SetVariables', {
        elementInstanceKey: key, variables: '{"seen":true}', local: false,
    })
    const error = await call.then(() => null, (e) => e)
    // Its message may have been taken without an answer: then it has ended.
    if (error && !ledger.ready.includes(id)) problem(`instance ${id} was acknowledged, and is lost: ${error.message}`)
}

// ---- at the end all is finished ------------------------------------------------------------

/** Works until no job comes for longer than a job is held. */
async function drain(life) {
    for (let idle = 0; idle < 2;) {
        const jobs = (await Promise.all(['one', 'two'].map(async (step) => {
            const taken = await life.client.activate(step, 1500)
            for (const job of taken) {
                if (ledger.completed.has(job.key)) problem(`job ${job.key} was completed, and came again`)
                await complete(life.client, job, step)
            }
            return taken
        }))).flat()
        idle = jobs.length === 0 ? idle + 1 : 0
    }
    // Completions whose answer was lost leave their instance at the message.
    for (const id of ledger.asked)
        if (!ledger.published.has(id)) await publish(life.client, id)
}

/** Every instance has ended: none of the acknowledged can be cancelled. */
async function allHaveEnded(life) {
    for (const [id, key] of ledger.created) {
        const error = await life.client
            .call('CancelProcessInstance', { processInstanceKey: key }).then(() => null, (e) => e)
        if (error?.code !== NOT_FOUND) problem(`instance ${id} did not end`)
    }
    for (const step of ['one', 'two'])
        if ((await life.client.activate(step, -1)).length > 0) problem(`a job ${step} is left`)
}

/** No step was acknowledged twice; each of an acknowledged instance was done. */
function onceEach() {
    const steps = new Map()
    for (const step of ledger.completed.values()) steps.set(step, (steps.get(step) ?? 0) + 1)
    for (const [step, times] of steps) if (times > 1) problem(`${step} was done ${times} times`)
    const sent = new Set(ledger.completing.values())
    for (const id of ledger.created.keys())
        for (const step of ['one', 'two'])
            if (!sent.has(`${id}/${step}`)) problem(`${step} of ${id} was never handed out`)
    for (const [id, times] of ledger.ended) if (times > 1) problem(`${id} ended ${times} times`)
}

// ---- the test ---------------------------------------------------------------------------------

let hits = 0
let life = await life_begin()
await life.client.call('DeployResource', { resources: [{ name: 'kill.bpmn', content: Buffer.from(MODEL) }] })
for (let i = 0; i < CYCLES; i++) {
    const before = ledger.completed.size
    work(life)
    await sleep(150 + Math.random() * 450)
    if (await life_end(life, before)) hits++
    life = await life_begin()
    await verify(life)
}
await drain(life)
await allHaveEnded(life)
onceEach()
life.client.close()
life.server.child.kill('SIGTERM')
const { code } = await within(5000, 'the end of the server', life.server.ended)
closeSync(file)

console.log(`# acknowledged: ${ledger.created.size} instances, ${ledger.completed.size} jobs, ` +
    `${ledger.published.size} messages, ${ledger.ended.size} results`)
console.log(`# cycles that hit running work: ${hits}`)
const say = (isGood, name, why) => {
    console.log(isGood ? `ok kill: ${name}` : `not ok kill: ${name} - ${why}`)
    if (!isGood) process.exitCode = 1
}
say(problems.length === 0, `after ${CYCLES} kills all that was acknowledged is there, once`,
    `${problems.length} problems, first: ${problems.slice(0, 5).join('; ')}`)
say(hits >= Math.min(HITS_MIN, CYCLES), 'the kills hit running work', `only ${hits} of ${CYCLES}`)
say(code === 0, 'and it ends well', `exit code ${code}`)
process.exit()
