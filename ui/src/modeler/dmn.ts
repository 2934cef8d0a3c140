// dmn-js, to draw with.
import Modeler from 'dmn-js/lib/Modeler'
import 'dmn-js/dist/assets/diagram-js.css'
import 'dmn-js/dist/assets/dmn-js-shared.css'
import 'dmn-js/dist/assets/dmn-js-drd.css'
import 'dmn-js/dist/assets/dmn-js-decision-table.css'
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css'
import 'dmn-js/dist/assets/dmn-js-literal-expression.css'
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css'
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css'
import 'dmn-js/dist/assets/dmn-font/css/dmn-embedded.css'
import type { Editor } from './editor'
import type { Finding } from './lint'

interface View {
    element: { $type: string; id: string; name?: string; decisionLogic?: { $type: string } }
}
type Stack = { undo(): void; redo(): void }

export async function open(canvas: HTMLElement, _panel: HTMLElement, source: string, onChange: () => void): Promise<Editor> {
    const modeler = new Modeler({ container: canvas })
    await modeler.importXML(source)
    const views = () => modeler.getViews() as View[]
    const listened = new Set<unknown>()
    const listen = () => {
        const viewer = modeler.getActiveViewer()
        if (!viewer || listened.has(viewer)) return
        listened.add(viewer)
        viewer.on('commandStack.changed', onChange)
    }
    modeler.on('views.changed', listen)
    listen()
    const stack = () => modeler.getActiveViewer()?.get('commandStack') as Stack | undefined
    return {
        save: async () => (await modeler.saveXML({ format: true })).xml,
        findings: (): Finding[] =>
            views().filter((v) => v.element.$type === 'dmn:Decision' && !v.element.decisionLogic)
                .map((v) => ({ element: v.element.id, text: `${v.element.name || v.element.id} decides nothing yet: it needs a table or an expression`, isError: true })),
        select: (id) => void modeler.open(views().find((v) => v.element.id === id)),
        undo: () => stack()?.undo(),
        redo: () => stack()?.redo(),
        close: () => modeler.destroy(),
    }
}
