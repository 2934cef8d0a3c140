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
