// A list of any length: only the rows that can be seen are there, and rows are asked for in
// pages as one comes to them. j and k move, Enter opens, x selects.
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { useLive } from '../core/live'
import { useKeys } from '../core/keys'
import type { Page } from '../core/api'
import { Empty, Problem } from './basics'
import { num } from '../core/format'

const ROW = 34
const PAGE = 100
const MARGIN = 8

export interface Column<T> {
    name: string
    width: string // of a grid: "120px", "1fr"
    cell: (row: T) => ComponentChildren
    sort?: string
}

interface Props<T> {
    what: string
    id: string // of the question: another one starts from the top
    stamp?: string // of the answer, when it is there already
    load: (from: number, limit: number) => Promise<Page<T>>
    columns: Column<T>[]
    rowKey: (row: T) => string
    open?: (row: T) => void
    sort?: { field: string; order: 'ASC' | 'DESC' }
    onSort?: (field: string) => void
    topics?: string[]
    selected?: Set<string>
    onSelect?: (keys: Set<string>) => void
    empty?: ComponentChildren
    onTotal?: (text: string) => void
    marked?: string
}

export function Table<T>(p: Props<T>) {
    const box = useRef<HTMLDivElement>(null)
    const [top, setTop] = useState(0)
    const [height, setHeight] = useState(600)
    const [cursor, setCursor] = useState(-1)

    const first = Math.max(0, Math.floor(top / ROW) - MARGIN)
    const last = Math.ceil((top + height) / ROW) + MARGIN
    const fromPage = Math.floor(first / PAGE)
    const toPage = Math.floor(last / PAGE)

    useEffect(() => {
        setCursor(-1)
        setTop(0)
        if (box.current) box.current.scrollTop = 0
    }, [p.id])

    useEffect(() => {
        const see = new ResizeObserver(([e]) => setHeight(e!.contentRect.height))
        see.observe(box.current!)
        return () => see.disconnect()
    }, [])

    const { data, error } = useLive(
        `table ${p.what} ${p.id} ${p.stamp ?? ''} ${fromPage}-${toPage}`,
        async () => {
            const page = await p.load(fromPage * PAGE, (toPage - fromPage + 1) * PAGE)
            return { from: fromPage * PAGE, ...page }
        },
        p.topics ?? ['instances'],
    )
    // While the next pages are on their way, those that are there stay.
    const kept = useRef<{ id: string; from: number; page: Page<T> } | null>(null)
    if (data) kept.current = { id: p.id, from: data.from, page: data }
    const shown = kept.current?.id === p.id ? kept.current : null
    const items = shown?.page.items ?? []
    const more = shown?.page.page.hasMoreTotalItems
    const reached = shown ? shown.from + items.length : 0
    const total = shown ? Math.max(shown.page.page.totalItems, reached + (more && items.length ? PAGE : 0)) : 0
    const totalText = shown ? num(shown.page.page.totalItems) + (more ? '+' : '') : ''
    useEffect(() => p.onTotal?.(totalText), [totalText])

    const at = (i: number): T | undefined => (shown ? items[i - shown.from] : undefined)
    const grid = useMemo(() => (p.onSelect ? '32px ' : '') + p.columns.map((c) => c.width).join(' '), [p.columns])

    function move(to: number) {
        const next = Math.max(0, Math.min(total - 1, to))
        setCursor(next)
        const el = box.current!
        el.focus({ preventScroll: true }) // so that Enter means the row
        if (next * ROW < el.scrollTop) el.scrollTop = next * ROW
        else if ((next + 2) * ROW > el.scrollTop + el.clientHeight) el.scrollTop = (next + 2) * ROW - el.clientHeight
    }
    function toggle(i: number) {
        const row = at(i)
        if (!row || !p.onSelect) return
        const keys = new Set(p.selected)
        const key = p.rowKey(row)
        if (!keys.delete(key)) keys.add(key)
        p.onSelect(keys)
    }
    useKeys(
        [
            { key: 'j', what: 'Next row', run: () => move(cursor + 1) },
            { key: 'k', what: 'Row before', run: () => move(cursor - 1) },
            { key: 'ArrowDown', what: 'Next row', run: () => move(cursor + 1) },
            { key: 'ArrowUp', what: 'Row before', run: () => move(cursor - 1) },
            { key: 'Enter', what: 'Open the row', run: (e) => {
                if ((e.target as HTMLElement).closest('a, button, summary')) return (e.target as HTMLElement).click()
                const row = at(cursor)
                if (row) p.open?.(row)
            } },
            ...(p.onSelect ? [{ key: 'x', what: 'Select the row', run: () => toggle(cursor) }] : []),
        ],
    )

    if (error && !shown) return <Problem error={error} what={p.what} />
    const rows = []
    for (let i = first; i < Math.min(last, total); i++) {
        const row = at(i)
        const key = row ? p.rowKey(row) : `row-${i}`
        rows.push(
            <div key={key} role="row" aria-rowindex={i + 2} style={{ top: `${i * ROW}px`, gridTemplateColumns: grid }}
                class={`row ${i === cursor ? 'cursor' : ''} ${p.marked === key ? 'marked' : ''} ${p.open ? 'opens' : ''}`}
                onClick={(e) => {
                    if ((e.target as HTMLElement).closest('a, button, input')) return
                    setCursor(i)
                    if (row) p.open?.(row)
                }}>
                {p.onSelect && (
                    <span role="cell">
                        <input type="checkbox" checked={p.selected?.has(key) ?? false} aria-label={`Select ${key}`} onChange={() => toggle(i)} />
                    </span>
                )}
                {p.columns.map((c) => (
                    <span role="cell" key={c.name} class="cell">{row ? c.cell(row) : <span class="ghost" />}</span>
                ))}
            </div>,
        )
    }
    return (
        <div class="table" role="table" aria-label={p.what} aria-rowcount={total + 1}>
            <div class="row header" role="row" style={{ gridTemplateColumns: grid }}>
                {p.onSelect && <span role="columnheader"><span class="sr">Selected</span></span>}
                {p.columns.map((c) => {
                    const sorted = c.sort && c.sort === p.sort?.field
                    return (
                        <span role="columnheader" key={c.name}
                            aria-sort={sorted ? (p.sort!.order === 'ASC' ? 'ascending' : 'descending') : undefined}>
                            {c.sort && p.onSort ? (
                                <button class="plain" onClick={() => p.onSort!(c.sort!)}>
                                    {c.name} <span aria-hidden="true">{sorted ? (p.sort!.order === 'ASC' ? '↑' : '↓') : ''}</span>
                                </button>
                            ) : c.name}
                        </span>
                    )
                })}
            </div>
            <div class="rows" role="rowgroup" ref={box} tabIndex={0} onScroll={(e) => setTop(e.currentTarget.scrollTop)}>
                <div style={{ height: `${total * ROW}px` }} role="presentation" />
                {rows}
            </div>
            {shown && total === 0 && <div class="table-empty">{p.empty ?? <Empty title={`No ${p.what}`} />}</div>}
        </div>
    )
}

// The same for what is there already.
export const listed = <T,>(items: T[]) => async (from: number, limit: number): Promise<Page<T>> => ({
    items: items.slice(from, from + limit),
    page: { totalItems: items.length, hasMoreTotalItems: false },
})
