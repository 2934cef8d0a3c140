// One instance: the same selection on the diagram, in the tree, on the timeline and in the
// details. Every token says why it waits.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { call, get, isMissing, post, search, text, type ElementCount, type ElementInstance, type Incident, type Instance, type Variable, type WaitState } from '../core/api'
import { countsOf, instanceCounts } from '../core/counts'
import { exactly, many, span, words } from '../core/format'
import { useKeys } from '../core/keys'
import { refresh, useLive } from '../core/live'
import { go, link, route, setQuery } from '../core/route'
import { attempt, Confirm, Copy, Empty, Head, Key, lazy, Problem, State, Tabs, When } from '../parts/basics'
import { Migrate } from '../parts/Migrate'
import { applyEdits, EditBar, type Edit } from '../parts/modify'
import { useCommands } from '../parts/Palette'
import { elementsAt, story, variablesAt, type Happening, type Story } from '../parts/story'
import { look, Timeline } from '../parts/Timeline'
import { Variables } from '../parts/Variables'
import { explain, suggestion, type Why } from '../parts/why'
import type { Shape } from '../diagram/viewer'

const Diagram = lazy(() => import('../diagram/Diagram'))
const MOST = 1000

async function loadInstance(key: string) {
    const filter = { processInstanceKey: key }
    const [instance, elements, incidents, variables, called] = await Promise.all([
        get<Instance>(`/process-instances/${key}`),
        search<ElementInstance>('element-instances', { filter, sort: [{ field: 'startDate' }], page: { limit: MOST } }),
        search<Incident>('incidents', { filter: { ...filter, state: 'ACTIVE' }, page: { limit: 100 } }),
        search<Variable>('variables', { filter, sort: [{ field: 'name' }], page: { limit: MOST } }),
        search<Instance>('process-instances', { filter: { parentProcessInstanceKey: key }, page: { limit: 200 } }),
    ])
    return { instance, elements: elements.items, elementsInAll: elements.page.totalItems, incidents: incidents.items, variables: variables.items, called: called.items }
}

type Tab = 'variables' | 'details' | 'called' | 'events'

