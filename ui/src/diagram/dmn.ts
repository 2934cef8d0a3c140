// dmn-js, to look at: the graph of decisions, and each one's table.
import Viewer from 'dmn-js/lib/NavigatedViewer'
import 'dmn-js/dist/assets/diagram-js.css'
import 'dmn-js/dist/assets/dmn-js-shared.css'
import 'dmn-js/dist/assets/dmn-js-drd.css'
import 'dmn-js/dist/assets/dmn-js-decision-table.css'
import 'dmn-js/dist/assets/dmn-js-literal-expression.css'
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css'
import 'dmn-js/dist/assets/dmn-font/css/dmn-embedded.css'

export interface View {
    type: string
    id: string
    name: string
}

export interface DmnViewer {
    show(xml: string): Promise<View[]>
    open(id: string): Promise<void>
    close(): void
}

interface RawView {
    type: string
    element: { id: string; name?: string }
}

export function openDmn(container: HTMLElement, onOpen: (id: string) => void): DmnViewer {
    const viewer = new Viewer({ container })
    viewer.on('views.changed', (e: { activeView?: RawView }) => e.activeView && onOpen(e.activeView.element.id))
    const views = (): RawView[] => viewer.getViews()
    return {
        async show(xml) {
            await viewer.importXML(xml)
            return views().map((v) => ({ type: v.type, id: v.element.id, name: v.element.name || v.element.id }))
        },
        async open(id) {
            const view = views().find((v) => v.element.id === id)
            if (view) await viewer.open(view)
            const canvas = view?.type === 'drd' ? viewer.getActiveViewer()?.get('canvas') : undefined
            canvas?.zoom('fit-viewport', 'auto')
        },
        close: () => viewer.destroy(),
    }
}

// Marks the rules that have matched, and takes the marks from all others.
export function markRules(container: HTMLElement, rules: string[]) {
    for (const row of container.querySelectorAll('tr.matched')) row.classList.remove('matched')
    for (const id of rules)
        for (const cell of container.querySelectorAll(`[data-row-id="${CSS.escape(id)}"]`)) cell.closest('tr')?.classList.add('matched')
}
