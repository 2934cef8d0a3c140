// Why does it wait? The server explains; where it does not yet, its lists say what they know.
import { get, search, type ElementInstance, type Incident, type Job, type Subscription, type UserTask, type WaitState } from '../core/api'
import { orElse } from '../core/counts'
import { exactly, words } from '../core/format'

export interface Why {
    waits: WaitState[]
    isDerived: boolean
}

export const explain = (key: string, elements: ElementInstance[]): Promise<Why> =>
    orElse('explain',
        async () => ({ waits: (await get<{ waitStates: WaitState[] }>(`/process-instances/${key}/explain`)).waitStates, isDerived: false }),
        () => derived(key, elements))

async function derived(key: string, elements: ElementInstance[]): Promise<Why> {
    const filter = { processInstanceKey: key }
    const page = { limit: 500 }
    const list = <T>(what: string) => search<T>(what, { filter, page }).then((a) => a.items, () => [] as T[])
    const [jobs, subscriptions, tasks, incidents] = await Promise.all([
        list<Job>('jobs'), list<Subscription>('message-subscriptions'), list<UserTask>('user-tasks'), list<Incident>('incidents'),
    ])
    const waits: WaitState[] = []
    const says = (elementInstanceKey: string, elementId: string, kind: string, sentence: string) =>
        waits.push({ elementInstanceKey, elementId, kind, sentence })
    for (const i of incidents) if (i.state === 'ACTIVE') says(i.elementInstanceKey, i.elementId, 'INCIDENT', `An incident holds it (${words(i.errorType)}): ${i.errorMessage}`)
    for (const j of jobs) if (!/COMPLETED|CANCELED/.test(j.state)) says(j.elementInstanceKey, j.elementId, 'JOB', aboutJob(j))
    for (const s of subscriptions)
        if (s.messageSubscriptionState === 'CREATED' && s.elementInstanceKey)
            says(s.elementInstanceKey, s.elementId, 'MESSAGE', `It waits for the message ${s.messageName}${s.correlationKey === null ? '' : ` with the key ${JSON.stringify(s.correlationKey)}`}.`)
    for (const t of tasks)
        if (/CREATED|ASSIGNING/.test(t.state))
            says(t.elementInstanceKey, t.elementId, 'USER_TASK', t.assignee ? `${t.assignee} has the task and has not completed it.` : 'Nobody has claimed the task yet.')
    for (const e of elements)
        if (e.state === 'ACTIVE' && e.type !== 'PROCESS' && !waits.some((w) => w.elementInstanceKey === e.elementInstanceKey))
            says(e.elementInstanceKey, e.elementId, e.type, e.type === 'CALL_ACTIVITY' ? 'It waits for the instance that it has called.'
                : e.type.includes('SUB_PROCESS') || e.type === 'MULTI_INSTANCE_BODY' ? 'It waits for what is inside it.'
                : `It is active since ${exactly(e.startDate)}; this server does not explain more.`)
    return { waits, isDerived: true }
}

function aboutJob(j: Job): string {
    const what = `the job of type ${j.type}`
    if (j.retries === 0) return `It waits for ${what}, which has no retries left.`
    if (j.worker && j.deadline) return `The worker ${j.worker} has ${what} until ${exactly(j.deadline)}.`
    return `It waits for a worker to take ${what}; ${j.retries === 1 ? '1 try is' : `${j.retries} tries are`} left${j.errorMessage ? `. The last one failed: ${j.errorMessage}` : '.'}`
}

// What one can do about an incident, by its kind.
const SUGGESTIONS: Record<string, string> = {
    JOB_NO_RETRIES: 'Look at what the worker said, mend its cause, then retry: the job gets one more try.',
    EXECUTION_LISTENER_NO_RETRIES: 'The job of a listener has failed too often. Mend its cause, then retry.',
    TASK_LISTENER_NO_RETRIES: 'The job of a task listener has failed too often. Mend its cause, then retry.',
    IO_MAPPING_ERROR: 'A mapping reads something that is not there. Set the variable that it needs, then retry.',
    EXTRACT_VALUE_ERROR: 'An expression gave nothing of use. Set the variable that it reads, then retry.',
    CONDITION_ERROR: 'No flow can be taken: no condition is true and there is no default. Set the variable that decides, then retry.',
    CALLED_ELEMENT_ERROR: 'The process that is called is not there. Deploy it, then retry.',
    CALLED_DECISION_ERROR: 'The decision that is called is not there. Deploy it, then retry.',
    DECISION_EVALUATION_ERROR: 'The decision could not be made with these inputs. Mend the variables or the decision, then retry.',
    UNHANDLED_ERROR_EVENT: 'A worker has thrown an error that nothing here catches. Move the token past it, or migrate to a version that catches it.',
    MESSAGE_SIZE_EXCEEDED: 'What should be stored is too large. Make the variables smaller, then retry.',
    FORM_NOT_FOUND: 'The form is not there. Deploy it, then retry.',
    RESOURCE_NOT_FOUND: 'A file that is named is not there. Deploy it, then retry.',
}
export const suggestion = (type: string) => SUGGESTIONS[type] ?? 'Mend the cause, then retry.'
