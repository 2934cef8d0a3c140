// Counts for lists and diagrams. The server has statistics operations for them; where it answers
// that it has not, what lives is counted by searches, and the caller says that this is all it knows.
import { call, count, isMissing, type ApiError, post, search, type ElementCount, type ElementInstance, type Incident, type Definition } from './api'

export interface ProcessCount {
    id: string
    name: string
    versions: number
    running: number
    incidents: number
}

interface StatRow {
    processDefinitionId: string
    latestProcessDefinitionName: string | null
    hasMultipleVersions: boolean
    activeInstancesWithoutIncidentCount: number
    activeInstancesWithIncidentCount: number
}

// What a server has no answer for is not asked for again and again.
const missing = new Set<string>()

export async function orElse<T>(name: string, ask: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> {
    if (missing.has(name)) return otherwise()
    try {
        return await ask()
    } catch (e) {
        if (!isMissing(e)) throw e
        // 404 may also mean that what is asked about has just gone.
        if ((e as ApiError).status !== 404) missing.add(name)
        return otherwise()
    }
}

export async function definitions(filter: Record<string, unknown> = {}): Promise<Definition[]> {
    const all: Definition[] = []
    for (let from = 0; ; from += 1000) {
        const { items } = await search<Definition>('process-definitions', {
            filter, sort: [{ field: 'version', order: 'DESC' }], page: { from, limit: 1000 },
        })
        all.push(...items)
        if (items.length < 1000 || all.length >= 10000) return all
    }
}

export async function processCounts(): Promise<ProcessCount[]> {
    const defs = await definitions()
    const byId = new Map<string, ProcessCount>()
    for (const d of defs) {
        const seen = byId.get(d.processDefinitionId)
        if (seen) seen.versions++
        else byId.set(d.processDefinitionId, { id: d.processDefinitionId, name: d.name || d.processDefinitionId, versions: 1, running: 0, incidents: 0 })
    }
    await orElse('process statistics', () => fromStatistics(byId), () => fromSearches(byId))
    return [...byId.values()].sort((a, b) => b.incidents - a.incidents || b.running - a.running || a.name.localeCompare(b.name))
}

async function fromStatistics(byId: Map<string, ProcessCount>) {
    const { items } = await post<{ items: StatRow[] }>('/process-definitions/statistics/process-instances', { page: { limit: 1000 } })
    for (const i of items) {
        const p = byId.get(i.processDefinitionId)
        if (!p) continue
        p.incidents = i.activeInstancesWithIncidentCount
        p.running = i.activeInstancesWithIncidentCount + i.activeInstancesWithoutIncidentCount
    }
}

async function fromSearches(byId: Map<string, ProcessCount>) {
    await Promise.all([...byId.values()].slice(0, 100).map(async (p) => {
        const filter = { processDefinitionId: p.id, state: 'ACTIVE' }
        p.running = await count('process-instances', filter)
        p.incidents = p.running ? await count('process-instances', { ...filter, hasIncident: true }) : 0
    }))
}

export async function elementCounts(key: string): Promise<ElementCount[]> {
    const path = `/process-definitions/${key}/statistics/element-instances`
    return orElse('element statistics',
        async () => (await post<{ items: ElementCount[] }>(path, {})).items,
        () => counted({ processDefinitionKey: key }))
}

export async function instanceCounts(key: string): Promise<ElementCount[]> {
    return orElse('instance statistics',
        async () => (await call<{ items: ElementCount[] }>('GET', `/process-instances/${key}/statistics/element-instances`)).items,
        () => counted({ processInstanceKey: key }))
}

async function counted(filter: Record<string, unknown>): Promise<ElementCount[]> {
    return countsOf((await search<ElementInstance>('element-instances', { filter, page: { limit: 10000 } })).items)
}

export function countsOf(elements: ElementInstance[]): ElementCount[] {
    const by = new Map<string, ElementCount>()
    for (const e of elements) {
        if (e.type === 'PROCESS') continue
        const c = by.get(e.elementId) ?? { elementId: e.elementId, active: 0, canceled: 0, incidents: 0, completed: 0 }
        if (e.state === 'COMPLETED') c.completed++
        else if (e.state === 'TERMINATED') c.canceled++
        else c.active++
        if (e.hasIncident) c.incidents++
        by.set(e.elementId, c)
    }
    return [...by.values()]
}

export interface IncidentGroup {
    message: string
    instances: number
    hash?: number
    example?: Incident
}

export async function incidentGroups(): Promise<IncidentGroup[]> {
    const { items } = await search<Incident>('incidents', {
        filter: { state: 'ACTIVE' }, sort: [{ field: 'creationTime', order: 'DESC' }], page: { limit: 1000 },
    })
    const by = new Map<string, { instances: Set<string>; example: Incident }>()
    for (const i of items) {
        const g = by.get(i.errorMessage)
        if (g) g.instances.add(i.processInstanceKey)
        else by.set(i.errorMessage, { instances: new Set([i.processInstanceKey]), example: i })
    }
    const groups: IncidentGroup[] = [...by].map(([message, g]) => ({ message, instances: g.instances.size, example: g.example }))
    await orElse('incident statistics', async () => {
        const told = await post<{ items: { errorHashCode: number; errorMessage: string; activeInstancesWithErrorCount: number }[] }>(
            '/incidents/statistics/process-instances-by-error', { page: { limit: 100 } })
        for (const t of told.items) {
            const g = groups.find((x) => x.message === t.errorMessage)
            if (g) Object.assign(g, { instances: t.activeInstancesWithErrorCount, hash: t.errorHashCode })
            else groups.push({ message: t.errorMessage, instances: t.activeInstancesWithErrorCount, hash: t.errorHashCode })
        }
    }, async () => {})
    return groups.sort((a, b) => b.instances - a.instances)
}
