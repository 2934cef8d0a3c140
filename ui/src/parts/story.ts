// The story of an instance: what happened to it, in order. The server tells it event by event;
// where it does not, what its element instances say (when they began and ended) is a shorter one.
import { get, type ElementInstance } from '../core/api'
import { orElse } from '../core/counts'

export interface Happening {
    position: number // its place in the story
    time: number
    kind: string // as the log says it: ELEMENT_ACTIVATED, JOB_FAILED, ...
    elementId: string
    elementInstanceKey: string
    fields: Record<string, unknown>
}

export interface Story {
    events: Happening[]
    isDerived: boolean // made here from the element instances
}

interface Told {
    position: number
    time: string
    kind: string
    key: string
    elementId?: string
    fields: Record<string, unknown>
}

// Several events share the position of the entry of the log that they stand in; here each has a
// place of its own.
const happening = (t: Told, place: number): Happening => ({
    position: place,
    time: Date.parse(t.time),
    kind: t.kind,
    elementId: t.elementId ?? '',
    elementInstanceKey: t.kind.startsWith('ELEMENT_') ? t.key : '',
    fields: { ...t },
})

export async function story(key: string, elements: ElementInstance[]): Promise<Story> {
    return orElse<Story>('events of an instance', async () => {
        const { items } = await get<{ items: Told[] }>(`/process-instances/${key}/history`)
        return { events: items.map(happening), isDerived: false }
    }, async () => ({ events: derived(elements), isDerived: true }))
}

function derived(elements: ElementInstance[]): Happening[] {
    const out: Omit<Happening, 'position'>[] = []
    for (const e of elements) {
        const about = { elementId: e.elementId, elementInstanceKey: e.elementInstanceKey, fields: { ...e } }
        out.push({ ...about, time: Date.parse(e.startDate), kind: 'ELEMENT_ACTIVATED' })
        if (e.endDate) out.push({ ...about, time: Date.parse(e.endDate), kind: `ELEMENT_${e.state}` })
    }
    return out.sort((a, b) => a.time - b.time).map((e, position) => ({ ...e, position }))
}

// ---- time with its gaps taken out ---------------------------------------------------------------
// A process runs for milliseconds and waits for days. Between two moments at which something
// happened, a span is drawn as long as its logarithm says, and a long one is marked as a gap.

export interface Scale {
    place: (time: number) => number // 0 to 1
    gaps: { from: number; to: number; ms: number }[]
}

const GAP = 0.09 // of the width: from here on the span is written beside it

export function scaleOf(times: number[], now: number): Scale {
    const at = [...new Set([...times.filter(Number.isFinite), now])].sort((a, b) => a - b)
    if (at.length < 2) return { place: () => 0, gaps: [] }
    const sizes = at.slice(1).map((t, i) => Math.log10(1 + (t - at[i]!)) + 0.15)
    const sum = sizes.reduce((a, b) => a + b, 0)
    const places = [0]
    for (const s of sizes) places.push(places.at(-1)! + s / sum)
    const gaps = sizes
        .map((s, i) => ({ from: places[i]!, to: places[i + 1]!, ms: at[i + 1]! - at[i]!, size: s / sum }))
        .filter((g) => g.size > GAP && g.ms > 1000)
    function place(time: number): number {
        if (time <= at[0]!) return 0
        const i = at.findIndex((t) => t >= time)
        if (i < 0) return 1
        const [a, b] = [at[i - 1]!, at[i]!]
        return places[i - 1]! + ((time - a) / (b - a)) * (places[i]! - places[i - 1]!)
    }
    return { place, gaps }
}

// ---- the instance at a moment of its past --------------------------------------------------------

export function elementsAt(elements: ElementInstance[], events: Happening[], until: number): ElementInstance[] {
    const states = new Map<string, ElementInstance['state']>()
    for (const e of events.slice(0, until + 1)) {
        const what = /^ELEMENT_(ACTIVAT|COMPLETED|TERMINATED)/.exec(e.kind)?.[1]
        if (what) states.set(e.elementInstanceKey, what === 'ACTIVAT' ? 'ACTIVE' : (what as ElementInstance['state']))
    }
    return elements.flatMap((e) => {
        const state = states.get(e.elementInstanceKey)
        if (!state) return []
        return [state === 'ACTIVE' ? { ...e, state, endDate: null, hasIncident: false } : { ...e, state }]
    })
}

export function variablesAt(events: Happening[], until: number): Map<string, string> | null {
    const out = new Map<string, string>()
    let any = false
    for (const e of events.slice(0, until + 1)) {
        if (!/^VARIABLE_(CREATED|UPDATED)$/.test(e.kind)) continue
        const told = e.fields.fields as { name?: string; value?: unknown } | undefined
        if (!told?.name) continue
        any = true
        out.set(told.name, JSON.stringify(told.value ?? null))
    }
    return any ? out : null
}
