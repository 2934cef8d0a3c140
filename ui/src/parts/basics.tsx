// The small things that every page is made of.
import { Component, type ComponentChildren, type ComponentType, type FunctionComponent } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { signal } from '@preact/signals'
import { ApiError } from '../core/api'
import { exactly, time, words } from '../core/format'

// ---- states: a word, a colour and a shape, so that colour is never the only sign ----------
const LOOK: Record<string, [string, string]> = {
    ACTIVE: ['active', '●'], CREATED: ['active', '●'], ASSIGNING: ['active', '●'], PENDING: ['incident', '▲'],
    INCIDENT: ['incident', '▲'], FAILED: ['incident', '▲'], TIMED_OUT: ['incident', '▲'], ERROR_THROWN: ['incident', '▲'],
    COMPLETED: ['completed', '✓'], RESOLVED: ['completed', '✓'], CORRELATED: ['completed', '✓'], EVALUATED: ['completed', '✓'],
    TERMINATED: ['canceled', '✕'], CANCELED: ['canceled', '✕'], DELETED: ['canceled', '✕'],
    SUSPENDED: ['suspended', '‖'], PARTIALLY_COMPLETED: ['incident', '▲'],
}

export function State({ of, incident }: { of: string; incident?: boolean }) {
    const name = incident && of === 'ACTIVE' ? 'INCIDENT' : of
    const [look, shape] = LOOK[name] ?? ['completed', '○']
    return (
        <span class={`state ${look}`}>
            <span aria-hidden="true">{shape}</span> {words(name)}
        </span>
    )
}

export const When = ({ at }: { at: string | null | undefined }) =>
    at ? <time dateTime={at} title={exactly(at)}>{time(at)}</time> : <span class="faint">-</span>

export function Key({ of, href }: { of: string; href?: string }) {
    return href ? <a class="key" href={href}>{of}</a> : <span class="key">{of}</span>
}

// ---- what went wrong, in the corner --------------------------------------------------------
export interface Note {
    id: number
    kind: 'good' | 'bad'
    text: string
    detail?: string
}
export const notes = signal<Note[]>([])
let noteId = 0

export function say(kind: Note['kind'], text: string, detail?: string) {
    const note = { id: ++noteId, kind, text, detail }
    notes.value = [...notes.value.slice(-3), note]
    if (kind === 'good') setTimeout(() => dismiss(note.id), 5000)
}
export const dismiss = (id: number) => (notes.value = notes.value.filter((n) => n.id !== id))

export function sayError(e: unknown, doing: string) {
    if (e instanceof ApiError) say('bad', `${doing}: ${e.message}`, `${e.where} answered ${e.status || 'nothing'} ${e.title}`)
    else say('bad', `${doing}: ${e instanceof Error ? e.message : String(e)}`)
}

// Runs a command of the user, says how it went, and is true when it went well.
export async function attempt(doing: string, done: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
        await work()
        if (done) say('good', done)
        return true
    } catch (e) {
        sayError(e, doing)
        return false
    }
}

export function Notes() {
    return (
        <div class="notes" role="status" aria-live="polite">
            {notes.value.map((n) => (
                <div key={n.id} class={`note ${n.kind}`}>
                    <div class="note-text">
                        <strong>{n.text}</strong>
                        {n.detail && <div class="faint small">{n.detail}</div>}
                    </div>
                    <button class="plain" aria-label="Dismiss" onClick={() => dismiss(n.id)}>✕</button>
                </div>
            ))}
        </div>
    )
}

// ---- parts of pages ------------------------------------------------------------------------
export function Head({ title, sub, children }: { title: ComponentChildren; sub?: ComponentChildren; children?: ComponentChildren }) {
    return (
        <header class="head">
            <div class="head-text">
                <h1>{title}</h1>
                {sub && <div class="sub">{sub}</div>}
            </div>
            <div class="actions">{children}</div>
        </header>
    )
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
    return (
        <div class="nothing">
            <strong>{title}</strong>
            {children && <div class="faint">{children}</div>}
        </div>
    )
}

export function Problem({ error, what }: { error: Error; what: string }) {
    const api = error instanceof ApiError ? error : undefined
    return (
        <div class="problem" role="alert">
            <strong>{api?.isMissing && api.status !== 404 ? `This server does not offer ${what}` : `No ${what}`}</strong>
            <div>{error.message}</div>
            {api && <div class="faint small">{api.where} answered {api.status || 'nothing'} {api.title}</div>}
        </div>
    )
}

export function Copy({ text, label = 'Copy' }: { text: string; label?: string }) {
    const [done, setDone] = useState(false)
    async function copy() {
        try {
            await navigator.clipboard.writeText(text)
            setDone(true)
            setTimeout(() => setDone(false), 1500)
        } catch {
            say('bad', 'The browser does not let us copy here; select the text and copy it by hand.')
        }
    }
    return <button type="button" onClick={copy}>{done ? 'Copied' : label}</button>
}

