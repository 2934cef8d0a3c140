// rest.mjs - every operation at the REST door, by plain HTTP: done well, with each
// documented way of asking badly, and each answer held against the OpenAPI text that the
// server itself gives. Operations and their requests come from that text and from
// t/operations.def; what it takes to ask well stands in the table `well` below.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { equal, freshName, here, match, model, ok, runAll, serve, sleep, within } from './lib.mjs'

const server = await serve('--ephemeral', '--clock-control')
const base = `http://${server.http}`
const api = await fetch(`${base}/v2/openapi.json`).then((r) => r.json())

// ---- what an answer must look like: the part of JSON Schema that the text uses ----

const resolve = (schema) =>
    schema.$ref ? api.components.schemas[schema.$ref.split('/').pop()] : schema

const kinds = {
    object: (v) => v !== null && typeof v === 'object' && !Array.isArray(v),
    array: Array.isArray,
    string: (v) => typeof v === 'string',
    integer: Number.isInteger,
    number: (v) => typeof v === 'number',
    boolean: (v) => typeof v === 'boolean',
    null: (v) => v === null,
}

/** What is wrong with the value, and where; nothing when it is well. */
function wrong(value, given, at = 'answer') {
    const schema = resolve(given)
    if (schema.oneOf) {
        const all = schema.oneOf.map((one) => wrong(value, one, at))
        return all.some((w) => !w) ? undefined : all.at(-1)
    }
    if (schema.type && !kinds[schema.type](value)) return `${at} is no ${schema.type}: ${JSON.stringify(value)}`
    if (schema.pattern && !new RegExp(schema.pattern).test(value)) return `${at} does not match: ${value}`
    for (const name of schema.required ?? []) if (!(name in value)) return `${at}.${name} is missing`
    for (const [name, of] of Object.entries(schema.properties ?? {})) {
        const w = value && name in value ? wrong(value[name], of, `${at}.${name}`) : undefined
        if (w) return w
    }
    for (const [i, item] of schema.items ? value.entries() : []) {
        const w = wrong(item, schema.items, `${at}[${i}]`)
        if (w) return w
    }
}

// ---- asking ----

const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, o]) => ({ path, method: method.toUpperCase(), ...o })),
)
const operation = (id) => operations.find((o) => o.operationId === id)
const contentOf = (o) => Object.keys(o.requestBody?.content ?? {})[0]
const schemaOf = (o) => o.requestBody && resolve(Object.values(o.requestBody.content)[0].schema)

const fill = (path, keys = {}) =>
    path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(keys[name] ?? '1'))

async function ask(o, { keys, query, body, headers = {}, method } = {}) {
    const isForm = body instanceof FormData
    const r = await fetch(base + fill(o.path, keys) + (query ? `?${query}` : ''), {
        method: method ?? o.method,
        headers: { ...(body !== undefined && !isForm && { 'content-type': 'application/json' }), ...headers },
        body: body === undefined || isForm || typeof body === 'string' ? body : JSON.stringify(body),
    })
    const type = r.headers.get('content-type')
    const text = await r.text()
    const answer = { status: r.status, type, text, headers: r.headers }
    answer.json = type?.includes('json') ? JSON.parse(text) : undefined
    check(o, answer)
    return answer
}

/** Each answer is of its operation's schema, each problem has its five members. */
function check(o, { status, type, json, text }) {
    if (status >= 400) {
        equal(type, 'application/problem+json', `${o.operationId}: ${status} is a problem`)
        const w = wrong(json, api.components.schemas.Problem)
        ok(!w && json.status === status && json.type === 'about:blank', `${o.operationId}: ${w}`)
        ok(json.instance.startsWith('/'), `${o.operationId}: instance ${json.instance}`)
        return
    }
    const documented = o.responses?.[status]
    if (status === 204) equal(text, '', `${o.operationId}: 204 has no body`)
    const schema = documented?.content?.['application/json']?.schema
    if (schema && json) equal(wrong(json, schema), undefined, o.operationId)
}

async function well(id, request = {}) {
    const o = operation(id)
    ok(o, `${id} is in the OpenAPI text`)
    const answer = await ask(o, request)
    ok(o.responses[answer.status] || answer.status === 207, `${id}: ${answer.status} ${answer.text}`)
    return answer
}

/** Asked again while it is not there yet: searches may lag. */
async function eventually(id, request) {
    const o = operation(id)
    for (let i = 0; i < 50; i++) {
        const answer = await ask(o, request)
        const isThere = answer.status < 300 && (!answer.json?.items || answer.json.items.length > 0)
        if (isThere) return answer
        await sleep(100)
    }
    return well(id, request)
}

// ---- what there is to ask about ----

