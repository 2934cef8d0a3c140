// connectors.mjs - models as element templates write them, a row for each kind of template:
// what the modeler generates reaches a worker as the templates of connectors mean it, job
// type, headers and inputs; and what makes an inbound one wait gets its message. The rows
// are own text: only names that are interfaces of connectors stand in them.
import { Camunda8 } from '@camunda8/sdk'
import { at, boundary, catching, el, end, error, ext, file, flow, line, start } from './bpmn.mjs'
import { equal, freshName, grpcAddress, httpAddress, ok, runAll, same } from './lib.mjs'

const camunda = new Camunda8({
    ZEEBE_GRPC_ADDRESS: `grpc://${grpcAddress}`,
    ZEEBE_REST_ADDRESS: `http://${httpAddress}`,
    CAMUNDA_AUTH_STRATEGY: 'NONE',
    CAMUNDA_LOG_LEVEL: 'none',
    ZEEBE_CLIENT_LOG_LEVEL: 'NONE',
    zeebeGrpcSettings: { ZEEBE_CLIENT_LOG_LEVEL: 'NONE', ZEEBE_GRPC_CLIENT_RETRY: false },
})
const client = camunda.getZeebeGrpcApiClient()

// ---- what a template leaves in the XML

const attribute = (name, value) => (value === undefined ? '' : ` ${name}="${at(String(value)).replaceAll('\n', '&#10;')}"`)
const inputs = (map) => Object.entries(map)
    .map(([target, source]) => `<zeebe:input${attribute('source', source ?? undefined)} target="${target}"/>`).join('')
const headers = (map) => '<zeebe:taskHeaders>' + Object.entries(map)
    .map(([key, value]) => `<zeebe:header key="${key}"${attribute('value', value ?? undefined)}/>`).join('') + '</zeebe:taskHeaders>'
const ICON = "data:image/svg+xml;utf8,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E" + 'x'.repeat(5000)
const mark = (id) => `zeebe:modelerTemplate="${id}" zeebe:modelerTemplateVersion="3" zeebe:modelerTemplateIcon="${at(ICON)}"`
const outbound = ({ type, retries = '3', input = {}, header = {}, linked = '' }) => ext(
    `<zeebe:taskDefinition${attribute('type', type)}${attribute('retries', retries)}/>` +
    `<zeebe:ioMapping>${inputs(input)}</zeebe:ioMapping>` + headers({
        elementTemplateId: 'own.template', elementTemplateVersion: '3', resultVariable: null,
        retryBackoff: 'PT0S', ...header,
    }) + linked)
const properties = (map) => ext('<zeebe:properties>' + Object.entries(map)
    .map(([name, value]) => `<zeebe:property name="${name}"${attribute('value', value ?? undefined)}/>`).join('') + '</zeebe:properties>')

// ---- outbound: [job type, inputs, what the worker gets, headers]

const bearer = { 'authentication.type': 'bearer', 'authentication.token': '{{secrets.TOKEN}}' }
const BEARER = { type: 'bearer', token: '{{secrets.TOKEN}}' }
const aws = { 'authentication.type': 'credentials', 'authentication.accessKey': '{{secrets.KEY}}', 'authentication.secretKey': '{{secrets.SECRET}}', 'configuration.region': 'eu-central-1', 'configuration.endpoint': null }
const AWS = { authentication: { type: 'credentials', accessKey: '{{secrets.KEY}}', secretKey: '{{secrets.SECRET}}' }, configuration: { region: 'eu-central-1', endpoint: null } }
const http = 'io.camunda:http-json:1'