export function Tabs<T extends string>({ tabs, value, onChange, label }: {
    tabs: [T, ComponentChildren][]
    value: T
    onChange: (t: T) => void
    label: string
}) {
    function move(e: KeyboardEvent) {
        const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0
        if (!step) return
        const at = tabs.findIndex(([id]) => id === value)
        onChange(tabs[(at + step + tabs.length) % tabs.length]![0])
        const buttons = (e.currentTarget as HTMLElement).querySelectorAll('button')
        buttons[(at + step + tabs.length) % tabs.length]?.focus()
    }
    return (
        <div class="tabs" role="tablist" aria-label={label} onKeyDown={move}>
            {tabs.map(([id, name]) => (
                <button key={id} type="button" role="tab" aria-selected={id === value} tabIndex={id === value ? 0 : -1}
                    onClick={() => onChange(id)}>
                    {name}
                </button>
            ))}
        </div>
    )
}

// ---- dialogs: the browser's own, which keeps the focus and knows Escape -----------------------
export function Dialog({ title, onClose, children, wide }: {
    title: string
    onClose: () => void
    children: ComponentChildren
    wide?: boolean
}) {
    const ref = useRef<HTMLDialogElement>(null)
    useEffect(() => {
        const dialog = ref.current!
        const before = document.activeElement as HTMLElement | null
        if (!dialog.open) dialog.showModal()
        return () => before?.focus?.()
    }, [])
    return (
        <dialog ref={ref} class={wide ? 'wide' : ''} aria-label={title}
            onClose={onClose} onClick={(e) => e.target === ref.current && onClose()}>
            <div class="dialog-body">
                <div class="dialog-head">
                    <h2>{title}</h2>
                    <button type="button" class="plain" aria-label="Close" onClick={onClose}>✕</button>
                </div>
                {children}
            </div>
        </dialog>
    )
}

// Asks before something is done that cannot be undone.
export function Confirm({ title, text, verb, onYes, onClose }: {
    title: string
    text: ComponentChildren
    verb: string
    onYes: () => Promise<unknown> | void
    onClose: () => void
}) {
    const [busy, setBusy] = useState(false)
    async function yes(e: Event) {
        e.preventDefault()
        setBusy(true)
        await onYes()
        onClose()
    }
    return (
        <Dialog title={title} onClose={onClose}>
            <form onSubmit={yes}>
                <div class="dialog-text">{text}</div>
                <div class="dialog-end">
                    <button type="button" onClick={onClose}>Back</button>
                    <button class="danger" disabled={busy}>{verb}</button>
                </div>
            </form>
        </Dialog>
    )
}

// A field for JSON that says what is wrong with it while one types.
export function JsonField({ value, onInput, label, rows = 8, object }: {
    value: string
    onInput: (text: string) => void
    label: string
    rows?: number
    object?: boolean
}) {
    const wrong = jsonError(value, object)
    return (
        <label class="field">
            <span>{label}</span>
            <textarea class="code" rows={rows} spellcheck={false} value={value} aria-invalid={!!wrong}
                onInput={(e) => onInput(e.currentTarget.value)} />
            <span class="wrong" aria-live="polite">{wrong}</span>
        </label>
    )
}

export function jsonError(text: string, object?: boolean): string {
    try {
        const v = JSON.parse(text)
        if (object && (typeof v !== 'object' || v === null || Array.isArray(v))) return 'This must be a JSON object, like {"orderId": "o-1"}'
        return ''
    } catch (e) {
        return (e as Error).message
    }
}

// ---- a page that fails says so in its place; the shell stays ---------------------------------
export class Guard extends Component<{ children: ComponentChildren; name: string }, { error?: Error }> {
    static getDerivedStateFromError(error: Error) {
        return { error }
    }
    componentDidCatch(error: Error) {
        console.error(error)
    }
    componentDidUpdate(before: { name: string }) {
        if (before.name !== this.props.name && this.state.error) this.setState({ error: undefined })
    }
    render() {
        const { error } = this.state
        if (!error) return this.props.children
        return (
            <div class="problem" role="alert">
                <strong>This page failed</strong>
                <div>{error.message}</div>
                <pre class="small">{error.stack}</pre>
                <button type="button" onClick={() => this.setState({ error: undefined })}>Try again</button>
            </div>
        )
    }
}

// ---- pages that come when they are opened ------------------------------------------------------
export function lazy<P extends object>(load: () => Promise<{ default: FunctionComponent<P> }>): FunctionComponent<P> {
    let Loaded: ComponentType<P> | undefined
    return function Lazy(props) {
        const [, again] = useState(0)
        const [error, setError] = useState<Error>()
        useEffect(() => {
            if (Loaded) return
            load().then((m) => { Loaded = m.default; again(1) }, setError)
        }, [])
        if (error) return <Problem error={error} what="page" />
        return Loaded ? <Loaded {...props} /> : <div class="loading" aria-busy="true" />
    }
}
