// Instances, filtered by what the address says, with what can be done to many of them at once.
import { useMemo, useState } from 'preact/hooks'
import { post, search, type Instance } from '../core/api'
import { span, many } from '../core/format'
import { refresh } from '../core/live'
import { go, link, route, setQuery } from '../core/route'
import { attempt, Confirm, Empty, Key, State, When } from './basics'
import { useCommands } from './Palette'
import { Table, type Column } from './Table'
import { filterOf, readQuery, type InstanceQuery } from './instances'

const STATES: [string, string][] = [
    ['', 'All'], ['ACTIVE', 'Active'], ['INCIDENT', 'Incidents'], ['SUSPENDED', 'Suspended'],
    ['COMPLETED', 'Completed'], ['TERMINATED', 'Canceled'],
]

const age = (i: Instance) => (i.endDate ? Date.parse(i.endDate) : Date.now()) - Date.parse(i.startDate)

function columns(withProcess: boolean): Column<Instance>[] {
    const key: Column<Instance> = {
        name: 'Instance', width: 'minmax(170px, 1fr)', sort: 'processInstanceKey',
        cell: (i) => <Key of={i.processInstanceKey} href={link(['instances', i.processInstanceKey])} />,
    }
    const process: Column<Instance> = {
        name: 'Process', width: 'minmax(140px, 1.6fr)', sort: 'processDefinitionName',
        cell: (i) => i.processDefinitionName || i.processDefinitionId,
    }
    return [
        key,
        ...(withProcess ? [process] : []),
        { name: 'Version', width: '80px', sort: 'processDefinitionVersion', cell: (i) => i.processDefinitionVersion },
        { name: 'State', width: '120px', cell: (i) => <State of={i.state} incident={i.hasIncident} /> },
        { name: 'Business id', width: 'minmax(90px, 1fr)', cell: (i) => i.businessId || <span class="faint">-</span> },
        { name: 'Started', width: '130px', sort: 'startDate', cell: (i) => <When at={i.startDate} /> },
        { name: 'Ended', width: '130px', sort: 'endDate', cell: (i) => <When at={i.endDate} /> },
        { name: 'Took', width: '110px', cell: (i) => span(age(i)) },
        { name: 'Called by', width: 'minmax(90px, 1fr)', cell: (i) => i.parentProcessInstanceKey && i.parentProcessInstanceKey !== '-1'
            ? <Key of={i.parentProcessInstanceKey} href={link(['instances', i.parentProcessInstanceKey])} /> : <span class="faint">-</span> },
    ]
}

interface Batch {
    verb: string
    title: string
    path: string
    danger?: boolean
}
const BATCHES: Batch[] = [
    { verb: 'Retry', title: 'Resolve their incidents', path: '/process-instances/incident-resolution' },
    { verb: 'Suspend', title: 'Suspend', path: '/process-instances/suspension' },
    { verb: 'Resume', title: 'Resume', path: '/process-instances/resumption' },
    { verb: 'Cancel', title: 'Cancel', path: '/process-instances/cancellation', danger: true },
    { verb: 'Delete', title: 'Delete their history', path: '/process-instances/deletion', danger: true },
]

