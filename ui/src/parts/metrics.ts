// The text that Prometheus reads, as numbers.

export interface Sample {
    name: string
    labels: Record<string, string>
    value: number
}
export interface Metrics {
    samples: Sample[]
    help: Map<string, string>
    types: Map<string, string>
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g

export function parseMetrics(text: string): Metrics {
    const out: Metrics = { samples: [], help: new Map(), types: new Map() }
    for (const line of text.split('\n')) {
        const about = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line)
        if (about) (about[1] === 'HELP' ? out.help : out.types).set(about[2]!, about[3]!)
        if (!line || line.startsWith('#')) continue
        const m = LINE.exec(line)
        if (!m) continue
        const labels: Record<string, string> = {}
        for (const [, k, v] of (m[2] ?? '').matchAll(LABEL)) labels[k!] = v!.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))
        out.samples.push({ name: m[1]!, labels, value: Number(m[3]) })
    }
    return out
}

export const nameOf = (s: Sample) =>
    s.name + (Object.keys(s.labels).length ? `{${Object.entries(s.labels).map(([k, v]) => `${k}="${v}"`).join(',')}}` : '')
