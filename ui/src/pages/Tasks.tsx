// What people have to do: mine, open, all. c claims, Ctrl+Enter completes.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { call, contains, get, isMissing, post, search, type UserTask, type Variable } from '../core/api'
import { ago, exactly } from '../core/format'
import { useKeys } from '../core/keys'
import { refresh, useLive } from '../core/live'
import { go, link, route, setQuery } from '../core/route'
import { recall, remember } from '../core/theme'
import { attempt, Dialog, Empty, Head, JsonField, jsonError, Key, Problem, State, When } from '../parts/basics'
import { Table, type Column } from '../parts/Table'
import { useCommands } from '../parts/Palette'
import type { Shown } from '../diagram/form'

const WHO = 'fermata.me'
type View = 'mine' | 'open' | 'all'
const VIEWS: [View, string][] = [['mine', 'Mine'], ['open', 'Open'], ['all', 'All']]

const filterOf = (view: View, me: string, find: string) => ({
    ...(view === 'all' ? {} : { state: 'CREATED' }),
    ...(view === 'mine' ? { assignee: me } : view === 'open' ? { assignee: { $exists: false } } : {}),
    ...(find ? { name: contains(find) } : {}),
})

const columns: Column<UserTask>[] = [
    { name: 'Task', width: 'minmax(120px, 1.5fr)', cell: (t) => <a href={link(['tasks', t.userTaskKey], Object.fromEntries(route.value.query))}>{t.name || t.elementId}</a> },
    { name: 'Process', width: 'minmax(90px, 1fr)', cell: (t) => t.processName || t.processDefinitionId },
    { name: 'Who', width: '90px', cell: (t) => t.assignee ?? <span class="faint">{t.candidateGroups.join(', ') || '-'}</span> },
    { name: 'Since', width: '80px', cell: (t) => <When at={t.creationDate} /> },
]

export default function Tasks() {
    const key = route.value.path[1]
    const view = (route.value.query.get('view') as View | null) ?? 'open'
    const find = route.value.query.get('find') ?? ''
    const [me, setMe] = useState(recall(WHO) ?? 'me')
    const filter = useMemo(() => filterOf(view, me, find), [view, me, find])
    const [total, setTotal] = useState('')

    function iAm(name: string) {
        setMe(name || 'me')
        remember(WHO, name || 'me')
    }
    useCommands(VIEWS.map(([v, name]) => ({ name: `Tasks: ${name.toLowerCase()}`, run: () => setQuery({ view: v }) })), [])
    useKeys(VIEWS.map(([v, name], i) => ({ key: String(i + 1), what: `Tasks: ${name.toLowerCase()}`, run: () => setQuery({ view: v }) })))
    return (
        <>
            <Head title="Tasks" sub={total && `${total} ${view === 'all' ? '' : view === 'mine' ? `for ${me}` : 'that nobody has claimed'}`}>
                <label class="row-flex small">I am <input value={me} size={10} onChange={(e) => iAm(e.currentTarget.value.trim())} /></label>
            </Head>
            <div class="split tasks-split">
                <section class="pane" aria-label="List of tasks">
                    <div class="filters">
                        {VIEWS.map(([v, name]) => <button key={v} aria-pressed={view === v} onClick={() => setQuery({ view: v })}>{name}</button>)}
                        <input type="search" aria-label="Name contains" placeholder="Name contains" value={find} size={14} onChange={(e) => setQuery({ find: e.currentTarget.value })} />
                    </div>
                    <Table what="tasks" id={JSON.stringify(filter)} columns={columns} rowKey={(t) => t.userTaskKey} marked={key} topics={['user-tasks']}
                        load={(from, limit) => search<UserTask>('user-tasks', { filter, sort: [{ field: 'creationDate', order: 'DESC' }], page: { from, limit } })}
                        open={(t) => go(['tasks', t.userTaskKey], Object.fromEntries(route.value.query))} onTotal={setTotal}
                        empty={<Empty title={view === 'mine' ? `Nothing for ${me}` : 'No tasks here'}>User tasks come from processes that are waiting for people.</Empty>} />
                </section>
                <section class="pane" aria-label="Task">
                    {key ? <Task key={key} id={key} me={me} /> : <Empty title="Pick a task"><kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens</Empty>}
                </section>
            </div>
        </>
    )
}

interface FormOf {
    schema: object | string
    formId: string
    version: number
}

async function loadTask(key: string) {
    const task = await get<UserTask>(`/user-tasks/${key}`)
    const [form, variables] = await Promise.all([
        task.formKey ? get<FormOf | undefined>(`/user-tasks/${key}/form`).catch((e) => { if (isMissing(e)) return undefined; throw e }) : undefined,
        search<Variable>(`user-tasks/${key}/effective-variables`, { page: { limit: 1000 } }).catch((e) => { if (isMissing(e)) return { items: [] as Variable[] }; throw e }),
    ])
    return { task, form, variables: variables.items }
}

