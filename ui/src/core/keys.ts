// The keyboard: single letters that a page or the shell has given a meaning, and `g` followed
// by a letter to go somewhere. Letters mean nothing while one types into a field.
import { useEffect, useRef } from 'preact/hooks'
import { signal } from '@preact/signals'

export interface Key {
    key: string // "j", "g h", "ctrl+k"
    what: string
    run: (e: KeyboardEvent) => void
}

// Each page's keys as they are now: what a key means may change with every key.
interface Layer {
    now: Key[]
}
const layers: Layer[] = []
export const known = signal<Key[]>([])
let pending = ''

function inField(e: KeyboardEvent) {
    const t = e.target as HTMLElement | null
    return !!t && (t.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(t.tagName))
}

function pressed(e: KeyboardEvent): string {
    const mod = e.ctrlKey || e.metaKey ? 'ctrl+' : ''
    return mod + (e.key.length === 1 ? e.key.toLowerCase() : e.key)
}

addEventListener('keydown', (e) => {
    if (e.defaultPrevented || e.altKey) return
    const name = pressed(e)
    if (inField(e) && !name.startsWith('ctrl+')) return
    if (document.querySelector('dialog[open]')) return
    const whole = pending ? `${pending} ${name}` : name
    pending = ''
    for (let i = layers.length; i-- > 0; ) {
        const hit = layers[i]!.now.find((k) => k.key === whole)
        if (hit) {
            e.preventDefault()
            return hit.run(e)
        }
    }
    if (name === 'g') pending = 'g'
})

export function useKeys(keys: Key[]) {
    const layer = useRef<Layer>({ now: keys }).current
    layer.now = keys
    useEffect(() => {
        layers.push(layer)
        known.value = layers.flatMap((l) => l.now)
        return () => {
            layers.splice(layers.indexOf(layer), 1)
            known.value = layers.flatMap((l) => l.now)
        }
    }, [])
}
