// What instances wait for: jobs and who takes them, messages, timers; and a way to send some.
import { useMemo, useState } from 'preact/hooks'
import { call, contains, post, search, type Job, type Subscription } from '../core/api'
import { num, words } from '../core/format'
import { refresh, useLive } from '../core/live'
import { go, link, route, setQuery } from '../core/route'
import { attempt, Dialog, Empty, Head, JsonField, jsonError, Key, Problem, State, Tabs, When } from '../parts/basics'
import { listed, Table, type Column } from '../parts/Table'
import { useCommands } from '../parts/Palette'

type Tab = 'jobs' | 'workers' | 'messages' | 'correlated' | 'timers'
const TABS: [Tab, string][] = [['jobs', 'Jobs'], ['workers', 'Types and workers'], ['messages', 'Awaited messages'], ['correlated', 'Correlated'], ['timers', 'Timers']]

export default function Waiting() {
    const tab = (route.value.query.get('tab') as Tab | null) ?? 'jobs'
    const [asked, setAsked] = useState<'message' | 'signal' | null>(null)
    useCommands([{ name: 'Publish a message', run: () => setAsked('message') }, { name: 'Broadcast a signal', run: () => setAsked('signal') }], [])
    return (
        <>
            <Head title="Messages and jobs">
                <button onClick={() => setAsked('signal')}>Broadcast a signal</button>
                <button onClick={() => setAsked('message')}>Publish a message</button>
            </Head>
            <Tabs label="What is waited for" tabs={TABS} value={tab} onChange={(t) => setQuery({ tab: t })} />
            <div class="page full">
                {tab === 'jobs' && <Jobs />}
                {tab === 'workers' && <Workers />}
                {tab === 'messages' && <Messages />}
                {tab === 'correlated' && <Correlated />}
                {tab === 'timers' && <Timers />}
            </div>
            {asked === 'message' && <Publish onClose={() => setAsked(null)} />}
            {asked === 'signal' && <Broadcast onClose={() => setAsked(null)} />}
        </>
    )
}

// ---- jobs ------------------------------------------------------------------------------------
const toInstance = (key: string, element?: string) => link(['instances', key], { element })

const jobColumns = (edit: (j: Job) => void): Column<Job>[] => [
    { name: 'Job', width: '160px', cell: (j) => <Key of={j.jobKey} />, sort: 'jobKey' },
    { name: 'Type', width: 'minmax(120px, 1.2fr)', cell: (j) => j.type, sort: 'type' },
    { name: 'State', width: '110px', cell: (j) => <State of={j.state} /> },
    { name: 'Tries left', width: '80px', cell: (j) => <span class={j.retries === 0 ? 'wrong' : ''}>{j.retries}</span>, sort: 'retries' },
    { name: 'Worker', width: 'minmax(80px, 1fr)', cell: (j) => j.worker || <span class="faint">nobody</span> },
    { name: 'Until', width: '120px', cell: (j) => <When at={j.deadline} /> },
    { name: 'At', width: 'minmax(120px, 1fr)', cell: (j) => <a href={toInstance(j.processInstanceKey, j.elementId)}>{j.elementId}</a> },
    { name: 'Said', width: 'minmax(100px, 1.4fr)', cell: (j) => j.errorMessage || <span class="faint">-</span> },
    { name: '', width: '70px', cell: (j) => <button class="plain" aria-label={`Tries of job ${j.jobKey}`} onClick={() => edit(j)}>Tries</button> },
]

