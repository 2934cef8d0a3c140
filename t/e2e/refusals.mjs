// refusals.mjs - commands that are refused, each with its code and its words. A row is
// [code, words, what is done]: a number below 17 is a status of gRPC, one above of HTTP.
// What is done has a world: w.name, w.deploy, w.create, w.take, and both clients.
//
// Not here, because no client can bring them about: texts of commands that the engine gives
// to itself (timers, time-outs, back-off, correlation, events of an element that has ended);
// those that need another server (unique business ids, tenants) or much data (sizes), and
// elements that cannot be migrated: all of these are in t/scenario. Neither client can leave
// out both the id and the key of a process. 'Event definition of this type is not supported'
// was said of cancel events alone, which are executed.

import {
    boundary, catching, compensation, el, end, error, escalation, ext, flow, job, line, listeners,
    loop, message, on_job, signal, start, sub, through, throwing, timer, type, undo, undoable, user,
} from './bpmn.mjs'

const NOBODY = '4503599627370497' /* of the first partition, and nothing has it */
const ONE = line(start(), job('a'), end())
const KEY = ext('<zeebe:subscription correlationKey="=k"/>')
const MESSAGE = `<message id="m" name="NAME">${KEY}</message><message id="n" name="NAME-n">${KEY}</message>`
const STARTER = '<message id="b" name="NAME"/>'
const WAITS = through(catching('c', message('m')))
const CHOICE = line(start(), el('eventBasedGateway', 'gw'), catching('c', message('m')), end()) +
    catching('d', timer('timeDuration', 'PT1H')) + flow('gw', 'd') + flow('d', 'e')
const SCOPE = through(sub('scope', line(start('is'), job('ia'), end('ie'))))
const LOOP = line(start(), sub('scope', line(start('is'), job('ia'), end('ie')) +
    '<multiInstanceLoopCharacteristics>' + ext('<zeebe:loopCharacteristics inputCollection="=[1, 2]"/>') +
    '</multiInstanceLoopCharacteristics>'), end())
const TASK = user('<zeebe:assignmentDefinition assignee="anna"/>')
const HEARD = (event) => user(`<zeebe:taskListeners><zeebe:taskListener eventType="${event}" type="NAME"/></zeebe:taskListeners>`)
const AD_HOC = through(el('adHocSubProcess', 'scope', job('ia') + job('ib')))
const AGENT = through(el('adHocSubProcess', 'scope', ext(type()) + job('ia')))
const CALLER = through(el('callActivity', 'a', ext('<zeebe:calledElement processId="NAME-child"/>')))
const CHILD = '<process id="NAME-child" isExecutable="true">' + line(start('cs'), job('ca'), end('ce')) + '</process>'

const started = (elements, roots, variables) => async (w) => {
    await w.deploy(elements, roots)
    return w.create(variables)
}
const one = started(ONE)
const taken = async (w, elements = ONE, roots = '', variables = {}) => {
    await started(elements, roots, variables)(w)
    return w.take()
}
const modify = (w, processInstanceKey, activate = [], terminate = []) => w.grpc.modifyProcessInstance({
    processInstanceKey,
    activateInstructions: activate.map((x) => (typeof x === 'string' ? { elementId: x } : x))
        .map((x) => ({ ancestorElementInstanceKey: '-1', variableInstructions: [], ...x })),
    terminateInstructions: terminate.map((elementInstanceKey) => ({ elementInstanceKey })),
})
const migrate = (w, processInstanceKey, targetProcessDefinitionKey, mapping) => w.grpc.migrateProcessInstance({
    processInstanceKey,
    migrationPlan: {
        targetProcessDefinitionKey,
        mappingInstructions: mapping.map(([sourceElementId, targetElementId]) => ({ sourceElementId, targetElementId })),
    },
})
/** An instance of the first model, migrated to the second. */
const migrated = (from, to, mapping, roots = '') => async (w) => {
    const pi = await started(from, roots)(w)
    const other = await w.deploy(to, roots, `${w.name}-other`)
    return migrate(w, pi, other.key, mapping)
}
const complete = (w, jobKey, result) => w.rest.completeJob({ jobKey, result })
const element = async (w, processInstanceKey, elementId) => (await w.until(async () => (
    await w.rest.searchElementInstances({ filter: { processInstanceKey, elementId, state: 'ACTIVE' } },
        { consistency: { waitUpToMs: 0 } })).items[0]))
    .elementInstanceKey
