// Decisions: what is deployed, how they were made, and a place to try them.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { get, isMissing, post, search, text } from '../core/api'
import { exactly, num, pretty } from '../core/format'
import { refresh, useLive } from '../core/live'
import { go, link, route, setQuery } from '../core/route'
import { attempt, Confirm, Empty, Head, JsonField, jsonError, Key, Problem, State, Tabs, When } from '../parts/basics'
import { listed, Table, type Column } from '../parts/Table'
import type { DmnViewer, View } from '../diagram/dmn'

interface Decision {
    decisionDefinitionId: string
    decisionDefinitionKey: string
    decisionRequirementsId: string
    decisionRequirementsKey: string
    decisionRequirementsName?: string
    name: string
    version: number
}

interface Made {
    decisionEvaluationInstanceKey: string
    decisionEvaluationKey: string
    decisionDefinitionId: string
    decisionDefinitionName: string
    decisionDefinitionVersion: number
    evaluationDate: string
    evaluationFailure: string | null
    state: string
    result: string
    processInstanceKey: string | null
    elementInstanceKey: string | null
}

interface Input {
    inputId: string
    inputName: string
    inputValue: string
}
interface Rule {
    ruleId: string
    ruleIndex: number
    evaluatedOutputs: { outputId: string; outputName: string; outputValue: string }[]
}
interface MadeInFull extends Made {
    evaluatedInputs: Input[]
    matchedRules: Rule[]
}
interface Tried {
    output: string
    failureMessage: string | null
    failedDecisionDefinitionId: string | null
    evaluatedDecisions: { decisionDefinitionId: string; decisionDefinitionName: string; output: string; matchedRules: Rule[]; evaluatedInputs: Input[] }[]
}

export default function Decisions() {
    const key = route.value.path[1]
    return key ? <DecisionPage key={key} id={key} /> : <List />
}

const columns: Column<Decision>[] = [
    { name: 'Decision', width: 'minmax(160px, 2fr)', cell: (d) => <a href={link(['decisions', d.decisionDefinitionKey])}>{d.name || d.decisionDefinitionId}</a> },
    { name: 'Id', width: 'minmax(120px, 1.5fr)', cell: (d) => <span class="mono">{d.decisionDefinitionId}</span> },
    { name: 'Version', width: '90px', cell: (d) => d.version },
    { name: 'Part of', width: 'minmax(120px, 1.5fr)', cell: (d) => d.decisionRequirementsName || d.decisionRequirementsId },
]

async function latest(): Promise<Decision[]> {
    const { items } = await search<Decision>('decision-definitions', { sort: [{ field: 'version', order: 'DESC' }], page: { limit: 5000 } })
    const by = new Map<string, Decision>()
    for (const d of items) if (!by.has(d.decisionDefinitionId)) by.set(d.decisionDefinitionId, d)
    return [...by.values()].sort((a, b) => a.name.localeCompare(b.name))
}

function List() {
    const { data, error } = useLive('decisions', latest, ['deployments'])
    const find = (route.value.query.get('find') ?? '').toLowerCase()
    const items = (data ?? []).filter((d) => `${d.name} ${d.decisionDefinitionId}`.toLowerCase().includes(find))
    return (
        <>
            <Head title="Decisions" sub={data && `${num(items.length)} of ${num(data.length)}`} />
            <div class="filters"><input type="search" aria-label="Name or id contains" placeholder="Name or id contains" value={find} onInput={(e) => setQuery({ find: e.currentTarget.value })} /></div>
            <div class="page full">
                {error && !data && <Problem error={error} what="decisions" />}
                {data && <Table what="decisions" id={find} stamp={items.map((d) => d.decisionDefinitionKey).join()} load={listed(items)} columns={columns} topics={[]}
                    rowKey={(d) => d.decisionDefinitionKey} open={(d) => go(['decisions', d.decisionDefinitionKey])}
                    empty={<Empty title="No decisions are deployed">Drop a .dmn file here, or draw one in the <a href="#/modeler">modeler</a>.</Empty>} />}
            </div>
        </>
    )
}

async function load(key: string) {
    const decision = await get<Decision>(`/decision-definitions/${key}`)
    const [xml, versions] = await Promise.all([
        text(`/v2/decision-definitions/${key}/xml`),
        search<Decision>('decision-definitions', { filter: { decisionDefinitionId: decision.decisionDefinitionId }, sort: [{ field: 'version', order: 'DESC' }], page: { limit: 1000 } }),
    ])
    return { decision, xml, versions: versions.items }
}

