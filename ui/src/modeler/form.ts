// form-js, to draw with.
import { FormEditor } from '@bpmn-io/form-js-editor'
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css'
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor.css'
import '@bpmn-io/form-js-editor/dist/assets/properties-panel.css'
import type { Editor } from './editor'
import type { Finding } from './lint'

interface Component {
    id?: string
    key?: string
    type?: string
    label?: string
    components?: Component[]
}

const HAS_KEY = /^(textfield|textarea|number|checkbox|radio|select|checklist|taglist|datetime)$/

function check(components: Component[], seen: Set<string>, found: Finding[]) {
    for (const c of components) {
        const name = c.label || c.id || c.type || '?'
        if (c.type && HAS_KEY.test(c.type)) {
            if (!c.key) found.push({ element: c.id ?? '', text: `${name} needs a key: the variable that it fills`, isError: true })
            else if (seen.has(c.key)) found.push({ element: c.id ?? '', text: `${name}: another field fills ${c.key} already`, isError: false })
            else seen.add(c.key)
        }
        check(c.components ?? [], seen, found)
    }
}

export async function open(canvas: HTMLElement, _panel: HTMLElement, source: string, onChange: () => void): Promise<Editor> {
    const editor = new FormEditor({ container: canvas })
    await editor.importSchema(JSON.parse(source))
    editor.on('commandStack.changed', onChange)
    const schema = () => editor.saveSchema() as Component & { id?: string }
    const stack = () => editor.get('commandStack') as { undo(): void; redo(): void }
    return {
        save: async () => JSON.stringify(schema(), null, 2),
        findings() {
            const found: Finding[] = []
            const s = schema()
            if (!s.id) found.push({ element: '', text: 'The form needs an id', isError: true })
            check(s.components ?? [], new Set(), found)
            return found
        },
        select: () => {},
        undo: () => stack().undo(),
        redo: () => stack().redo(),
        close: () => editor.destroy(),
    }
}