export default function InstancePage({ id }: { id: string }) {
    const topics = [`instance:${id}`]
    const { data, error } = useLive(`instance ${id}`, () => loadInstance(id), topics)
    const instance = data?.instance
    const isEnded = !!instance?.endDate
    const { data: xml } = useLive(instance ? `xml ${instance.processDefinitionKey}` : null, () => text(`/v2/process-definitions/${instance!.processDefinitionKey}/xml`), [])
    const { data: liveCounts } = useLive(`instance counts ${id}`, () => instanceCounts(id), topics)
    const { data: why } = useLive<Why>(data && !isEnded ? `why ${id}` : null, () => explain(id, data!.elements), topics)
    const { data: told } = useLive<Story>(data ? `story ${id}` : null, () => story(id, data!.elements), topics)
    const [shapes, setShapes] = useState<Shape[]>([])
    const [edits, setEdits] = useState<Edit[] | null>(null)
    const [moving, setMoving] = useState<string | null>(null)
    const [asked, setAsked] = useState<'cancel' | 'delete' | 'migrate' | null>(null)
    const [now, setNow] = useState(Date.now())
    useEffect(() => {
        if (isEnded) return
        const t = setInterval(() => setNow(Date.now()), 1000)
        return () => clearInterval(t)
    }, [isEnded])

    const picked = route.value.query.get('element')
    const scope = route.value.query.get('at')
    const tab = (route.value.query.get('tab') as Tab | null) ?? 'variables'
    const moment = route.value.query.get('moment')
    const events = told?.events ?? []
    const at = moment === null ? -1 : Math.max(0, Math.min(events.length - 1, Number(moment) || 0))
    const past = at >= 0 ? events[at] : undefined

    const elements = useMemo(() => (data ? (past ? elementsAt(data.elements, events, at) : data.elements) : []), [data, past])
    const counts = useMemo<ElementCount[] | undefined>(() => (past ? countsOf(elements) : liveCounts), [past, elements, liveCounts])
    const names = useMemo(() => new Map(shapes.map((s) => [s.id, s.name])), [shapes])
    const marks = useMemo(() => {
        const m = new Map<string, string[]>()
        for (const e of elements) if (e.state === 'COMPLETED') m.set(e.elementId, ['passed'])
        for (const e of edits ?? []) m.set(e.target, ['added'])
        return m
    }, [elements, edits])

    function pick(elementId: string | null, elementInstanceKey?: string) {
        if (moving && elementId && edits) {
            setEdits([...edits, { kind: 'move', source: moving, target: elementId }])
            setMoving(null)
            return
        }
        const shape = shapes.find((s) => s.id === elementId)
        if (shape?.isFlow) return
        const instances = elements.filter((e) => e.elementId === elementId)
        const key = elementInstanceKey ?? (instances.length === 1 ? instances[0]!.elementInstanceKey : '')
        setQuery({ element: elementId ?? '', at: key })
    }
    const openTab = (t: Tab) => setQuery({ tab: t === 'variables' ? '' : t })
    const act = (doing: string, done: string, work: () => Promise<unknown>) => attempt(doing, done, work).then((ok) => { refresh(); return ok })
    const retryAll = () => act('Not retried', 'Retried', () => Promise.all((data?.incidents ?? []).map(retry)))
    const suspend = () => act('Not suspended', 'Suspended', () => post(`/process-instances/${id}/suspension`))
    const resume = () => act('Not resumed', 'It goes on', () => post(`/process-instances/${id}/resumption`))

    useKeys([
        { key: 'v', what: 'Variables', run: () => openTab('variables') },
        { key: 'e', what: 'Raw events', run: () => openTab(tab === 'events' ? 'variables' : 'events') },
        { key: 'd', what: 'Details', run: () => openTab('details') },
        { key: 'm', what: 'Move tokens', run: () => !isEnded && setEdits(edits ? null : []) },
        { key: 'Escape', what: 'Nothing selected', run: () => { setMoving(null); setQuery({ element: '', at: '' }) } },
        { key: '[', what: 'A moment back', run: () => events.length && setQuery({ moment: String(Math.max(0, (past ? at : events.length) - 1)) }) },
        { key: ']', what: 'A moment on', run: () => setQuery({ moment: past && at + 1 < events.length ? String(at + 1) : '' }) },
    ])
    useCommands(instance && !isEnded ? [
        ...(data!.incidents.length ? [{ name: 'Retry: resolve its incidents', run: retryAll }] : []),
        { name: 'Move tokens', run: () => setEdits([]) },
        { name: 'Migrate to another version', run: () => setAsked('migrate') },
        instance.state === 'SUSPENDED' ? { name: 'Resume', run: resume } : { name: 'Suspend', run: suspend },
        { name: 'Cancel this instance', run: () => setAsked('cancel') },
    ] : [], [instance?.state, isEnded, data?.incidents.length])

    if (!data) {
        if (!error) return <div class="loading" aria-busy="true" />
        return (
            <>
                <Head title={`Instance ${id}`} />
                {isMissing(error) ? <Empty title="This instance is not there">The server knows no process instance with the key {id}. It may have ended and been removed. <a href="#/instances">All instances</a></Empty>
                    : <Problem error={error} what="instance" />}
            </>
        )
    }
    const i = data.instance
    const root = elements.find((e) => e.type === 'PROCESS')
    return (
        <>
            <Head title={i.processDefinitionName || i.processDefinitionId} sub={<>
                <State of={i.state} incident={i.hasIncident} />
                <Key of={i.processInstanceKey} />
                <a href={link(['processes', i.processDefinitionId], { version: String(i.processDefinitionVersion) })}>Version {i.processDefinitionVersion}</a>
                <span title={exactly(i.startDate)}>started <When at={i.startDate} /></span>
                <span>{i.endDate ? 'took' : 'for'} {span((i.endDate ? Date.parse(i.endDate) : now) - Date.parse(i.startDate))}</span>
                {i.businessId && <span>business id {i.businessId}</span>}
                {isCalled(i) && <span>called by <Key of={i.parentProcessInstanceKey!} href={link(['instances', i.parentProcessInstanceKey!])} /></span>}
                {(i.tags ?? []).map((t) => <span key={t} class="chip">{t}&nbsp;</span>)}
            </>}>
                {!isEnded && <>
                    {data.incidents.length > 0 && <button class="primary" onClick={retryAll}>Retry</button>}
                    <button aria-pressed={!!edits} onClick={() => { setEdits(edits ? null : []); setMoving(null) }}>Move tokens</button>
                    <button onClick={() => setAsked('migrate')}>Migrate</button>
                    {i.state === 'SUSPENDED' ? <button onClick={resume}>Resume</button> : <button onClick={suspend}>Suspend</button>}
                    <button class="danger" onClick={() => setAsked('cancel')}>Cancel</button>
                </>}
                {isEnded && <button class="danger" onClick={() => setAsked('delete')}>Delete</button>}
            </Head>
            {data.incidents.slice(0, 3).map((x) => <IncidentBanner key={x.incidentKey} incident={x} names={names} onShow={() => pick(x.elementId, x.elementInstanceKey)} onRetry={() => act('Not retried', 'Retried', () => retry(x))} />)}
            {data.incidents.length > 3 && <div class="banner"><span class="text">and {data.incidents.length - 3} more incidents; the tree shows where</span></div>}
            {edits && (
                <EditBar edits={edits} moving={moving} picked={picked} names={names}
                    tokens={elements.filter((e) => e.elementId === picked && e.state === 'ACTIVE').length}
                    onEdits={setEdits} onMoving={setMoving} onClose={() => { setEdits(null); setMoving(null) }}
                    onApply={() => act('Not applied', `${many(edits.length, 'change')} applied`, () => applyEdits(id, edits)).then((ok) => ok && setEdits(null))} />
            )}
            <TimeSlider events={events} at={at} isDerived={told?.isDerived ?? false} />
            <div class="page full">
                <div style={{ display: 'flex', flex: '1 1 44%', minHeight: '200px', borderBottom: '1px solid var(--line)' }}>
                    {xml && <Diagram xml={xml} label="Diagram of the instance" counts={counts} showEnded marks={marks} selected={picked}
                        onSelect={(e) => pick(e)} onShapes={setShapes} />}
                </div>
                <div class="split instance-split">
                    <section class="pane" aria-label="Elements">
                        <div class="pane-head"><h2>Elements</h2>
                            {data.elementsInAll > elements.length && !past && <span class="faint small">the first {elements.length} of {data.elementsInAll}</span>}
                        </div>
                        <Tree elements={elements} shapes={shapes} picked={picked} scope={scope} why={past ? undefined : why} onPick={(e) => pick(e.elementId, e.elementInstanceKey)} />
                    </section>
                    <section class="pane" aria-label="Timeline">
                        <div class="pane-head"><h2>Timeline</h2><span class="faint small">gaps compressed</span></div>
                        <Timeline elements={elements} selected={picked} onSelect={(e) => pick(e.elementId, e.elementInstanceKey)} until={past?.time ?? now} />
                    </section>
                    <section class="pane" aria-label="Details">
                        <Tabs<Tab> label="Details" value={tab} onChange={openTab} tabs={[
                            ['variables', 'Variables'], ['details', 'Details'],
                            ['called', `Called${data.called.length ? ` ${data.called.length}` : ''}`], ['events', `Events${events.length ? ` ${events.length}` : ''}`],
                        ]} />
                        {tab === 'variables' && <Variables instance={id} scope={scope || root?.elementInstanceKey || id} elements={elements} variables={data.variables}
                            past={past ? variablesAt(events, at) : undefined} isPast={!!past} canEdit={!isEnded && !past} names={names} />}
                        {tab === 'details' && <Details element={elements.find((e) => e.elementInstanceKey === scope)} instances={elements.filter((e) => e.elementId === picked)} instance={i} why={why} />}
                        {tab === 'called' && <Called instances={data.called} parent={isCalled(i) ? i.parentProcessInstanceKey! : null} root={i.rootProcessInstanceKey} self={id} />}
                        {tab === 'events' && <Events events={events} at={at} picked={picked} isDerived={told?.isDerived ?? false} />}
                    </section>
                </div>
            </div>
            {asked === 'cancel' && <Confirm title="Cancel this instance?" verb="Cancel it" onClose={() => setAsked(null)}
                text={<>All its tokens end where they are, and instances that it has called end too. This cannot be undone.</>}
                onYes={() => act('Not canceled', 'The instance is canceled', () => post(`/process-instances/${id}/cancellation`))} />}
            {asked === 'delete' && <Confirm title="Delete the history of this instance?" verb="Delete it" onClose={() => setAsked(null)}
                text="All that is known of it is removed for good."
                onYes={() => act('Not deleted', 'Its history is deleted', () => post(`/process-instances/${id}/deletion`)).then((ok) => ok && go(['instances']))} />}
            {asked === 'migrate' && <Migrate instance={i} elements={elements} shapes={shapes} onClose={() => setAsked(null)} />}
        </>
    )
}

