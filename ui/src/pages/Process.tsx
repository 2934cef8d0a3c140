// One process: its versions, its diagram with what is going on, and its instances beneath.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { get, post, text, type Definition, type ElementCount } from '../core/api'
import { definitions, elementCounts } from '../core/counts'
import { many, num } from '../core/format'
import { refresh, useLive } from '../core/live'
import { go, route, setQuery } from '../core/route'
import { attempt, Confirm, Copy, Dialog, Empty, Head, JsonField, jsonError, lazy, Problem, say } from '../parts/basics'
import { InstanceList } from '../parts/InstanceList'
import { useCommands } from '../parts/Palette'
import type { Shown } from '../diagram/form'
import type { Shape } from '../diagram/viewer'

const Diagram = lazy(() => import('../diagram/Diagram'))

export default function Process({ id }: { id: string }) {
    const { data: defs, error } = useLive(`definitions ${id}`, () => definitions({ processDefinitionId: id }), ['deployments'])
    const wanted = Number(route.value.query.get('version'))
    const def = defs?.find((d) => d.version === wanted) ?? defs?.[0]
    const { data: xml, error: noXml } = useLive(def ? `xml ${def.processDefinitionKey}` : null, () => text(`/v2/process-definitions/${def!.processDefinitionKey}/xml`), [])
    const { data: counts } = useLive(def ? `counts ${def.processDefinitionKey}` : null, () => elementCounts(def!.processDefinitionKey), [`instances:${def?.processDefinitionKey}`])
    const [starting, setStarting] = useState(false)
    const [deleting, setDeleting] = useState(false)
    const [elements, setElements] = useState<Shape[]>([])
    const heatOn = route.value.query.get('heat') === 'on'
    const [list, setList] = useState(false)
    const element = route.value.query.get('element')

    const heat = useMemo(() => (heatOn ? heatOf(counts ?? []) : undefined), [heatOn, counts])
    useCommands(def ? [
        { name: `Start an instance of ${id}`, run: () => setStarting(true) },
        { name: 'Heat map', run: () => setQuery({ heat: heatOn ? '' : 'on' }) },
        { name: 'Open in the modeler', run: () => go(['modeler'], { process: def.processDefinitionKey }) },
    ] : [], [def?.processDefinitionKey, heatOn])

    if (error && !defs) return <Problem error={error} what="process" />
    if (defs && !def) return <><Head title={id} /><Empty title={`No process has the id "${id}"`}><a href="#/processes">All processes</a></Empty></>
    return (
        <>
            <Head title={def?.name || id} sub={<><span class="mono">{id}</span>{def && <span>{def.resourceName}</span>}</>}>
                {defs && defs.length > 0 && (
                    <select aria-label="Version" value={def?.version} onChange={(e) => setQuery({ version: e.currentTarget.value })}>
                        {defs.map((d) => <option key={d.version} value={d.version}>Version {d.version}{d.versionTag ? ` (${d.versionTag})` : ''}</option>)}
                    </select>
                )}
                {defs && defs.length > 1 && def && <button onClick={() => go(['modeler'], { compare: [(defs.find((d) => d.version < def.version) ?? defs.at(-1)!).processDefinitionKey, def.processDefinitionKey].join(',') })}>Compare</button>}
                <button onClick={() => def && go(['modeler'], { process: def.processDefinitionKey })}>Edit</button>
                <button class="danger" onClick={() => setDeleting(true)}>Delete</button>
                <button class="primary" onClick={() => setStarting(true)}>Start instance</button>
            </Head>
            <div class="page full">
                <div style={{ display: 'flex', flex: '1 1 52%', minHeight: '220px', borderBottom: '1px solid var(--line)' }}>
                    {noXml && !xml ? <Problem error={noXml} what="diagram" /> : xml && (
                        <Diagram xml={xml} label={`Diagram of ${def?.name || id}`} counts={counts} heat={heat} showEnded={heatOn}
                            selected={element} onShapes={setElements}
                            onSelect={(picked) => setQuery({ element: picked && elements.find((s) => s.id === picked)?.isFlow ? '' : (picked ?? '') })}
                            tools={<>
                                <button aria-pressed={heatOn} onClick={() => setQuery({ heat: heatOn ? '' : 'on' })}>Heat</button>
                                <button aria-pressed={list} onClick={() => setList(!list)}>Elements</button>
                                {heatOn && <span class="legend chip">rarely <span class="heat-scale" aria-hidden="true" /> often&nbsp;</span>}
                            </>} />
                    )}
                    {list && <ElementList elements={elements} counts={counts ?? []} picked={element} />}
                </div>
                <div style={{ display: 'flex', flexDirection: 'column', flex: '1 1 48%', minHeight: 0 }}>
                    {def && <InstanceList compact fixed={{ process: id, version: route.value.query.get('version') ?? '' }} />}
                </div>
            </div>
            {starting && def && <StartDialog def={def} onClose={() => setStarting(false)} />}
            {deleting && def && (
                <Confirm title={`Delete version ${def.version} of ${def.name || id}?`} verb="Delete" onClose={() => setDeleting(false)}
                    text="No instance of this version can be started any more. The server refuses while instances run."
                    onYes={() => attempt('Not deleted', `Version ${def.version} is deleted`, async () => {
                        await post(`/resources/${def.processDefinitionKey}/deletion`)
                        refresh()
                        setQuery({ version: '' })
                    })} />
            )}
        </>
    )
}

