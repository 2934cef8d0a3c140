// To another version: what is active is mapped to elements there, by the same id first, then by
// name and kind; whatever is left is for the user to say.
import { useEffect, useMemo, useState } from 'preact/hooks'
import { post, text, type Definition, type ElementInstance, type Instance } from '../core/api'
import { definitions } from '../core/counts'
import { refresh, useLive } from '../core/live'
import { attempt, Dialog, Empty, Problem } from './basics'
import type { Shape } from '../diagram/viewer'

const GATEWAY_OR_EVENT_NOT_WAITING = /StartEvent|EndEvent/

async function shapesOf(key: string): Promise<Shape[]> {
    const [{ openViewer, shapes, show }, xml] = await Promise.all([import('../diagram/viewer'), text(`/v2/process-definitions/${key}/xml`)])
    const box = document.createElement('div')
    box.style.cssText = 'position:absolute;width:800px;height:600px;visibility:hidden'
    document.body.append(box)
    const viewer = openViewer(box)
    try {
        await show(viewer, xml)
        return shapes(viewer).filter((s) => !s.isFlow)
    } finally {
        viewer.destroy()
        box.remove()
    }
}

function guess(source: Shape | undefined, id: string, targets: Shape[]): string {
    if (targets.some((t) => t.id === id)) return id
    const same = targets.filter((t) => source && t.name === source.name && t.type === source.type)
    return same.length === 1 ? same[0]!.id : ''
}

export function Migrate({ instance, elements, shapes, onClose }: { instance: Instance; elements: ElementInstance[]; shapes: Shape[]; onClose: () => void }) {
    const { data: all, error } = useLive('definitions all', () => definitions(), [])
    const choices = useMemo(() => (all ?? []).filter((d) => d.processDefinitionKey !== instance.processDefinitionKey)
        .sort((a, b) => rank(b, instance) - rank(a, instance) || b.version - a.version), [all])
    const [target, setTarget] = useState('')
    const chosen = target || choices[0]?.processDefinitionKey || ''
    const [targets, setTargets] = useState<Shape[]>([])
    const [mapping, setMapping] = useState<Record<string, string>>({})
    const active = useMemo(() => [...new Set(elements.filter((e) => e.state === 'ACTIVE' && e.type !== 'PROCESS').map((e) => e.elementId))], [elements])
    const [failed, setFailed] = useState<Error>()

    useEffect(() => {
        if (!chosen) return
        let late = false
        shapesOf(chosen).then((found) => {
            if (late) return
            setTargets(found)
            setMapping(Object.fromEntries(active.map((id) => [id, guess(shapes.find((s) => s.id === id), id, found)])))
        }, (e) => !late && setFailed(e))
        return () => void (late = true)
    }, [chosen])

    async function migrate(e: Event) {
        e.preventDefault()
        const ok = await attempt('Not migrated', 'Migrated', () => post(`/process-instances/${instance.processInstanceKey}/migration`, {
            targetProcessDefinitionKey: chosen,
            mappingInstructions: Object.entries(mapping).map(([sourceElementId, targetElementId]) => ({ sourceElementId, targetElementId })),
        }))
        if (!ok) return
        refresh()
        onClose()
    }
    const name = (list: Shape[], id: string) => list.find((s) => s.id === id)?.name ?? id
    const open = active.filter((id) => !mapping[id])
    return (
        <Dialog title="Migrate this instance" onClose={onClose} wide>
            {error && <Problem error={error} what="versions" />}
            {failed && <Problem error={failed} what="target" />}
            {all && choices.length === 0 ? <Empty title="There is no other version to migrate to">Deploy one first.</Empty> : (
                <form onSubmit={migrate}>
                    <label class="field"><span>To</span>
                        <select value={chosen} onChange={(e) => setTarget(e.currentTarget.value)}>
                            {choices.map((d) => <option key={d.processDefinitionKey} value={d.processDefinitionKey}>{d.name || d.processDefinitionId}, version {d.version}</option>)}
                        </select>
                    </label>
                    <table class="plain-table">
                        <thead><tr><th>Active now</th><th>becomes</th></tr></thead>
                        <tbody>
                            {active.map((id) => (
                                <tr key={id}>
                                    <td>{name(shapes, id)} <span class="faint small mono">{id}</span></td>
                                    <td>
                                        <select aria-label={`Target of ${id}`} value={mapping[id] ?? ''} aria-invalid={!mapping[id]}
                                            onChange={(e) => setMapping({ ...mapping, [id]: e.currentTarget.value })}>
                                            <option value="">(choose)</option>
                                            {targets.filter((t) => !GATEWAY_OR_EVENT_NOT_WAITING.test(t.type)).map((t) => <option key={t.id} value={t.id}>{t.name} ({t.type})</option>)}
                                        </select>
                                    </td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                    <p class="faint">{open.length ? `Nothing is chosen yet for: ${open.map((id) => name(shapes, id)).join(', ')}` : 'All that is active has its target. The server checks the plan and refuses it with a reason, or carries it out whole.'}</p>
                    <div class="dialog-end">
                        <button type="button" onClick={onClose}>Back</button>
                        <button class="primary" disabled={!chosen || open.length > 0}>Migrate</button>
                    </div>
                </form>
            )}
        </Dialog>
    )
}

const rank = (d: Definition, i: Instance) => (d.processDefinitionId === i.processDefinitionId ? 1 : 0)
