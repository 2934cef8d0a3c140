// The variables of a scope, edited in place as JSON.
import { useEffect, useState } from 'preact/hooks'
import { call, get, type ElementInstance, type Variable } from '../core/api'
import { pretty } from '../core/format'
import { refresh } from '../core/live'
import { setQuery } from '../core/route'
import { attempt, Copy, Dialog, Empty, JsonField, jsonError } from './basics'

interface Props {
    instance: string
    scope: string
    elements: ElementInstance[]
    variables: Variable[]
    past?: Map<string, string> | null
    isPast: boolean
    canEdit: boolean
    names: Map<string, string>
}

export function Variables({ instance, scope, elements, variables, past, isPast, canEdit, names }: Props) {
    const [editing, setEditing] = useState<Variable | 'new' | null>(null)
    if (isPast) return <PastVariables past={past} />
    const isRoot = !elements.some((e) => e.elementInstanceKey === scope && e.type !== 'PROCESS')
    const here = variables.filter((v) => v.scopeKey === scope || (isRoot && v.scopeKey === instance))
    const elsewhere = variables.filter((v) => !here.includes(v))
    const element = elements.find((e) => e.elementInstanceKey === scope)
    const place = isRoot ? 'the instance' : (element?.elementName || element?.elementId || scope)
    const nameOf = (key: string) => {
        const e = elements.find((x) => x.elementInstanceKey === key)
        return e ? names.get(e.elementId) || e.elementId : key === instance ? 'the instance' : key
    }
    return (
        <>
            <div class="pane-head">
                <span>of {place}</span>
                {!isRoot && <button class="plain" onClick={() => setQuery({ element: '', at: '' })}>of the instance</button>}
                {canEdit && <button class="push" onClick={() => setEditing('new')}>Add variable</button>}
            </div>
            {here.length === 0 && <Empty title={`No variables of ${place} itself`} />}
            <table class="vars">
                <caption class="sr">Variables of {place}</caption>
                <tbody>
                    {here.map((v) => (
                        <tr key={v.variableKey}>
                            <th scope="row">{v.name}</th>
                            <td><pre tabIndex={v.value.length > 400 ? 0 : undefined}>{v.isTruncated ? v.value + '…' : pretty(v.value)}</pre></td>
                            <td style={{ width: '1px' }}>{canEdit && <button class="plain" aria-label={`Edit ${v.name}`} onClick={() => setEditing(v)}>Edit</button>}</td>
                        </tr>
                    ))}
                </tbody>
            </table>
            {elsewhere.length > 0 && isRoot && (
                <details class="pane-body">
                    <summary>{elsewhere.length} more, of elements</summary>
                    <table class="vars"><caption class="sr">Variables of elements</caption><tbody>
                        {elsewhere.map((v) => <tr key={v.variableKey}><th scope="row">{v.name}<div class="faint small">{nameOf(v.scopeKey)}</div></th><td><pre>{pretty(v.value)}</pre></td></tr>)}
                    </tbody></table>
                </details>
            )}
            {editing && <EditVariable variable={editing} scope={editing === 'new' ? scope : editing.scopeKey} place={place} onClose={() => setEditing(null)} />}
        </>
    )
}

function PastVariables({ past }: { past?: Map<string, string> | null }) {
    if (!past) return <Empty title="The values of that moment are not known">The server tells no variable events of this instance.</Empty>
    return (
        <table class="vars">
            <caption class="sr">Variables at that moment</caption>
            <tbody>{[...past].map(([name, value]) => <tr key={name}><th scope="row">{name}</th><td><pre>{pretty(value)}</pre></td></tr>)}</tbody>
        </table>
    )
}

function EditVariable({ variable, scope, place, onClose }: { variable: Variable | 'new'; scope: string; place: string; onClose: () => void }) {
    const isNew = variable === 'new'
    const [name, setName] = useState(isNew ? '' : variable.name)
    // What it was, when all of that is known: lists have long values cut.
    const [was, setWas] = useState(isNew ? '""' : variable.isTruncated ? undefined : pretty(variable.value))
    const [value, setValue] = useState(was ?? pretty((variable as Variable).value))
    useEffect(() => {
        if (was !== undefined || isNew) return
        void get<Variable>(`/variables/${variable.variableKey}`).then((v) => { setWas(pretty(v.value)); setValue(pretty(v.value)) }, () => {})
    }, [])
    async function save(e: Event) {
        e.preventDefault()
        const ok = await attempt('Not saved', `${name} is set`, () =>
            call('PUT', `/element-instances/${scope}/variables`, { variables: { [name]: JSON.parse(value) }, local: true }))
        if (!ok) return
        refresh()
        onClose()
    }
    return (
        <Dialog title={isNew ? `New variable of ${place}` : `${name} of ${place}`} onClose={onClose}>
            <form onSubmit={save}>
                {isNew && <label class="field"><span>Name</span><input value={name} required onInput={(e) => setName(e.currentTarget.value)} /></label>}
                <JsonField label="Value (JSON)" value={value} onInput={setValue} rows={12} />
                <div class="dialog-end">
                    {!isNew && <button type="button" disabled={was === undefined} onClick={() => setValue(was!)}>As it was</button>}
                    <Copy text={value} />
                    <button type="button" onClick={onClose}>Back</button>
                    <button class="primary" disabled={!name || was === undefined || !!jsonError(value)}>Save</button>
                </div>
            </form>
        </Dialog>
    )
}