const madeColumns: Column<Made>[] = [
    { name: 'When', width: '86px', cell: (m) => <When at={m.evaluationDate} /> },
    { name: 'State', width: '104px', cell: (m) => <State of={m.state} /> },
    { name: 'Result', width: 'minmax(50px, 1fr)', cell: (m) => <span class="mono">{m.evaluationFailure ?? m.result}</span> },
    { name: 'For', width: 'minmax(60px, 1.4fr)', cell: (m) => m.processInstanceKey && m.processInstanceKey !== '-1' ? <Key of={m.processInstanceKey} href={link(['instances', m.processInstanceKey])} /> : <span class="faint">asked by itself</span> },
]

function DecisionPage({ id }: { id: string }) {
    const { data, error } = useLive(`decision ${id}`, () => load(id), ['deployments'])
    const decisionId = data?.decision.decisionDefinitionId
    const tab = route.value.query.get('tab') === 'try' ? 'try' : 'made'
    const chosen = route.value.query.get('made')
    const { data: made } = useLive(chosen ? `made ${chosen}` : null, () => get<MadeInFull>(`/decision-instances/${chosen}`), [])
    const [tried, setTried] = useState<Tried | null>(null)
    const [view, setView] = useState('')
    const [deleting, setDeleting] = useState(false)
    useEffect(() => setView(decisionId ?? ''), [decisionId])

    const rules = useMemo(() => {
        if (tab === 'try') return tried?.evaluatedDecisions.find((d) => d.decisionDefinitionId === view)?.matchedRules.map((r) => r.ruleId) ?? []
        return made && made.decisionDefinitionId === view ? made.matchedRules.map((r) => r.ruleId) : []
    }, [tab, tried, made, view])

    if (!data) return error ? <><Head title={`Decision ${id}`} />{isMissing(error) ? <Empty title="This decision is not there"><a href="#/decisions">All decisions</a></Empty> : <Problem error={error} what="decision" />}</> : <div class="loading" />
    const { decision, versions, xml } = data
    return (
        <>
            <Head title={decision.name || decision.decisionDefinitionId} sub={<><span class="mono">{decision.decisionDefinitionId}</span><span>{decision.decisionRequirementsName || decision.decisionRequirementsId}</span></>}>
                <select aria-label="Version" value={id} onChange={(e) => go(['decisions', e.currentTarget.value])}>
                    {versions.map((v) => <option key={v.decisionDefinitionKey} value={v.decisionDefinitionKey}>Version {v.version}</option>)}
                </select>
                <button onClick={() => go(['modeler'], { decision: id })}>Edit</button>
                <button class="danger" onClick={() => setDeleting(true)}>Delete</button>
            </Head>
            <div class="split decision-split">
                <section class="pane" aria-label="Model of the decision"><Dmn xml={xml} view={view} onView={setView} rules={rules} /></section>
                <section class="pane" aria-label="Evaluations">
                    <Tabs label="Evaluations" value={tab} onChange={(t) => setQuery({ tab: t === 'try' ? 'try' : '' })} tabs={[['made', 'Made'], ['try', 'Try out']]} />
                    {tab === 'made' ? (
                        <>
                            {made && <MadeBox made={made} onView={() => setView(made.decisionDefinitionId)} />}
                            <Table what="evaluations" id={decision.decisionDefinitionId} columns={madeColumns} rowKey={(m) => m.decisionEvaluationInstanceKey} topics={['decisions']} marked={chosen ?? undefined}
                                load={(from, limit) => search<Made>('decision-instances', { filter: { decisionDefinitionId: decision.decisionDefinitionId }, sort: [{ field: 'evaluationDate', order: 'DESC' }], page: { from, limit } })}
                                open={(m) => { setView(decision.decisionDefinitionId); setQuery({ made: m.decisionEvaluationInstanceKey }) }}
                                empty={<Empty title="It has not been made yet">Try it out beside, or start a process that calls it.</Empty>} />
                        </>
                    ) : <TryOut decision={decision} xml={xml} onTried={setTried} tried={tried} />}
                </section>
            </div>
            {deleting && <Confirm title={`Delete version ${decision.version} of ${decision.decisionRequirementsName || decision.decisionRequirementsId}?`} verb="Delete" onClose={() => setDeleting(false)}
                text="All decisions of this graph can no longer be called in this version."
                onYes={() => attempt('Not deleted', 'Deleted', async () => { await post(`/resources/${decision.decisionRequirementsKey}/deletion`); refresh(); go(['decisions']) })} />}
        </>
    )
}

function MadeBox({ made, onView }: { made: MadeInFull; onView: () => void }) {
    return (
        <div class="pane-body">
            <dl class="facts">
                <dt>Made</dt><dd>{exactly(made.evaluationDate)} <button class="plain" onClick={onView}>show its rules</button></dd>
                {made.evaluatedInputs.map((i) => <><dt key={i.inputId}>{i.inputName}</dt><dd class="mono">{i.inputValue}</dd></>)}
                <dt>Result</dt><dd class="mono">{made.evaluationFailure ?? made.result}</dd>
                <dt>Matched</dt><dd>{made.matchedRules.length ? made.matchedRules.map((r) => `rule ${r.ruleIndex}`).join(', ') : 'no rule'}</dd>
            </dl>
        </div>
    )
}

