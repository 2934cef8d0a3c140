// What runs, what is stuck, and what to do next.
import { useState } from 'preact/hooks'
import { count, search, type Instance } from '../core/api'
import { incidentGroups, processCounts } from '../core/counts'
import { many, num } from '../core/format'
import { useLive } from '../core/live'
import { link } from '../core/route'
import { Empty, Head, Problem, State, When } from '../parts/basics'
import { FirstSteps } from '../parts/FirstSteps'

async function load() {
    const processes = await processCounts()
    const minute = new Date(Date.now() - 60000).toISOString()
    const [groups, runningNow, stuck, tasks, startedLately, endedLately, latest] = await Promise.all([
        incidentGroups(),
        count('process-instances', { state: 'ACTIVE' }),
        count('incidents', { state: 'ACTIVE' }),
        count('user-tasks', { state: 'CREATED' }),
        count('process-instances', { startDate: { $gte: minute } }),
        count('process-instances', { endDate: { $gte: minute } }),
        search<Instance>('process-instances', { sort: [{ field: 'startDate', order: 'DESC' }], page: { limit: 8 } }),
    ])
    return { processes, groups, runningNow, stuck, tasks, startedLately, endedLately, latest: latest.items }
}

export default function Home() {
    const { data, error } = useLive('home', load, ['instances', 'deployments'])
    const [steps, setSteps] = useState(false)
    return (
        <>
            <Head title="Home">
                {data && data.processes.length > 0 && (
                    <button aria-pressed={steps} onClick={() => setSteps(!steps)}>First steps</button>
                )}
            </Head>
            <div class="page">
                {error && !data && <Problem error={error} what="overview" />}
                {data && (data.processes.length === 0 || steps) && <FirstSteps empty={data.processes.length === 0} />}
                {data && data.processes.length > 0 && (
                    <>
                        <div class="figures">
                            <Figure n={data.runningNow} what="running" href={link(['instances'], { state: 'ACTIVE' })} />
                            <Figure n={data.stuck} what="open incidents" look={data.stuck ? 'incident' : ''} href={link(['instances'], { state: 'INCIDENT' })} />
                            <Figure n={data.tasks} what="open tasks" href={link(['tasks'])} />
                            <Figure n={data.startedLately} what="started in the last minute" />
                            <Figure n={data.endedLately} what="ended in the last minute" />
                        </div>
                        <div class="columns">
                            <Processes processes={data.processes} />
                            <div>
                                <Incidents groups={data.groups} />
                                <Latest instances={data.latest} />
                            </div>
                        </div>
                    </>
                )}
            </div>
        </>
    )
}

function Figure({ n, what, href, look = '' }: { n: number; what: string; href?: string; look?: string }) {
    const inner = <><b>{num(n)}</b><span class="faint">{what}</span></>
    return href ? <a class={`figure ${look}`} href={href}>{inner}</a> : <div class={`figure ${look}`}>{inner}</div>
}

function Processes({ processes }: { processes: Awaited<ReturnType<typeof processCounts>> }) {
    const most = Math.max(1, ...processes.map((p) => p.running))
    return (
        <section class="group">
            <div class="group-head"><h2>Processes</h2><span class="faint">{num(processes.length)}</span></div>
            <div class="lines">
                {processes.slice(0, 40).map((p) => (
                    <a class="line" key={p.id} href={link(['processes', p.id])}>
                        <span class="main">{p.name} <span class="faint small">{p.versions > 1 ? many(p.versions, 'version') : ''}</span></span>
                        {p.incidents > 0 && <span class="state incident"><span aria-hidden="true">▲</span> {many(p.incidents, 'incident')}</span>}
                        <span class="faint">{num(p.running)} running</span>
                        <span class="bar" aria-hidden="true">
                            <i class="bad" style={{ width: `${(p.incidents / most) * 100}%` }} />
                            <i style={{ width: `${((p.running - p.incidents) / most) * 100}%` }} />
                        </span>
                    </a>
                ))}
                {processes.length > 40 && <a class="line" href="#/processes">All {num(processes.length)}</a>}
            </div>
        </section>
    )
}

function Incidents({ groups }: { groups: Awaited<ReturnType<typeof incidentGroups>> }) {
    return (
        <section class="group" aria-live="polite">
            <div class="group-head"><h2>Incidents by message</h2><span class="faint">{groups.length || ''}</span></div>
            {groups.length === 0 ? <Empty title="No open incidents" /> : (
                <div class="lines">
                    {groups.slice(0, 12).map((g) => (
                        <a class="line" key={g.message}
                            href={g.instances === 1 && g.example ? link(['instances', g.example.processInstanceKey])
                                : link(['instances'], { state: 'INCIDENT', error: g.message })}>
                            <span class="main wrap">{g.message}
                                {g.example && <span class="faint small"> at {g.example.elementId} in {g.example.processDefinitionId}</span>}
                            </span>
                            <span class="state incident"><span aria-hidden="true">▲</span> {many(g.instances, 'instance')}</span>
                        </a>
                    ))}
                </div>
            )}
        </section>
    )
}

function Latest({ instances }: { instances: Instance[] }) {
    return (
        <section class="group">
            <div class="group-head"><h2>Started last</h2></div>
            {instances.length === 0 ? <Empty title="No instances yet" /> : (
                <div class="lines">
                    {instances.map((i) => (
                        <a class="line" key={i.processInstanceKey} href={link(['instances', i.processInstanceKey])}>
                            <span class="main">{i.processDefinitionName || i.processDefinitionId} <span class="key faint">{i.processInstanceKey}</span></span>
                            <State of={i.state} incident={i.hasIncident} />
                            <When at={i.startDate} />
                        </a>
                    ))}
                </div>
            )}
        </section>
    )
}
