// The shell: navigation, palette, keyboard, theme, what went wrong; and one page at a time.
import { render, type ComponentType } from 'preact'
import { useState } from 'preact/hooks'
import './style.css'
import mark from './mark.svg'
import { go, link, route } from './core/route'
import { connection, refresh } from './core/live'
import { theme, toggleTheme } from './core/theme'
import { useKeys } from './core/keys'
import { Dialog, Empty, Guard, Head, Notes, lazy, sayError } from './parts/basics'
import { KeysHelp, Palette, keysOpen, paletteOpen, type Command } from './parts/Palette'
import { deployFiles } from './parts/deploy'
import Home from './pages/Home'
import Processes from './pages/Processes'

interface Place {
    path: string
    name: string
    key: string
    page: ComponentType
    hidden?: boolean
}

const places: Place[] = [
    { path: '', name: 'Home', key: 'h', page: Home },
    { path: 'processes', name: 'Processes', key: 'p', page: Processes },
    { path: 'instances', name: 'Instances', key: 'i', page: lazy(() => import('./pages/Instances')) },
    { path: 'tasks', name: 'Tasks', key: 't', page: lazy(() => import('./pages/Tasks')) },
    { path: 'decisions', name: 'Decisions', key: 'd', page: lazy(() => import('./pages/Decisions')) },
    { path: 'waiting', name: 'Messages and jobs', key: 'w', page: lazy(() => import('./pages/Waiting')) },
    { path: 'operations', name: 'Operations', key: 'o', page: lazy(() => import('./pages/Operations')) },
    { path: 'modeler', name: 'Modeler', key: 'm', page: lazy(() => import('./pages/Modeler')) },
    { path: 'about', name: 'About', key: 'a', page: lazy(() => import('./pages/About')), hidden: true },
]

const commands: Command[] = [
    ...places.map((p) => ({ name: `Go to ${p.name}`, key: `g ${p.key}`, run: () => go([p.path].filter(Boolean)) })),
    { name: 'Deploy files', hint: 'BPMN, DMN, forms', run: pickFiles },
    { name: 'Dark or light', key: '.', run: toggleTheme },
    { name: 'Keyboard', key: '?', run: () => (keysOpen.value = true) },
]

function pickFiles() {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.accept = '.bpmn,.dmn,.form,.json,.xml'
    input.onchange = () => deployFiles([...(input.files ?? [])])
    input.click()
}

const CONNECTED = {
    stream: ['good', 'Live', 'What changes is pushed by the server'],
    polling: ['soft', 'Every 2 s', 'The server pushes nothing; the page asks every two seconds'],
    lost: ['bad', 'No answer', 'The server does not answer; the page goes on asking'],
} as const

function Connection() {
    const [look, word, title] = CONNECTED[connection.value]
    return <span class={`connection ${look}`} title={title} role="status">{word}</span>
}

function Side({ here }: { here: string }) {
    return (
        <nav class="side" aria-label="Pages">
            <a class="brand" href="#/"><img src={mark} alt="" width="22" height="22" /> fermata</a>
            <button class="search" onClick={() => (paletteOpen.value = true)}>
                <span>Search or do</span> <kbd>⌘K</kbd>
            </button>
            <ul>
                {places.filter((p) => !p.hidden).map((p) => (
                    <li key={p.path}>
                        <a href={link([p.path].filter(Boolean))} aria-current={p.path === here ? 'page' : undefined} title={`g ${p.key}`}>
                            {p.name}
                        </a>
                    </li>
                ))}
            </ul>
            <div class="side-end">
                <Connection />
                <div class="side-buttons">
                    <button class="plain" onClick={toggleTheme} title="Dark or light (.)">{theme.value === 'dark' ? 'Light' : 'Dark'}</button>
                    <button class="plain" onClick={() => (keysOpen.value = true)} title="What the keys do (?)">Keys</button>
                    <a class="plain" href="#/about">About</a>
                </div>
            </div>
        </nav>
    )
}

function Shell() {
    const here = route.value.path[0] ?? ''
    const place = places.find((p) => p.path === here)
    const [dragging, setDragging] = useState(false)
    useKeys([
        { key: 'ctrl+k', what: 'Search or do', run: () => (paletteOpen.value = true) },
        { key: '/', what: 'Search or do', run: () => (paletteOpen.value = true) },
        { key: '?', what: 'This list', run: () => (keysOpen.value = true) },
        { key: '.', what: 'Dark or light', run: toggleTheme },
        { key: 'r', what: 'Look again', run: refresh },
        ...places.map((p) => ({ key: `g ${p.key}`, what: p.name, run: () => go([p.path].filter(Boolean)) })),
    ])
    document.title = place && here ? `${place.name} - fermata` : 'fermata'

    const carriesFiles = (e: DragEvent) => [...(e.dataTransfer?.types ?? [])].includes('Files')
    return (
        <div class="shell"
            onDragOver={(e) => { if (carriesFiles(e)) { e.preventDefault(); setDragging(true) } }}
            onDragLeave={(e) => { if (e.relatedTarget === null) setDragging(false) }}
            onDrop={(e) => {
                if (!carriesFiles(e)) return
                e.preventDefault()
                setDragging(false)
                deployFiles([...(e.dataTransfer?.files ?? [])])
            }}>
            <a class="skip" href="#main" onClick={(e) => { e.preventDefault(); document.getElementById('main')!.focus() }}>
                To the content
            </a>
            <Side here={here} />
            <main id="main" tabIndex={-1}>
                <Guard name={route.value.path.join('/')}>
                    {place ? <place.page /> : <Nowhere />}
                </Guard>
            </main>
            <Notes />
            {paletteOpen.value && <Palette commands={commands} />}
            {keysOpen.value && (
                <Dialog title="Keyboard" onClose={() => (keysOpen.value = false)}><KeysHelp /></Dialog>
            )}
            {dragging && <div class="drop"><div>Drop to deploy<br /><span class="small">BPMN, DMN, forms</span></div></div>}
        </div>
    )
}

const Nowhere = () => (
    <>
        <Head title="Nothing is here" />
        <Empty title={`There is no page "${route.value.path.join('/')}"`}>
            <a href="#/">Home</a> has all that there is.
        </Empty>
    </>
)

// What nobody caught comes to the corner too, and never as a white page.
addEventListener('unhandledrejection', (e) => sayError(e.reason, 'Something failed'))
addEventListener('error', (e) => e.error && sayError(e.error, 'Something failed'))

const app = document.getElementById('app')!
app.textContent = ''
render(<Shell />, app)