function Jobs() {
    const q = route.value.query
    const type = q.get('type') ?? ''
    const state = q.get('state') ?? ''
    const [edited, setEdited] = useState<Job>()
    const [total, setTotal] = useState('')
    const filter = useMemo(() => ({ ...(type ? { type } : {}), ...(state ? { state } : {}) }), [type, state])
    const columns = useMemo(() => jobColumns(setEdited), [])
    const sort = { field: q.get('sort') || 'jobKey', order: (q.get('order') === 'ASC' ? 'ASC' : 'DESC') as 'ASC' | 'DESC' }
    return (
        <>
            <div class="filters">
                <input aria-label="Type" placeholder="Type" value={type} onChange={(e) => setQuery({ type: e.currentTarget.value })} />
                <select aria-label="State" value={state} onChange={(e) => setQuery({ state: e.currentTarget.value })}>
                    <option value="">Any state</option>
                    {['CREATED', 'FAILED', 'TIMED_OUT', 'ERROR_THROWN', 'COMPLETED', 'CANCELED'].map((s) => <option key={s} value={s}>{words(s)}</option>)}
                </select>
                <span class="push faint">{total && `${total} jobs`}</span>
            </div>
            <Table what="jobs" id={JSON.stringify(filter) + sort.field + sort.order} columns={columns} rowKey={(j) => j.jobKey} topics={['jobs']} onTotal={setTotal} sort={sort}
                onSort={(f) => setQuery({ sort: f, order: sort.field === f && sort.order === 'DESC' ? 'ASC' : 'DESC' })}
                load={(from, limit) => search<Job>('jobs', { filter, sort: [sort], page: { from, limit } })}
                open={(j) => go(['instances', j.processInstanceKey], { element: j.elementId })} />
            {edited && <Retries job={edited} onClose={() => setEdited(undefined)} />}
        </>
    )
}

function Retries({ job, onClose }: { job: Job; onClose: () => void }) {
    const [retries, setRetries] = useState(Math.max(1, job.retries))
    async function save(e: Event) {
        e.preventDefault()
        if (!(await attempt('Not changed', `${num(retries)} tries`, () => call('PATCH', `/jobs/${job.jobKey}`, { changeset: { retries } })))) return
        refresh()
        onClose()
    }
    return (
        <Dialog title={`Job ${job.jobKey} of type ${job.type}`} onClose={onClose}>
            <form onSubmit={save}>
                <label class="field"><span>Tries left</span><input type="number" min={1} value={retries} onInput={(e) => setRetries(Number(e.currentTarget.value))} /></label>
                {job.errorMessage && <p>The last one failed: {job.errorMessage}</p>}
                <div class="dialog-end"><button type="button" onClick={onClose}>Back</button><button class="primary">Save</button></div>
            </form>
        </Dialog>
    )
}

// ---- types and workers -------------------------------------------------------------------------
interface TypeRow {
    type: string
    waiting: number
    held: number
    failed: number
    workers: string[]
}

async function types(): Promise<TypeRow[]> {
    const { items } = await search<Job>('jobs', { filter: { state: { $in: ['CREATED', 'FAILED', 'TIMED_OUT', 'RETRIES_UPDATED'] } }, page: { limit: 10000 } })
        .catch(() => search<Job>('jobs', { page: { limit: 10000 } }))
    const by = new Map<string, TypeRow>()
    for (const j of items) {
        const t = by.get(j.type) ?? { type: j.type, waiting: 0, held: 0, failed: 0, workers: [] }
        const held = !!j.deadline && Date.parse(j.deadline) > Date.now()
        if (j.retries === 0 || j.state === 'FAILED') t.failed++
        else if (held) t.held++
        else t.waiting++
        if (j.worker && !t.workers.includes(j.worker)) t.workers.push(j.worker)
        by.set(j.type, t)
    }
    return [...by.values()].sort((a, b) => b.failed - a.failed || b.waiting - a.waiting || a.type.localeCompare(b.type))
}

const typeColumns: Column<TypeRow>[] = [
    { name: 'Type', width: 'minmax(160px, 2fr)', cell: (t) => <a href={link(['waiting'], { type: t.type })}>{t.type}</a> },
    { name: 'Wait for a worker', width: '140px', cell: (t) => num(t.waiting) },
    { name: 'With a worker', width: '120px', cell: (t) => num(t.held) },
    { name: 'Failed', width: '100px', cell: (t) => t.failed ? <span class="state incident"><span aria-hidden="true">▲</span> {num(t.failed)}</span> : '0' },
    { name: 'Workers seen', width: 'minmax(160px, 2fr)', cell: (t) => t.workers.join(', ') || <span class="faint">none has taken one of these jobs yet</span> },
]

