// A process as a map: counts, marks, heat and a selection on the diagram that was deployed.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ElementCount } from '../core/api'
import { num } from '../core/format'
import { Problem } from '../parts/basics'
import { badge, fit, mark, onClick, openViewer, shapes, show, type Badge, type Shape, type Viewer } from './viewer'

interface Props {
    xml: string
    label: string
    counts?: ElementCount[]
    showEnded?: boolean
    marks?: Map<string, string[]>
    heat?: Map<string, number> // 0 to 1
    selected?: string | null
    onSelect?: (id: string | null) => void
    onShapes?: (shapes: Shape[]) => void
    tools?: preact.ComponentChildren
}

export default function Diagram(p: Props) {
    const box = useRef<HTMLDivElement>(null)
    const viewer = useRef<Viewer | null>(null)
    const select = useRef(p.onSelect)
    select.current = p.onSelect
    const [ready, setReady] = useState('')
    const [error, setError] = useState<Error>()
    const [ours, setOurs] = useState(false)
    const marked = useRef(new Map<string, Set<string>>())

    useEffect(() => {
        const v = openViewer(box.current!)
        viewer.current = v
        onClick(v, (id) => select.current?.(id))
        let width = 0
        const see = new ResizeObserver(([e]) => {
            const w = e!.contentRect.width
            if (Math.abs(w - width) > 40 && width) fit(v)
            width = w
        })
        see.observe(box.current!)
        return () => { see.disconnect(); v.destroy(); viewer.current = null }
    }, [])

    useEffect(() => {
        let late = false
        setError(undefined)
        marked.current = new Map()
        show(viewer.current!, p.xml).then(
            ({ isOurLayout }) => {
                if (late) return
                setOurs(isOurLayout)
                p.onShapes?.(shapes(viewer.current!))
                setReady(p.xml)
            },
            (e) => !late && setError(e),
        )
        return () => void (late = true)
    }, [p.xml])

    const wanted = useMemo(() => wantedMarks(p), [p.counts, p.marks, p.heat, p.selected])
    useEffect(() => {
        if (ready !== p.xml || !viewer.current) return
        mark(viewer.current, marked.current, wanted)
        marked.current = wanted
    }, [ready, wanted])
    useEffect(() => {
        if (ready === p.xml && viewer.current) badge(viewer.current, badges(p.counts ?? [], p.showEnded ?? false))
    }, [ready, p.counts, p.showEnded])

    const zoom = (step: number) => viewer.current?.get<{ stepZoom(n: number): void }>('zoomScroll').stepZoom(step)
    return (
        <div class="diagram" role="group" aria-label={p.label}>
            <div class="canvas" ref={box} />
            {error && <Problem error={error} what="diagram" />}
            <div class="diagram-tools">
                {ours && <span class="chip" title="The file has no diagram; this layout is made for looking at it">laid out here</span>}
                {p.tools}
                <button onClick={() => viewer.current && fit(viewer.current)} title="All in sight">Fit</button>
                <button onClick={() => zoom(1)} aria-label="Closer">+</button>
                <button onClick={() => zoom(-1)} aria-label="Farther">−</button>
            </div>
        </div>
    )
}

function wantedMarks(p: Props): Map<string, Set<string>> {
    const wanted = new Map<string, Set<string>>()
    const add = (id: string, c: string) => (wanted.get(id) ?? wanted.set(id, new Set()).get(id)!).add(c)
    for (const [id, classes] of p.marks ?? []) for (const c of classes) add(id, c)
    if (p.heat) for (const [id, h] of p.heat) add(id, `heat-${Math.min(9, Math.floor(h * 10))}`)
    else
        for (const c of p.counts ?? []) {
            if (c.incidents) add(c.elementId, 'trouble')
            else if (c.active) add(c.elementId, 'token')
        }
    if (p.selected) add(p.selected, 'picked')
    return wanted
}

function badges(counts: ElementCount[], showEnded: boolean): Badge[] {
    const out: Badge[] = []
    for (const c of counts) {
        const calm = c.active - c.incidents
        if (calm > 0) out.push({ id: c.elementId, corner: 'active', text: num(calm), title: `${num(calm)} active` })
        if (c.incidents) out.push({ id: c.elementId, corner: 'incident', text: `▲ ${num(c.incidents)}`, title: `${num(c.incidents)} with an incident` })
        if (showEnded && c.completed) out.push({ id: c.elementId, corner: 'completed', text: `✓ ${num(c.completed)}`, title: `${num(c.completed)} completed` })
        if (showEnded && c.canceled) out.push({ id: c.elementId, corner: 'canceled', text: `✕ ${num(c.canceled)}`, title: `${num(c.canceled)} canceled` })
    }
    return out
}
