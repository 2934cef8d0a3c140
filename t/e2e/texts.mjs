// texts.mjs - what is refused, and what an incident says, word by word: through
// @camunda8/sdk at the gRPC door and the REST client where gRPC has no such call.
import { Camunda8 } from '@camunda8/sdk'
import { createCamundaClient } from '@camunda8/orchestration-cluster-api-8.9'
import { file } from './bpmn.mjs'
import { deployments } from './deployments.mjs'
import { incidents } from './incidents.mjs'
import { refusals } from './refusals.mjs'
import { equal, failure, freshName, grpcAddress, httpAddress, ok, runAll, sleep } from './lib.mjs'

const camunda = new Camunda8({
    ZEEBE_GRPC_ADDRESS: `grpc://${grpcAddress}`,
    ZEEBE_REST_ADDRESS: `http://${httpAddress}`,
    CAMUNDA_AUTH_STRATEGY: 'NONE',
    CAMUNDA_LOG_LEVEL: 'none',
    ZEEBE_CLIENT_LOG_LEVEL: 'NONE',
    zeebeGrpcSettings: { ZEEBE_CLIENT_LOG_LEVEL: 'NONE', ZEEBE_GRPC_CLIENT_RETRY: false },
})
const grpc = camunda.getZeebeGrpcApiClient()
const rest = createCamundaClient({
    config: {
        CAMUNDA_REST_ADDRESS: `http://${httpAddress}`,
        CAMUNDA_AUTH_STRATEGY: 'NONE',
        CAMUNDA_SDK_LOG_LEVEL: 'silent',
        CAMUNDA_SDK_VALIDATION: 'none',
        CAMUNDA_SDK_HTTP_RETRY_MAX_ATTEMPTS: '1',
    },
})

/** What a row acts in: names of its own, and the steps that rows are made of. */
function world() {
    const w = { grpc, rest, name: freshName('texts') }
    w.deploy = async (elements, roots = '', name = w.name) => {
        const d = await grpc.deployResource({
            process: Buffer.from(file(w.name, elements, roots).replaceAll(`process id="${w.name}"`, `process id="${name}"`)),
            name: `${name}.bpmn`,
        })
        const made = d.deployments.find((x) => x.process.bpmnProcessId === name).process
        return { ...made, key: made.processDefinitionKey }
    }
    w.create = async (variables = {}) => {
        const { processInstanceKey } = await grpc.createProcessInstance({ bpmnProcessId: w.name, variables })
        w.pi ??= processInstanceKey
        return processInstanceKey
    }
    w.take = async (more = '') => {
        const [job] = await grpc.activateJobs({
            type: w.name + more, worker: 'texts', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 5000,
        })
        ok(job, 'no job came')
        return job
    }
    w.until = async (look) => {
        for (let tries = 0; tries < 100; tries++) {
            const found = await look()
            if (found) return found
            await sleep(30)
        }
        throw new Error('what was looked for did not come')
    }
    w.incident = (processInstanceKey) => w.until(async () => (await rest.searchIncidents(
        { filter: { processInstanceKey, state: 'ACTIVE' } }, { consistency: { waitUpToMs: 0 } })).items[0])
    w.words = (text) => text.replaceAll('NAME', w.name).replaceAll('KEY', w.key).replaceAll("'PI'", `'${w.pi}'`)
    return w
}

function says(text, part) {
    ok(text.includes(part), `lacks <${part}>: ${text}`)
}

const scenarios = {}
for (const [what, text, elements, roots] of deployments)
    scenarios[`a deployment is refused: ${what}`] = async () => {
        const name = freshName('texts')
        const error = await failure(grpc.deployResource({
            process: Buffer.from(file(name, elements, roots)), name: `${name}.bpmn`,
        }))
        equal(error.code, 3, error.message)
        for (const part of ["Command 'CREATE' rejected with code 'INVALID_ARGUMENT': Expected to deploy new " +
            'resources, but encountered the following errors:', `'${name}.bpmn': `, text])
            says(error.message, part)
    }

for (const [n, [code, text, act]] of refusals.entries())
    scenarios[`a command is refused (${n + 1}): ${text.replaceAll('\n', ' ').slice(0, 100)}`] = async () => {
        const w = world()
        const error = await failure(act(w))
        const got = error.status ?? error.code
        const said = String(error.detail ?? error.details ?? error.message)
        equal(got, code, `${got} is not ${code}: ${said}`)
        says(said, w.words(text))
    }

for (const [n, [kind, text, elements, roots, variables, act, which]] of incidents.entries())
    scenarios[`an incident is raised (${n + 1}): ${text.slice(0, 100)}`] = async () => {
        const w = world()
        await w.deploy(elements, roots)
        const pi = await w.create(JSON.parse(w.words(JSON.stringify(variables ?? {}))))
        if (act) await act(w, await w.take(which))
        const { errorType, errorMessage } = await w.incident(pi)
        equal(errorType, kind, `${errorType} is not ${kind}: ${errorMessage}`)
        says(errorMessage, w.words(text))
    }

process.exit(await runAll('texts', scenarios) ? 1 : 0)