function Task({ id, me }: { id: string; me: string }) {
    const { data, error } = useLive(`task ${id}`, () => loadTask(id), ['user-tasks'])
    const box = useRef<HTMLDivElement>(null)
    const shown = useRef<Shown | null>(null)
    const [variables, setVariables] = useState('{}')
    const [asking, setAsking] = useState(false)
    const [formError, setFormError] = useState<Error>()
    const task = data?.task
    const isOpen = task?.state === 'CREATED' || task?.state === 'ASSIGNING'
    const isMine = !!task && task.assignee === me
    const values = useMemo(() => valuesOf(data?.variables ?? []), [id, !!data])

    useEffect(() => {
        if (!data?.form || !box.current) return
        let late = false
        const container = box.current
        const schema = typeof data.form.schema === 'string' ? JSON.parse(data.form.schema) : data.form.schema
        import('../diagram/form').then(({ showForm }) => showForm(container, schema, values, !isOpen)).then(
            (f) => { if (late) f.close(); else shown.current = f },
            (e) => !late && setFormError(e),
        )
        return () => { late = true; shown.current?.close(); shown.current = null }
    }, [id, !!data?.form, isOpen])

    const act = (doing: string, done: string, work: () => Promise<unknown>) => attempt(doing, done, work).then((ok) => { refresh(); return ok })
    const claim = () => act('Not claimed', `${task?.name || 'The task'} is yours`, () => post(`/user-tasks/${id}/assignment`, { assignee: me, allowOverride: false }))
    const release = () => act('Not given back', 'Given back', () => call('DELETE', `/user-tasks/${id}/assignee`))
    async function complete() {
        let result: Record<string, unknown>
        if (shown.current) {
            const { data: filled, errors } = shown.current.submit()
            if (Object.keys(errors).length) return
            result = filled
        } else {
            if (jsonError(variables, true)) return
            result = JSON.parse(variables)
        }
        if (await act('Not completed', `${task?.name || 'The task'} is completed`, () => post(`/user-tasks/${id}/completion`, { variables: result })))
            go(['tasks'], Object.fromEntries(route.value.query))
    }
    useKeys([
        { key: 'c', what: 'Claim the task', run: () => isOpen && !isMine && claim() },
        { key: 'u', what: 'Give the task back', run: () => isOpen && !!task?.assignee && release() },
        { key: 'ctrl+Enter', what: 'Complete the task', run: () => isOpen && complete() },
    ])

    if (!data) return error ? <Problem error={error} what="task" /> : <div class="loading" aria-busy="true" />
    const t = data.task
    return (
        <>
            <Head title={t.name || t.elementId} sub={<>
                <State of={t.state} />
                <a href={link(['instances', t.processInstanceKey], { element: t.elementId })}>{t.processName || t.processDefinitionId}</a>
                <span>{t.assignee ? <>for <strong>{t.assignee}</strong></> : 'nobody has it'}</span>
                {t.candidateGroups.length > 0 && <span>groups {t.candidateGroups.join(', ')}</span>}
                {t.candidateUsers.length > 0 && <span>users {t.candidateUsers.join(', ')}</span>}
                <span title={exactly(t.creationDate)}>{ago(t.creationDate)}</span>
                {t.dueDate && <span class={Date.parse(t.dueDate) < Date.now() ? 'wrong' : ''}>due <When at={t.dueDate} /></span>}
                <span>priority {t.priority}</span>
            </>}>
                {isOpen && <>
                    {!isMine && <button onClick={claim} disabled={!!t.assignee}>Claim <kbd>c</kbd></button>}
                    {t.assignee && <button onClick={release}>Give back</button>}
                    <button onClick={() => setAsking(true)}>Assign…</button>
                    <button class="primary" onClick={complete}>Complete</button>
                </>}
            </Head>
            <div class="page">
                {formError && <Problem error={formError} what="form" />}
                {data.form ? <div class="paper task-form" ref={box} /> : (
                    <>
                        {t.externalFormReference && <p>Its form is elsewhere: <span class="mono">{t.externalFormReference}</span></p>}
                        {isOpen && <JsonField label="Variables to complete it with" value={variables} onInput={setVariables} object rows={6} />}
                    </>
                )}
                <h3 style={{ marginTop: '18px' }}>What it knows</h3>
                <table class="vars"><caption class="sr">Variables</caption><tbody>
                    {data.variables.map((v) => <tr key={v.variableKey}><th scope="row">{v.name}</th><td><pre>{v.value}</pre></td></tr>)}
                </tbody></table>
                <p class="faint small">Task <Key of={t.userTaskKey} /></p>
            </div>
            {asking && <Assign onClose={() => setAsking(false)} onAssign={(who) => act('Not assigned', `${who} has it`, () => post(`/user-tasks/${id}/assignment`, { assignee: who, allowOverride: true }))} />}
        </>
    )
}

function Assign({ onAssign, onClose }: { onAssign: (who: string) => Promise<boolean>; onClose: () => void }) {
    const [who, setWho] = useState('')
    return (
        <Dialog title="Assign the task" onClose={onClose}>
            <form onSubmit={async (e) => { e.preventDefault(); if (await onAssign(who)) onClose() }}>
                <label class="field"><span>To whom</span><input value={who} required onInput={(e) => setWho(e.currentTarget.value)} /></label>
                <div class="dialog-end"><button type="button" onClick={onClose}>Back</button><button class="primary" disabled={!who}>Assign</button></div>
            </form>
        </Dialog>
    )
}

function valuesOf(variables: Variable[]): Record<string, unknown> {
    const out: Record<string, unknown> = {}
    for (const v of variables)
        try {
            out[v.name] = JSON.parse(v.value)
        } catch {
            out[v.name] = v.value // cut off by the server
        }
    return out
}