const tasks = [
    [http, { 'authentication.type': 'noAuth', method: 'GET', url: '="https://h/" + city', headers: null, queryParameters: '={\n  units: "metric" // as asked\n}', connectionTimeoutInSeconds: '20', storeResponse: '=false' },
        { authentication: { type: 'noAuth' }, method: 'GET', url: 'https://h/Bern', headers: null, queryParameters: { units: 'metric' }, connectionTimeoutInSeconds: '20', storeResponse: false },
        { resultExpression: '={weather: response.body}', errorExpression: '=if error.code = "404" then bpmnError("404", "none") else null' }],
    [http, { ...bearer, project: '42', operation: 'tasks', url: '="https://a/api/1.0/" + operation + "?project=" + project', method: 'get' },
        { authentication: BEARER, project: '42', operation: 'tasks', url: 'https://a/api/1.0/tasks?project=42', method: 'get' }],
    [http, { ...bearer, internal_model: 'm', internal_messages: '=[{role: "user", content: city}]', body: '=context merge({model: internal_model}, {messages: concatenate([], internal_messages)})', headers: '={"Content-Type": "application/json"}' },
        { authentication: BEARER, internal_model: 'm', internal_messages: [{ role: 'user', content: 'Bern' }], body: { model: 'm', messages: [{ role: 'user', content: 'Bern' }] }, headers: { 'Content-Type': 'application/json' } }],
    [http, { method: '=if list contains(["read", "list"], "read") then "get" else "post"', url: '=replace("https://h/{id}", "\\{id\\}", string(7))' }, { method: 'get', url: 'https://h/7' }],
    [http, { 'body.address.street1': '1 Way', 'body.address.zip': '=string(1234)', 'body.parcel.weight': '=number("1.5")' }, { body: { address: { street1: '1 Way', zip: '1234' }, parcel: { weight: 1.5 } } }],
    [http, { fields: '={a: "1", b: null}', body: '=context(for e in get entries(fields) return if e.value = null then {key: e.key, value: ""} else e)' }, { fields: { a: '1', b: null }, body: { a: '1', b: '' } }],
    ['io.camunda:connector-graphql:1', { ...bearer, 'graphql.query': 'query { a }', 'graphql.variables': '={n: 1}' }, { authentication: BEARER, graphql: { query: 'query { a }', variables: { n: 1 } } }],
    ['io.camunda:sendgrid:1', { apiKey: '{{secrets.KEY}}', 'from.name': 'A', 'from.email': 'a@b', 'content.value': '="Dear " + city' }, { apiKey: '{{secrets.KEY}}', from: { name: 'A', email: 'a@b' }, content: { value: 'Dear Bern' } }],
    ['io.camunda:slack:1', { token: '{{secrets.SLACK}}', method: 'chat.postMessage', 'data.channel': '#general', 'data.text': '=city' }, { token: '{{secrets.SLACK}}', method: 'chat.postMessage', data: { channel: '#general', text: 'Bern' } }],
    ['io.camunda:connector-microsoft-teams:1', { 'authentication.type': 'token', 'data.channel.top': '=5' }, { authentication: { type: 'token' }, data: { channel: { top: 5 } } }],
    ['io.camunda:google-drive:1', { 'authentication.authType': 'refresh', 'resource.type': 'folder', 'resource.template.variables.requests': '=[1]' }, { authentication: { authType: 'refresh' }, resource: { type: 'folder', template: { variables: { requests: [1] } } } }],
    ['io.camunda:connector-automationanywhere:1', { 'operation.type': 'addWorkItemsToTheQueue', 'operation.data': '={c: city}' }, { operation: { type: 'addWorkItemsToTheQueue', data: { c: 'Bern' } } }],
    ['io.camunda:aws-sqs:1', { ...aws, 'queue.messageBody': '={c: city}' }, { ...AWS, queue: { messageBody: { c: 'Bern' } } }],
    ['io.camunda:aws-sns:1', { ...aws, 'topic.message': '=city' }, { ...AWS, topic: { message: 'Bern' } }],
    ['io.camunda:aws-lambda:1', { ...aws, 'awsFunction.operationType': 'sync', 'awsFunction.payload': '={}' }, { ...AWS, awsFunction: { operationType: 'sync', payload: {} } }],
    ['io.camunda:aws-eventbridge:1', { ...aws, 'input.detail': '={c: [city]}' }, { ...AWS, input: { detail: { c: ['Bern'] } } }],
    ...['s3', 'dynamodb', 'bedrock', 'comprehend', 'sagemaker', 'textract', 'bedrock-knowledgebase', 'bedrock-codeinterpreter', 'bedrock-agentcore-runtime', 'bedrock-agentcore-lt-memory']
        .map((x) => [`io.camunda:aws-${x}:1`, { ...aws, 'data.a.b': '=city' }, { ...AWS, data: { a: { b: 'Bern' } } }]),
    ['io.camunda:email:1', { protocol: 'smtp', 'data.smtpConfig.smtpPort': '=587', 'data.smtpAction.cc': null }, { protocol: 'smtp', data: { smtpConfig: { smtpPort: 587 }, smtpAction: { cc: null } } }],
    ['io.camunda:connector-jdbc:1', { database: 'POSTGRESQL', 'data.returnResults': '=true' }, { database: 'POSTGRESQL', data: { returnResults: true } }],
    ['io.camunda:soap:1', { serviceUrl: 'https://s', 'namespaces': '={"a": "urn:a"}' }, { serviceUrl: 'https://s', namespaces: { a: 'urn:a' } }],
    ['io.camunda:csv-connector', { data: '="a,b"' }, { data: 'a,b' }],
    ...['google-sheets', 'google-gcs', 'google-gemini', 'azure-blobstorage', 'box', 'embeddings-vector-database', 'idp-extraction-connector-template']
        .map((x) => [`io.camunda:${x}:1`, { 'a.b': '=city', c: null }, { a: { b: 'Bern' }, c: null }]),
    ...['a2aclient:0', 'adhoctoolsschema:1', 'aiagent:1', 'aiagent:task:2', 'mcpclient:1', 'mcpremoteclient:1']
        .map((x) => [`io.camunda.agenticai:${x}`, { 'data.systemPrompt.prompt': '="Be " + city', 'data.tools': '=[]' }, { data: { systemPrompt: { prompt: 'Be Bern' }, tools: [] } }]),
    ['io.camunda:connector-kafka:1', { 'topic.topicName': 't', 'message.key': '=city', 'schemaStrategy.type': 'noSchema', headers: null }, { topic: { topicName: 't' }, message: { key: 'Bern' }, schemaStrategy: { type: 'noSchema' }, headers: null }],
    ['io.camunda:connector-rabbitmq:1', { 'routing.exchange': 'x', 'message.body': '={c: city}' }, { routing: { exchange: 'x' }, message: { body: { c: 'Bern' } } }],
    ['="camunda::RPA-Task::" + label', { label: '="desk"', 'parameters.c': '=city' }, { label: 'desk', parameters: { c: 'Bern' } }, {}, 'camunda::RPA-Task::desk'],
]

