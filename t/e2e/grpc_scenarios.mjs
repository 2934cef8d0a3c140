// grpc_scenarios.mjs - what the two Node clients of the gRPC door do alike. They share
// their words (both grew from one code base), so one table serves them; each suite
// brings how its client is made and what only it has.
import { equal, failure, freshName, match, model, ok, same, sleep, within } from './lib.mjs'

const FOREVER = 60_000

/** The code and the text of a gRPC error. */
export async function refused(call, code, text) {
    const error = await failure(call)
    equal(error.code, code, `code ${error.code} with ${error.message}`)
    match(error.details ?? error.message, text)
}

/** The client, with the steps that scenarios are made of. */
function helper(suite, client) {
    const deploy = async (file) => {
        const name = freshName(suite)
        await client.deployResource({ process: model(file, name), name: `${name}.bpmn` })
        return name
    }
    /** The one job of a type that is there. */
    const take = async (type, requestTimeout = 5000) => {
        const jobs = await client.activateJobs({
            type, worker: suite, timeout: FOREVER, maxJobsToActivate: 1, requestTimeout,
        })
        ok(jobs.length > 0, `no job of type ${type}`)
        return jobs[0]
    }
    /** zeebe-node never resolves an empty answer, so silence for a while says it too. */
    const nothing = async (type) => {
        const jobs = client.activateJobs({
            type, worker: suite, timeout: FOREVER, maxJobsToActivate: 1, requestTimeout: -1,
        })
        same(await Promise.race([jobs, sleep(300).then(() => [])]), [])
    }
    const create = (bpmnProcessId, variables = {}) =>
        client.createProcessInstance({ bpmnProcessId, variables })
    /** Resolves with the first job that a worker is given. */
    const work = (taskType, handle) => {
        let worker
        const seen = new Promise((done) => {
            worker = client.createWorker({
                taskType,
                loglevel: 'NONE',
                taskHandler: (job) => {
                    done({ job, at: Date.now() })
                    return handle(job)
                },
            })
        })
        return { seen, close: () => worker.close() }
    }
    /** Where the incident stands that was raised between two keys. Nothing lists
     * incidents yet, but keys are counted up: the next instance's is above. */
    const resolveBetween = async (low, high) => {
        for (let key = BigInt(low) + 1n; key < BigInt(high); key++)
            try {
                await client.resolveIncident({ incidentKey: String(key) })
                return
            } catch (error) {
                if (error.code !== 5) throw error
            }
        throw new Error('no incident was raised')
    }
    return { deploy, take, nothing, create, work, resolveBetween }
}

