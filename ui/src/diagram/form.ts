// form-js, to look at and to fill in.
import { Form } from '@bpmn-io/form-js-viewer'
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css'

export interface Shown {
    submit(): { data: Record<string, unknown>; errors: Record<string, unknown> }
    close(): void
}

export async function showForm(container: HTMLElement, schema: object, data: Record<string, unknown>, readOnly: boolean): Promise<Shown> {
    const form = new Form({ container })
    await form.importSchema(schema as never, data)
    if (readOnly) form.setProperty('readOnly', true)
    return {
        submit: () => form.submit() as ReturnType<Shown['submit']>,
        close() {
            // A field that is left when it is no more fails in form-js.
            if (container.contains(document.activeElement)) (document.activeElement as HTMLElement).blur()
            form.destroy()
        },
    }
}
