// Work on many instances at once, with its progress; and the server's own numbers.
import { useEffect, useRef, useState } from 'preact/hooks'
import { call, get, isMissing, post, search } from '../core/api'
import { many, num, words } from '../core/format'
import { refresh, useLive } from '../core/live'
import { link, route, setQuery } from '../core/route'
import { attempt, Dialog, Empty, Head, Key, lazy, Problem, State, Tabs, When, say } from '../parts/basics'
import { Table, type Column } from '../parts/Table'
import { nameOf, parseMetrics, type Metrics } from '../parts/metrics'

const Chart = lazy(() => import('../parts/Chart'))
type Tab = 'batches' | 'metrics' | 'cluster' | 'clock'

export default function Operations() {
    const tab = (route.value.query.get('tab') as Tab | null) ?? 'batches'
    return (
        <>
            <Head title="Operations" />
            <Tabs<Tab> label="Operations" value={tab} onChange={(t) => setQuery({ tab: t === 'batches' ? '' : t })}
                tabs={[['batches', 'Batch operations'], ['metrics', 'Metrics'], ['cluster', 'Cluster'], ['clock', 'Clock']]} />
            <div class={tab === 'batches' ? 'page full' : 'page'}>
                {tab === 'batches' && <Batches />}
                {tab === 'metrics' && <MetricsPage />}
                {tab === 'cluster' && <Cluster />}
                {tab === 'clock' && <Clock />}
            </div>
        </>
    )
}

// ---- batch operations ---------------------------------------------------------------------------
interface Batch {
    batchOperationKey: string
    state: string
    batchOperationType: string
    startDate: string | null
    endDate: string | null
    operationsTotalCount: number
    operationsFailedCount: number
    operationsCompletedCount: number
    errors?: { message: string }[]
}
interface Item {
    itemKey: string
    processInstanceKey: string | null
    state: string
    processedDate: string | null
    errorMessage: string | null
}

const columns: Column<Batch>[] = [
    { name: 'Operation', width: 'minmax(180px, 1fr)', cell: (b) => <a href={link(['operations'], { batch: b.batchOperationKey })}>{words(b.batchOperationType)}</a> },
    { name: 'State', width: '140px', cell: (b) => <State of={b.state} /> },
    { name: 'Progress', width: 'minmax(200px, 1.4fr)', cell: (b) => <Progress of={b} /> },
    { name: 'Failed', width: '90px', cell: (b) => b.operationsFailedCount ? <span class="state incident"><span aria-hidden="true">▲</span> {num(b.operationsFailedCount)}</span> : '0' },
    { name: 'Began', width: '130px', cell: (b) => <When at={b.startDate} /> },
    { name: 'Ended', width: '130px', cell: (b) => <When at={b.endDate} /> },
    { name: 'Key', width: '170px', cell: (b) => <Key of={b.batchOperationKey} /> },
]

function Progress({ of: b }: { of: Batch }) {
    const done = b.operationsCompletedCount + b.operationsFailedCount
    const part = (n: number) => `${b.operationsTotalCount ? (n / b.operationsTotalCount) * 100 : 0}%`
    return (
        <span class="row-flex" style={{ flexWrap: 'nowrap' }}>
            <span class="bar" role="progressbar" aria-label="Progress" aria-valuemin={0} aria-valuemax={b.operationsTotalCount} aria-valuenow={done}>
                <i style={{ width: part(b.operationsCompletedCount) }} /><i class="bad" style={{ width: part(b.operationsFailedCount) }} />
            </span>
            <span class="faint">{num(done)} of {num(b.operationsTotalCount)}</span>
        </span>
    )
}

function Batches() {
    const chosen = route.value.query.get('batch')
    return (
        <>
            <Table what="batch operations" id="batches" columns={columns} rowKey={(b) => b.batchOperationKey} topics={['batches']} marked={chosen ?? undefined}
                load={(from, limit) => search<Batch>('batch-operations', { sort: [{ field: 'startDate', order: 'DESC' }], page: { from, limit } })}
                open={(b) => setQuery({ batch: b.batchOperationKey })}
                empty={<Empty title="No batch operations yet">Select instances in <a href="#/instances">a list</a>, or filter them, and cancel, retry, suspend or resume all of them.</Empty>} />
            {chosen && <BatchDialog id={chosen} onClose={() => setQuery({ batch: '' })} />}
        </>
    )
}

