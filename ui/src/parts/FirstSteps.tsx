// For a server that has nothing yet: three ways to begin, each with the next command.
import { useState } from 'preact/hooks'
import { Copy, Tabs } from './basics'
import { deployFiles } from './deploy'

const http = location.origin
const grpc = `${location.hostname || '127.0.0.1'}:26500`

const snippets = {
    node: ['Node', `// npm install @camunda8/sdk
import { Camunda8 } from '@camunda8/sdk'
const zeebe = new Camunda8({ ZEEBE_GRPC_ADDRESS: 'grpc://${grpc}', CAMUNDA_AUTH_STRATEGY: 'NONE' }).getZeebeGrpcApiClient()
zeebe.createWorker({
  taskType: 'fetch-goods',
  taskHandler: (job) => job.complete({ fetched: true }),
})`],
    java: ['Java', `// io.camunda:camunda-client-java
try (CamundaClient client = CamundaClient.newClientBuilder()
        .grpcAddress(URI.create("http://${grpc}"))
        .restAddress(URI.create("${http}")).build()) {
    client.newWorker().jobType("fetch-goods")
        .handler((c, job) -> c.newCompleteCommand(job).variables(Map.of("fetched", true)).send())
        .open();
    Thread.currentThread().join();
}`],
    python: ['Python', `# pip install pyzeebe
import asyncio
from pyzeebe import ZeebeWorker, create_insecure_channel

async def main():
    worker = ZeebeWorker(create_insecure_channel("${grpc}"))

    @worker.task(task_type="fetch-goods")
    async def fetch_goods():
        return {"fetched": True}

    await worker.work()

asyncio.run(main())`],
    go: ['Go', `// any HTTP client does; this one needs the standard library only
body := strings.NewReader(\`{"type":"fetch-goods","timeout":60000,"maxJobsToActivate":10,"worker":"go"}\`)
answer, err := http.Post("${http}/v2/jobs/activation", "application/json", body)
// for each job: POST ${http}/v2/jobs/{jobKey}/completion {"variables":{"fetched":true}}`],
    shell: ['Shell', `curl -s ${http}/v2/jobs/activation -H 'content-type: application/json' \\
  -d '{"type":"fetch-goods","timeout":60000,"maxJobsToActivate":1,"worker":"me"}'
curl -s ${http}/v2/jobs/JOB_KEY/completion -H 'content-type: application/json' \\
  -d '{"variables":{"fetched":true}}'`],
} as const
type Language = keyof typeof snippets

export function FirstSteps({ empty }: { empty: boolean }) {
    const [language, setLanguage] = useState<Language>('node')
    const deployCommand = `curl -F resources=@order.bpmn ${http}/v2/deployments`
    const demo = 'fermata demo'
    return (
        <>
            {empty && <p class="faint">Nothing is deployed yet. Three ways to begin:</p>}
            <div class="cards">
                <section class="card">
                    <h2>1. Drop a BPMN</h2>
                    <p>Drop a file anywhere on these pages, draw one in the <a href="#/modeler">modeler</a>, or:</p>
                    <div class="snippet" tabIndex={0} role="region" aria-label="Command to deploy"><pre>{deployCommand}</pre></div>
                    <div class="row-flex">
                        <Copy text={deployCommand} />
                        <label class="plain">
                            <span class="sr">Files to deploy</span>
                            <input type="file" multiple accept=".bpmn,.dmn,.form,.xml" onChange={(e) => deployFiles([...(e.currentTarget.files ?? [])])} />
                        </label>
                    </div>
                </section>
                <section class="card">
                    <h2>2. Connect a worker</h2>
                    <Tabs label="Language" value={language} onChange={setLanguage}
                        tabs={(Object.keys(snippets) as Language[]).map((l) => [l, snippets[l][0]])} />
                    <div class="snippet" tabIndex={0} role="region" aria-label="Code of a worker"><pre>{snippets[language][1]}</pre></div>
                    <Copy text={snippets[language][1]} />
                </section>
                <section class="card">
                    <h2>3. Play the shop</h2>
                    <p>An online shop on a server of its own: orders are placed, paid for, shipped, and sometimes fail.</p>
                    <div class="snippet" tabIndex={0} role="region" aria-label="Command to play the shop"><pre>{demo}</pre></div>
                    <Copy text={demo} />
                </section>
            </div>
        </>
    )
}
