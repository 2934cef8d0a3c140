import type { ElementInstance } from '../core/api'
import { exactly, span } from '../core/format'
import { scaleOf } from './story'

interface Props {
    elements: ElementInstance[]
    selected: string | null // an element id
    onSelect: (e: ElementInstance) => void
    until: number
}

const MOST = 400

export const look = (e: ElementInstance) =>
    e.hasIncident ? 'incident' : e.state === 'ACTIVE' ? 'active' : e.state === 'TERMINATED' ? 'canceled' : 'completed'

export function Timeline({ elements, selected, onSelect, until }: Props) {
    const rows = elements.filter((e) => e.type !== 'PROCESS').slice(0, MOST)
    const times = elements.flatMap((e) => [Date.parse(e.startDate), e.endDate ? Date.parse(e.endDate) : NaN])
    const isOpen = elements.some((e) => e.state === 'ACTIVE')
    const ends = times.filter(Number.isFinite)
    const { place, gaps } = scaleOf(times, isOpen ? until : Math.max(...ends, 0))
    const percent = (n: number) => `${(n * 100).toFixed(2)}%`
    return (
        <div class="timeline" role="group" aria-label="Timeline">
            <div class="timeline-axis" aria-hidden="true">
                {gaps.map((g) => <span key={g.from} style={{ left: percent((g.from + g.to) / 2) }}>{span(g.ms)}</span>)}
            </div>
            {rows.map((e) => {
                const from = place(Date.parse(e.startDate))
                const end = e.endDate ? Date.parse(e.endDate) : until
                const took = span(end - Date.parse(e.startDate))
                return (
                    <button key={e.elementInstanceKey} class="timeline-row" aria-current={selected === e.elementId}
                        onClick={() => onSelect(e)} title={`${e.elementName || e.elementId}: ${exactly(e.startDate)}, ${took}`}>
                        <span class="name">{e.elementName || e.elementId}</span>
                        <span class="timeline-track">
                            <span class={`timeline-bar ${look(e)}`} style={{ left: `min(${percent(from)}, calc(100% - 4px))`, width: percent(Math.max(0, place(end) - from)) }} />
                            <span class="sr">{took}, {look(e)}</span>
                        </span>
                    </button>
                )
            })}
            {elements.length > MOST && <div class="faint">The first {MOST} of {elements.length} are shown.</div>}
        </div>
    )
}
