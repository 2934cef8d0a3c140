// Two versions of a process, side by side: what came, went, changed, and was only moved.
import { useEffect, useRef, useState } from 'preact/hooks'
import { get, text, type Definition } from '../core/api'
import { definitions } from '../core/counts'
import { useLive } from '../core/live'
import { go } from '../core/route'
import { Empty, Head, Problem } from './basics'
import { mark, openViewer, show, type Viewer } from '../diagram/viewer'
import { diff } from 'bpmn-js-differ'

type Look = 'added' | 'removed' | 'changed' | 'moved'
interface Change {
    id: string
    name: string
    look: Look
    what: string
}

const short = (v: unknown): string => {
    if (v === undefined || v === null) return 'nothing'
    if (typeof v === 'object') return (v as { id?: string; name?: string }).name ?? (v as { id?: string }).id ?? (v as { $type?: string }).$type ?? 'something'
    return String(v)
}

function changesOf(a: object, b: object): Change[] {
    const d = diff(a, b)
    const out: Change[] = []
    const named = (look: Look, what: string, all: Record<string, { id: string; name?: string }>) => {
        for (const e of Object.values(all)) out.push({ id: e.id, name: e.name || e.id, look, what })
    }
    named('added', 'is new', d._added)
    named('removed', 'is gone', d._removed)
    for (const c of Object.values(d._changed))
        out.push({ id: c.model.id, name: c.model.name || c.model.id, look: 'changed',
            what: Object.entries(c.attrs).map(([k, v]) => {
                // The model is the newer one's; what it has is what it came to.
                const isSwapped = (c.model as Record<string, unknown>)[k] === v.oldValue
                const [from, to] = isSwapped ? [v.newValue, v.oldValue] : [v.oldValue, v.newValue]
                return `${k} from ${short(from)} to ${short(to)}`
            }).join('; ') })
    named('moved', 'is drawn elsewhere', d._layoutChanged)
    return out
}

export default function Compare({ keys: [a, b] }: { keys: string[] }) {
    const left = useRef<HTMLDivElement>(null)
    const right = useRef<HTMLDivElement>(null)
    const [changes, setChanges] = useState<Change[]>()
    const [error, setError] = useState<Error>()
    const { data: defs } = useLive(`compare ${a} ${b}`, () => Promise.all([a, b].map((k) => get<Definition>(`/process-definitions/${k}`))), [])
    const { data: all } = useLive(defs ? `versions ${defs[0]!.processDefinitionId}` : null, () => definitions({ processDefinitionId: defs![0]!.processDefinitionId }), [])

    useEffect(() => {
        const viewers: Viewer[] = [openViewer(left.current!), openViewer(right.current!)]
        let late = false
        Promise.all([a, b].map((k) => text(`/v2/process-definitions/${k}/xml`)))
            .then((xmls) => Promise.all(xmls.map((xml, i) => show(viewers[i]!, xml))))
            .then(() => {
                if (late) return
                const found = changesOf(viewers[0]!.getDefinitions(), viewers[1]!.getDefinitions())
                setChanges(found)
                for (const v of viewers) mark(v, new Map(), new Map(found.map((c) => [c.id, new Set([c.look])])))
            })
            .catch((e) => !late && setError(e))
        return () => { late = true; for (const v of viewers) v.destroy() }
    }, [a, b])

    const choose = (i: number, value: string) => go(['modeler'], { compare: [i ? a : value, i ? value : b].join(',') })
    return (
        <>
            <Head title={`Compare ${defs?.[0]?.name || defs?.[0]?.processDefinitionId || ''}`}>
                {[a, b].map((k, i) => (
                    <label key={i} class="row-flex small">{i ? 'with' : 'Version'}
                        <select value={k} onChange={(e) => choose(i, e.currentTarget.value)}>
                            {(all ?? []).map((d) => <option key={d.processDefinitionKey} value={d.processDefinitionKey}>{d.version}</option>)}
                        </select>
                    </label>
                ))}
            </Head>
            {error && <Problem error={error} what="versions" />}
            <div class="page full">
                <div class="split" style={{ gridTemplateColumns: '1fr 1fr' }}>
                    <div class="diagram" style={{ borderRight: '1px solid var(--line)' }}><div class="canvas" ref={left} /></div>
                    <div class="diagram"><div class="canvas" ref={right} /></div>
                </div>
                <section class="findings" style={{ maxHeight: '32%' }} aria-label="Changes">
                    {changes?.length === 0 && <Empty title="They are alike" />}
                    {changes?.map((c) => (
                        <div class="line" key={c.look + c.id}>
                            <span class={`state ${c.look === 'added' ? 'active' : c.look === 'removed' ? 'incident' : c.look === 'changed' ? 'canceled' : 'suspended'}`}>{c.look}</span>
                            <span class="main wrap">{c.name} <span class="mono faint">{c.id}</span> {c.what}</span>
                        </div>
                    ))}
                </section>
            </div>
        </>
    )
}
