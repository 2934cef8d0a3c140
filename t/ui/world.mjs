// world.mjs - fills a server with something to look at: a bookshop whose orders are in every
// state that the pages show. Only the public REST API is used.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
export const modelText = (name) => readFileSync(join(here, 'models', name), 'utf8')

export function client(base) {
    async function call(method, path, body) {
        const answer = await fetch(base + '/v2' + path, {
            method,
            headers: { 'content-type': 'application/json' },
            body: body === undefined ? undefined : JSON.stringify(body),
        })
        const text = await answer.text()
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
        return text ? JSON.parse(text) : undefined
    }
    const post = (path, body = {}) => call('POST', path, body)
    async function deploy(files) {
        const form = new FormData()
        for (const [name, text] of Object.entries(files)) form.append('resources', new Blob([text]), name)
        const answer = await fetch(base + '/v2/deployments', { method: 'POST', body: form })
        if (!answer.ok) throw new Error(`deployment: ${answer.status} ${await answer.text()}`)
        return answer.json()
    }
    const start = async (processDefinitionId, variables, more = {}) =>
        (await post('/process-instances', { processDefinitionId, variables, ...more })).processInstanceKey
    const take = async (type, maxJobsToActivate = 1, worker = 'bookshop') =>
        (await post('/jobs/activation', { type, timeout: 600000, maxJobsToActivate, worker, requestTimeout: -1 })).jobs
    return {
        base, call, post, deploy, start, take,
        search: (what, body = {}) => post(`/${what}/search`, body),
        complete: (job, variables = {}) => post(`/jobs/${job.jobKey}/completion`, { variables }),
        fail: (job, errorMessage, retries = 0) => post(`/jobs/${job.jobKey}/failure`, { retries, errorMessage }),
        pay: (orderId) => post('/messages/publication', { name: 'payment-received', correlationKey: orderId, timeToLive: 60000, variables: { paid: true } }),
    }
}

const books = (n) => ['Faust', 'Emma', 'Ulysses', 'Walden', 'Middlemarch', 'Nana'].slice(0, n)

// Orders by how far they get.
export async function bookshop(c) {
    await c.deploy({ 'risk.dmn': modelText('risk.dmn'), 'approve.form': modelText('approve.form'), 'order.bpmn': modelText('order.bpmn'), 'campaign.bpmn': modelText('campaign.bpmn') })
    let n = 0
    const order = async (variables = {}) => {
        const orderId = `o-${++n}`
        const key = await c.start('bookshop-order', { orderId, amount: 40 + n, ordersBefore: 7, books: books(3), customer: { name: 'Ada', city: 'Turin' }, ...variables }, { businessId: orderId })
        return { orderId, key }
    }
    const charge = async (o) => {
        for (const job of await c.take('charge-card', 100)) await c.complete(job, { receipt: `r-${o.orderId}` })
    }
    const done = []
    for (let i = 0; i < 6; i++) {
        const o = await order()
        await charge(o)
        await c.pay(o.orderId)
        done.push(o)
    }
    await ship(c, 4)
    const waiting = await order({ books: books(2) })
    await charge(waiting)
    for (let i = 0; i < 3; i++) await charge(await order())
    const failing = []
    for (let i = 0; i < 3; i++) {
        failing.push(await order())
        for (const job of await c.take('charge-card')) await c.fail(job, i < 2 ? 'The card service answers 503: try again later' : 'The card has expired')
    }
    const tasks = []
    for (let i = 0; i < 4; i++) tasks.push(await order({ amount: 900 + i, ordersBefore: 0 }))
    for (let i = 0; i < 2; i++) await order()
    const cancelled = await order()
    await c.post(`/process-instances/${cancelled.key}/cancellation`)
    const suspended = await order()
    await c.post(`/process-instances/${suspended.key}/suspension`)
    const campaign = await c.start('campaign', { orderId: 'o-c', amount: 20, ordersBefore: 9, books: books(1) })
    return { done, waiting, failing, tasks, cancelled, suspended, campaign }
}

export async function ship(c, orders) {
    for (let i = 0; i < orders; i++) {
        for (const job of await c.take('pack-book', 3)) await c.complete(job, {})
        await new Promise((r) => setTimeout(r, 20))
        for (const job of await c.take('hand-over', 1)) await c.complete(job, { tracking: `T-${i}` })
    }
}