async function deployAll() {
    const name = freshName('rest')
    const form = new FormData()
    const add = (text, file) => form.append('resources', new Blob([text]), file)
    add(model('dinner.bpmn', name), 'dinner.bpmn')
    add(model('dish.dmn', name), 'dish.dmn')
    add(JSON.stringify({ id: `form-${name}`, components: [] }), 'form.form')
    add(model('task.bpmn', `${name}-task`), 'task.bpmn')
    add(model('message.bpmn', `${name}-message`), 'message.bpmn')
    add(adHoc.replaceAll('NAME', name), 'adhoc.bpmn')
    add(conditional.replaceAll('NAME', name), 'conditional.bpmn')
    add('{"any": "file"}', 'any.json')
    const { json } = await well('createDeployment', { body: form })
    const of = (kind) => json.deployments.map((d) => d[kind]).filter(Boolean)
    return { name, json, processes: of('processDefinition'), decisions: of('decisionDefinition'),
        drg: of('decisionRequirements')[0], form: of('form')[0], file: of('resource')[0] }
}

const bpmn = (body) => `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    id="d" targetNamespace="http://fermata/e2e">${body}</definitions>`
const adHoc = bpmn(`<process id="NAME-adhoc" isExecutable="true"><startEvent id="s"/>
    <sequenceFlow id="f" sourceRef="s" targetRef="a"/><adHocSubProcess id="a">
    <serviceTask id="x"><extensionElements><zeebe:taskDefinition type="NAME-x"/></extensionElements></serviceTask>
    </adHocSubProcess></process>`)
const conditional = bpmn(`<process id="NAME-cond" isExecutable="true"><startEvent id="s"><conditionalEventDefinition id="c">
    <condition xsi:type="tFormalExpression">=x > 1</condition></conditionalEventDefinition></startEvent>
    <sequenceFlow id="f" sourceRef="s" targetRef="e"/><endEvent id="e"/></process>`)

const create = async (id, more = {}) =>
    (await well('createProcessInstance', { body: { processDefinitionId: id, ...more } })).json

const take = async (type) =>
    (await well('activateJobs', { body: { type, worker: 'w', timeout: 60000, maxJobsToActivate: 1, requestTimeout: 5000 } })).json.jobs[0]

const taskOf = async (instance) =>
    (await eventually('searchUserTasks', { body: { filter: { processInstanceKey: instance.processInstanceKey } } })).json.items[0]

const incidentOf = async (d) => {
    const instance = await create(`${d.name}-task`)
    const job = await take(`${d.name}-task`)
    await well('failJob', { keys: job, body: { retries: 0, errorMessage: 'broken' } })
    const { items } = (await eventually('searchIncidents', { body: { filter: { processInstanceKey: instance.processInstanceKey } } })).json
    return { instance, job, incident: items[0] }
}

const d = await deployAll()
const filter = { processInstanceKey: '1' }
const doneWith = async (id, request) => ok((await well(id, request)).status < 300)
const page = (id) => async () => void (await well(id, { body: { filter: {}, page: { limit: 2 } } }))
const listener = { type: 'audit', eventTypes: ['canceling'] }
const upload = (name, field = 'file') => {
    const form = new FormData()
    form.append(field, new Blob(['hello'], { type: 'text/plain' }), name)
    return form
}

