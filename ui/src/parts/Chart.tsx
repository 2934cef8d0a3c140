// Lines over time, in the colours of the theme.
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { useEffect, useRef } from 'preact/hooks'
import { theme } from '../core/theme'

export interface Line {
    name: string
    values: (number | null)[]
}
// Told apart by their dashes, too.
const DASHES = [[], [6, 4], [2, 3], [10, 3, 2, 3], [1, 2], [14, 4]]
const COLOURS = ['--accent', '--active', '--incident', '--canceled', '--suspended', '--completed']

export default function Chart({ title, times, lines }: { title: string; times: number[]; lines: Line[] }) {
    const box = useRef<HTMLDivElement>(null)
    const plot = useRef<uPlot | null>(null)
    const names = lines.map((l) => l.name).join('\n')
    const data = [times, ...lines.map((l) => l.values)] as uPlot.AlignedData

    useEffect(() => {
        const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
        const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } }
        const el = box.current!
        const p = new uPlot({
            width: el.clientWidth, height: 170,
            series: [{}, ...lines.map((l, i) => ({ label: l.name, stroke: colour(COLOURS[i % 6]!), width: 1.5, dash: DASHES[i % 6]!, points: { show: false } }))],
            axes: [axis, { ...axis, size: 60 }],
            scales: { y: { range: (_u: uPlot, _min: number, max: number): [number, number] => [0, Math.max(max * 1.1, 1)] } },
        }, data, el)
        plot.current = p
        const see = new ResizeObserver(() => p.setSize({ width: el.clientWidth, height: 170 }))
        see.observe(el)
        return () => { see.disconnect(); p.destroy(); plot.current = null }
    }, [names, theme.value])
    useEffect(() => plot.current?.setData(data), [times])
    return <figure class="card" style={{ margin: 0 }}><figcaption><h2>{title}</h2></figcaption><div class="chart" ref={box} /></figure>
}
