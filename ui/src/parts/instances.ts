// The filter of a list of instances, as the address of the page says it, and as the API wants it.

export interface InstanceQuery {
    process: string
    version: string
    state: string
    element: string
    variable: string
    value: string
    business: string
    error: string
    after: string
    before: string
}

export const FIELDS: (keyof InstanceQuery)[] = [
    'process', 'version', 'state', 'element', 'variable', 'value', 'business', 'error', 'after', 'before',
]

export function readQuery(q: URLSearchParams, fixed: Partial<InstanceQuery> = {}): InstanceQuery {
    const out = {} as InstanceQuery
    for (const f of FIELDS) out[f] = fixed[f] ?? q.get(f) ?? ''
    return out
}

// What one types as a value means JSON where it is JSON, and text where it is not.
export function jsonText(value: string): string {
    try {
        JSON.parse(value)
        return value
    } catch {
        return JSON.stringify(value)
    }
}

export function filterOf(q: InstanceQuery): Record<string, unknown> {
    const f: Record<string, unknown> = {}
    if (q.process) f.processDefinitionId = q.process
    if (q.version) f.processDefinitionVersion = Number(q.version)
    if (q.state === 'INCIDENT') f.hasIncident = true
    else if (q.state) f.state = q.state
    if (q.element) {
        f.elementId = q.element
        if (q.state === '' || q.state === 'ACTIVE' || q.state === 'INCIDENT') f.elementInstanceState = 'ACTIVE'
    }
    if (q.variable && q.value) f.variables = [{ name: q.variable, value: jsonText(q.value) }]
    if (q.business) f.businessId = q.business
    if (q.error) f.errorMessage = q.error
    const date: Record<string, string> = {}
    if (valid(q.after)) date.$gte = new Date(q.after).toISOString()
    if (valid(q.before)) date.$lte = new Date(q.before).toISOString()
    if (Object.keys(date).length) f.startDate = date
    return f
}

const valid = (t: string) => t !== '' && !isNaN(Date.parse(t))