/** Each operation that is carried out, asked well. */
const asked = {
    getClusterStatus: () => doneWith('getClusterStatus'),
    getStatus: () => doneWith('getStatus'),
    getTopology: () => doneWith('getTopology'),
    getLicense: () => doneWith('getLicense'),
    getOpenApi: () => doneWith('getOpenApi'),
    getMetrics: () => doneWith('getMetrics'),
    getAuthentication: () => doneWith('getAuthentication'),
    getSystemConfiguration: () => doneWith('getSystemConfiguration'),
    createDeployment: () => ok(d.processes.length === 5 && d.file && d.form && d.drg),
    createProcessInstance: async () => equal((await create(d.name)).processDefinitionId, d.name),
    explainProcessInstance: async () => doneWith('explainProcessInstance', { keys: await create(d.name) }),
    cancelProcessInstance: async () => doneWith('cancelProcessInstance', { keys: await create(d.name) }),
    suspendProcessInstance: async () => doneWith('suspendProcessInstance', { keys: await create(d.name) }),
    resumeProcessInstance: async () => {
        const keys = await create(d.name)
        await well('suspendProcessInstance', { keys })
        await doneWith('resumeProcessInstance', { keys })
    },
    modifyProcessInstance: async () =>
        doneWith('modifyProcessInstance', { keys: await create(`${d.name}-task`), body: { activateInstructions: [{ elementId: 'repair' }] } }),
    migrateProcessInstance: async () => {
        const keys = await create(`${d.name}-task`)
        const body = { targetProcessDefinitionKey: keys.processDefinitionKey, mappingInstructions: [{ sourceElementId: 'work', targetElementId: 'work' }] }
        const { status } = await ask(operation('migrateProcessInstance'), { keys, body })
        ok(status === 204 || status === 400 || status === 409, `${status}`)
    },
    assignProcessInstanceBusinessId: async () =>
        doneWith('assignProcessInstanceBusinessId', { keys: await create(d.name), body: { businessId: 'b-1' } }),
    resolveProcessInstanceIncidents: async () =>
        doneWith('resolveProcessInstanceIncidents', { keys: (await incidentOf(d)).instance }),
    cancelProcessInstancesBatchOperation: () => doneWith('cancelProcessInstancesBatchOperation', { body: { filter } }),
    suspendProcessInstancesBatchOperation: () => doneWith('suspendProcessInstancesBatchOperation', { body: { filter } }),
    resumeProcessInstancesBatchOperation: () => doneWith('resumeProcessInstancesBatchOperation', { body: { filter } }),
    resolveIncidentsBatchOperation: () => doneWith('resolveIncidentsBatchOperation', { body: { filter } }),
    migrateProcessInstancesBatchOperation: () =>
        doneWith('migrateProcessInstancesBatchOperation', { body: { filter, migrationPlan: {
            targetProcessDefinitionKey: d.processes[0].processDefinitionKey,
            mappingInstructions: [{ sourceElementId: 'a', targetElementId: 'b' }] } } }),
    modifyProcessInstancesBatchOperation: () =>
        doneWith('modifyProcessInstancesBatchOperation', { body: { filter, moveInstructions: [{ sourceElementId: 'a', targetElementId: 'b' }] } }),
    updateJobsBatchOperation: () => doneWith('updateJobsBatchOperation', { body: { filter, changeset: { retries: 2 } } }),
    getBatchOperation: async () => {
        const { json } = await well('cancelProcessInstancesBatchOperation', { body: { filter } })
        await eventually('getBatchOperation', { keys: json })
    },
    suspendBatchOperation: async () => batchEnded('suspendBatchOperation'),
    resumeBatchOperation: async () => batchEnded('resumeBatchOperation'),
    cancelBatchOperation: async () => batchEnded('cancelBatchOperation'),
    activateJobs: async () => {
        await create(`${d.name}-task`)
        ok((await take(`${d.name}-task`)).jobKey)
    },
    completeJob: () => withJob('completeJob', { variables: { a: 1 } }),
    failJob: () => withJob('failJob', { retries: 2, retryBackOff: 10, errorMessage: 'no' }),
    throwJobError: () => withJob('throwJobError', { errorCode: 'DECLINED' }),
    updateJob: () => withJob('updateJob', { changeset: { retries: 5, timeout: 1000 } }),
    publishMessage: () => doneWith('publishMessage', { body: { name: 'm', correlationKey: 'k', timeToLive: 10 } }),
    correlateMessage: async () => {
        const i = await create(`${d.name}-message`, { variables: { order: 'o-1' } })
        const { json } = await well('correlateMessage', { body: { name: `${d.name}-message`, correlationKey: 'o-1' } })
        equal(json.processInstanceKey, i.processInstanceKey)
    },
    broadcastSignal: () => doneWith('broadcastSignal', { body: { signalName: 's' } }),
    createElementInstanceVariables: async () => {
        const { processInstanceKey } = await create(d.name)
        await doneWith('createElementInstanceVariables', { keys: { elementInstanceKey: processInstanceKey }, body: { variables: { a: 1 } } })
    },
    resolveIncident: async () => {
        const { job, incident } = await incidentOf(d)
        await well('updateJob', { keys: job, body: { changeset: { retries: 1 } } })
        await doneWith('resolveIncident', { keys: incident })
    },
    evaluateDecision: () =>
        doneWith('evaluateDecision', { body: { decisionDefinitionId: `dish-${d.name}`, variables: { season: 'Spring', guests: 4 } } }),
    evaluateConditionals: () => doneWith('evaluateConditionals', { body: { variables: { x: 2 } } }),
    evaluateExpression: () => doneWith('evaluateExpression', { body: { expression: '=1 + x', variables: { x: 1 } } }),
    activateAdHocSubProcessActivities: async () => {
        const i = await create(`${d.name}-adhoc`)
        const { json } = await eventually('searchElementInstances', { body: { filter: { processInstanceKey: i.processInstanceKey, elementId: 'a' } } })
        await doneWith('activateAdHocSubProcessActivities', {
            keys: { adHocSubProcessInstanceKey: json.items[0].elementInstanceKey }, body: { elements: [{ elementId: 'x' }] } })
    },
    completeUserTask: () => withTask('completeUserTask', { variables: {} }),
    assignUserTask: () => withTask('assignUserTask', { assignee: 'me' }),
    unassignUserTask: () => withTask('unassignUserTask'),
    updateUserTask: () => withTask('updateUserTask', { changeset: { priority: 60 } }),
    deleteResource: async () => {
        const form = new FormData()
        form.append('resources', new Blob([model('message.bpmn', freshName('rest'))]), 'm.bpmn')
        const { json } = await well('createDeployment', { body: form })
        const keys = { resourceKey: json.deployments[0].processDefinition.processDefinitionKey }
        const { json: gone } = await well('deleteResource', { keys, body: { deleteHistory: true } })
        equal(gone.batchOperation.batchOperationType, 'DELETE_PROCESS_INSTANCE')
        await batchDone(gone.batchOperation)
    },
    deleteProcessInstancesBatchOperation: async () => {
        const i = await create(`${d.name}-task`)
        const keys = { processInstanceKey: i.processInstanceKey }
        await well('cancelProcessInstance', { keys })
        const { json } = await well('deleteProcessInstancesBatchOperation', { body: { filter: keys } })
        const done = await batchDone(json)
        equal([done.operationsTotalCount, done.operationsCompletedCount, done.operationsFailedCount].join(), '1,1,0')
        equal((await ask(operation('getProcessInstance'), { keys })).status, 404)
    },
    deleteDecisionInstancesBatchOperation: async () => {
        const { json: made } = await well('evaluateDecision', { body: {
            decisionDefinitionId: `dish-${d.name}`, variables: { season: 'Spring', guests: 4 } } })
        const of = { decisionEvaluationKey: made.decisionEvaluationKey }
        const { json } = await well('deleteDecisionInstancesBatchOperation', { body: { filter: of } })
        equal((await batchDone(json)).operationsCompletedCount, 1)
        equal((await well('searchDecisionInstances', { body: { filter: of } })).json.items.length, 0)
    },
    pinClock: () => doneWith('pinClock', { body: { timestamp: Date.now() } }),
    advanceClock: () => doneWith('advanceClock', { body: { milliseconds: 1000 } }),
    resetClock: () => doneWith('resetClock'),
    createGlobalClusterVariable: () => doneWith('createGlobalClusterVariable', { body: { name: 'v1', value: { a: 1 } } }),
    getGlobalClusterVariable: async () => {
        await well('createGlobalClusterVariable', { body: { name: 'text', value: 'x' } })
        equal((await well('getGlobalClusterVariable', { keys: { name: 'text' } })).json.value, '"x"')
    },
    updateGlobalClusterVariable: () => withVariable('updateGlobalClusterVariable', { value: 2 }),
    deleteGlobalClusterVariable: () => withVariable('deleteGlobalClusterVariable'),
    createTenantClusterVariable: () => doneWith('createTenantClusterVariable', { keys: ours, body: { name: 'v1', value: 1 } }),
    getTenantClusterVariable: () => withVariable('getTenantClusterVariable'),
    updateTenantClusterVariable: () => withVariable('updateTenantClusterVariable', { value: 2 }),
    deleteTenantClusterVariable: () => withVariable('deleteTenantClusterVariable'),
    createGlobalTaskListener: () => doneWith('createGlobalTaskListener', { body: { id: freshName('rest'), ...listener } }),
    getGlobalTaskListener: () => withListener('getGlobalTaskListener'),
    updateGlobalTaskListener: () => withListener('updateGlobalTaskListener', listener),
    deleteGlobalTaskListener: () => withListener('deleteGlobalTaskListener'),
    createDocument: () => doneWith('createDocument', { body: upload('a.txt') }),
    createDocuments: () => doneWith('createDocuments', { body: upload('a.txt', 'files') }),
    getDocument: async () => {
        const { json } = await well('createDocument', { body: upload('a.txt') })
        const { text, headers } = await well('getDocument', { keys: json, query: `contentHash=${json.contentHash}` })
        equal(text, 'hello')
        match(headers.get('content-disposition'), /^attachment/)
    },
    createDocumentLink: async () => {
        const { json } = await well('createDocument', { body: upload('a.txt') })
        const link = (await well('createDocumentLink', { keys: json, body: { timeToLive: 60000 } })).json
        equal(await fetch(link.url).then((r) => r.text()), 'hello')
    },
    deleteDocument: async () => doneWith('deleteDocument', { keys: (await well('createDocument', { body: upload('a.txt') })).json }),
    followEvents: async () => {
        const stop = new AbortController()
        const r = await fetch(`${base}/events?topics=instances`, { signal: stop.signal })
        equal(r.headers.get('content-type'), 'text/event-stream')
        await create(d.name)
        let text = ''
        for await (const piece of r.body) {
            text += Buffer.from(piece)
            if (text.includes('event: changes')) break
        }
        match(text, /"INSTANCE_CREATED":1/)
        stop.abort()
    },
    getProcessInstance: async () => void (await eventually('getProcessInstance', { keys: await create(d.name) })),
    getProcessDefinition: () => doneWith('getProcessDefinition', { keys: d.processes[0] }),
    getProcessDefinitionXML: () => doneWith('getProcessDefinitionXML', { keys: d.processes[0] }),
    getStartProcessForm: () => doneWith('getStartProcessForm', { keys: d.processes[0] }),
    getFormByKey: () => doneWith('getFormByKey', { keys: d.form }),
    getDecisionDefinition: () => doneWith('getDecisionDefinition', { keys: d.decisions[0] }),
    getDecisionDefinitionXML: () => doneWith('getDecisionDefinitionXML', { keys: d.decisions[0] }),
    getDecisionRequirements: () => doneWith('getDecisionRequirements', { keys: d.drg }),
    getDecisionRequirementsXML: () => doneWith('getDecisionRequirementsXML', { keys: d.drg }),
    getResource: () => doneWith('getResource', { keys: d.file }),
    getResourceContent: () => doneWith('getResourceContent', { keys: d.file }),
    getResourceContentBinary: () => doneWith('getResourceContentBinary', { keys: d.file }),
    getUserTask: async () => void (await eventually('getUserTask', { keys: await taskOf(await dinner()) })),
    getUserTaskForm: async () => void (await eventually('getUserTaskForm', { keys: await taskOf(await dinner()) })),
    searchUserTaskVariables: async () => void (await well('searchUserTaskVariables', { keys: await taskOf(await dinner()), body: {} })),
    searchUserTaskEffectiveVariables: async () =>
        void (await well('searchUserTaskEffectiveVariables', { keys: await taskOf(await dinner()), body: {} })),
    getElementInstance: async () => {
        const i = await create(d.name)
        const { json } = await eventually('searchElementInstances', { body: { filter: { processInstanceKey: i.processInstanceKey } } })
        await eventually('getElementInstance', { keys: json.items[0] })
    },
    getVariable: async () => {
        await create(d.name, { variables: { season: 'Fall' } })
        const { json } = await eventually('searchVariables', { body: { filter: { name: 'season' } } })
        await eventually('getVariable', { keys: json.items[0] })
    },
    getIncident: async () => void (await eventually('getIncident', { keys: (await incidentOf(d)).incident })),
    searchProcessInstanceIncidents: async () => {
        const { instance } = await incidentOf(d)
        await well('searchProcessInstanceIncidents', { keys: instance, body: {} })
    },
    searchElementInstanceIncidents: async () => {
        const { incident } = await incidentOf(d)
        await well('searchElementInstanceIncidents', { keys: incident, body: {} })
    },
    getDecisionInstance: async () => {
        await well('evaluateDecision', { body: { decisionDefinitionId: `dish-${d.name}`, variables: { season: 'Spring', guests: 4 } } })
        const { json } = await eventually('searchDecisionInstances', { body: {} })
        await eventually('getDecisionInstance', { keys: json.items[0] })
    },
    getAuditLog: async () => {
        await create(d.name)
        const { json } = await eventually('searchAuditLogs', { body: {} })
        await well('getAuditLog', { keys: json.items[0] })
    },
    deleteDecisionInstance: async () =>
        doneWith('deleteDecisionInstance', { keys: (await well('evaluateDecision', { body: {
            decisionDefinitionId: `dish-${d.name}`, variables: { season: 'Spring', guests: 4 } } })).json }),
    getProcessInstanceStatisticsByDefinition: async () => {
        await incidentOf(d)
        const { json } = await eventually('searchIncidents', { body: { filter: { state: 'ACTIVE' } } })
        const errorHashCode = json.items[0].errorMessage
            .split('').reduce((hash, c) => (Math.imul(31, hash) + c.charCodeAt(0)) | 0, 0)
        await doneWith('getProcessInstanceStatisticsByDefinition', { body: { filter: { errorHashCode } } })
    },
    getProcessInstanceStatisticsByError: () => doneWith('getProcessInstanceStatisticsByError', { body: {} }),
    getProcessDefinitionMessageSubscriptionStatistics: () =>
        doneWith('getProcessDefinitionMessageSubscriptionStatistics', { body: {} }),
    getProcessDefinitionInstanceStatistics: () => doneWith('getProcessDefinitionInstanceStatistics', { body: {} }),
    getProcessDefinitionInstanceVersionStatistics: () => doneWith('getProcessDefinitionInstanceVersionStatistics', {
        body: { filter: { processDefinitionId: d.processes[0].processDefinitionId } } }),
    getProcessDefinitionStatistics: () => doneWith('getProcessDefinitionStatistics', { keys: d.processes[0], body: {} }),
    getProcessInstanceCallHierarchy: async () => doneWith('getProcessInstanceCallHierarchy', { keys: await dinner() }),
    deleteProcessInstance: async () => {
        const i = await create(`${d.name}-task`)
        await well('cancelProcessInstance', { keys: i })
        await doneWith('deleteProcessInstance', { keys: i })
    },
    getProcessInstanceHistory: async () => doneWith('getProcessInstanceHistory', { keys: await dinner() }),
    getProcessInstanceSequenceFlows: async () => doneWith('getProcessInstanceSequenceFlows', { keys: await dinner() }),
    getGlobalJobStatistics: async () => {
        await create(`${d.name}-task`)
        const query = `from=2020-01-01T00:00:00Z&to=2100-01-01T00:00:00Z&jobType=${d.name}-task`
        const { json } = await well('getGlobalJobStatistics', { query })
        ok(json.created.count > 0 && json.created.lastUpdatedAt && json.isIncomplete === false)
        equal((await ask(operation('getGlobalJobStatistics'), { query: 'to=2100-01-01T00:00:00Z' })).status, 400)
    },
    getUsageMetrics: async () => {
        await create(d.name)
        const range = 'startTime=2020-01-01T00:00:00Z&endTime=2100-01-01T00:00:00Z'
        const { json } = await well('getUsageMetrics', { query: `${range}&withTenants=true` })
        ok(json.processInstances > 0 && json.activeTenants === 1)
        equal(json.tenants['<default>'].processInstances, json.processInstances)
        equal((await well('getUsageMetrics', { query: `${range}&tenantId=other` })).json.processInstances, 0)
        equal((await ask(operation('getUsageMetrics'), { query: 'startTime=2020-01-01T00:00:00Z' })).status, 400)
    },
    getJobTypeStatistics: async () => {
        const { jobType, ...range } = await jobRange()
        const { json } = await well('getJobTypeStatistics', { body: { filter: { ...range, jobType: { $like: `${jobType}*` } } } })
        const [one] = json.items
        equal(one.jobType, jobType)
        ok(one.created.count > 0 && one.failed.count > 0 && one.workers === 1)
    },
    getJobWorkerStatistics: async () => {
        const { json } = await well('getJobWorkerStatistics', { body: { filter: await jobRange() } })
        equal(json.items.map((i) => i.worker).join(), ',w')
    },
    getJobTimeSeriesStatistics: async () => {
        const filter = { ...(await jobRange()), resolution: 'PT1H' }
        const { json } = await well('getJobTimeSeriesStatistics', { body: { filter, page: { limit: 1 } } })
        ok(json.items[0].time && json.page.endCursor)
        filter.resolution = 'soon'
        equal((await ask(operation('getJobTimeSeriesStatistics'), { body: { filter } })).status, 400)
    },
    getJobErrorStatistics: async () => {
        const { json } = await well('getJobErrorStatistics', { body: { filter: await jobRange() } })
        ok(json.items.some((i) => i.errorMessage === 'broken' && i.workers === 1))
    },
    getProcessInstanceWaitStateStatistics: async () => {
        const keys = await create(`${d.name}-task`)
        const { json } = await well('getProcessInstanceWaitStateStatistics', { keys })
        equal(JSON.stringify(json.items), JSON.stringify([{ elementId: 'work', waitingCount: 1 }]))
        const filter = { processInstanceKey: keys.processInstanceKey, waitStateType: 'JOB' }
        const { json: waits } = await well('searchElementInstanceWaitStates', { body: { filter } })
        equal(waits.items.length, 1)
        equal(waits.items[0].details.jobType, `${d.name}-task`)
        equal(waits.items[0].elementType, 'SERVICE_TASK')
        const all = await well('searchElementInstanceWaitStates', { body: {} })
        ok(all.json.items.some((w) => w.details.waitStateType === 'USER_TASK') || all.json.items.length > 0)
    },
    searchClusterVariables: async () => {
        const name = freshName('rest')
        await well('createGlobalClusterVariable', { body: { name, value: { a: 1 } } })
        const { json } = await well('searchClusterVariables', { body: { filter: { name } } })
        equal(json.items.length, 1)
        equal(json.items[0].value, '{"a":1}')
        equal(json.items[0].scope, 'GLOBAL')
    },
    searchGlobalTaskListeners: async () => {
        const id = freshName('rest')
        await well('createGlobalTaskListener', { body: { id, ...listener } })
        const { json } = await well('searchGlobalTaskListeners', { body: { filter: { id, eventTypes: ['canceling'] } } })
        equal(json.items.length, 1)
        equal(json.items[0].eventTypes.join(), 'canceling')
    },
    getProcessInstanceStatistics: async () => doneWith('getProcessInstanceStatistics', { keys: await dinner() }),
}

