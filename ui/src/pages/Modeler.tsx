// Processes, decisions and forms, drawn here: nothing leaves the browser until one deploys. What
// one draws is kept in the browser, too, so that a closed tab loses nothing.
import { useEffect, useRef, useState } from 'preact/hooks'
import { deploy, get, post, text } from '../core/api'
import { refresh } from '../core/live'
import { go, link, route } from '../core/route'
import { recall, remember } from '../core/theme'
import { attempt, Dialog, Guard, Head, JsonField, jsonError, lazy, Problem, say } from '../parts/basics'
import { useCommands } from '../parts/Palette'
import { EMPTY, type Editor, type Kind } from '../modeler/editor'
import type { Finding } from '../modeler/lint'

const Compare = lazy(() => import('../parts/Compare'))

const NAMES: Record<Kind, string> = { bpmn: 'Process', dmn: 'Decision', form: 'Form' }
const draftKey = (kind: Kind) => `fermata.draft.${kind}`

const openers: Record<Kind, () => Promise<{ open(canvas: HTMLElement, panel: HTMLElement, source: string, onChange: () => void): Promise<Editor> }>> = {
    bpmn: () => import('../modeler/bpmn'),
    dmn: () => import('../modeler/dmn'),
    form: () => import('../modeler/form'),
}

interface Source {
    kind: Kind
    text: string
    name: string
}

// What shall be edited, by the address: a deployed thing, or a draft, or nothing yet.
async function load(query: URLSearchParams): Promise<Source> {
    const process = query.get('process')
    if (process) {
        const d = await get<{ resourceName: string }>(`/process-definitions/${process}`)
        return { kind: 'bpmn', text: await text(`/v2/process-definitions/${process}/xml`), name: d.resourceName }
    }
    const decision = query.get('decision')
    if (decision) return { kind: 'dmn', text: await text(`/v2/decision-definitions/${decision}/xml`), name: 'decision.dmn' }
    const kind = (['bpmn', 'dmn', 'form'] as const).find((k) => k === query.get('kind')) ?? 'bpmn'
    const draft = query.get('new') ? null : recall(draftKey(kind))
    return { kind, text: draft ?? EMPTY[kind](), name: `${kind === 'bpmn' ? 'process' : kind === 'dmn' ? 'decision' : 'form'}.${kind}` }
}

export default function Modeler() {
    const compare = route.value.query.get('compare')
    if (compare) return <Compare keys={compare.split(',')} />
    return <Edit key={route.value.query.toString()} />
}

function Edit() {
    const [source, setSource] = useState<Source>()
    const [error, setError] = useState<Error>()
    useEffect(() => {
        load(route.value.query).then(setSource, setError)
    }, [])
    if (error) return <><Head title="Modeler" /><Problem error={error} what="model" /></>
    if (!source) return <div class="loading" aria-busy="true" />
    return <Guard name={source.name}><Board source={source} /></Guard>
}