// How often each element was passed, on a scale of its own roots, so that few do not vanish beside many.
function heatOf(counts: ElementCount[]): Map<string, number> {
    const sum = (c: ElementCount) => c.active + c.completed + c.canceled
    const most = Math.max(1, ...counts.map(sum))
    return new Map(counts.filter((c) => sum(c) > 0).map((c) => [c.elementId, Math.sqrt(sum(c) / most)]))
}

function ElementList({ elements, counts, picked }: { elements: Shape[]; counts: ElementCount[]; picked: string | null }) {
    const by = new Map(counts.map((c) => [c.elementId, c]))
    return (
        <aside class="pane" style={{ width: '340px', borderLeft: '1px solid var(--line)' }} aria-label="Elements">
            <div class="tree">
                {elements.filter((e) => !e.isFlow && e.type !== 'Participant' && e.type !== 'Lane').map((e) => {
                    const c = by.get(e.id)
                    return (
                        <button key={e.id} class="tree-row" aria-current={e.id === picked} onClick={() => setQuery({ element: e.id === picked ? '' : e.id })}>
                            <span class="name">{e.name} <span class="faint small">{e.type}</span></span>
                            {!!c?.incidents && <span class="state incident">▲ {num(c.incidents)}</span>}
                            {!!c?.active && <span class="state active">● {num(c.active)}</span>}
                            {!!c?.completed && <span class="faint small">✓ {num(c.completed)}</span>}
                        </button>
                    )
                })}
            </div>
        </aside>
    )
}

function StartDialog({ def, onClose }: { def: Definition; onClose: () => void }) {
    const { processDefinitionId: id, version } = def
    const [variables, setVariables] = useState('{}')
    const [business, setBusiness] = useState('')
    const [many_, setMany] = useState(1)
    const [busy, setBusy] = useState(false)
    const form = useStartForm(def)
    const body = { processDefinitionId: id, processDefinitionVersion: version, ...(business ? { businessId: business } : {}) }
    const curl = `curl ${location.origin}/v2/process-instances -H 'content-type: application/json' -d '${JSON.stringify({ ...body, variables: jsonError(variables, true) ? {} : JSON.parse(variables) })}'`

    async function start(e: Event) {
        e.preventDefault()
        const values = form.shown.current ? form.shown.current.submit() : { data: JSON.parse(variables), errors: {} }
        if (Object.keys(values.errors).length) return
        setBusy(true)
        const ok = await attempt('Not started', '', async () => {
            let last = ''
            for (let i = 0; i < many_; i++) {
                const made = await post<{ processInstanceKey: string }>('/process-instances', { ...body, variables: values.data })
                last = made.processInstanceKey
            }
            refresh()
            if (many_ === 1) go(['instances', last])
            else say('good', `${many(many_, 'instance')} started`)
        })
        setBusy(false)
        if (ok) onClose()
    }
    return (
        <Dialog title={`Start ${id}, version ${version}`} onClose={onClose}>
            {form.has && <div class="paper task-form" ref={form.box} />}
            <form onSubmit={start}>
                {!form.has && <JsonField label="Variables" value={variables} onInput={setVariables} object />}
                <div class="row-flex">
                    <label class="field"><span>Business id (optional)</span>
                        <input value={business} onInput={(e) => setBusiness(e.currentTarget.value)} /></label>
                    <label class="field"><span>How many</span>
                        <input type="number" min={1} max={1000} value={many_} onInput={(e) => setMany(Math.max(1, Math.min(1000, Number(e.currentTarget.value))))} /></label>
                </div>
                <div class="dialog-end">
                    {!form.has && <Copy text={curl} label="Copy as curl" />}
                    <button type="button" onClick={onClose}>Back</button>
                    <button class="primary" disabled={busy || (!form.has && !!jsonError(variables, true))}>Start</button>
                </div>
            </form>
        </Dialog>
    )
}

// The form that the start event shows, if it does.
function useStartForm(def: Definition) {
    const box = useRef<HTMLDivElement>(null)
    const shown = useRef<Shown | null>(null)
    const { data } = useLive(def.hasStartForm ? `start form ${def.processDefinitionKey}` : null, () => get<{ schema: object | string } | undefined>(`/process-definitions/${def.processDefinitionKey}/form`), [])
    useEffect(() => {
        if (!data || !box.current) return
        let late = false
        const schema = typeof data.schema === 'string' ? JSON.parse(data.schema) : data.schema
        import('../diagram/form').then(({ showForm }) => showForm(box.current!, schema, {}, false)).then(
            (f) => { if (late) f.close(); else shown.current = f },
            (e) => !late && say('bad', `The start form cannot be shown: ${e.message}`),
        )
        return () => { late = true; shown.current?.close(); shown.current = null }
    }, [data])
    return { box, shown, has: !!data }
}