function Dmn({ xml, view, onView, rules }: { xml: string; view: string; onView: (id: string) => void; rules: string[] }) {
    const box = useRef<HTMLDivElement>(null)
    const viewer = useRef<DmnViewer | null>(null)
    const [views, setViews] = useState<View[]>([])
    const [error, setError] = useState<Error>()
    const wanted = useRef(view)
    wanted.current = view

    useEffect(() => {
        let late = false
        const container = box.current!
        import('../diagram/dmn').then(async ({ openDmn }) => {
            if (late) return
            const v = openDmn(container, (id) => id !== wanted.current && onView(id))
            viewer.current = v
            const found = await v.show(xml)
            if (late) return
            setViews(found)
            await v.open(wanted.current)
        }).catch((e) => !late && setError(e))
        return () => { late = true; viewer.current?.close(); viewer.current = null; setViews([]) }
    }, [xml])
    useEffect(() => {
        if (!views.length || !viewer.current || !box.current) return
        let late = false
        void (async () => {
            const { markRules } = await import('../diagram/dmn')
            await viewer.current?.open(view)
            await new Promise((r) => requestAnimationFrame(r))
            if (!late && box.current) markRules(box.current, rules)
        })()
        return () => void (late = true)
    }, [view, rules, views])
    return (
        <>
            <div class="filters" role="group" aria-label="Views">
                {views.map((v) => <button key={v.id} aria-pressed={v.id === view} onClick={() => onView(v.id)}>{v.type === 'drd' ? 'Graph' : v.name}</button>)}
            </div>
            {error && <Problem error={error} what="model" />}
            <div class="paper dmn" ref={box} />
        </>
    )
}

// What a decision asks for: the names that its inputs read, as a document to fill in.
function inputsOf(xml: string): Record<string, unknown> {
    const doc = new DOMParser().parseFromString(xml, 'text/xml')
    const names = [...doc.getElementsByTagNameNS('*', 'inputData')].map((i) => [
        i.getElementsByTagNameNS('*', 'variable')[0]?.getAttribute('name') ?? i.getAttribute('name'),
        i.getElementsByTagNameNS('*', 'variable')[0]?.getAttribute('typeRef'),
    ])
    const outputs = new Set([...doc.getElementsByTagNameNS('*', 'output')].map((o) => o.getAttribute('name')))
    const read = names.length ? names : [...doc.getElementsByTagNameNS('*', 'inputExpression')].map((e) => [e.textContent?.trim(), e.getAttribute('typeRef')])
    return Object.fromEntries(read.filter(([n]) => n && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(n) && !outputs.has(n))
        .map(([n, type]) => [n!, type === 'number' || type === 'integer' || type === 'long' || type === 'double' ? 0 : type === 'boolean' ? false : '']))
}

function TryOut({ decision, xml, tried, onTried }: { decision: Decision; xml: string; tried: Tried | null; onTried: (t: Tried | null) => void }) {
    const [variables, setVariables] = useState(() => JSON.stringify(inputsOf(xml), null, 2))
    async function run(e: Event) {
        e.preventDefault()
        await attempt('Not evaluated', '', async () =>
            onTried(await post<Tried>('/decision-definitions/evaluation', { decisionDefinitionKey: decision.decisionDefinitionKey, variables: JSON.parse(variables) })))
        refresh()
    }
    return (
        <form class="pane-body" onSubmit={run}>
            <JsonField label="Variables" value={variables} onInput={setVariables} object rows={7} />
            <button class="primary" disabled={!!jsonError(variables, true)}>Evaluate</button>
            {tried && (
                <div aria-live="polite" style={{ marginTop: '14px' }}>
                    {tried.failureMessage ? <div class="problem"><strong>{tried.failedDecisionDefinitionId} failed</strong><div>{tried.failureMessage}</div></div>
                        : <div class="snippet"><pre>{pretty(tried.output)}</pre></div>}
                    {tried.evaluatedDecisions.map((d) => (
                        <p key={d.decisionDefinitionId}><strong>{d.decisionDefinitionName || d.decisionDefinitionId}</strong> = <span class="mono">{d.output}</span>
                            <span class="faint"> {d.matchedRules.length ? `by ${d.matchedRules.map((r) => `rule ${r.ruleIndex}`).join(', ')}` : ''}
                                {d.evaluatedInputs.length ? ` from ${d.evaluatedInputs.map((i) => `${i.inputName} ${i.inputValue}`).join(', ')}` : ''}</span></p>
                    ))}
                </div>
            )}
        </form>
    )
}
