// bpmn-js, to draw with: palette, properties as Zeebe has them, and the modeler's own checks.
import Modeler from 'bpmn-js/lib/Modeler'
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from 'bpmn-js-properties-panel'
import ZeebeBehaviors from 'camunda-bpmn-js-behaviors/lib/camunda-cloud'
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn-embedded.css'
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css'
import { lint, type Finding } from './lint'
import type { Editor } from './editor'

interface Registry {
    get(id: string): unknown
}
interface Canvas {
    zoom(level: string | number, centre?: string): number
    scroll(by: { dx: number; dy: number }): void
    resized(): void
    addMarker(id: string, marker: string): void
    removeMarker(id: string, marker: string): void
    scrollToElement(id: string): void
}

export async function open(canvas: HTMLElement, panel: HTMLElement, source: string, onChange: () => void): Promise<Editor> {
    const modeler = new Modeler({
        container: canvas,
        propertiesPanel: { parent: panel },
        additionalModules: [BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule, ZeebeBehaviors],
        moddleExtensions: { zeebe },
    })
    let xml = source
    try {
        await modeler.importXML(xml)
    } catch (e) {
        if (!/no diagram/i.test((e as Error).message)) throw e
        const { layoutProcess } = await import('bpmn-auto-layout')
        xml = await layoutProcess(xml)
        await modeler.importXML(xml)
    }
    const draw = modeler.get<Canvas>('canvas')
    // All of it in sight, beside the palette on the left.
    const fits = draw.zoom('fit-viewport', 'auto')
    draw.zoom(Math.min(1, fits * 0.88), 'auto')
    draw.scroll({ dx: 30, dy: 0 })
    const see = new ResizeObserver(() => draw.resized())
    see.observe(canvas)
    modeler.on('commandStack.changed', onChange)
    let marked: string[] = []
    return {
        save: async () => (await modeler.saveXML({ format: true })).xml!,
        findings() {
            const found: Finding[] = lint(modeler.getDefinitions())
            const registry = modeler.get<Registry>('elementRegistry')
            for (const id of marked) if (registry.get(id)) draw.removeMarker(id, 'trouble')
            marked = [...new Set(found.filter((f) => f.isError).map((f) => f.element))].filter((id) => registry.get(id))
            for (const id of marked) draw.addMarker(id, 'trouble')
            return found
        },
        select(id) {
            const element = modeler.get<Registry>('elementRegistry').get(id)
            if (!element) return
            modeler.get<{ select(e: unknown): void }>('selection').select(element)
            draw.scrollToElement(id)
        },
        undo: () => modeler.get<{ undo(): void }>('commandStack').undo(),
        redo: () => modeler.get<{ redo(): void }>('commandStack').redo(),
        close() {
            see.disconnect()
            modeler.destroy()
        },
    }
}
