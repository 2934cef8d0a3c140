// bpmn-js, as we use it: to look at, with the colours of the theme.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'

export const colours = {
    defaultFillColor: 'var(--canvas)',
    defaultStrokeColor: 'var(--ink)',
    defaultLabelColor: 'var(--ink)',
}

export function openViewer(container: HTMLElement) {
    return new NavigatedViewer({ container, bpmnRenderer: colours })
}
export type Viewer = ReturnType<typeof openViewer>

export interface Shape {
    id: string
    name: string
    type: string // as BPMN says it, without its prefix
    parent: string | null
    isFlow: boolean
}

// What has no picture gets one: the file says what belongs together, the layout is ours.
export async function show(viewer: Viewer, xml: string): Promise<{ isOurLayout: boolean }> {
    let isOurLayout = false
    try {
        await viewer.importXML(xml)
    } catch (e) {
        if (!/no diagram/i.test((e as Error).message)) throw e
        const { layoutProcess } = await import('bpmn-auto-layout')
        await viewer.importXML(await layoutProcess(xml))
        isOurLayout = true
    }
    fit(viewer)
    return { isOurLayout }
}

// All of it in sight, in the middle, and not larger than it was drawn.
export function fit(viewer: Viewer) {
    const canvas = viewer.get<Canvas>('canvas')
    const { clientWidth, clientHeight } = canvas.getContainer()
    if (!clientWidth || !clientHeight) return // nobody sees it
    canvas.resized()
    canvas.zoom('fit-viewport', 'auto')
    canvas.zoom(Math.min(1.1, canvas.zoom() * 0.93), 'auto')
}

interface Canvas {
    zoom(level?: number | 'fit-viewport', centre?: 'auto'): number
    resized(): void
    getContainer(): HTMLElement
    addMarker(id: string, marker: string): void
    removeMarker(id: string, marker: string): void
}
interface Element {
    id: string
    type: string
    businessObject: { name?: string; $parent?: { id?: string; $type?: string }; $type: string }
    waypoints?: unknown
    labelTarget?: Element
    parent?: Element
}

export function shapes(viewer: Viewer): Shape[] {
    const registry = viewer.get<{ filter(f: (e: Element) => boolean): Element[] }>('elementRegistry')
    return registry
        .filter((e) => !e.labelTarget && !!e.parent && e.type.startsWith('bpmn:'))
        .map((e) => ({
            id: e.id,
            name: e.businessObject.name || e.id,
            type: e.type.replace('bpmn:', ''),
            parent: e.businessObject.$parent?.id ?? null,
            isFlow: !!e.waypoints,
        }))
}

export function onClick(viewer: Viewer, run: (id: string | null) => void) {
    viewer.on('element.click', (event: { element: Element }) => {
        const element = event.element.labelTarget ?? event.element
        run(element.parent && element.type.startsWith('bpmn:') ? element.id : null)
    })
}

// Puts the markers on the elements that shall have them, and takes them from the others.
export function mark(viewer: Viewer, before: Map<string, Set<string>>, wanted: Map<string, Set<string>>) {
    const canvas = viewer.get<Canvas>('canvas')
    const registry = viewer.get<{ get(id: string): unknown }>('elementRegistry')
    for (const [id, classes] of before)
        for (const c of classes) if (!wanted.get(id)?.has(c) && registry.get(id)) canvas.removeMarker(id, c)
    for (const [id, classes] of wanted)
        for (const c of classes) if (!before.get(id)?.has(c) && registry.get(id)) canvas.addMarker(id, c)
}

type Corner = 'active' | 'incident' | 'completed' | 'canceled'
const CORNERS: Record<Corner, Record<string, number>> = {
    active: { bottom: 0, left: 0 },
    incident: { bottom: 0, right: 0 },
    completed: { top: 0, right: 0 },
    canceled: { top: 0, left: 0 },
}

export interface Badge {
    id: string
    corner: Corner
    text: string
    title: string
}

export function badge(viewer: Viewer, badges: Badge[]) {
    const overlays = viewer.get<{
        remove(filter: { type: string }): void
        add(id: string, type: string, overlay: unknown): string
    }>('overlays')
    const registry = viewer.get<{ get(id: string): unknown }>('elementRegistry')
    overlays.remove({ type: 'count' })
    for (const b of badges) {
        if (!registry.get(b.id)) continue
        const html = document.createElement('div')
        html.className = `count ${b.corner}`
        html.textContent = b.text
        html.title = b.title
        html.dataset.element = b.id
        overlays.add(b.id, 'count', { position: CORNERS[b.corner], html, scale: { min: 0.7, max: 1.2 } })
    }
}
