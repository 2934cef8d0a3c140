import { get } from '../core/api'
import { useLive } from '../core/live'
import { Head } from '../parts/basics'
import licences from '../licences.txt?raw'

export default function About() {
    const { data } = useLive('about', () => get<{ gatewayVersion: string }>('/topology'), [])
    return (
        <>
            <Head title="About" />
            <div class="page" style={{ maxWidth: '860px' }}>
                <p><strong>fermata</strong>, process orchestration in one binary{data && `; it speaks what Camunda ${data.gatewayVersion} speaks`}.</p>
                <p>These pages are a client of the public REST API and of its event stream, as anybody could write: <a href="/v2/openapi.json">openapi.json</a>. They ask nothing of any other server.</p>
                <p>Diagrams, decision tables and forms are shown by <a href="https://bpmn.io" rel="noreferrer">bpmn.io</a>'s libraries, whose mark stands on every canvas.</p>
                <h2 style={{ margin: '18px 0 8px' }}>Licences of what is inside</h2>
                <div class="snippet" style={{ maxHeight: 'none' }}><pre>{licences}</pre></div>
            </div>
        </>
    )
}