export function InstanceList({ fixed = {}, compact }: { fixed?: Partial<InstanceQuery>; compact?: boolean }) {
    const q = readQuery(route.value.query, fixed)
    const filter = filterOf(q)
    const id = JSON.stringify(filter)
    const sort = {
        field: route.value.query.get('sort') || 'startDate',
        order: (route.value.query.get('order') === 'ASC' ? 'ASC' : 'DESC') as 'ASC' | 'DESC',
    }
    const [total, setTotal] = useState('')
    const [selected, setSelected] = useState(new Set<string>())
    const [batch, setBatch] = useState<Batch>()
    const cols = useMemo(() => columns(!fixed.process), [fixed.process])
    useCommands(BATCHES.map((b) => ({ name: `${b.title}: ${selected.size ? many(selected.size, 'selected instance') : 'all in this list'}`, run: () => setBatch(b) })), [selected])

    const many_ = selected.size > 0
    return (
        <>
            <Filters q={q} fixed={fixed} total={total} compact={compact} />
            {many_ && (
                <div class="banner edit" role="region" aria-label="Selected instances">
                    <span class="text">{many(selected.size, 'instance')} selected</span>
                    {BATCHES.map((b) => <button key={b.verb} class={b.danger ? 'danger' : ''} onClick={() => setBatch(b)}>{b.verb}</button>)}
                    <button class="plain" onClick={() => setSelected(new Set())}>None</button>
                </div>
            )}
            <Table what="instances" id={id + sort.field + sort.order} columns={cols} rowKey={(i) => i.processInstanceKey}
                load={(from, limit) => search<Instance>('process-instances', { filter, sort: [sort], page: { from, limit } })}
                open={(i) => go(['instances', i.processInstanceKey])} onTotal={setTotal} sort={sort}
                onSort={(field) => setQuery({ sort: field, order: sort.field === field && sort.order === 'DESC' ? 'ASC' : 'DESC' })}
                selected={selected} onSelect={setSelected}
                empty={<Empty title="No instance fits this filter" />} />
            {batch && (
                <BatchDialog batch={batch} onClose={() => setBatch(undefined)} total={total}
                    filter={many_ ? { processInstanceKey: { $in: [...selected] } } : filter} count={many_ ? selected.size : undefined}
                    onDone={() => setSelected(new Set())} />
            )}
        </>
    )
}

function BatchDialog({ batch, filter, count, total, onClose, onDone }: {
    batch: Batch
    filter: Record<string, unknown>
    count?: number
    total: string
    onClose: () => void
    onDone: () => void
}) {
    async function run() {
        await attempt(batch.title, '', async () => {
            const made = await post<{ batchOperationKey: string }>(batch.path, { filter })
            onDone()
            refresh()
            go(['operations'], { batch: made.batchOperationKey })
        })
    }
    return (
        <Confirm title={`${batch.title}?`} verb={batch.verb} onClose={onClose} onYes={run}
            text={<><p>This is about <strong>{count !== undefined ? many(count, 'selected instance') : `${total} instances, all of this list`}</strong>.</p>
                <p class="faint">It runs as a batch operation, whose progress is shown and which can be stopped.</p></>} />
    )
}

function Filters({ q, fixed, total, compact }: { q: InstanceQuery; fixed: Partial<InstanceQuery>; total: string; compact?: boolean }) {
    const [more, setMore] = useState(!!(q.variable || q.business || q.after || q.before))
    const text = (field: keyof InstanceQuery, label: string, type: 'text' | 'number' | 'datetime-local' = 'text') => (
        <input {...{ type: type as 'text' }} aria-label={label} placeholder={label} title={label} value={q[field]} key={field}
            onChange={(e) => setQuery({ [field]: e.currentTarget.value })} />
    )
    const chips = (['element', 'error', ...(fixed.process ? [] : ['process'])] as (keyof InstanceQuery)[]).filter((f) => q[f] && fixed[f] === undefined)
    return (
        <div class="filters" role="search" aria-label="Filter of instances">
            <div class="row-flex" role="group" aria-label="State">
                {STATES.map(([value, name]) => (
                    <button key={value} aria-pressed={q.state === value} onClick={() => setQuery({ state: value })}>{name}</button>
                ))}
            </div>
            {chips.map((f) => (
                <span class="chip" key={f}>{f}: {q[f].length > 60 ? q[f].slice(0, 60) + '…' : q[f]}
                    <button class="plain" aria-label={`Without ${f}`} onClick={() => setQuery({ [f]: '' })}>✕</button></span>
            ))}
            <button aria-pressed={more} onClick={() => setMore(!more)}>More filters</button>
            <span class="push faint" aria-live="polite">{total && `${total} ${total === '1' ? 'instance' : 'instances'}`}</span>
            {more && (
                <div class="row-flex" style={{ width: '100%' }}>
                    {!fixed.process && text('process', 'Process id')}
                    {!compact && text('version', 'Version', 'number')}
                    {text('element', 'Is at element')}
                    {text('variable', 'Variable')}
                    {text('value', 'has the value (JSON or text)')}
                    {text('business', 'Business id')}
                    <label class="row-flex small faint">after {text('after', 'Started after', 'datetime-local')}</label>
                    <label class="row-flex small faint">before {text('before', 'Started before', 'datetime-local')}</label>
                </div>
            )}
        </div>
    )
}