function BatchDialog({ id, onClose }: { id: string; onClose: () => void }) {
    const { data: b, error } = useLive(`batch ${id}`, () => get<Batch>(`/batch-operations/${id}`), ['batches'])
    const { data: items } = useLive(`batch items ${id}`, () => search<Item>('batch-operation-items', { filter: { batchOperationKey: id }, page: { limit: 200 } }), ['batches'])
    const act = (verb: string, done: string) => attempt(`Not ${done}`, `The operation is ${done}`, () => post(`/batch-operations/${id}/${verb}`)).then(refresh)
    return (
        <Dialog title={b ? words(b.batchOperationType) : 'Batch operation'} onClose={onClose} wide>
            {error && !b && <Problem error={error} what="batch operation" />}
            {b && (
                <>
                    <div class="row-flex" style={{ marginBottom: '10px' }}>
                        <State of={b.state} /><Progress of={b} />
                        <span class="push row-flex">
                            {(b.state === 'ACTIVE' || b.state === 'CREATED') && <button onClick={() => act('suspension', 'suspended')}>Suspend</button>}
                            {b.state === 'SUSPENDED' && <button onClick={() => act('resumption', 'resumed')}>Resume</button>}
                            {/ACTIVE|CREATED|SUSPENDED/.test(b.state) && <button class="danger" onClick={() => act('cancellation', 'canceled')}>Stop it</button>}
                        </span>
                    </div>
                    {(b.errors ?? []).map((e, i) => <p key={i} class="wrong">{e.message}</p>)}
                    <table class="plain-table">
                        <thead><tr><th>Instance</th><th>State</th><th>When</th><th>Reason</th></tr></thead>
                        <tbody>{(items?.items ?? []).map((i) => (
                            <tr key={i.itemKey}><td>{i.processInstanceKey ? <Key of={i.processInstanceKey} href={link(['instances', i.processInstanceKey])} /> : <Key of={i.itemKey} />}</td>
                                <td><State of={i.state} /></td><td><When at={i.processedDate} /></td><td>{i.errorMessage ?? ''}</td></tr>
                        ))}</tbody>
                    </table>
                    {items && items.page.totalItems > 200 && <p class="faint">The first 200 of {many(items.page.totalItems, 'item')}</p>}
                </>
            )}
        </Dialog>
    )
}

// ---- metrics -----------------------------------------------------------------------------------------
interface Reading {
    at: number
    metrics: Metrics
}
const EVERY_MS = 2000
const KEPT = 300

async function readMetrics(): Promise<Reading> {
    const answer = await fetch('/metrics')
    if (!answer.ok) throw new Error(`GET /metrics answered ${answer.status}`)
    return { at: Date.now() / 1000, metrics: parseMetrics(await answer.text()) }
}

function MetricsPage() {
    const readings = useRef<Reading[]>([])
    const [, again] = useState(0)
    const [error, setError] = useState<Error>()
    const [find, setFind] = useState('')
    useEffect(() => {
        const read = () => readMetrics().then((r) => { readings.current = [...readings.current, r].slice(-KEPT); setError(undefined); again((n) => n + 1) }, setError)
        void read()
        const timer = setInterval(() => !document.hidden && read(), EVERY_MS)
        return () => clearInterval(timer)
    }, [])
    const last = readings.current.at(-1)
    if (!last) return error ? <div class="problem"><strong>This server tells no metrics</strong><div>{error.message}</div></div> : <div class="loading" />
    const samples = last.metrics.samples.filter((s) => nameOf(s).toLowerCase().includes(find.toLowerCase()))
    return (
        <>
            <div class="cards" style={{ gridTemplateColumns: 'repeat(auto-fit, minmax(380px, 1fr))' }}>
                {charts(readings.current).map((c) => <Chart key={c.title} {...c} />)}
            </div>
            <div class="row-flex" style={{ marginBottom: '8px' }}>
                <h2>All of them</h2><input type="search" aria-label="Name contains" placeholder="Name contains" value={find} onInput={(e) => setFind(e.currentTarget.value)} />
                <span class="faint">{num(samples.length)} of {num(last.metrics.samples.length)}</span><a class="push" href="/metrics" target="_blank" rel="noreferrer">as Prometheus reads it</a>
            </div>
            <table class="plain-table">
                <thead><tr><th>Name</th><th>Value</th><th>What it is</th></tr></thead>
                <tbody>{samples.slice(0, 400).map((s) => <tr key={nameOf(s)}><td class="mono">{nameOf(s)}</td><td>{num(s.value)}</td><td class="faint">{last.metrics.help.get(s.name) ?? ''}</td></tr>)}</tbody>
            </table>
        </>
    )
}

