// Moving tokens: changes are collected on the diagram, shown, and applied together or not at all.
import { useState } from 'preact/hooks'
import { post } from '../core/api'
import { many } from '../core/format'
import { Dialog, JsonField, jsonError } from './basics'

export type Edit =
    | { kind: 'add'; target: string; variables?: Record<string, unknown> }
    | { kind: 'cancel'; target: string }
    | { kind: 'move'; source: string; target: string }

export const applyEdits = (key: string, edits: Edit[]) =>
    post(`/process-instances/${key}/modification`, {
        activateInstructions: edits.filter((e) => e.kind === 'add').map((e) => ({
            elementId: e.target,
            ...(e.variables && Object.keys(e.variables).length ? { variableInstructions: [{ variables: e.variables }] } : {}),
        })),
        moveInstructions: edits.filter((e) => e.kind === 'move').map((e) => ({
            sourceElementInstruction: { sourceType: 'byId', sourceElementId: e.source },
            targetElementId: e.target,
            ancestorScopeInstruction: { ancestorScopeType: 'inferred' },
        })),
        terminateInstructions: edits.filter((e) => e.kind === 'cancel').map((e) => ({ elementId: e.target })),
    })

interface Props {
    edits: Edit[]
    moving: string | null
    picked: string | null
    tokens: number
    names: Map<string, string>
    onEdits: (e: Edit[]) => void
    onMoving: (source: string | null) => void
    onApply: () => void
    onClose: () => void
}

export function EditBar({ edits, moving, picked, tokens, names, onEdits, onMoving, onApply, onClose }: Props) {
    const [asked, setAsked] = useState(false)
    const [adding, setAdding] = useState(false)
    const name = (id: string) => names.get(id) ?? id
    const say = (e: Edit) =>
        e.kind === 'add' ? `A new token at ${name(e.target)}` : e.kind === 'cancel' ? `Cancel all tokens at ${name(e.target)}` : `All tokens at ${name(e.source)} go to ${name(e.target)}`
    return (
        <div class="banner edit" role="region" aria-label="Move tokens">
            <div class="text">
                <strong>Move tokens.</strong>{' '}
                {moving ? <>Now pick where the tokens of <em>{name(moving)}</em> go.</> : picked ? <>{name(picked)}: {many(tokens, 'token')}.</> : 'Pick an element on the diagram or in the tree.'}
                {edits.length > 0 && (
                    <ul style={{ margin: '4px 0 0', paddingLeft: '18px' }}>
                        {edits.map((e, i) => (
                            <li key={i}>{say(e)} <button class="plain" aria-label={`Without: ${say(e)}`} onClick={() => onEdits(edits.filter((x) => x !== e))}>✕</button></li>
                        ))}
                    </ul>
                )}
            </div>
            {moving ? <button onClick={() => onMoving(null)}>Not so</button> : picked && (
                <>
                    <button onClick={() => setAdding(true)}>Add a token here</button>
                    <button disabled={!tokens} onClick={() => onMoving(picked)}>Move to…</button>
                    <button disabled={!tokens} onClick={() => onEdits([...edits, { kind: 'cancel', target: picked }])}>Cancel tokens</button>
                </>
            )}
            <button class="primary" disabled={edits.length === 0} onClick={() => setAsked(true)}>Apply</button>
            <button onClick={onClose}>Leave</button>
            {adding && picked && <AddToken name={name(picked)} onClose={() => setAdding(false)} onAdd={(variables) => onEdits([...edits, { kind: 'add', target: picked, variables }])} />}
            {asked && (
                <Dialog title={`Apply ${many(edits.length, 'change')}?`} onClose={() => setAsked(false)}>
                    <ul>{edits.map((e, i) => <li key={i}>{say(e)}</li>)}</ul>
                    <p class="faint">All of them are carried out in one step, or none.</p>
                    <div class="dialog-end">
                        <button onClick={() => setAsked(false)}>Back</button>
                        <button class="primary" onClick={() => { setAsked(false); onApply() }}>Apply</button>
                    </div>
                </Dialog>
            )}
        </div>
    )
}

function AddToken({ name, onAdd, onClose }: { name: string; onAdd: (v: Record<string, unknown>) => void; onClose: () => void }) {
    const [variables, setVariables] = useState('{}')
    return (
        <Dialog title={`A new token at ${name}`} onClose={onClose}>
            <form onSubmit={(e) => { e.preventDefault(); onAdd(JSON.parse(variables)); onClose() }}>
                <JsonField label="Variables of the instance to set with it" value={variables} onInput={setVariables} object rows={5} />
                <div class="dialog-end">
                    <button type="button" onClick={onClose}>Back</button>
                    <button class="primary" disabled={!!jsonError(variables, true)}>Add</button>
                </div>
            </form>
        </Dialog>
    )
}
