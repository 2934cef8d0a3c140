// The public REST API, as anybody could call it. Nothing here that docs/openapi.json does not say.

export class ApiError extends Error {
    constructor(
        public status: number,
        public title: string,
        public detail: string,
        public where: string,
    ) {
        super(detail || title)
    }
    // The server does not have this operation (yet): the page says so and does without.
    get isMissing() {
        return this.status === 501 || this.status === 404 || this.status === 405
    }
}

export const isMissing = (e: unknown) => e instanceof ApiError && e.isMissing

async function problem(answer: Response, where: string): Promise<ApiError> {
    const text = await answer.text().catch(() => '')
    try {
        const p = JSON.parse(text)
        return new ApiError(answer.status, p.title ?? answer.statusText, p.detail ?? '', where)
    } catch {
        return new ApiError(answer.status, answer.statusText || `HTTP ${answer.status}`, text.slice(0, 300), where)
    }
}

async function send(method: string, path: string, init: RequestInit): Promise<Response> {
    const where = `${method} ${path}`
    let answer: Response
    try {
        answer = await fetch(path, { method, ...init })
    } catch {
        throw new ApiError(0, 'No answer', 'The server does not answer. Is it running?', where)
    }
    if (!answer.ok) throw await problem(answer, where)
    return answer
}

export async function call<T = void>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await send(
        method,
        '/v2' + path,
        body === undefined
            ? {}
            : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
    )
    if (answer.status === 204) return undefined as T
    const text = await answer.text()
    return (text ? JSON.parse(text) : undefined) as T
}

export const get = <T>(path: string) => call<T>('GET', path)
export const post = <T = void>(path: string, body: unknown = {}) => call<T>('POST', path, body)
export const text = async (path: string) => (await send('GET', path, {})).text()

export interface Page<T> {
    items: T[]
    page: { totalItems: number; hasMoreTotalItems?: boolean; endCursor?: string | null }
}

export interface Question {
    filter?: Record<string, unknown>
    sort?: { field: string; order?: 'ASC' | 'DESC' }[]
    page?: { from?: number; limit?: number }
}

// A filter for texts that have this in them, whatever stands in it.
export const contains = (text: string) => ({ $like: `*${text.replace(/[\\*?]/g, '\\$&')}*` })

export const search = <T>(what: string, question: Question = {}) =>
    post<Page<T>>(`/${what}/search`, question)

export const count = async (what: string, filter: Record<string, unknown>) =>
    (await search(what, { filter, page: { limit: 1 } })).page.totalItems

export async function deploy(files: { name: string; content: Blob | string }[]) {
    const form = new FormData()
    for (const f of files) form.append('resources', new Blob([f.content]), f.name)
    const answer = await send('POST', '/v2/deployments', { body: form })
    return (await answer.json()) as { deploymentKey: string; deployments: Deployed[] }
}

export interface Deployed {
    processDefinition?: { processDefinitionId: string; processDefinitionKey: string; processDefinitionVersion: number } | null
    decisionDefinition?: { decisionDefinitionId: string; decisionDefinitionKey: string; name: string; version: number } | null
    form?: { formId: string; formKey: string; version: number } | null
    resource?: { resourceId: string; resourceKey: string; version: number } | null
}

export interface Definition {
    processDefinitionKey: string
    processDefinitionId: string
    name: string | null
    version: number
    versionTag: string | null
    resourceName: string
    hasStartForm?: boolean
}

export type InstanceState = 'ACTIVE' | 'COMPLETED' | 'TERMINATED' | 'SUSPENDED'

export interface Instance {
    processInstanceKey: string
    processDefinitionKey: string
    processDefinitionId: string
    processDefinitionName: string | null
    processDefinitionVersion: number
    startDate: string
    endDate: string | null
    state: InstanceState
    hasIncident: boolean
    parentProcessInstanceKey: string | null
    parentElementInstanceKey: string | null
    rootProcessInstanceKey?: string | null
    businessId?: string | null
    tags?: string[]
}

export interface ElementInstance {
    elementInstanceKey: string
    elementId: string
    elementName: string
    type: string
    state: 'ACTIVE' | 'COMPLETED' | 'TERMINATED'
    startDate: string
    endDate: string | null
    hasIncident: boolean
    incidentKey: string | null
    processInstanceKey: string
}

export interface Incident {
    incidentKey: string
    errorType: string
    errorMessage: string
    elementId: string
    elementInstanceKey: string
    jobKey: string | null
    creationTime: string
    state: string
    processInstanceKey: string
    processDefinitionId: string
    processDefinitionKey: string
}

export interface Variable {
    variableKey: string
    name: string
    value: string
    isTruncated?: boolean
    scopeKey: string
    processInstanceKey: string
}

export interface Job {
    jobKey: string
    type: string
    worker: string
    state: string
    retries: number
    kind: string
    elementId: string
    elementInstanceKey: string
    processInstanceKey: string
    processDefinitionId: string
    deadline: string | null
    errorMessage: string | null
    creationTime?: string | null
    customHeaders?: Record<string, string>
}

export interface UserTask {
    userTaskKey: string
    name: string | null
    state: string
    assignee: string | null
    elementId: string
    elementInstanceKey: string
    candidateGroups: string[]
    candidateUsers: string[]
    processDefinitionId: string
    processName: string | null
    processDefinitionKey: string
    processInstanceKey: string
    creationDate: string
    completionDate: string | null
    dueDate: string | null
    followUpDate: string | null
    priority: number
    formKey: string | null
    externalFormReference: string | null
}

export interface Subscription {
    messageSubscriptionKey: string
    messageName: string
    correlationKey: string | null
    messageSubscriptionState: string
    elementId: string
    elementInstanceKey: string | null
    processInstanceKey: string | null
    processDefinitionId: string
    lastUpdatedDate: string
}

export interface ElementCount {
    elementId: string
    active: number
    canceled: number
    incidents: number
    completed: number
}

export interface WaitState {
    elementInstanceKey: string
    elementId: string
    kind: string
    sentence: string
    [fact: string]: unknown
}