const ours = { tenantId: '<default>' }
const dinner = () => create(d.name, { variables: { season: 'Spring', guests: 4 } })

async function withVariable(id, body) {
    const name = freshName('rest')
    await well(`create${id.match(/Global|Tenant/)[0]}ClusterVariable`, { keys: ours, body: { name, value: 1 } })
    await doneWith(id, { keys: { ...ours, name }, body })
}

async function withListener(id, body) {
    const one = freshName('rest')
    await well('createGlobalTaskListener', { body: { id: one, ...listener } })
    await doneWith(id, { keys: { id: one }, body })
}

async function withJob(id, body) {
    await create(`${d.name}-task`)
    await doneWith(id, { keys: await take(`${d.name}-task`), body })
}

async function withTask(id, body) {
    await doneWith(id, { keys: await taskOf(await dinner()), body })
}

async function jobRange() {
    await incidentOf(d)
    return { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z', jobType: `${d.name}-task` }
}

async function batchDone(keys) {
    for (let i = 0; i < 100; i++) {
        const { json, status } = await ask(operation('getBatchOperation'), { keys })
        if (status === 200 && json.state === 'COMPLETED') return json
        await sleep(50)
    }
    throw new Error(`batch operation ${keys.batchOperationKey} does not end`)
}

/** It ends at once, since its filter finds nothing: then it cannot be changed. */
async function batchEnded(id) {
    const { json } = await well('cancelProcessInstancesBatchOperation', { body: { filter } })
    const { status } = await ask(operation(id), { keys: json })
    ok([204, 404, 409].includes(status), `${id}: ${status}`)
}

for (const o of operations)
    if (o.operationId.startsWith('search') && !asked[o.operationId]) asked[o.operationId] = page(o.operationId)

// ---- asking badly ----

const refused = async (o, request, status, detail) => {
    const answer = await ask(o, request)
    equal(answer.status, status, `${o.operationId}: ${answer.status} ${answer.text}`)
    if (detail) match(answer.json.detail, detail)
    return answer
}
/** A search within something: it is looked for first. */
const isWithin = (o) => o.operationId.startsWith('search') && o.path.includes('{')
const isJson = (o) => contentOf(o) === 'application/json'
const bad = { string: 7, integer: 'x', boolean: 'x', object: 'x', array: 'x' }

/** A body with a value of the right type for each required property. */
function smallest(schema) {
    const value = {}
    for (const name of schema.required ?? []) {
        const of = resolve(schema.properties[name])
        value[name] = of.pattern || of.type === 'string' ? '1' : of.type === 'integer' ? 1
            : of.type === 'boolean' ? true : of.type === 'array' ? [] : of.type === 'object' && of.required ? smallest(of) : {}
    }
    return value
}

const everyOperation = (check) => async () => {
    const all = []
    for (const o of operations) await check(o).catch((e) => all.push(e.message.split('\n')[0]))
    equal(all.join('; '), '')
}

const scenarios = {
    'a wrong method is told with those there are': everyOperation(async (o) => {
        const { headers } = await refused(o, { method: 'LOCK' }, 405, /knows/)
        ok(headers.get('allow').includes(o.method), `${o.operationId}: Allow`)
    }),
    'what is not wanted in JSON cannot be had': everyOperation(async (o) => {
        const answers = o.responses[Object.keys(o.responses)[0]].content
        if (!answers?.['application/json'] || o.operationId === 'followEvents') return
        await refused(o, { headers: { accept: 'text/html' }, body: isJson(o) && o.method !== 'GET' ? {} : undefined }, 406)
    }),
    'a body of another type is refused': everyOperation(async (o) => {
        if (!contentOf(o) || o.method === 'GET') return
        await refused(o, { body: '<a/>', headers: { 'content-type': 'text/xml' } }, 415, /content type is 'text\/xml'/)
    }),
    'a body that is no JSON object is refused': everyOperation(async (o) => {
        if (!isJson(o)) return
        await refused(o, { body: '{"a":' }, 400)
        await refused(o, { body: '[]' }, 400)
    }),
    'unknown properties are refused where the request is closed': everyOperation(async (o) => {
        const schema = schemaOf(o)
        if (!isJson(o) || schema.additionalProperties !== false || isWithin(o)) return
        await refused(o, { body: { ...smallest(schema), nonsense: 1 } }, 400, /nonsense/)
    }),
    'each missing property is named': everyOperation(async (o) => {
        if (!isJson(o)) return
        const schema = schemaOf(o)
        for (const name of schema.required ?? []) {
            const body = smallest(schema)
            delete body[name]
            await refused(o, { body }, 400, new RegExp(`No ${name} provided`))
        }
    }),
    'each value of the wrong type is named': everyOperation(async (o) => {
        if (!isJson(o) || isWithin(o)) return
        const schema = schemaOf(o)
        for (const [name, given] of Object.entries(schema.properties ?? {})) {
            const of = resolve(given)
            const isIgnored = given.description?.startsWith('Without effect')
            if (!of.type || isIgnored) continue
            await refused(o, { body: { ...smallest(schema), [name]: of.pattern ? {} : bad[of.type] } }, 400, new RegExp(name))
        }
    }),
    'several findings are told together': async () => {
        const { json } = await refused(operation('activateJobs'), { body: { timeout: 0, maxJobsToActivate: 'x', a: 1 } }, 400)
        for (const part of [/No type provided/, /timeout is '0' but must be greater than 0/, /maxJobsToActivate/, /unknown property 'a'/])
            match(json.detail, part)
        match(json.detail, /\. /)
    },
    'a key that is none is refused': everyOperation(async (o) => {
        const key = o.parameters?.find((p) => p.in === 'path' && p.schema.pattern)
        if (!key) return
        await refused(o, { keys: { [key.name]: 'x1' }, body: isJson(o) && o.method !== 'GET' ? smallest(schemaOf(o)) : undefined }, 400)
    }),
    'a key that nothing has is not found': everyOperation(async (o) => {
        const key = o.parameters?.find((p) => p.in === 'path' && p.schema.pattern)
        if (!key || ['createElementInstanceVariables'].includes(o.operationId)) return
        const body = o.operationId === 'updateJob' ? { changeset: { retries: 1 } }
            : o.operationId === 'updateUserTask' ? { changeset: { priority: 1 } } : isJson(o) && o.method !== 'GET' ? smallest(schemaOf(o)) : undefined
        const { status, text } = await ask(o, { keys: { [key.name]: '4611686018427387' }, body })
        ok(status === 404 || status === 400 || status === 409, `${o.operationId}: ${status} ${text}`)
    }),
    'HEAD is GET without its body': everyOperation(async (o) => {
        if (o.method !== 'GET' || o.path.includes('{') || ['followEvents', 'getGlobalJobStatistics', 'getUsageMetrics'].includes(o.operationId)) return
        const r = await fetch(base + o.path, { method: 'HEAD' })
        ok(r.status < 300, `${o.operationId}: ${r.status}`)
        equal(await r.text(), '')
    }),
    'an unknown path is a problem, too': async () => {
        const r = await fetch(`${base}/v2/nowhere`)
        equal(r.status, 404)
        equal(r.headers.get('content-type'), 'application/problem+json')
    },
    'what is not carried out yet says so by name': async () => {
        const text = readFileSync(join(here, '../operations.def'), 'utf8')
        const rows = [...text.matchAll(/^OPERATION\((\w+), (\w+), "([^"]+)"/gm)]
        equal(rows.length, 241)
        for (const [, operationId, method, path] of rows) {
            if (operation(operationId)) continue
            const answer = await ask({ operationId, method, path, responses: {} })
            equal(answer.status, 501, operationId)
            match(answer.json.detail, new RegExp(`^${operationId} `))
        }
    },
    'metrics are lines that Prometheus reads': async () => {
        const { text, type } = await well('getMetrics')
        match(type, /^text\/plain; version=0\.0\.4/)
        const line = /^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"\\]*",?)+\})? -?[\d.]+(e[+-]?\d+)?)$/
        for (const one of text.trimEnd().split('\n')) match(one, line)
    },
    'chunked bodies and many calls on one connection': async () => {
        const { request, Agent } = await import('node:http')
        const agent = new Agent({ keepAlive: true, maxSockets: 1 })
        for (let i = 0; i < 3; i++) {
            const status = await new Promise((done, fail) => {
                const r = request(`${base}/v2/expression/evaluation`, { method: 'POST', agent,
                    headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' } }, (answer) => {
                    answer.resume().on('end', () => done(answer.statusCode))
                })
                r.on('error', fail)
                r.write('{"expression":')
                setTimeout(() => r.end('"=1"}'), 5)
            })
            equal(status, 200)
        }
        agent.destroy()
    },
}

for (const o of operations) {
    ok(asked[o.operationId], `no way to ask ${o.operationId} well`)
    scenarios[`${o.operationId} is done`] = asked[o.operationId]
}
const failed = await runAll('rest', scenarios)
server.child.kill('SIGTERM')
equal((await within(5000, 'the end', server.ended)).code, 0)
process.exit(failed ? 1 : 0)
