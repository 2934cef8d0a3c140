import { processCounts, type ProcessCount } from '../core/counts'
import { num } from '../core/format'
import { useLive } from '../core/live'
import { go, link, route, setQuery } from '../core/route'
import { Empty, Head, lazy, Problem } from '../parts/basics'
import { Table, listed, type Column } from '../parts/Table'

const Process = lazy(() => import('./Process'))

export default function Processes() {
    const id = route.value.path[1]
    return id ? <Process key={id} id={id} /> : <List />
}

const columns: Column<ProcessCount>[] = [
    { name: 'Process', width: 'minmax(160px, 2fr)', cell: (p) => <a href={link(['processes', p.id])}>{p.name}</a> },
    { name: 'Id', width: 'minmax(120px, 1.5fr)', cell: (p) => <span class="mono">{p.id}</span> },
    { name: 'Versions', width: '90px', cell: (p) => num(p.versions) },
    { name: 'Running', width: '100px', cell: (p) => num(p.running) },
    { name: 'Incidents', width: '110px', cell: (p) => p.incidents ? <span class="state incident"><span aria-hidden="true">▲</span> {num(p.incidents)}</span> : <span class="faint">0</span> },
]

function List() {
    const find = route.value.query.get('find') ?? ''
    const { data, error } = useLive('processes', processCounts, ['instances', 'deployments'])
    const needle = find.toLowerCase()
    const items = data?.filter((p) => (p.name + ' ' + p.id).toLowerCase().includes(needle)) ?? []
    const sum = items.map((p) => `${p.id}${p.running}-${p.incidents}-${p.versions}`).join()
    return (
        <>
            <Head title="Processes" sub={data && `${num(items.length)} of ${num(data.length)}`} />
            <div class="filters">
                <input type="search" aria-label="Name or id contains" placeholder="Name or id contains" value={find}
                    onInput={(e) => setQuery({ find: e.currentTarget.value })} />
            </div>
            <div class="page full">
                {error && !data && <Problem error={error} what="processes" />}
                {data && (
                    <Table what="processes" id={`processes ${find}`} stamp={sum} load={listed(items)} columns={columns} rowKey={(p) => p.id}
                        topics={[]} open={(p) => go(['processes', p.id])}
                        empty={<Empty title={find ? `No process has "${find}" in its name` : 'Nothing is deployed yet'}>
                            Drop a .bpmn file here, or draw one in the <a href="#/modeler">modeler</a>.
                        </Empty>} />
                )}
            </div>
        </>
    )
}
