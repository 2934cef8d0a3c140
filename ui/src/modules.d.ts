// What brings no types of its own, as far as it is used here.
declare module 'bpmn-auto-layout' {
    export function layoutProcess(xml: string): Promise<string>
}
declare module 'dmn-js/lib/NavigatedViewer' {
    export default class Viewer {
        constructor(options: { container: HTMLElement })
        on(event: string, run: (e: never) => void): void
        importXML(xml: string): Promise<unknown>
        getViews(): never[]
        open(view: unknown): Promise<unknown>
        getActiveViewer(): { get(name: 'canvas'): { zoom(level: string, centre: string): void } } | undefined
        destroy(): void
    }
}
declare module 'dmn-js/lib/Modeler' {
    interface Viewer {
        on(event: string, run: () => void): void
        get(name: string): unknown
    }
    export default class Modeler {
        constructor(options: { container: HTMLElement })
        on(event: string, run: () => void): void
        importXML(xml: string): Promise<unknown>
        saveXML(options: { format: boolean }): Promise<{ xml: string }>
        getViews(): unknown[]
        open(view: unknown): Promise<unknown>
        getActiveViewer(): Viewer | undefined
        destroy(): void
    }
}
declare module 'bpmn-js-properties-panel' {
    export const BpmnPropertiesPanelModule: Record<string, unknown>
    export const BpmnPropertiesProviderModule: Record<string, unknown>
    export const ZeebePropertiesProviderModule: Record<string, unknown>
}
declare module 'camunda-bpmn-js-behaviors/lib/camunda-cloud' {
    const behaviours: Record<string, unknown>
    export default behaviours
}
declare module 'bpmn-js-differ' {
    type Named = Record<string, { id: string; name?: string; $type: string }>
    export function diff(a: object, b: object): {
        _added: Named
        _removed: Named
        _changed: Record<string, { model: { id: string; name?: string; $type: string }; attrs: Record<string, { oldValue: unknown; newValue: unknown }> }>
        _layoutChanged: Named
    }
}