const isCalled = (i: Instance) => !!i.parentProcessInstanceKey && i.parentProcessInstanceKey !== '-1'

// An incident of a job without retries needs one first.
async function retry(i: Incident) {
    if (i.jobKey && /NO_RETRIES/.test(i.errorType)) {
        await call('PATCH', `/jobs/${i.jobKey}`, { changeset: { retries: 1 } })
    }
    await post(`/incidents/${i.incidentKey}/resolution`)
}

function IncidentBanner({ incident: i, names, onShow, onRetry }: { incident: Incident; names: Map<string, string>; onShow: () => void; onRetry: () => void }) {
    return (
        <div class="banner" role="alert">
            <span class="state incident"><span aria-hidden="true">▲</span> {words(i.errorType)}</span>
            <span class="text"><strong>{i.errorMessage}</strong> <button class="plain" onClick={onShow}>at {names.get(i.elementId) ?? i.elementId}</button>
                <span class="faint"> since <When at={i.creationTime} />. {suggestion(i.errorType)}</span></span>
            <button onClick={onRetry}>Retry</button>
        </div>
    )
}

// ---- the tree --------------------------------------------------------------------------------
const MARK = { active: '●', incident: '▲', completed: '✓', canceled: '✕' }

function Tree({ elements, shapes, picked, scope, why, onPick }: {
    elements: ElementInstance[]
    shapes: Shape[]
    picked: string | null
    scope: string | null
    why?: Why
    onPick: (e: ElementInstance) => void
}) {
    const [open, setOpen] = useState<string | null>(null)
    const depth = useMemo(() => depths(shapes), [shapes])
    const reasons = useMemo(() => {
        const by = new Map<string, WaitState[]>()
        for (const w of why?.waits ?? []) by.set(w.elementInstanceKey, [...(by.get(w.elementInstanceKey) ?? []), w])
        return by
    }, [why])
    const rows = elements.filter((e) => e.type !== 'PROCESS')
    if (rows.length === 0) return <Empty title="No elements are known" />
    return (
        <div class="tree">
            {rows.map((e) => {
                const l = look(e)
                const reason = e.state === 'ACTIVE' ? reasons.get(e.elementInstanceKey) : undefined
                const isOpen = open === e.elementInstanceKey
                const deep = depth.get(e.elementId) ?? 0
                return (
                    <div key={e.elementInstanceKey}>
                        <div style={{ display: 'flex', alignItems: 'center', paddingRight: '10px' }}>
                            <button class="tree-row" style={{ paddingLeft: `${14 + deep * 16}px`, flex: 1, minWidth: 0 }}
                                aria-current={scope ? scope === e.elementInstanceKey : picked === e.elementId} onClick={() => onPick(e)}>
                                <span class={`dot ${l}`} aria-hidden="true">{MARK[l]}</span>
                                <span class="sr">{l}</span>
                                <span class="name">{e.elementName || e.elementId} <span class="faint small">{e.type === 'MULTI_INSTANCE_BODY' ? 'all of the loop' : ''}</span></span>
                                <span class="faint small">{e.endDate ? span(Date.parse(e.endDate) - Date.parse(e.startDate)) : ''}</span>
                            </button>
                            {reason && <button class="why" aria-expanded={isOpen} onClick={() => setOpen(isOpen ? null : e.elementInstanceKey)}>Why?</button>}
                        </div>
                        {isOpen && reason && <div class="why-box" role="status">{reason.map((w, i) => <p key={i}>{w.sentence}</p>)}
                            {why?.isDerived && <div class="faint small">from what the lists of the server say</div>}</div>}
                    </div>
                )
            })}
        </div>
    )
}