// ---- where templates attach: what they make of an element

const SEND = { type: 'io.camunda:sendMessage:1', input: { messageName: 'n', correlationKey: '=city', 'correlationType.type': 'publish', variables: '={c: city}' } }
const SENT = { messageName: 'n', correlationKey: 'Bern', correlationType: { type: 'publish' }, variables: { c: 'Bern' } }
const of = (kind, id, inside) => `<${kind} id="${id}" ${mark('own')}>${inside}</${kind}>`
const thrown = '<messageEventDefinition id="d"/>'
const places = {
    'a send task': line(start(), of('sendTask', 'a', outbound(SEND)), end()),
    'an intermediate throw event': line(start(), of('intermediateThrowEvent', 'a', outbound(SEND) + thrown), end()),
    'a message end event': line(start(), of('endEvent', 'a', outbound(SEND) + thrown)),
    'a task in a loop': line(start(), of('serviceTask', 'a', outbound(SEND) + '<multiInstanceLoopCharacteristics>' +
        ext('<zeebe:loopCharacteristics inputCollection="=[city]" inputElement="city"/>') + '</multiInstanceLoopCharacteristics>'), end()),
    'a task with an error boundary event': line(start(), of('serviceTask', 'a', outbound(SEND)), end()) + boundary('event', 'a', error()),
}

// ---- inbound: what waits, and what comes of a message

const inbound = (more = {}) => properties({
    'inbound.type': 'io.camunda:webhook:1', 'inbound.method': 'any', 'inbound.context': 'NAME',
    'inbound.auth.type': 'NONE', resultExpression: '={q: request.body.q}', correlationRequired: null,
    correlationKeyExpression: '=request.body.id', messageTtl: 'PT1H', 'inbound.responseExpression': null,
    deduplicationModeManualFlag: '=false', ...more,
})
const UUID = '2b1a4a5e-0000-4000-8000-NAME'
const KEYED = `<message id="m" name="${UUID}" zeebe:modelerTemplate="own">${ext('<zeebe:subscription correlationKey="=city"/>')}</message>`
const BARE = `<message id="m" name="${UUID}" zeebe:modelerTemplate="own"/>`
const waits = '<messageEventDefinition id="d" messageRef="m"/>'
const then = el('serviceTask', 'then', ext('<zeebe:taskDefinition type="NAME"/>'))
const listeners = {
    'a message start event': [line(of('startEvent', 's', inbound() + waits), then, end()), BARE],
    'a message start event with a key': [line(of('startEvent', 's', inbound({ correlationRequired: 'required' }) + waits), then, end()), KEYED],
    'an intermediate catch event': [line(start(), of('intermediateCatchEvent', 'c', inbound() + waits), then, end()), KEYED],
    'a receive task': [line(start(), of('receiveTask', 'c', inbound()).replace('<receiveTask', '<receiveTask messageRef="m"'), then, end()), KEYED],
    'a boundary event': [line(start(), el('serviceTask', 'x', ext('<zeebe:taskDefinition type="NAME-x"/>')), end()) + then + flow('then', 'e') +
        of('boundaryEvent', 'event', inbound() + waits).replace('<boundaryEvent', '<boundaryEvent attachedToRef="x"') + flow('event', 'then'), KEYED],
    'the start of an event sub-process': [line(start(), el('serviceTask', 'x', ext('<zeebe:taskDefinition type="NAME-x"/>')), end()) +
        el('subProcess', 'sub', line(of('startEvent', 'hs', inbound() + waits), then, end('he')), 'triggeredByEvent="true"'), KEYED],
    'an event behind an event-based gateway': [line(start(), el('eventBasedGateway', 'g'), of('intermediateCatchEvent', 'c', inbound() + waits), then, end()) +
        catching('t', '<timerEventDefinition id="td"><timeDuration>PT1H</timeDuration></timerEventDefinition>') + flow('g', 't') + flow('t', 'e'), KEYED],
}

