// What is on the screen stays true. One stream of server-sent events a tab says what has changed;
// what it is now is then asked for over the same REST API. While there is no stream, the pages
// ask every two seconds. A hidden tab asks for nothing.
import { signal } from '@preact/signals'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ApiError } from './api'

export type Connection = 'stream' | 'polling' | 'lost'
export const connection = signal<Connection>('polling')

const EVERY_MS = 2000
const CALM_MS = 500 // between two answers to a burst of events
const AGAIN_MS = 15000 // until a missing stream is tried again

// Topics as GET /events names them: "instances", "instance:KEY", "incidents", "jobs", ...
const listeners = new Map<() => void, string[]>()
const changed = new Set<string>()
let stream: EventSource | null = null
let streamTopics = ''
let retryAt = 0

const wanted = () => [...new Set([...listeners.values()].flat())].sort().slice(0, 32).join(',')

function openStream() {
    const topics = wanted()
    if (stream && streamTopics === topics) return
    stream?.close()
    stream = null
    if (!topics || Date.now() < retryAt || typeof EventSource === 'undefined') return
    streamTopics = topics
    const opened = new EventSource('/events?topics=' + topics.split(',').map(encodeURIComponent).join(','))
    stream = opened
    opened.addEventListener('open', (e) => {
        connection.value = 'stream'
        if (e instanceof MessageEvent) wake(topics.split(',')) // between two streams nobody listened
    })
    opened.addEventListener('changes', (e) => wake(topicsOf((e as MessageEvent).data)))
    opened.addEventListener('missed', () => wake(topics.split(',')))
    opened.onerror = () => {
        if (stream !== opened) return
        opened.close()
        stream = null
        retryAt = Date.now() + AGAIN_MS
        if (connection.value === 'stream') connection.value = 'polling'
    }
}

function topicsOf(data: string): string[] {
    return (JSON.parse(data) as { changes: { topic: string }[] }).changes.map((c) => c.topic)
}

let waking = 0
function wake(topics: string[]) {
    for (const t of topics) changed.add(t)
    if (waking || document.hidden) return
    waking = window.setTimeout(() => {
        waking = 0
        for (const [look, its] of listeners) if (its.some((t) => changed.has(t))) look()
        changed.clear()
    }, CALM_MS)
}

let opening = 0
function reconsider() {
    clearTimeout(opening)
    opening = window.setTimeout(openStream, 50)
}

setInterval(() => {
    if (document.hidden) return
    if (!stream) openStream()
    if (connection.value !== 'stream') refresh()
}, EVERY_MS)
document.addEventListener('visibilitychange', () => !document.hidden && wake([]))

export interface Live<T> {
    data: T | undefined
    error: Error | undefined
    reload: () => void
}

// What was seen last is shown at once when one comes back to it.
const seen = new Map<string, unknown>()
const SEEN_MOST = 200

function keep(key: string, value: unknown) {
    seen.delete(key)
    seen.set(key, value)
    if (seen.size > SEEN_MOST) seen.delete(seen.keys().next().value!)
}

// Loads now, when `key` changes, and whenever one of the topics has news. No topics: once.
export function useLive<T>(key: string | null, load: () => Promise<T>, topics: string[] = ['instances']): Live<T> {
    const [state, setState] = useState<{ key: string | null; data?: T; error?: Error }>({ key: null })
    const loader = useRef(load)
    loader.current = load
    const turn = useRef(0)

    const reload = useCallback(() => {
        if (key === null) return
        const mine = ++turn.current
        loader.current().then(
            (data) => {
                if (connection.value === 'lost') connection.value = 'polling'
                keep(key, data)
                if (mine === turn.current) setState({ key, data })
            },
            (error) => {
                if (error instanceof ApiError && error.status === 0) connection.value = 'lost'
                if (mine === turn.current) setState((s) => ({ key, data: s.key === key ? s.data : undefined, error }))
            },
        )
    }, [key])

    useEffect(() => {
        reload()
        if (topics.length === 0 || key === null) return
        listeners.set(reload, topics)
        reconsider()
        return () => {
            listeners.delete(reload)
            reconsider()
        }
    }, [reload, topics.join()])

    const current = state.key === key
    return {
        data: current && state.data !== undefined ? state.data : key === null ? undefined : (seen.get(key) as T | undefined),
        error: current ? state.error : undefined,
        reload,
    }
}

// After a command of our own: whoever looks, looks again.
export function refresh() {
    for (const look of listeners.keys()) look()
}
