// sdk.mjs - @camunda8/sdk 8.8 at the gRPC door. It compresses with gzip from its first
// call.
import { Camunda8 } from '@camunda8/sdk'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { equal, failure, freshName, grpcAddress, httpAddress, model, ok, runAll, same, scratch } from './lib.mjs'
import { scenarios } from './grpc_scenarios.mjs'

const camunda = new Camunda8({
    ZEEBE_GRPC_ADDRESS: `grpc://${grpcAddress}`,
    ZEEBE_REST_ADDRESS: `http://${httpAddress}`,
    CAMUNDA_AUTH_STRATEGY: 'NONE',
    CAMUNDA_LOG_LEVEL: 'none',
    ZEEBE_CLIENT_LOG_LEVEL: 'NONE',
    zeebeGrpcSettings: { ZEEBE_CLIENT_LOG_LEVEL: 'NONE', ZEEBE_GRPC_CLIENT_RETRY: false },
})
const client = camunda.getZeebeGrpcApiClient()

// The same package's client of the REST door.
const rest = camunda.getCamundaRestClient()
const folder = scratch()

async function deploy(file) {
    const name = freshName('sdk-rest')
    const path = join(folder, `${name}.bpmn`)
    writeFileSync(path, model(file, name))
    const d = await rest.deployResourcesFromFiles([path])
    return { name, ...d.processes[0] }
}

const take = async (type) =>
    (await rest.activateJobs({ type, worker: 'sdk', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 5000 }))[0]

const restScenarios = {
    'topology and license': async () => {
        equal((await rest.getTopology()).partitionsCount, 1)
        equal((await rest.getLicenseStatus()).validLicense, false)
    },
    'a process is deployed, created, worked on and ended': async () => {
        const { name } = await deploy('task.bpmn')
        const made = await rest.createProcessInstance({ processDefinitionId: name, variables: { a: 1 } })
        const job = await take(name)
        equal(job.processInstanceKey, made.processInstanceKey)
        same({ ...job.variables }, { a: 1 })
        await rest.completeJob({ jobKey: job.jobKey, variables: { b: 2 } })
        const error = await failure(rest.completeJob({ jobKey: job.jobKey, variables: {} }))
        ok(String(error.message + error.statusCode).includes('404'), error.message)
    },
    'a result is awaited, a job fails, retries are set': async () => {
        const { name } = await deploy('task.bpmn')
        const result = rest.createProcessInstanceWithResult({ processDefinitionId: name, variables: {}, requestTimeout: 10_000 })
        const job = await take(name)
        await rest.failJob({ jobKey: job.jobKey, retries: 0, errorMessage: 'no', retryBackOff: 0 })
        await rest.updateJob({ jobKey: job.jobKey, retries: 2 })
        const { items } = await rest.searchIncidents({ filter: { jobKey: job.jobKey }, sort: [] })
        await rest.resolveIncident(items[0].incidentKey)
        await rest.completeJob({ jobKey: (await take(name)).jobKey, variables: { done: true } })
        equal((await result).variables.done, true)
    },
    'messages, signals and variables': async () => {
        const { name } = await deploy('message.bpmn')
        const { processInstanceKey } = await rest.createProcessInstance({ processDefinitionId: name, variables: { order: name } })
        await rest.updateElementInstanceVariables({ elementInstanceKey: processInstanceKey, variables: { x: 1 }, local: false })
        const { messageKey } = await rest.correlateMessage({ name, correlationKey: name, variables: {} })
        ok(messageKey)
        ok((await rest.publishMessage({ name, correlationKey: name, messageId: name, timeToLive: 10, variables: {} })).messageKey)
        ok((await rest.broadcastSignal({ signalName: name, variables: {} })).signalKey)
    },
    'an instance is cancelled': async () => {
        const { name } = await deploy('task.bpmn')
        const { processInstanceKey } = await rest.createProcessInstance({ processDefinitionId: name, variables: {} })
        await rest.cancelProcessInstance({ processInstanceKey })
    },
    'documents': async () => {
        const { documentId } = await rest.uploadDocument({ file: Buffer.from('hello'), metadata: { fileName: 'a.txt' } })
            .catch((e) => { throw new Error(`${e.message}: ${e.response?.body ?? ''}`) })
        ok(documentId)
    },
}
const failed = await runAll('sdk', scenarios('sdk', client)) + await runAll('sdk-rest', restScenarios)
process.exit(failed ? 1 : 0)