const task = async (w, processInstanceKey, filter = {}) => (await w.until(async () => (
    await w.rest.searchUserTasks({ filter: { processInstanceKey, ...filter } }, { consistency: { waitUpToMs: 0 } }))
    .items[0])).userTaskKey
const activate = (w, adHocSubProcessInstanceKey, ...elements) =>
    w.rest.activateAdHocSubProcessActivities({ adHocSubProcessInstanceKey, elements: elements.map((elementId) => ({ elementId })) })
const create = (w, more) => w.grpc.createProcessInstance({ bpmnProcessId: w.name, variables: {}, ...more })
const starting = (elements, roots, ...ids) => async (w) => {
    await w.deploy(elements, roots)
    return create(w, { startInstructions: ids.map((elementId) => ({ elementId })) })
}
const file = (name, text) => (w) => w.grpc.deployResource({ process: Buffer.from(text.replaceAll('NAME', w.name)), name: `${w.name}.${name}` })
const files = (...contents) => (w) => w.grpc.deployResources(contents.map(([name, text]) =>
    ({ process: Buffer.from(text.replaceAll('NAME', w.name)), name: name.replaceAll('NAME', w.name) })))
const decision = (definitions, id) => '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" ' +
    `id="${definitions}" name="d" namespace="urn:d"><decision id="${id}" name="x">` +
    '<literalExpression><text>1</text></literalExpression></decision></definitions>'
const bpmn = (id) => '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:d">' +
    `<process id="${id}" isExecutable="true"><startEvent id="s"/></process></definitions>`

const STARTS = 'Expected to create instance of process with start instructions but'
const CHANGE = "Expected to modify instance of process 'NAME' but it contains one or more"
const MIGRATE = "Expected to migrate process instance 'PI' but"
const DEPLOY = 'Expected to deploy new resources, but encountered the following errors:\n'

