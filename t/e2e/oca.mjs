// oca.mjs - @camunda8/orchestration-cluster-api at the REST door: 8.8, and 8.9 with each
// answer checked against its own schemas. (Those of 8.8 do not know that a member may be
// null, which every later client demands where there is no value.)
import { createCamundaClient as createClient88 } from '@camunda8/orchestration-cluster-api'
import { createCamundaClient as createClient89 } from '@camunda8/orchestration-cluster-api-8.9'
import { equal, failure, freshName, httpAddress, match, model, ok, runAll, same, sleep, within } from './lib.mjs'

/** The client of the suite that runs. */
let client

const settings = (validation) => ({
    config: {
        CAMUNDA_REST_ADDRESS: `http://${httpAddress}`,
        CAMUNDA_AUTH_STRATEGY: 'NONE',
        CAMUNDA_SDK_LOG_LEVEL: 'silent',
        CAMUNDA_SDK_VALIDATION: validation,
        CAMUNDA_SDK_HTTP_RETRY_MAX_ATTEMPTS: '1',
    },
})

async function deploy(file, name = freshName('oca')) {
    const resource = new File([model(file, name)], `${name}.bpmn`, { type: 'application/xml' })
    return client.createDeployment({ resources: [resource] }).then((d) => ({ ...d, name }))
}

/** A process with the decision and the form that it needs. */
async function dinner(name = freshName('oca')) {
    const form = JSON.stringify({ id: `form-${name}`, components: [] })
    const resources = [
        new File([model('dinner.bpmn', name)], `${name}.bpmn`, { type: 'application/xml' }),
        new File([model('dish.dmn', name)], `${name}.dmn`, { type: 'application/xml' }),
        new File([form], `${name}.form`, { type: 'application/json' }),
    ]
    return client.createDeployment({ resources }).then((d) => ({ ...d, name }))
}

async function take(type, requestTimeout = 5000) {
    const { jobs } = await client.activateJobs({
        type, worker: 'oca', timeout: 60_000, maxJobsToActivate: 1, requestTimeout,
    })
    return jobs[0]
}

const create = (processDefinitionId, more = {}) =>
    client.createProcessInstance({ processDefinitionId, ...more })

/** The problem document, as the client reads it. */
async function refused(call, status, title, detail) {
    const error = await failure(call)
    equal(error.status, status, `${error.status} ${error.message}`)
    equal(error.title, title)
    match(error.detail, detail)
}

const work = (jobType, jobHandler) =>
    client.createJobWorker({ jobType, jobHandler, maxParallelJobs: 4, jobTimeoutMs: 60_000 })