function Workers() {
    const { data, error } = useLive('job types', types, ['jobs'])
    if (error && !data) return <Problem error={error} what="job types" />
    return data ? <Table what="job types" id="types" stamp={JSON.stringify(data)} load={listed(data)} columns={typeColumns} rowKey={(t) => t.type} topics={[]}
        empty={<Empty title="No job is waiting">A job appears when an instance comes to a task that a worker does. <a href="#/">First steps</a> has workers to copy.</Empty>}
        open={(t) => go(['waiting'], { type: t.type })} /> : <div class="loading" />
}

// ---- messages ------------------------------------------------------------------------------------
const messageColumns: Column<Subscription>[] = [
    { name: 'Message', width: 'minmax(140px, 1.4fr)', cell: (s) => s.messageName },
    { name: 'Key', width: 'minmax(100px, 1fr)', cell: (s) => s.correlationKey === null ? <span class="faint">starts a process</span> : <span class="mono">{s.correlationKey}</span> },
    { name: 'State', width: '110px', cell: (s) => <State of={s.messageSubscriptionState} /> },
    { name: 'Process', width: 'minmax(100px, 1fr)', cell: (s) => s.processDefinitionId },
    { name: 'At', width: 'minmax(120px, 1fr)', cell: (s) => s.processInstanceKey && s.processInstanceKey !== '-1' ? <a href={toInstance(s.processInstanceKey, s.elementId)}>{s.elementId}</a> : s.elementId },
    { name: 'Since', width: '130px', cell: (s) => <When at={s.lastUpdatedDate} /> },
]

function Messages() {
    const name = route.value.query.get('name') ?? ''
    const key = route.value.query.get('key') ?? ''
    const filter = { ...(name ? { messageName: contains(name) } : {}), ...(key ? { correlationKey: key } : {}) }
    return (
        <>
            <div class="filters">
                <input aria-label="Name contains" placeholder="Name contains" value={name} onChange={(e) => setQuery({ name: e.currentTarget.value })} />
                <input aria-label="Correlation key" placeholder="Correlation key" value={key} onChange={(e) => setQuery({ key: e.currentTarget.value })} />
            </div>
            <Table what="awaited messages" id={JSON.stringify(filter)} columns={messageColumns} rowKey={(s) => s.messageSubscriptionKey} topics={['instances']}
                load={(from, limit) => search<Subscription>('message-subscriptions', { filter, page: { from, limit } })}
                open={(s) => s.processInstanceKey && go(['instances', s.processInstanceKey], { element: s.elementId })}
                empty={<Empty title="No instance waits for such a message" />} />
        </>
    )
}

interface CorrelatedRow {
    messageName: string
    correlationKey: string | null
    correlationTime: string
    messageKey: string
    subscriptionKey: string
    elementId: string
    processDefinitionId: string
    processInstanceKey: string
}
const correlatedColumns: Column<CorrelatedRow>[] = [
    { name: 'When', width: '140px', cell: (c) => <When at={c.correlationTime} /> },
    { name: 'Message', width: 'minmax(140px, 1.4fr)', cell: (c) => c.messageName },
    { name: 'Key', width: 'minmax(100px, 1fr)', cell: (c) => <span class="mono">{c.correlationKey ?? ''}</span> },
    { name: 'Process', width: 'minmax(120px, 1fr)', cell: (c) => c.processDefinitionId },
    { name: 'To', width: 'minmax(160px, 1fr)', cell: (c) => <Key of={c.processInstanceKey} href={toInstance(c.processInstanceKey, c.elementId)} /> },
]

const Correlated = () => (
    <Table what="correlated messages" id="correlated" columns={correlatedColumns} rowKey={(c) => `${c.messageKey}-${c.subscriptionKey}`} topics={['instances']}
        load={(from, limit) => search<CorrelatedRow>('correlated-message-subscriptions', { sort: [{ field: 'correlationTime', order: 'DESC' }], page: { from, limit } })}
        open={(c) => go(['instances', c.processInstanceKey], { element: c.elementId })} />
)