export const refusals = [
    // deployments
    [3, 'Expected to deploy at least one resource, but none given', (w) => w.grpc.deployResources([])],
    [3, `${DEPLOY}'NAME.bpmn': `, file('bpmn', '<definitions>')],
    [3, "Duplicated process id in resources 'a-NAME.bpmn' and 'b-NAME.bpmn'", files(['a-NAME.bpmn', bpmn('NAME')], ['b-NAME.bpmn', bpmn('NAME')])],
    [3, "Expected the decision requirements ids to be unique within a deployment but found a duplicated id 'NAME' in the resources 'a-NAME.dmn' and 'b-NAME.dmn'.",
        files(['a-NAME.dmn', decision('NAME', 'NAME-1')], ['b-NAME.dmn', decision('NAME', 'NAME-2')])],
    [3, "Expected the decision ids to be unique within a deployment but found a duplicated id 'NAME-1' in the resources 'a-NAME.dmn' and 'b-NAME.dmn'.",
        files(['a-NAME.dmn', decision('NAME-a', 'NAME-1')], ['b-NAME.dmn', decision('NAME-b', 'NAME-1')])],
    [3, 'Expected the form id to be present, but none given', file('form', '{}')],
    [3, 'Expected the form id to be filled, but it is blank', file('form', '{"id": " "}')],
    [3, "Failed to parse formId from form JSON. 'NAME.form': ", file('form', '{')],
    [3, "Expected the form ids to be unique within a deployment but found a duplicated id 'NAME' in the resources 'a-NAME.form' and 'b-NAME.form'.",
        files(['a-NAME.form', '{"id": "NAME"}'], ['b-NAME.form', '{"id": "NAME"}'])],
    [5, `Expected to delete resource but no resource found with key \`${NOBODY}\``, (w) => w.grpc.deleteResource({ resourceKey: NOBODY })],
    [9, 'Expected to delete resource with key `KEY` but there are still running instances', async (w) => {
        const { key } = await w.deploy(ONE)
        await w.create()
        return w.grpc.deleteResource({ resourceKey: w.key = key })
    }],
    // creation
    [5, "Expected to find process definition with process ID 'NAME' and version '7', but none found", async (w) => {
        await w.deploy(ONE)
        return create(w, { version: 7 })
    }],
    [5, "Expected to find process definition with process ID 'NAME', but none found", (w) => create(w)],
    [404, `Expected to find process definition with key '${NOBODY}', but none found`, (w) => w.rest.createProcessInstance({ processDefinitionKey: NOBODY })],
    [9, 'Expected to create instance of process with none start event, but there is no such event', started(line(start('s', message('b')), end()), STARTER)],
    [3, `${STARTS} no element found with id 'x'.`, starting(ONE, '', 'x')],
    [3, `${STARTS} the element with id 'ia' is inside a multi-instance subprocess. The creation of elements inside a multi-instance subprocess is not supported.`, starting(LOOP, '', 'ia')],
    [3, `${STARTS} the element with id 's' targets unsupported element type 'START_EVENT'. Supported element types are: `, starting(ONE, '', 's')],
    [3, `${STARTS} the element with id 's_a' targets unsupported element type 'SEQUENCE_FLOW'. Supported element types are: `, starting(ONE, '', 's_a')],
    [3, `${STARTS} the element with id 'event' targets unsupported element type 'BOUNDARY_EVENT'. Supported element types are: `, starting(on_job(boundary('event', 'a', error())), '', 'event')],
    [3, `${STARTS} the element with id 'c' belongs to an event-based gateway. The creation of elements belonging to an event-based gateway is not supported.`, starting(CHOICE, MESSAGE, 'c')],
    [3, "Expected to subscribe to catch event(s) of 'scope' but ", starting(SCOPE + boundary('event', 'scope', message('m')), MESSAGE, 'ia')],
    [400, 'Expected to create instance of process with tags, but the number of tags exceeds the limit of 10.', async (w) => {
        await w.deploy(ONE)
        return w.rest.createProcessInstance({ processDefinitionId: w.name, tags: [...'abcdefghijk'] })
    }],
    [400, "the tags '", async (w) => {
        await w.deploy(ONE)
        return w.rest.createProcessInstance({ processDefinitionId: w.name, tags: ['1st'] })
    }],
    [400, 'Expected to create instance of process with a valid business id, but the business id exceeds the max length of 256.', async (w) => {
        await w.deploy(ONE)
        return w.rest.createProcessInstance({ processDefinitionId: w.name, businessId: 'x'.repeat(257) })
    }],
    // cancellation
    [5, `Expected to cancel a process instance with key '${NOBODY}', but no such process was found`, (w) => w.grpc.cancelProcessInstance(NOBODY)],
    [9, "Expected to cancel a process instance with key 'KEY', but it is created by a parent process instance. Cancel the root process instance 'PI' instead.", async (w) => {
        await started(CALLER, CHILD)(w)
        const { processInstanceKey } = await w.take()
        return w.grpc.cancelProcessInstance(w.key = processInstanceKey)
    }],
    // variables
    [5, `Expected to update variables for element with key '${NOBODY}', but no such element was found`, (w) => w.grpc.setVariables({ elementInstanceKey: NOBODY, variables: {}, local: false })],
    // jobs
    ...[['complete', (w, jobKey) => w.grpc.completeJob({ jobKey, variables: {} })],
        ['fail', (w, jobKey) => w.grpc.failJob({ jobKey, retries: 0, errorMessage: '', retryBackOff: 0 })],
        ['throw an error for', (w, jobKey) => w.grpc.throwError({ jobKey, errorCode: 'E', errorMessage: '' })],
    ].flatMap(([verb, act]) => [
        [5, `Expected to ${verb} job with key '${NOBODY}', but no such job was found`, (w) => act(w, NOBODY)],
        [9, `Expected to ${verb} job with key 'KEY', but it is in state 'FAILED'`, async (w) => {
            const { key } = await taken(w)
            await w.grpc.failJob({ jobKey: key, retries: 0, errorMessage: '', retryBackOff: 0 })
            return act(w, w.key = key)
        }],
        [9, `Expected to ${verb} job with key 'KEY', but it is in state 'ERROR_THROWN'`, async (w) => {
            const { key } = await taken(w)
            await w.grpc.throwError({ jobKey: key, errorCode: 'E', errorMessage: '' })
            return act(w, w.key = key)
        }],
    ]),
    [5, `Expected to update retries for job with key '${NOBODY}', but no such job was found`, (w) => w.grpc.updateJobRetries({ jobKey: NOBODY, retries: 1 })],
    [3, `Expected to update retries for job with key '${NOBODY}' with a positive amount of retries, but the amount given was '0'`, (w) => w.grpc.updateJobRetries({ jobKey: NOBODY, retries: 0 })],
    [5, `Expected to update job deadline with key '${NOBODY}', but no such job was found`, (w) => w.grpc.updateJobTimeout({ jobKey: NOBODY, timeout: 1000 })],
    [9, "Expected to update the timeout of job with key 'KEY', but it is not active", async (w) => {
        const { key } = await taken(w)
        await w.grpc.failJob({ jobKey: key, retries: 1, errorMessage: '', retryBackOff: 0 })
        return w.grpc.updateJobTimeout({ jobKey: w.key = key, timeout: 1000 })
    }],
    ...[['max jobs to activate', "'0'", { maxJobsToActivate: 0 }], ['timeout', "'0'", { timeout: 0 }]].map(([what, was, more]) =>
        [3, `Expected to activate job batch with ${what} to be greater than zero, but it was ${was}`,
            (w) => w.grpc.activateJobs({ type: 'x', worker: 'w', timeout: 1, maxJobsToActivate: 1, requestTimeout: -1, ...more })]),
    [3, 'Expected to activate job batch with type to be present, but it was blank',
        (w) => w.grpc.activateJobs({ type: '', worker: 'w', timeout: 1, maxJobsToActivate: 1, requestTimeout: -1 })],
    // incidents
    [5, `Expected to resolve incident with key '${NOBODY}', but no such incident was found`, (w) => w.grpc.resolveIncident({ incidentKey: NOBODY })],
    [9, "but job with key 'KEY' has no retries left. Please update the job retries and retry resolving the incident", async (w) => {
        const pi = await one(w)
        const { key } = await w.take()
        await w.grpc.failJob({ jobKey: w.key = key, retries: 0, errorMessage: '', retryBackOff: 0 })
        return w.grpc.resolveIncident({ incidentKey: (await w.incident(pi)).incidentKey })
    }],
    // messages
    [6, "Expected to publish a new message with id 'i', but a message with that id was already published", async (w) => {
        const say = () => w.grpc.publishMessage({ name: w.name, correlationKey: 'k', timeToLive: 60_000, messageId: 'i', variables: {} })
        await say()
        return say()
    }],
    [404, "Expected to find subscription for message with name 'NAME' and correlation key 'k', but none was found.", (w) => w.rest.correlateMessage({ name: w.name, correlationKey: 'k' })],
    [404, "A process instance with this correlation key is already active for a message start event with this message name in process IDs [NAME]. Only one active process instance per correlation key is allowed for message start events.", async (w) => {
        await w.deploy(line(start('s', message('b')), job('a'), end()), STARTER)
        await w.rest.correlateMessage({ name: w.name, correlationKey: 'k' })
        return w.rest.correlateMessage({ name: w.name, correlationKey: 'k' })
    }],
    // modification
    [5, `Expected to modify process instance but no process instance found with key '${NOBODY}'`, (w) => modify(w, NOBODY, ['a'])],
    [3, `${CHANGE} activate instructions with an element that could not be found: 'x', 'y'`, async (w) => modify(w, await one(w), ['x', 'y'])],
    [3, `${CHANGE} activate instructions for elements that are unsupported: 'c'. The activation of events belonging to an event-based gateway is not supported.`,
        async (w) => modify(w, await started(CHOICE, MESSAGE, { k: 'k' })(w), ['c'])],
    [3, `${CHANGE} activate instructions for elements that are unsupported: 's'. The activation of elements with type 'START_EVENT' is not supported. Supported element types are: `, async (w) => modify(w, await one(w), ['s'])],
    [3, `${CHANGE} terminate instructions with an element instance that could not be found: '${NOBODY}'`, async (w) => modify(w, await one(w), [], [NOBODY])],
    [3, `${CHANGE} variable instructions with a scope element id that could not be found: 'x'`,
        async (w) => modify(w, await one(w), [{ elementId: 'a', variableInstructions: [{ scopeId: 'x', variables: { x: 1 } }] }])],
    [3, `${CHANGE} variable instructions with a scope element that doesn't belong to the activating element's flow scope. These variables should be set before or after the modification.`,
        async (w) => modify(w, await started(SCOPE)(w), [{ elementId: 'e', variableInstructions: [{ scopeId: 'scope', variables: { x: 1 } }] }])],
    [3, `${CHANGE} activate instructions with an ancestor scope key that does not exist, or is not in an active state: '${NOBODY}'`,
        async (w) => modify(w, await one(w), [{ elementId: 'a', ancestorElementInstanceKey: NOBODY }])],
    [3, `${CHANGE} activate instructions with an ancestor scope key that does not belong to the modified process instance: 'KEY'`, async (w) => {
        const pi = await one(w)
        return modify(w, pi, [{ elementId: 'a', ancestorElementInstanceKey: w.key = await w.create() }])
    }],
    [3, `${CHANGE} activate instructions with an ancestor scope key that is not an ancestor of the element to activate:\n- instance 'KEY' of element 'scope' is not an ancestor of element 'e'`, async (w) => {
        const pi = await started(SCOPE)(w)
        return modify(w, pi, [{ elementId: 'e', ancestorElementInstanceKey: w.key = await element(w, pi, 'scope') }])
    }],
    [3, `${CHANGE} activate instructions for an element that has a flow scope with more than one active instance: 'ia'. Can't decide in which instance of the flow scope the element should be activated. Please specify an ancestor element instance key for this activate instruction.`, async (w) => {
        const pi = await started(SCOPE)(w)
        await modify(w, pi, ['scope'])
        return modify(w, pi, ['ia'])
    }],
    [3, `${CHANGE} activate instructions that would result in the activation of multi-instance element 'scope', which is currently unsupported.`, async (w) => {
        const pi = await started(line(start(), job('a'), sub('scope', line(start('is'), job('ia'), end('ie')) + LOOP.match(/<multi.*?<\/multiInstanceLoopCharacteristics>/)[0]), end()))(w)
        return modify(w, pi, ['ia'])
    }],
    [3, "Expected to modify instance of process 'NAME-child' but the given instructions would terminate the instance. The instance was created by a call activity in the parent process. To terminate this instance please modify the parent process instead.", async (w) => {
        await started(CALLER, CHILD)(w)
        const { processInstanceKey, elementInstanceKey } = await w.take()
        return modify(w, processInstanceKey, [], [elementInstanceKey])
    }],
    [3, "Expected to subscribe to catch event(s) of 'scope' but ", async (w) => modify(w,
        await started(line(start(), job('a'), sub('scope', line(start('is'), job('ia'), end('ie'))), end()) + boundary('event', 'scope', message('m')), MESSAGE)(w), ['ia'])],
    // migration
    [5, `Expected to migrate process instance but no process instance found with key '${NOBODY}'`, (w) => migrate(w, NOBODY, NOBODY, [['a', 'a']])],
    [5, `Expected to migrate process instance to process definition but no process definition found with key '${NOBODY}'`, async (w) => migrate(w, await one(w), NOBODY, [['a', 'a']])],
    [3, `${MIGRATE} the mapping instructions contain duplicate source element ids '[a]'.`, migrated(ONE, ONE, [['a', 'a'], ['a', 'a']])],
    [3, `${MIGRATE} mapping instructions contain a non-existing source element id 'x'. Elements provided in mapping instructions must exist in the source process definition.`, migrated(ONE, ONE, [['x', 'a']])],
    [3, `${MIGRATE} mapping instructions contain a non-existing target element id 'x'. Elements provided in mapping instructions must exist in the target process definition.`, migrated(ONE, ONE, [['a', 'x']])],
    [9, `${MIGRATE} no mapping instruction defined for active element with id 'a'. Elements cannot be migrated without a mapping.`, migrated(ONE, ONE, [['e', 'e']])],
    [9, `${MIGRATE} active element with id 'a' and type 'SERVICE_TASK' is mapped to an element with id 'a' and different type 'USER_TASK'. Elements must be mapped to elements of the same type.`, migrated(ONE, TASK, [['a', 'a']])],
    [9, `${MIGRATE} active user task with id 'a' and implementation 'zeebe user task' is mapped to an user task with id 'a' and different implementation 'job worker'. Elements must be mapped to elements of the same implementation.`,
        migrated(TASK, through(el('userTask', 'a')), [['a', 'a']])],
    [9, `${MIGRATE} the flow scope of active element with id 'a' is changed. The flow scope of the active element is expected to be 'NAME-other' but was 'scope'. The flow scope of an element cannot be changed during migration yet.`,
        migrated(ONE, SCOPE, [['a', 'ia']])],
    [9, `${MIGRATE} active element with id 'a' is mapped to an element with id 'a' and has a boundary event with id 'event' that is mapped to an element with id 'event'. These mappings detach the boundary event from the element in the target process. Boundary events must stay attached to the same element instance.`,
        migrated(on_job(boundary('event', 'a', timer('timeDuration', 'PT1H'))), line(start(), job('a'), job('b'), end()) + boundary('event', 'b', timer('timeDuration', 'PT1H')), [['a', 'a'], ['event', 'event']])],
    // decisions
    [3, 'Expected either a decision id or a valid decision key, but none provided', (w) => w.grpc.evaluateDecision({ decisionId: '', decisionKey: '-1', variables: {} })],
    [5, "Expected to evaluate decision 'NAME', but no decision found for id 'NAME'", (w) => w.grpc.evaluateDecision({ decisionId: w.name, variables: {} })],
    [5, `Expected to evaluate decision '${NOBODY}', but no decision found for key '${NOBODY}'`, (w) => w.grpc.evaluateDecision({ decisionKey: NOBODY, decisionId: '', variables: {} })],
    // user tasks
    ...[['complete', (w, userTaskKey) => w.rest.completeUserTask({ userTaskKey })],
        ['assign', (w, userTaskKey) => w.rest.assignUserTask({ userTaskKey, assignee: 'b' })],
        ['assign', (w, userTaskKey) => w.rest.unassignUserTask({ userTaskKey })],
        ['claim', (w, userTaskKey) => w.rest.assignUserTask({ userTaskKey, assignee: 'b', allowOverride: false })],
        ['update', (w, userTaskKey) => w.rest.updateUserTask({ userTaskKey, changeset: { priority: 7 } })],
    ].flatMap(([verb, act]) => [
        [404, `Expected to ${verb} user task with key '${NOBODY}', but no such user task was found`, (w) => act(w, NOBODY)],
        [409, `Expected to ${verb} user task with key 'KEY', but it is in state 'COMPLETING'`, async (w) => {
            w.key = await task(w, await started(HEARD('completing'))(w), { state: 'CREATED' })
            w.rest.completeUserTask({ userTaskKey: w.key }).catch(() => {})
            await w.take()
            return act(w, w.key)
        }],
    ]),
    [409, "Expected to claim user task with key 'KEY', but it has already been assigned", async (w) =>
        w.rest.assignUserTask({ userTaskKey: w.key = await task(w, await started(TASK)(w), { assignee: 'anna' }), assignee: 'b', allowOverride: false })],
    [400, 'No assignee provided', async (w) => w.rest.assignUserTask({ userTaskKey: await task(w, await started(TASK)(w)) })],
    [400, 'No update data provided. Provide at least an "action" or a non-null value for a supported attribute in the "changeset".',
        async (w) => w.rest.updateUserTask({ userTaskKey: await task(w, await started(TASK)(w)) })],
    [400, "The provided due date 'soon' cannot be parsed as a date according to RFC 3339, section 5.6",
        async (w) => w.rest.updateUserTask({ userTaskKey: await task(w, await started(TASK)(w)), changeset: { dueDate: 'soon' } })],
    [409, 'user task was canceled during ongoing transition', async (w) => {
        const pi = await started(HEARD('completing'))(w)
        const answer = w.rest.completeUserTask({ userTaskKey: await task(w, pi, { state: 'CREATED' }) })
        answer.catch(() => {})
        await w.take()
        await w.grpc.cancelProcessInstance(pi)
        return answer
    }],
    [409, 'because it is too late', async (w) => {
        const answer = w.rest.completeUserTask({ userTaskKey: await task(w, await started(HEARD('completing'))(w), { state: 'CREATED' }) })
        answer.catch(() => {})
        await complete(w, (await w.take()).key, { type: 'userTask', denied: true, deniedReason: 'because it is too late' })
        return answer
    }],
    // task listeners
    ...[[{ denied: true, corrections: { assignee: 'b' } }, 'Expected to complete task listener job with corrections, but the job result is denied. The corrections would be reverted by the denial. Either complete the job with corrections without setting denied, or complete the job with a denied result but no corrections.'],
    ].map(([result, text]) => [400, text, async (w) => {
        w.rest.completeUserTask({ userTaskKey: await task(w, await started(HEARD('completing'))(w), { state: 'CREATED' }) }).catch(() => {})
        return complete(w, (await w.take()).key, { type: 'userTask', ...result })
    }]),
    [3, "Task Listener job completion with variables payload provided is not yet supported (job key 'KEY', type 'NAME', processInstanceKey 'PI'). Support will be enabled with the resolution of issue #23702", async (w) => {
        w.rest.completeUserTask({ userTaskKey: await task(w, await started(HEARD('completing'))(w), { state: 'CREATED' }) }).catch(() => {})
        const { key } = await w.take()
        return w.grpc.completeJob({ jobKey: w.key = key, variables: { x: 1 } })
    }],
    // ad-hoc sub-processes
    [404, `Expected to activate activities for ad-hoc sub-process but no ad-hoc sub-process instance found with key '${NOBODY}'.`, (w) => activate(w, NOBODY, 'ia')],
    [400, "Expected to activate activities for ad-hoc sub-process with key 'KEY', but duplicate activities were given.", async (w) =>
        activate(w, w.key = await element(w, await started(AD_HOC)(w), 'scope'), 'ia', 'ia')],
    [404, "Expected to activate activities for ad-hoc sub-process with key 'KEY', but the given elements [x] do not exist.", async (w) =>
        activate(w, w.key = await element(w, await started(AD_HOC)(w), 'scope'), 'ia', 'x')],
    [400, "No elements can be activated for ad-hoc sub-process with key 'KEY' because the completion condition is fulfilled.", async (w) => {
        const { key, elementInstanceKey } = await taken(w, AGENT)
        w.key = elementInstanceKey
        return complete(w, key, { type: 'adHocSubProcess', activateElements: [{ elementId: 'ia' }], isCompletionConditionFulfilled: true })
    }],
    [404, "the given elements [x] do not exist.", async (w) =>
        complete(w, (await taken(w, AGENT)).key, { type: 'adHocSubProcess', activateElements: [{ elementId: 'x' }] })],
    // tenants
    [3, "with tenant identifier 'other', but multi-tenancy is disabled", (w) => create(w, { tenantId: 'other' })],
    // batch operations
    [400, 'Given filter is empty', (w) => w.rest.cancelProcessInstancesBatchOperation({ filter: {} })],
]