// How deep an element lies in sub-processes.
function depths(shapes: Shape[]): Map<string, number> {
    const by = new Map(shapes.map((s) => [s.id, s]))
    const out = new Map<string, number>()
    for (const s of shapes) {
        let n = 0
        for (let p = s.parent ? by.get(s.parent) : undefined; p && /SubProcess|Transaction/.test(p.type); p = p.parent ? by.get(p.parent) : undefined) n++
        out.set(s.id, n)
    }
    return out
}

// ---- details -----------------------------------------------------------------------------------
function Details({ element, instances, instance, why }: { element?: ElementInstance; instances: ElementInstance[]; instance: Instance; why?: Why }) {
    if (!element && instances.length > 1)
        return (
            <div class="pane-body">
                <p>{many(instances.length, 'instance')} of {instances[0]!.elementName || instances[0]!.elementId}:</p>
                {instances.slice(0, 50).map((e) => (
                    <div key={e.elementInstanceKey} class="row-flex"><button class="plain mono" onClick={() => setQuery({ at: e.elementInstanceKey })}>{e.elementInstanceKey}</button><State of={e.state} incident={e.hasIncident} /></div>
                ))}
            </div>
        )
    const e = element
    const waits = (why?.waits ?? []).filter((w) => !e || w.elementInstanceKey === e.elementInstanceKey)
    const facts: [string, preact.ComponentChildren][] = e
        ? [['Element', e.elementName || e.elementId], ['Id', <span class="mono">{e.elementId}</span>], ['Kind', words(e.type)], ['State', <State of={e.state} incident={e.hasIncident} />],
            ['Key', <Key of={e.elementInstanceKey} />], ['From', exactly(e.startDate)], ['To', exactly(e.endDate) || '-']]
        : [['Process', instance.processDefinitionId], ['Version', instance.processDefinitionVersion], ['Key', <Key of={instance.processInstanceKey} />],
            ['Definition', <Key of={instance.processDefinitionKey} />], ['Started', exactly(instance.startDate)], ['Ended', exactly(instance.endDate) || '-'], ['Business id', instance.businessId || '-']]
    return (
        <div class="pane-body">
            <dl class="facts">{facts.map(([name, value]) => <><dt key={name}>{name}</dt><dd>{value}</dd></>)}</dl>
            {waits.length > 0 && <>
                <h3 style={{ marginTop: '14px' }}>Why it waits</h3>
                {waits.map((w) => <p key={w.elementInstanceKey + w.kind}>{w.sentence}</p>)}
            </>}
        </div>
    )
}