const scenarios = {
    'topology tells of one healthy leader': async () => {
        const t = await client.getTopology()
        equal(t.partitionsCount, 1)
        equal(t.brokers[0].partitions[0].role, 'leader')
        equal(t.brokers[0].partitions[0].health, 'healthy')
    },

    'a deployed model has its version and key': async () => {
        const name = freshName('oca')
        const first = await deploy('task.bpmn', name)
        equal(first.deployments[0].processDefinition.processDefinitionId, name)
        equal(first.deployments[0].processDefinition.processDefinitionVersion, 1)
        const second = await deploy('message.bpmn', name)
        equal(second.deployments[0].processDefinition.processDefinitionVersion, 2)
    },

    'an invalid model is a 400 that names file and element': async () => {
        const name = freshName('oca')
        await refused(deploy('invalid.bpmn', name), 400, 'INVALID_ARGUMENT',
            new RegExp(`Command 'CREATE' rejected with code 'INVALID_ARGUMENT'[^]*${name}\\.bpmn[^]*work`))
    },

    'an unknown process is a 404, by id and by version': async () => {
        await refused(create('nobody'), 404, 'NOT_FOUND',
            /Command 'CREATE' rejected with code 'NOT_FOUND': .*process ID 'nobody', but none found/)
        const { name } = await deploy('task.bpmn')
        await refused(create(name, { processDefinitionVersion: 7 }), 404, 'NOT_FOUND', /version '7', but none found/)
    },

    'an instance is created by key': async () => {
        const { name, deployments } = await deploy('task.bpmn')
        const made = await client.createProcessInstance({
            processDefinitionKey: deployments[0].processDefinition.processDefinitionKey,
        })
        equal(made.processDefinitionId, name)
        equal((await take(name)).processInstanceKey, made.processInstanceKey)
    },

    'a worker completes jobs with variables': async () => {
        const { name } = await deploy('task.bpmn')
        const worker = work(name, (job) => job.complete({ sum: job.variables.a + 1 }))
        const r = await create(name, { variables: { a: 41 }, awaitCompletion: true, requestTimeout: 10_000 })
        worker.stop()
        same(r.variables, { a: 41, sum: 42 })
    },

    'a job that failed with retries left comes again': async () => {
        const { name } = await deploy('task.bpmn')
        let tries = 0
        const worker = work(name, (job) => ++tries === 1
            ? job.fail({ errorMessage: 'not yet', retries: 1 }) : job.complete({ tries }))
        const r = await create(name, { awaitCompletion: true, requestTimeout: 10_000 })
        worker.stop()
        equal(r.variables.tries, 2)
    },

    'a job without retries raises an incident; resolved, it comes again': async () => {
        const { name } = await deploy('task.bpmn')
        await create(name)
        const job = await take(name)
        await client.failJob({ jobKey: job.jobKey, retries: 0, errorMessage: 'broken' })
        const next = await create(name)
        equal((await take(name)).processInstanceKey, next.processInstanceKey)
        await client.updateJob({ jobKey: job.jobKey, changeset: { retries: 1 } })
        await resolveBetween(job.jobKey, next.processInstanceKey)
        equal((await take(name)).jobKey, job.jobKey)
    },

    'an error that is thrown takes the boundary': async () => {
        const { name } = await deploy('task.bpmn')
        await create(name)
        const { jobKey } = await take(name)
        await client.throwJobError({ jobKey, errorCode: 'DECLINED' })
        equal((await take(`${name}-repair`)).elementId, 'repair')
        await refused(client.completeJob({ jobKey }), 404, 'NOT_FOUND',
            new RegExp(`Command 'COMPLETE' rejected with code 'NOT_FOUND': .*key '${jobKey}'`))
    },

    'a message correlates, and its id counts once': async () => {
        const { name } = await deploy('message.bpmn')
        const message = { name, correlationKey: 'o-1', timeToLive: 60_000, messageId: 'm-1', variables: { paid: true } }
        ok((await client.publishMessage(message)).messageKey)
        await refused(client.publishMessage(message), 409, 'ALREADY_EXISTS', /Command 'PUBLISH' rejected/)
        const r = await create(name, { variables: { order: 'o-1' }, awaitCompletion: true, requestTimeout: 10_000 })
        equal(r.variables.paid, true)
    },

    'a result that takes too long is a 504, in time': async () => {
        const { name } = await deploy('task.bpmn')
        const begun = Date.now()
        const error = await failure(create(name, { awaitCompletion: true, requestTimeout: 300 }))
        equal(error.status, 504)
        ok(Date.now() - begun < 1300)
        await client.completeJob({ jobKey: (await take(name)).jobKey })
    },

    'a cancelled instance is gone': async () => {
        const { name } = await deploy('task.bpmn')
        const { processInstanceKey } = await create(name)
        await client.cancelProcessInstance({ processInstanceKey })
        await refused(client.cancelProcessInstance({ processInstanceKey }), 404, 'NOT_FOUND', /Command 'CANCEL' rejected/)
        equal(await take(name, -1), undefined)
    },

    'variables that are set reach the job': async () => {
        const { name } = await deploy('task.bpmn')
        const { processInstanceKey } = await create(name, { variables: { a: 1 } })
        await client.createElementInstanceVariables({ elementInstanceKey: processInstanceKey, variables: { a: 2, b: 'x' } })
        same((await take(name)).variables, { a: 2, b: 'x' })
    },

    'a parked poll is woken by its job within 100 ms': async () => {
        const { name } = await deploy('task.bpmn')
        const job = take(name, 10_000).then(() => Date.now())
        await sleep(500)
        const begun = Date.now()
        await create(name)
        const took = await within(5000, 'the job', job) - begun
        ok(took < 100, `the job took ${took} ms`)
    },

    'a poll that ends without jobs is an empty answer': async () => {
        const begun = Date.now()
        equal(await take(freshName('oca'), 400), undefined)
        const took = Date.now() - begun
        ok(took >= 390 && took < 900, `it took ${took} ms`)
    },

    'the job goes to the next when a parked client has left': async () => {
        const { name } = await deploy('task.bpmn')
        const parked = client.activateJobs({ type: name, worker: 'w', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 20_000 })
        parked.catch(() => {})
        await sleep(300)
        parked.cancel()
        await sleep(100)
        await create(name)
        ok(await take(name, 2000), 'the job was lost')
    },

    'decisions and forms are deployed with a process, and unchanged they stay': async () => {
        const { name, deployments } = await dinner()
        const told = deployments.map((one) => Object.keys(one).filter((key) => one[key]).join())
        same(told, ['processDefinition', 'decisionDefinition', 'decisionDefinition', 'decisionRequirements', 'form'])
        equal(deployments[1].decisionDefinition.decisionDefinitionId, `dish-${name}`)
        equal(deployments[4].form.formId, `form-${name}`)
        same((await dinner(name)).deployments, deployments)
    },

    'a decision is made for a client, and a failure is an answer': async () => {
        const { name } = await dinner()
        const decisionDefinitionId = `dish-${name}`
        const made = await client.evaluateDecision({ decisionDefinitionId, variables: { season: 'Spring', guests: 9 } })
        equal(made.output, '"Beer and salad"')
        same(made.evaluatedDecisions.map((one) => one.decisionDefinitionName), ['Drink', 'Dish'])
        const [drink, dish] = made.evaluatedDecisions
        same([drink.decisionDefinitionType, drink.output], ['LITERAL_EXPRESSION', '"Beer"'])
        same(dish.evaluatedInputs, [{ inputId: 'season-in', inputName: 'Season', inputValue: '"Spring"' }])
        same(dish.matchedRules.map((rule) => [rule.ruleId, rule.ruleIndex, rule.evaluatedOutputs[0].outputValue]),
            [['spring', 3, '"Beer and salad"']])
        const failed = await client.evaluateDecision({ decisionDefinitionId, variables: { season: 'Fall', guests: 1 } })
        equal(failed.failedDecisionDefinitionId, decisionDefinitionId)
        match(failed.failureMessage, new RegExp(`^Expected to evaluate decision '${decisionDefinitionId}', but `))
        await refused(client.evaluateDecision({ decisionDefinitionId: 'nobody', variables: {} }), 404, 'NOT_FOUND',
            /no decision found for id 'nobody'/)
    },

    'a process decides, and its user task shows its form': async () => {
        const { name, deployments } = await dinner()
        const { processInstanceKey } = await create(name, { variables: { season: 'Spring', guests: 2 } })
        const now = { consistency: { waitUpToMs: 0 } }
        const { items: [task] } = await client.searchUserTasks({ filter: { processInstanceKey } }, now)
        const form = await client.getUserTaskForm({ userTaskKey: task.userTaskKey }, now)
        equal(form.formId, `form-${name}`)
        equal(JSON.parse(form.schema).id, `form-${name}`)
        const { items } = await client.searchVariables({ filter: { processInstanceKey, name: 'dish' } }, now)
        equal(items[0].value, '"Wine and salad"')
        const { processDefinitionKey } = deployments[0].processDefinition
        equal((await client.getStartProcessForm({ processDefinitionKey }, now)).formKey, form.formKey)
        await client.completeUserTask({ userTaskKey: task.userTaskKey })
    },

    'decisions and their graphs are searched and read': async () => {
        const { name, deployments } = await dinner()
        const now = { consistency: { waitUpToMs: 0 } }
        const { items: [one] } = await client.searchDecisionDefinitions(
            { filter: { decisionDefinitionId: `dish-${name}`, version: 1 } }, now)
        same([one.name, one.decisionRequirementsId], ['Dish', `food-${name}`])
        const { decisionDefinitionKey, decisionRequirementsKey } = one
        same(await client.getDecisionDefinition({ decisionDefinitionKey }, now), one)
        match(await client.getDecisionDefinitionXml({ decisionDefinitionKey }, now), new RegExp(`id="food-${name}"`))
        const graph = await client.getDecisionRequirements({ decisionRequirementsKey }, now)
        equal(graph.resourceName, deployments[3].decisionRequirements.resourceName)
        const { decisionEvaluationKey } = await client.evaluateDecision(
            { decisionDefinitionKey, variables: { season: 'Spring', guests: 2 } })
        const { items: made } = await client.searchDecisionInstances({ filter: { decisionEvaluationKey } }, now)
        same(made.map((it) => [it.decisionDefinitionName, it.state]), [['Drink', 'EVALUATED'], ['Dish', 'EVALUATED']])
        const { decisionEvaluationInstanceKey } = made[1]
        const dish = await client.getDecisionInstance({ decisionEvaluationInstanceKey }, now)
        same([dish.result, dish.matchedRules[0].ruleId], ['"Wine and salad"', 'spring'])
        await client.deleteResource({ resourceKey: decisionRequirementsKey })
        await refused(client.evaluateDecision({ decisionDefinitionKey }), 404, 'NOT_FOUND', /no decision found for key/)
    },

    'a batch operation ends many instances, and tells of each': async () => {
        const { name } = await dinner()
        const made = [await create(name, { variables: { season: 'Spring', guests: 2 } }),
                      await create(name, { variables: { season: 'Spring', guests: 2 } })]
        const now = { consistency: { waitUpToMs: 0 } }
        const { processInstanceKey } = made[0]
        const { items: [task] } = await client.searchUserTasks({ filter: { processInstanceKey } }, now)
        const seen = await client.searchUserTaskVariables({ userTaskKey: task.userTaskKey }, now)
        same(seen.items.map((v) => v.name).sort(), ['dish', 'guests', 'season'])
        same((await client.searchProcessInstanceIncidents({ processInstanceKey }, now)).items, [])
        const { batchOperationKey, batchOperationType } = await client.cancelProcessInstancesBatchOperation(
            { filter: { processDefinitionId: name } }, now)
        equal(batchOperationType, 'CANCEL_PROCESS_INSTANCE')
        let batch
        do batch = await client.getBatchOperation({ batchOperationKey }, now)
        while (batch.state === 'ACTIVE')
        same([batch.state, batch.operationsTotalCount, batch.operationsCompletedCount], ['COMPLETED', 2, 2])
        const { items } = await client.searchBatchOperationItems({ filter: { batchOperationKey } }, now)
        same(items.map((i) => i.itemKey).sort(), made.map((m) => m.processInstanceKey).sort())
        await refused(client.cancelBatchOperation({ batchOperationKey }, now), 409, 'INVALID_STATE', /in state 'COMPLETED'/)
    },

    'documents are put, linked to, read and deleted': async () => {
        const file = (name) => new File(['hello'], name, { type: 'text/plain' })
        const one = await client.createDocument({ file: file('a.txt'), metadata: { customProperties: { a: 1 } } })
        const { documentId, contentHash } = one
        same([one.metadata.fileName, one.metadata.contentType, one.metadata.size], ['a.txt', 'text/plain', 5])
        const got = await client.getDocument({ documentId, contentHash })
        equal(await (got.text ? got.text() : String(got)), 'hello')
        const link = await client.createDocumentLink({ documentId, contentHash, timeToLive: 60_000 })
        equal(await fetch(link.url).then((r) => r.text()), 'hello')
        await client.deleteDocument({ documentId })
        await refused(client.getDocument({ documentId }), 404, 'NOT_FOUND', /not found/)
        const all = await client.createDocuments({ files: [file('b.txt'), file('c.txt')] })
        same(all.createdDocuments.map((it) => it.metadata.fileName), ['b.txt', 'c.txt'])
    },

    'the caller, the licence and the configuration are told': async () => {
        ok((await client.getAuthentication()).username)
        equal((await client.getLicense()).validLicense, false)
        await client.getStatus()
        if (client.getSystemConfiguration) ok((await client.getSystemConfiguration()).jobMetrics)
    },

    'cluster variables are kept, and seen by expressions': async () => {
        if (!client.createGlobalClusterVariable) return
        const now = { consistency: { waitUpToMs: 0 } }
        const name = freshName('oca').replaceAll('-', '_')
        const made = await client.createGlobalClusterVariable({ name, value: { rate: 2 } })
        same([made.name, made.scope, made.tenantId, JSON.parse(made.value)], [name, 'GLOBAL', null, { rate: 2 }])
        await client.updateGlobalClusterVariable({ name, value: { rate: 3 } })
        equal(JSON.parse((await client.getGlobalClusterVariable({ name }, now)).value).rate, 3)
        await client.createTenantClusterVariable({ tenantId: '<default>', name, value: { rate: 4 } })
        const { result } = await client.evaluateExpression(
            { expression: `=[camunda.vars.cluster.${name}.rate, camunda.vars.env.${name}.rate, a]`, variables: { a: 1 } })
        same(result, [3, 4, 1])
        await client.deleteTenantClusterVariable({ tenantId: '<default>', name })
        await client.deleteGlobalClusterVariable({ name })
        await refused(client.getGlobalClusterVariable({ name }, now), 404, 'NOT_FOUND', /no such variable/)
    },

    'a global listener is asked before a task is there': async () => {
        if (!client.createGlobalTaskListener) return
        const now = { consistency: { waitUpToMs: 0 } }
        const id = freshName('oca')
        const made = await client.createGlobalTaskListener({ id, type: id, eventTypes: ['creating'], retries: 3 })
        same([made.id, made.source, made.eventTypes], [id, 'API', ['creating']])
        const { name } = await dinner()
        await create(name, { variables: { season: 'Spring', guests: 2 } })
        const job = await take(id)
        equal(job.kind, 'TASK_LISTENER')
        await client.completeJob({ jobKey: job.jobKey })
        equal((await client.getGlobalTaskListener({ id }, now)).type, id)
        await client.deleteGlobalTaskListener({ id })
    },

    'a problem document has all its members, also for a path that is not there': async () => {
        const r = await fetch(`http://${httpAddress}/v2/nowhere`)
        equal(r.status, 404)
        equal(r.headers.get('content-type'), 'application/problem+json')
        const problem = await r.json()
        same(Object.keys(problem).sort(), ['detail', 'instance', 'status', 'title', 'type'])
        equal(problem.instance, '/v2/nowhere')
        equal(problem.status, 404)
    },
}

/** Nothing lists incidents yet, but keys are counted up: it is between these two. */
async function resolveBetween(low, high) {
    for (let key = BigInt(low) + 1n; key < BigInt(high); key++)
        try {
            return await client.resolveIncident({ incidentKey: String(key) })
        } catch (error) {
            equal(error.status, 404)
        }
    throw new Error('no incident was raised')
}
let failed = 0
for (const [name, create, validation] of [
    ['oca 8.8', createClient88, 'req:none,res:none'],
    ['oca 8.9', createClient89, 'req:none,res:strict'],
]) {
    client = create(settings(validation))
    failed += await runAll(name, scenarios)
}
process.exit(failed ? 1 : 0)