function Board({ source }: { source: Source }) {
    const { kind } = source
    const canvas = useRef<HTMLDivElement>(null)
    const panel = useRef<HTMLDivElement>(null)
    const editor = useRef<Editor | null>(null)
    const [findings, setFindings] = useState<Finding[]>([])
    const [error, setError] = useState<Error>()
    const [ready, setReady] = useState(false)
    const [starting, setStarting] = useState<string>()

    useEffect(() => {
        let late = false
        let timer = 0
        const check = () => { if (editor.current) setFindings(editor.current.findings()) }
        const changed = () => {
            clearTimeout(timer)
            timer = window.setTimeout(async () => {
                if (!editor.current) return
                check()
                remember(draftKey(kind), await editor.current.save())
            }, 300)
        }
        openers[kind]().then(({ open }) => open(canvas.current!, panel.current!, source.text, changed)).then((e) => {
            if (late) return e.close()
            editor.current = e
            setReady(true)
            check()
        }).catch((e) => !late && setError(e))
        return () => { late = true; clearTimeout(timer); editor.current?.close(); editor.current = null }
    }, [])

    async function send(): Promise<string | undefined> {
        const content = await editor.current!.save()
        let process: string | undefined
        await attempt('Not deployed', '', async () => {
            const { deployments } = await deploy([{ name: source.name, content }])
            process = deployments.find((d) => d.processDefinition)?.processDefinition?.processDefinitionId
            const d = deployments[0]
            const what = process ?? d?.decisionDefinition?.decisionDefinitionId ?? d?.form?.formId ?? source.name
            const version = d?.processDefinition?.processDefinitionVersion ?? d?.decisionDefinition?.version ?? d?.form?.version
            say('good', `${what} is deployed as version ${version}`)
            refresh()
        })
        return process
    }
    const deployAndStart = async () => setStarting(await send())
    async function download() {
        const url = URL.createObjectURL(new Blob([await editor.current!.save()]))
        const a = Object.assign(document.createElement('a'), { href: url, download: source.name })
        a.click()
        setTimeout(() => URL.revokeObjectURL(url), 1000)
    }
    useCommands(ready ? [
        { name: 'Deploy this model', run: () => void send() },
        ...(kind === 'bpmn' ? [{ name: 'Deploy and start', run: () => void deployAndStart() }] : []),
        { name: 'Undo', run: () => editor.current?.undo() },
        { name: 'Redo', run: () => editor.current?.redo() },
    ] : [], [ready])

    const errors = findings.filter((f) => f.isError).length
    return (
        <>
            <Head title="Modeler" sub={<span>{source.name}; kept in this browser until you deploy</span>}>
                <span class="row-flex" role="group" aria-label="New">
                    {(Object.keys(NAMES) as Kind[]).map((k) => <a key={k} class="plain" href={link(['modeler'], { kind: k, new: String(Date.now() % 1e6) })}>New {NAMES[k].toLowerCase()}</a>)}
                </span>
                <button disabled={!ready} onClick={() => editor.current?.undo()}>Undo</button>
                <button disabled={!ready} onClick={() => editor.current?.redo()}>Redo</button>
                <button disabled={!ready} onClick={download}>Download</button>
                <button disabled={!ready} onClick={() => void send()}>Deploy</button>
                {kind === 'bpmn' && <button class="primary" disabled={!ready} onClick={() => void deployAndStart()}>Deploy and start</button>}
            </Head>
            {error && <Problem error={error} what="editor" />}
            <div class={`modeler ${kind}`}>
                <div class="canvas" ref={canvas} />
                <div class="side-panel" ref={panel} aria-label="Properties" role="region" />
            </div>
            <section class="findings" aria-label="Findings" aria-live="polite">
                <div class="pane-head"><h2>Findings</h2>
                    {findings.length === 0 ? <span class="state completed">✓ nothing found here; the server checks all when you deploy</span>
                        : <>{errors > 0 && <span class="state incident">▲ {errors}</span>}<span class="faint">{findings.length - errors ? `${findings.length - errors} to think about` : ''}</span></>}
                </div>
                {findings.map((f, i) => (
                    <button key={i} class="tree-row" onClick={() => editor.current?.select(f.element)}>
                        <span class={`dot ${f.isError ? 'incident' : 'canceled'}`} aria-hidden="true">{f.isError ? '▲' : '○'}</span>
                        <span class="name">{f.text}</span><span class="mono faint">{f.element}</span>
                    </button>
                ))}
            </section>
            {starting && <Start process={starting} onClose={() => setStarting(undefined)} />}
        </>
    )
}

function Start({ process, onClose }: { process: string; onClose: () => void }) {
    const [variables, setVariables] = useState('{}')
    async function start(e: Event) {
        e.preventDefault()
        await attempt('Not started', '', async () => {
            const made = await post<{ processInstanceKey: string }>('/process-instances', { processDefinitionId: process, variables: JSON.parse(variables) })
            onClose()
            go(['instances', made.processInstanceKey])
        })
    }
    return (
        <Dialog title={`Start ${process}`} onClose={onClose}>
            <form onSubmit={start}>
                <JsonField label="Variables" value={variables} onInput={setVariables} object />
                <div class="dialog-end"><button type="button" onClick={onClose}>Not now</button><button class="primary" disabled={!!jsonError(variables, true)}>Start</button></div>
            </form>
        </Dialog>
    )
}