// ---- timers ----------------------------------------------------------------------------------------
interface Wait {
    elementInstanceKey: string
    elementId: string
    processInstanceKey: string
    bpmnProcessId: string
    details: { waitStateType: string; dueDate: number | string | null; repetitions: number | null }
}
const due = (d: number | string | null) => (d === null ? null : new Date(d).toISOString())
const timerColumns: Column<Wait>[] = [
    { name: 'Fires', width: '160px', cell: (w) => <When at={due(w.details.dueDate)} /> },
    { name: 'Process', width: 'minmax(120px, 1fr)', cell: (w) => w.bpmnProcessId },
    { name: 'At', width: 'minmax(120px, 1fr)', cell: (w) => <a href={toInstance(w.processInstanceKey, w.elementId)}>{w.elementId}</a> },
    { name: 'Again', width: '110px', cell: (w) => (w.details.repetitions === null || w.details.repetitions === 1 ? 'once' : w.details.repetitions < 0 ? 'for ever' : `${w.details.repetitions} times`) },
]

function Timers() {
    const load = (from: number, limit: number) => search<Wait>('element-instances/wait-states', { filter: { waitStateType: 'TIMER' }, page: { from, limit } })
    return <Table what="timers" id="timers" columns={timerColumns} rowKey={(w) => w.elementInstanceKey} load={load} topics={['instances']}
        open={(w) => go(['instances', w.processInstanceKey], { element: w.elementId })} empty={<Empty title="No instance waits for a time" />} />
}

// ---- sending ------------------------------------------------------------------------------------------
function Publish({ onClose }: { onClose: () => void }) {
    const [name, setName] = useState(route.value.query.get('name') ?? '')
    const [key, setKey] = useState('')
    const [ttl, setTtl] = useState(60)
    const [variables, setVariables] = useState('{}')
    async function send(e: Event) {
        e.preventDefault()
        const ok = await attempt('Not published', `${name} is published`, () =>
            post('/messages/publication', { name, correlationKey: key, timeToLive: ttl * 1000, variables: JSON.parse(variables) }))
        if (!ok) return
        refresh()
        onClose()
    }
    return (
        <Dialog title="Publish a message" onClose={onClose}>
            <form onSubmit={send}>
                <label class="field"><span>Name</span><input value={name} required onInput={(e) => setName(e.currentTarget.value)} /></label>
                <label class="field"><span>Correlation key</span><input value={key} onInput={(e) => setKey(e.currentTarget.value)} /></label>
                <label class="field"><span>Kept for (seconds) when nobody waits for it yet</span><input type="number" min={0} value={ttl} onInput={(e) => setTtl(Number(e.currentTarget.value))} /></label>
                <JsonField label="Variables" value={variables} onInput={setVariables} object rows={4} />
                <div class="dialog-end"><button type="button" onClick={onClose}>Back</button><button class="primary" disabled={!name || !!jsonError(variables, true)}>Publish</button></div>
            </form>
        </Dialog>
    )
}

function Broadcast({ onClose }: { onClose: () => void }) {
    const [name, setName] = useState('')
    const [variables, setVariables] = useState('{}')
    async function send(e: Event) {
        e.preventDefault()
        if (!(await attempt('Not broadcast', `${name} is broadcast`, () => post('/signals/broadcast', { signalName: name, variables: JSON.parse(variables) })))) return
        refresh()
        onClose()
    }
    return (
        <Dialog title="Broadcast a signal" onClose={onClose}>
            <form onSubmit={send}>
                <label class="field"><span>Name</span><input value={name} required onInput={(e) => setName(e.currentTarget.value)} /></label>
                <JsonField label="Variables" value={variables} onInput={setVariables} object rows={4} />
                <div class="dialog-end"><button type="button" onClick={onClose}>Back</button><button class="primary" disabled={!name || !!jsonError(variables, true)}>Broadcast</button></div>
            </form>
        </Dialog>
    )
}
