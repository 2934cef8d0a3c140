// The command palette: pages, processes, instances by key, and what one can do here.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { signal } from '@preact/signals'
import { contains, search, type Definition, type Instance } from '../core/api'
import { go } from '../core/route'
import { known } from '../core/keys'


export const paletteOpen = signal(false)

export interface Command {
    name: string
    hint?: string
    key?: string
    run: () => void
}
// What the open page offers beside the pages themselves.
export const pageCommands = signal<Command[]>([])

export function useCommands(commands: Command[], deps: unknown[]) {
    useEffect(() => {
        pageCommands.value = commands
        return () => void (pageCommands.value = [])
    }, deps)
}

export function Palette({ commands }: { commands: Command[] }) {
    const [text, setText] = useState('')
    const [at, setAt] = useState(0)
    const [found, setFound] = useState<Command[]>([])
    const ref = useRef<HTMLDialogElement>(null)
    const input = useRef<HTMLInputElement>(null)

    useEffect(() => {
        const before = document.activeElement as HTMLElement | null
        ref.current!.showModal()
        input.current!.focus()
        return () => before?.focus?.()
    }, [])

    useEffect(() => {
        const wanted = text.trim()
        let late = false
        const timer = setTimeout(async () => {
            const hits = await lookUp(wanted).catch(() => [])
            if (!late) setFound(hits)
        }, 80)
        return () => { late = true; clearTimeout(timer) }
    }, [text])

    const shown = useMemo(() => {
        const needle = text.trim().toLowerCase()
        const all = [...pageCommands.value, ...commands]
        return [...all.filter((c) => fits(c.name.toLowerCase(), needle)), ...found].slice(0, 40)
    }, [text, found, pageCommands.value])
    const pick = Math.min(at, shown.length - 1)

    const close = () => (paletteOpen.value = false)
    function run(c: Command | undefined) {
        if (!c) return
        close()
        setTimeout(c.run, 0)
    }
    function keys(e: KeyboardEvent) {
        if (e.key === 'ArrowDown') setAt(Math.min(shown.length - 1, pick + 1))
        else if (e.key === 'ArrowUp') setAt(Math.max(0, pick - 1))
        else if (e.key === 'Enter') run(shown[pick])
        else return
        e.preventDefault()
    }
    return (
        <dialog ref={ref} class="palette" aria-label="Command palette" onClose={close}
            onClick={(e) => e.target === ref.current && close()}>
            <input ref={input} value={text} placeholder="Go to a page, a process, a key; or do something" role="combobox"
                aria-expanded="true" aria-controls="palette-list" aria-label="Command"
                aria-activedescendant={shown[pick] ? `palette-${pick}` : undefined}
                onInput={(e) => { setText(e.currentTarget.value); setAt(0) }} onKeyDown={keys} />
            <div id="palette-list" role="listbox" aria-label="Commands" class="palette-list">
                {shown.map((c, i) => (
                    <div key={c.name + i} id={`palette-${i}`} role="option" aria-selected={i === pick} class="palette-row"
                        onClick={() => run(c)} onMouseMove={() => i !== at && setAt(i)}>
                        <span>{c.name}</span>
                        <span class="faint small">{c.hint}</span>
                        {c.key && <kbd>{c.key}</kbd>}
                    </div>
                ))}
                {shown.length === 0 && <div class="palette-none faint">Nothing of that name</div>}
            </div>
        </dialog>
    )
}

// Every word of the needle occurs.
const fits = (name: string, needle: string) => needle.split(/\s+/).every((w) => name.includes(w))

async function lookUp(text: string): Promise<Command[]> {
    if (text.length < 2) return []
    if (/^\d{6,}$/.test(text)) return byKey(text)
    const { items } = await search<Definition>('process-definitions', {
        filter: { processDefinitionId: contains(text) },
        sort: [{ field: 'version', order: 'DESC' }],
        page: { limit: 20 },
    })
    const byId = new Map<string, Definition>()
    for (const d of items) if (!byId.has(d.processDefinitionId)) byId.set(d.processDefinitionId, d)
    return [...byId.values()].map((d) => ({
        name: d.name || d.processDefinitionId,
        hint: `process ${d.processDefinitionId}`,
        run: () => go(['processes', d.processDefinitionId]),
    }))
}

async function byKey(key: string): Promise<Command[]> {
    const hits: Command[] = []
    const ask = async (what: string, field: string, found: (item: never) => Command) => {
        const { items } = await search<never>(what, { filter: { [field]: key }, page: { limit: 1 } }).catch(() => ({ items: [] as never[] }))
        for (const i of items) hits.push(found(i))
    }
    const toInstance = (label: string) => (i: Instance) => ({
        name: `${label} ${key}`,
        hint: 'open its instance',
        run: () => go(['instances', i.processInstanceKey]),
    })
    await Promise.all([
        ask('process-instances', 'processInstanceKey', toInstance('Instance')),
        ask('element-instances', 'elementInstanceKey', toInstance('Element instance')),
        ask('incidents', 'incidentKey', toInstance('Incident')),
        ask('jobs', 'jobKey', toInstance('Job')),
        ask('user-tasks', 'userTaskKey', () => ({ name: `Task ${key}`, hint: 'user task', run: () => go(['tasks', key]) })),
    ])
    return hits
}

// ---- what the keys do ----------------------------------------------------------------------
export const keysOpen = signal(false)

export function KeysHelp() {
    const rows = [...new Map(known.value.map((k) => [k.key, k])).values()].filter((k) => !k.key.startsWith('Arrow'))
    return (
        <dl class="keys-help">
            {rows.map((k) => (
                <div key={k.key}>
                    <dt>{k.key.split(' ').map((p) => <kbd key={p}>{p.replace('ctrl+', '⌘/Ctrl ')}</kbd>)}</dt>
                    <dd>{k.what}</dd>
                </div>
            ))}
        </dl>
    )
}

