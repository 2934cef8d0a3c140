// Where we are: the part of the address behind #, as a path and a query. Filters live there,
// so that whatever is on the screen can be sent to somebody as a link.
import { signal } from '@preact/signals'

export interface Route {
    path: string[]
    query: URLSearchParams
}

function read(): Route {
    const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
    return { path: path.split('/').filter(Boolean).map(safely), query: new URLSearchParams(query) }
}

function safely(part: string): string {
    try {
        return decodeURIComponent(part)
    } catch {
        return part
    }
}

export const route = signal<Route>(read())
addEventListener('hashchange', () => (route.value = read()))

type Query = Record<string, string | undefined>

export function link(path: (string | number)[], query: Query = {}): string {
    const q = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) if (value) q.set(name, value)
    const text = q.toString()
    return '#/' + path.map((p) => encodeURIComponent(String(p))).join('/') + (text ? '?' + text : '')
}

export function go(path: (string | number)[], query?: Query) {
    location.hash = link(path, query)
}

// Changes what the query says without a new step in the history of the browser.
export function setQuery(change: Query) {
    const query: Query = Object.fromEntries(route.value.query)
    history.replaceState(null, '', link(route.value.path, { ...query, ...change }))
    route.value = read()
}