async function deploy(elements, roots) {
    const name = freshName('connectors')
    await client.deployResource({ process: Buffer.from(file(name, elements, roots)), name: `${name}.bpmn` })
    return name
}
const create = (name) => client.createProcessInstance({ bpmnProcessId: name, variables: { city: 'Bern' } })

/** Types of connectors are shared by all who use the server: only ours is taken. */
async function take(type, instance) {
    for (let tries = 0; tries < 20; tries++) {
        const jobs = await client.activateJobs({
            type, worker: 'connectors', timeout: 2000, maxJobsToActivate: 100, requestTimeout: 2000,
        })
        const job = jobs.find((x) => x.processInstanceKey === instance)
        if (job) return job
    }
    throw new Error(`no job of type ${type} came`)
}
const plain = (x) => JSON.parse(JSON.stringify(x))

const scenarios = {}
for (const [n, [type, input, wanted, header = {}, real = type]] of tasks.entries())
    scenarios[`an outbound template (${n + 1}): ${type}`] = async () => {
        const name = await deploy(line(start(), of('serviceTask', 'a', outbound({ type, input, header })), end()))
        const { processInstanceKey } = await create(name)
        const job = await take(real, processInstanceKey)
        same(plain(job.variables), { city: 'Bern', ...wanted })
        same(plain(job.customHeaders), { elementTemplateId: 'own.template', elementTemplateVersion: '3', retryBackoff: 'PT0S', ...header })
        equal(job.retries, 3)
        await client.completeJob({ jobKey: job.key, variables: { weather: 1 } })
    }
for (const [place, elements] of Object.entries(places))
    scenarios[`an outbound template at ${place}`] = async () => {
        const { processInstanceKey } = await create(await deploy(elements, ''))
        const job = await take(SEND.type, processInstanceKey)
        const { city, loopCounter, ...rest } = plain(job.variables)
        equal(city, 'Bern')
        same(rest, SENT)
        await client.completeJob({ jobKey: job.key, variables: {} })
    }
scenarios['an agent at an ad-hoc sub-process'] = async () => {
    const name = freshName('connectors')
    const tool = el('serviceTask', 'tool', '<documentation>Tells the time</documentation>' + ext(
        `<zeebe:taskDefinition type="${http}"/><zeebe:ioMapping><zeebe:input source="=fromAi(toolCall.zone, &quot;a time zone&quot;)" target="url"/>` +
        '</zeebe:ioMapping><zeebe:properties><zeebe:property name="io.camunda.agenticai.tool" value="yes"/></zeebe:properties>'), 'name="clock"')
    const agent = of('adHocSubProcess', 'agent', outbound({ type: 'io.camunda.agenticai:aiagent-job-worker:1', input: { 'data.limits.maxModelCalls': '=10' } })
        .replace('<zeebe:ioMapping>', '<zeebe:adHoc outputCollection="toolCallResults" outputElement="={id: toolCall._meta.id, content: toolCallResult}"/><zeebe:ioMapping>') + tool)
    await client.deployResource({ process: Buffer.from(file(name, line(start(), agent, end()))), name: `${name}.bpmn` })
    const { processInstanceKey } = await create(name)
    const job = await take('io.camunda.agenticai:aiagent-job-worker:1', processInstanceKey)
    const { adHocSubProcessElements, data } = plain(job.variables)
    same(data, { limits: { maxModelCalls: 10 } })
    equal(adHocSubProcessElements.length, 1)
    const [element] = adHocSubProcessElements
    same([element.elementId, element.elementName, element.documentation, element.properties],
        ['tool', 'clock', 'Tells the time', { 'io.camunda.agenticai.tool': 'yes' }])
    same([element.parameters[0].name, element.parameters[0].description], ['toolCall.zone', 'a time zone'])
}
scenarios['an inbound template at a plain start event'] = async () => {
    const name = await deploy(line(of('startEvent', 's', inbound()), then, end()), '')
    const { processInstanceKey } = await create(name)
    await take(name, processInstanceKey)
}
for (const [place, [elements, roots]] of Object.entries(listeners))
    scenarios[`an inbound template at ${place}`] = async () => {
        const name = await deploy(elements, roots)
        if (!place.startsWith('a message start')) await create(name)
        await client.publishMessage({
            name: UUID.replace('NAME', name), correlationKey: 'Bern', timeToLive: 60_000, variables: { q: 7 },
        })
        const [job] = await client.activateJobs({ type: name, worker: 'connectors', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 5000 })
        ok(job, 'nothing came of the message')
        equal(job.variables.q, 7)
    }

process.exit(await runAll('connectors', scenarios) ? 1 : 0)