function Called({ instances, parent, root, self }: { instances: Instance[]; parent: string | null; root?: string | null; self: string }) {
    if (!parent && instances.length === 0) return <Empty title="It calls no instance, and none has called it" />
    return (
        <div class="pane-body">
            {parent && <p>Called by <Key of={parent} href={link(['instances', parent])} />{root && root !== parent && root !== self && <>, which began with <Key of={root} href={link(['instances', root])} /></>}</p>}
            {instances.map((i) => (
                <a key={i.processInstanceKey} class="line" href={link(['instances', i.processInstanceKey])}>
                    <span class="main">{i.processDefinitionName || i.processDefinitionId} <span class="key faint">{i.processInstanceKey}</span></span>
                    <State of={i.state} incident={i.hasIncident} />
                </a>
            ))}
        </div>
    )
}

function Events({ events, at, picked, isDerived }: { events: Happening[]; at: number; picked: string | null; isDerived: boolean }) {
    const shown = picked ? events.filter((e) => e.elementId === picked) : events
    return (
        <div class="pane-body">
            {isDerived && <p class="faint">The server tells no events of this instance; this is what its element instances say.</p>}
            <div class="row-flex"><Copy label="Copy as JSON" text={JSON.stringify(shown.map((e) => e.fields), null, 2)} />
                <span class="faint">{picked ? `${shown.length} of ${picked}` : ''}</span></div>
            {shown.slice(0, 1000).map((e) => (
                <details key={e.position} open={events[at] === e}>
                    <summary><span class="mono">{new Date(e.time).toISOString().slice(11, 23)}</span> {words(e.kind)} {e.elementId && <span class="faint">{e.elementId}</span>}</summary>
                    <pre>{JSON.stringify(e.fields, null, 2)}</pre>
                </details>
            ))}
        </div>
    )
}

// ---- back in time --------------------------------------------------------------------------------
function TimeSlider({ events, at, isDerived }: { events: Happening[]; at: number; isDerived: boolean }) {
    if (events.length < 2) return null
    const now = at < 0
    const position = now ? events.length : at
    const e = events[at]
    return (
        <div class="slider">
            <label for="moment" class="small">Time</label>
            <input id="moment" type="range" min={0} max={events.length} value={position}
                aria-valuetext={now ? 'now' : `${e!.position}: ${words(e!.kind)} ${e!.elementId}`}
                onInput={(x) => setQuery({ moment: Number(x.currentTarget.value) >= events.length ? '' : x.currentTarget.value })} />
            <span class="small" style={{ minWidth: '300px' }}>
                {now ? <span class="faint">now; drag back to see it as it was{isDerived ? ', element by element' : ''}</span>
                    : <><strong>{exactly(new Date(e!.time).toISOString())}</strong> {words(e!.kind)} {e!.elementId}</>}
            </span>
            {!now && <button onClick={() => setQuery({ moment: '' })}>Now</button>}
        </div>
    )
}