export function scenarios(suite, client) {
    const { deploy, take, nothing, create, work, resolveBetween } = helper(suite, client)

    return {
        'topology tells of one healthy leader': async () => {
            const t = await client.topology()
            equal(t.partitionsCount, 1)
            match(t.gatewayVersion, /^8\./)
            equal(t.brokers[0].partitions[0].role, 'LEADER')
            equal(t.brokers[0].partitions[0].health, 'HEALTHY')
        },

        'a deployed model has version 1, again the same, changed version 2': async () => {
            const name = freshName(suite)
            const versions = []
            for (const text of [model('task.bpmn', name), model('task.bpmn', name),
                model('message.bpmn', name)]) {
                const d = await client.deployResource({ process: text, name: `${name}.bpmn` })
                equal(d.deployments[0].process.bpmnProcessId, name)
                versions.push(d.deployments[0].process.version)
            }
            same(versions, [1, 1, 2])
        },

        'an invalid model is refused by element and file': async () => {
            const name = freshName(suite)
            const call = client.deployResource({
                process: model('invalid.bpmn', name), name: `${name}.bpmn`,
            })
            const error = await failure(call)
            equal(error.code, 3)
            match(error.message, /Command 'CREATE' rejected with code 'INVALID_ARGUMENT'/)
            match(error.message, new RegExp(`${name}\\.bpmn`))
            match(error.message, /- Element: work\b/)
            await refused(create(name), 5, /none found/)
        },

        'an unknown process is not found by id, by version, by key': async () => {
            const name = await deploy('task.bpmn')
            const rejected = "Command 'CREATE' rejected with code 'NOT_FOUND': "
            await refused(create('nobody'), 5, new RegExp(
                `${rejected}Expected to find process definition with process ID 'nobody', but none found`))
            await refused(
                client.createProcessInstance({ bpmnProcessId: name, version: 7, variables: {} }),
                5, new RegExp(`process ID '${name}' and version '7', but none found`))
        },

        'an instance is created by version': async () => {
            const name = await deploy('task.bpmn')
            const made = await client.createProcessInstance({
                bpmnProcessId: name, version: 1, variables: {},
            })
            equal(made.version, 1)
            equal((await take(name)).processInstanceKey, made.processInstanceKey)
        },

        'a worker completes jobs with variables': async () => {
            const name = await deploy('task.bpmn')
            const worker = work(name, (job) => job.complete({ sum: job.variables.a + 1 }))
            const r = await client.createProcessInstanceWithResult({
                bpmnProcessId: name, variables: { a: 41 }, requestTimeout: 10_000,
            })
            await worker.close()
            same({ ...r.variables }, { a: 41, sum: 42 })
            const { job } = await worker.seen
            same({ ...job.customHeaders }, { tone: 'calm' })
            equal(job.elementId, 'work')
            equal(job.retries, 3)
        },

        'a job that failed with retries left comes again': async () => {
            const name = await deploy('task.bpmn')
            let tries = 0
            const worker = work(name, (job) =>
                ++tries === 1 ? job.fail({ errorMessage: 'not yet', retries: 1 }) : job.complete({ tries }))
            const r = await client.createProcessInstanceWithResult({
                bpmnProcessId: name, variables: {}, requestTimeout: 10_000,
            })
            await worker.close()
            equal(r.variables.tries, 2)
        },

        'a job without retries raises an incident; resolved, it comes again': async () => {
            const name = await deploy('task.bpmn')
            await create(name)
            const job = await take(name)
            await client.failJob({ jobKey: job.key, retries: 0, errorMessage: 'broken', retryBackOff: 0 })
            await nothing(name)
            const next = await create(name)
            const second = await take(name) /* of the second instance: the first waits */
            equal(second.processInstanceKey, next.processInstanceKey)
            await client.updateJobRetries({ jobKey: job.key, retries: 1 })
            await resolveBetween(job.key, next.processInstanceKey)
            equal((await take(name)).key, job.key)
        },

        'an error that is thrown takes the boundary': async () => {
            const name = await deploy('task.bpmn')
            await create(name)
            const job = await take(name)
            await client.throwError({ jobKey: job.key, errorCode: 'DECLINED', errorMessage: 'no' })
            const repair = await take(`${name}-repair`)
            equal(repair.elementId, 'repair')
            equal(repair.processInstanceKey, job.processInstanceKey)
            await refused(client.completeJob({ jobKey: job.key, variables: {} }), 5, new RegExp(
                `Command 'COMPLETE' rejected with code 'NOT_FOUND': .*key '${job.key}'`))
        },

        'a message correlates, and its id counts once': async () => {
            const name = await deploy('message.bpmn')
            const message = {
                name, correlationKey: 'o-1', timeToLive: FOREVER, messageId: 'm-1',
                variables: { paid: true },
            }
            await client.publishMessage(message)
            await refused(client.publishMessage(message), 6,
                /Command 'PUBLISH' rejected with code 'ALREADY_EXISTS'/)
            const r = await client.createProcessInstanceWithResult({
                bpmnProcessId: name, variables: { order: 'o-1' }, requestTimeout: 10_000,
            })
            equal(r.variables.paid, true)
        },

        'a result that takes too long is DEADLINE_EXCEEDED, the instance lives': async () => {
            const name = await deploy('task.bpmn')
            await refused(client.createProcessInstanceWithResult({
                bpmnProcessId: name, variables: {}, requestTimeout: 200,
            }), 4, /./)
            await client.completeJob({ jobKey: (await take(name)).key, variables: {} })
        },

        'a cancelled instance is gone': async () => {
            const name = await deploy('task.bpmn')
            const { processInstanceKey: key } = await create(name)
            await client.cancelProcessInstance(key)
            await refused(client.cancelProcessInstance(key), 5, new RegExp(
                `Command 'CANCEL' rejected with code 'NOT_FOUND': Expected to cancel a process instance with key '${key}'`))
            await nothing(name)
        },

        'variables that are set reach the job': async () => {
            const name = await deploy('task.bpmn')
            const { processInstanceKey: key } = await create(name, { a: 1 })
            await client.setVariables({ elementInstanceKey: key, variables: { a: 2, b: 'x' }, local: false })
            same({ ...(await take(name)).variables }, { a: 2, b: 'x' })
            await refused(client.setVariables({ elementInstanceKey: '1', variables: {}, local: false }),
                5, /Command 'UPDATE' rejected with code 'NOT_FOUND'/)
        },

        'a parked poll is woken by its job within 100 ms': async () => {
            const name = await deploy('task.bpmn')
            const worker = work(name, (job) => job.complete())
            await sleep(500) /* it polls, finds nothing, and is parked */
            const before = Date.now()
            await create(name)
            const { at } = await within(5000, 'the job', worker.seen)
            await worker.close()
            ok(at - before < 100, `the job took ${at - before} ms`)
        },

        'the job goes to the next worker when one that was parked is closed': async () => {
            const name = await deploy('task.bpmn')
            const first = work(name, (job) => job.complete({ by: 'first' }))
            await sleep(500)
            await first.close()
            const second = work(name, (job) => job.complete({ by: 'second' }))
            const r = await client.createProcessInstanceWithResult({
                bpmnProcessId: name, variables: {}, requestTimeout: 10_000,
            })
            await second.close()
            equal(r.variables.by, 'second')
        },
    }
}