// Counters become rates; gauges stay as they are. Series of one name share a chart.
function charts(readings: Reading[]) {
    const last = readings.at(-1)!.metrics
    const groups = new Map<string, string[]>()
    for (const s of last.samples) {
        const type = last.types.get(s.name)
        if (type !== 'counter' && type !== 'gauge') continue
        const series = groups.get(s.name) ?? groups.set(s.name, []).get(s.name)!
        series.push(nameOf(s))
    }
    const times = readings.map((r) => r.at)
    const values = readings.map((r) => new Map(r.metrics.samples.map((s) => [nameOf(s), s.value])))
    return [...groups].slice(0, 12).map(([name, series]) => {
        const isCounter = last.types.get(name) === 'counter'
        const busiest = series.sort((a, b) => (values.at(-1)!.get(b) ?? 0) - (values.at(-1)!.get(a) ?? 0)).slice(0, 6)
        const line = (key: string) => values.map((v, i) => {
            const now = v.get(key)
            if (now === undefined) return null
            if (!isCounter) return now
            const before = i ? values[i - 1]!.get(key) : undefined
            return before === undefined ? null : Math.max(0, (now - before) / (times[i]! - times[i - 1]!))
        })
        const short = (key: string) => /\{(.*)\}/.exec(key)?.[1] ?? (isCounter ? 'per second' : 'value')
        return { title: name.replace(/^fermata_/, '').replaceAll('_', ' ') + (isCounter ? ', per second' : ''), times, lines: busiest.map((key) => ({ name: short(key), values: line(key) })) }
    })
}

// ---- the cluster ------------------------------------------------------------------------------------
interface Topology {
    brokers: { nodeId: number; host: string; port: number; version: string; partitions: { partitionId: number; role: string; health: string }[] }[]
    clusterSize: number
    partitionsCount: number
    gatewayVersion: string
}

function Cluster() {
    const { data, error } = useLive('topology', () => get<Topology>('/topology'), ['deployments'])
    if (!data) return error ? <Problem error={error} what="topology" /> : <div class="loading" />
    return (
        <>
            <p>Speaks Camunda {data.gatewayVersion}; {many(data.clusterSize, 'node')}, {many(data.partitionsCount, 'partition')}.</p>
            <table class="plain-table">
                <thead><tr><th>Node</th><th>Address</th><th>Partitions</th></tr></thead>
                <tbody>{data.brokers.map((b) => (
                    <tr key={b.nodeId}><td>{b.nodeId}</td><td class="mono">{b.host}:{b.port}</td>
                        <td>{b.partitions.map((p) => <span key={p.partitionId} class={`state ${p.health === 'healthy' ? 'active' : 'incident'}`}>{p.partitionId} {p.role}, {p.health}</span>)}</td></tr>
                ))}</tbody>
            </table>
        </>
    )
}

// ---- the clock ---------------------------------------------------------------------------------------
const STEPS: [string, number][] = [['1 minute', 60e3], ['1 hour', 3600e3], ['1 day', 86400e3], ['7 days', 7 * 86400e3], ['30 days', 30 * 86400e3]]

// The server's clock can be set where it was started to allow that. Its answers carry its time.
async function serverTime(): Promise<number> {
    const answer = await fetch('/v2/topology')
    return Date.parse(answer.headers.get('date') ?? '') || Date.now()
}

function Clock() {
    const [pinned, setPinned] = useState<number | null>(null)
    const { data: now } = useLive('clock', serverTime, ['deployments'])
    const set = async (timestamp: number) => {
        try {
            await call('PUT', '/clock', { timestamp })
            setPinned(timestamp)
            refresh()
        } catch (e) {
            if (isMissing(e)) say('bad', 'This server does not offer its clock', (e as Error).message)
            else await attempt('The clock stays', '', () => Promise.reject(e))
        }
    }
    const base = pinned ?? now ?? Date.now()
    return (
        <div class="card" style={{ maxWidth: '640px' }}>
            <h2>Virtual clock</h2>
            <p>{pinned ? <>The clock stands at <strong>{new Date(pinned).toLocaleString()}</strong>. Timers that are due by then have fired.</> : 'The clock goes as everybody’s does. Set it ahead, and timers fire at once: for tests, not for production.'}</p>
            <div class="row-flex">
                {STEPS.map(([name, ms]) => <button key={name} onClick={() => set(base + ms)}>+{name}</button>)}
                <button onClick={() => attempt('The clock stays', 'The clock goes again', () => post('/clock/reset')).then((ok) => { if (ok) setPinned(null); refresh() })}>Let it go</button>
            </div>
        </div>
    )
}
