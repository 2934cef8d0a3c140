// Numbers and times as they are read.

const number = new Intl.NumberFormat('en')
export const num = (n: number) => number.format(n)
export const many = (n: number, one: string, more = one + 's') => `${num(n)} ${n === 1 ? one : more}`

// "3 d 4 h", "12 ms": the two largest units, so that a column of them can be compared.
const units: [string, number][] = [['d', 86400000], ['h', 3600000], ['min', 60000], ['s', 1000]]

export function span(ms: number): string {
    if (!Number.isFinite(ms)) return '?'
    if (ms < 0) return '-' + span(-ms)
    if (ms < 1000) return `${Math.round(ms)} ms`
    const at = units.findIndex(([, size]) => ms >= size)
    const [name, size] = units[at]!
    if (name === 's') return `${(ms / 1000).toFixed(ms < 10000 ? 1 : 0)} s`
    const [less, part] = units[at + 1]!
    const rest = Math.floor((ms % size) / part)
    return `${Math.floor(ms / size)} ${name}` + (rest ? ` ${rest} ${less}` : '')
}

const today = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const other = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })
const whole = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
    fractionalSecondDigits: 3,
})

export function time(iso: string | null | undefined): string {
    if (!iso) return ''
    const d = new Date(iso)
    if (isNaN(d.getTime())) return iso
    return (d.toDateString() === new Date().toDateString() ? today : other).format(d)
}

export const exactly = (iso: string | null | undefined) => (iso ? whole.format(new Date(iso)) : '')

export const ago = (iso: string) => span(Date.now() - Date.parse(iso)) + ' ago'

export const words = (name: string) => name.toLowerCase().replaceAll('_', ' ')

// JSON as people read it, or the text as it is.
export function pretty(json: string): string {
    try {
        return JSON.stringify(JSON.parse(json), null, 2)
    } catch {
        return json
    }
}
