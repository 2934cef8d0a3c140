// access.mjs - what everybody needs: axe on every page in both themes, three journeys by keyboard
// alone, hostile names that must stay text, the mark of bpmn.io in sight, sizes, many rows.
import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { deepStrictEqual as same, equal, match, ok } from 'node:assert/strict'
import { bookshop, modelText } from './world.mjs'
import { binary, browser, end, here, open, serve, shots, test, until } from './lib.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const { api, base } = await serve()
const world = await bookshop(api)
const b = await browser()
const first = async (what, filter, key) => (await api.search(what, { filter })).items[0][key]
const task = await first('user-tasks', { state: 'CREATED' }, 'userTaskKey')
const decision = await first('decision-definitions', { decisionDefinitionId: 'order-risk' }, 'decisionDefinitionKey')
const process_ = await first('process-definitions', { processDefinitionId: 'bookshop-order' }, 'processDefinitionKey')
const batch = (await api.post('/process-instances/incident-resolution', { filter: { processInstanceKey: world.failing[0].key } })).batchOperationKey

const PAGES = {
    home: ['', '.lines .line'],
    processes: ['processes', '.rows .row'],
    process: ['processes/bookshop-order', '.count'],
    heat: ['processes/bookshop-order?heat=on', '.count'],
    instances: ['instances', '.rows .row'],
    instance: [`instances/${world.failing[1].key}`, '.count'],
    events: [`instances/${world.failing[1].key}?tab=events`, '.count'],
    tasks: ['tasks', '.rows .row'],
    task: [`tasks/${task}`, '.fjs-form'],
    decisions: ['decisions', '.rows .row'],
    decision: [`decisions/${decision}`, '.dmn-decision-table-container'],
    try: [`decisions/${decision}?tab=try`, '.dmn-decision-table-container'],
    jobs: ['waiting', '.rows .row'],
    workers: ['waiting?tab=workers', '.rows .row'],
    messages: ['waiting?tab=messages', '.rows .row'],
    operations: ['operations', '.rows .row'],
    batch: [`operations?batch=${batch}`, 'dialog table'],
    cluster: ['operations?tab=cluster', 'table'],
    clock: ['operations?tab=clock', '.card'],
    modeler: [`modeler?process=${process_}`, '.djs-palette'],
    about: ['about', 'pre'],
    nowhere: ['nowhere', '.nothing'],
}

// Where bpmn.io's own editors and viewers are drawn, their own code decides.
const FOREIGN = ['.djs-container', '.bio-properties-panel', '.dmn-js-parent', '.fjs-container', '.fjs-form', '.dmn', '.modeler']

for (const theme of ['light', 'dark']) {
    const u = await open(b, base, { theme })
    for (const [name, [hash, there]] of Object.entries(PAGES))
        await test(`axe finds nothing on ${name}, ${theme}`, async () => {
            await u.to(hash)
            await u.page.locator(there).first().waitFor()
            await u.page.evaluate(axe)
            const { violations } = await u.page.evaluate(
                (foreign) => window.axe.run({ exclude: foreign }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'] }),
                FOREIGN,
            )
            await u.page.screenshot({ path: join(shots, `${name}-${theme}.png`) })
            same(violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.failureSummary}`).join(' | ')}`), [])
        }, u.page)
    await test(`no page failed on the way, ${theme}`, () => same([...u.wrong, ...u.foreign], []))
    await u.context.close()
}

// ---- the keyboard alone ---------------------------------------------------------------------
const k = await open(b, base)
const press = async (...keys) => { for (const key of keys) await k.page.keyboard.press(key) }
const tabTo = async (name, most = 80) => {
    for (let i = 0; i < most; i++) {
        const at = await k.page.evaluate(() => {
            const el = document.activeElement
            return el?.matches('a, button, input, textarea, select') ? `${el.getAttribute('aria-label') ?? ''} ${el.textContent}` : ''
        })
        if (at.includes(name)) return
        await press('Tab')
    }
    throw new Error(`Tab does not come to "${name}"`)
}

await test('by keyboard: from home to an incident, why, and retry', async () => {
    await k.to('')
    await press('g', 'i')
    await k.page.waitForURL(/#\/instances/)
    await tabTo('Incidents')
    await press('Enter')
    await until(async () => (await k.page.locator('main .rows .row').count()) <= 3, 'only those with incidents')
    await k.page.locator('main .rows .row').first().waitFor()
    await press('j', 'Enter')
    await k.page.waitForURL(/instances\/\d+/)
    await k.page.getByRole('button', { name: 'Why?' }).first().waitFor()
    await tabTo('Why?')
    await press('Enter')
    await k.page.locator('.why-box').waitFor()
    const key = /instances\/(\d+)/.exec(k.page.url())[1]
    await press('Control+k')
    await k.page.keyboard.type('retry')
    await k.page.getByRole('option', { name: /Retry/ }).waitFor()
    await press('Enter')
    await until(async () => !(await api.call('GET', `/process-instances/${key}`)).hasIncident, 'the incident is gone')
}, k.page)

await test('by keyboard: a task is claimed and completed', async () => {
    await press('g', 't')
    await k.page.waitForURL(/#\/tasks/)
    await k.page.locator('main .rows .row').first().waitFor()
    await press('j', 'Enter')
    await k.page.locator('.fjs-form').waitFor()
    const key = /tasks\/(\d+)/.exec(k.page.url())[1]
    await press('c')
    await until(async () => (await api.call('GET', `/user-tasks/${key}`)).assignee === 'me', 'it is mine')
    for (let i = 0; i < 60 && (await k.page.evaluate(() => document.activeElement?.type)) !== 'radio'; i++) await press('Tab')
    await press('Space', 'Control+Enter')
    await until(() => api.call('GET', `/user-tasks/${key}`).then((t) => t.state === 'COMPLETED', (e) => / 404 /.test(e.message)), 'it is completed')
}, k.page)

await test('by keyboard: an instance is started from the palette', async () => {
    await press('Control+k')
    await k.page.keyboard.type('campaign')
    await k.page.getByRole('option', { name: /process campaign/ }).waitFor()
    await press('Enter')
    await k.page.waitForURL(/processes\/campaign/)
    await k.page.getByRole('button', { name: 'Start instance' }).waitFor()
    await k.page.locator('.djs-container svg').first().waitFor()
    await press('Control+k')
    await k.page.keyboard.type('start an instance')
    await press('Enter')
    await k.page.getByRole('dialog', { name: /Start campaign/ }).waitFor()
    await tabTo('Start')
    for (let i = 0; i < 20 && (await k.page.evaluate(() => document.activeElement?.textContent)) !== 'Start'; i++) await press('Tab')
    await press('Enter')
    await k.page.waitForURL(/instances\/\d+/)
}, k.page)
await test('by keyboard: nothing failed on the way', () => same(k.wrong, []))
await k.context.close()

// ---- hostile names ------------------------------------------------------------------------------
const EVIL = `<img src=x onerror="window.hit=1"><script>window.hit=1</script>"'\`{{7*7}}`
const xml = (s) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

await test('names, variables, messages and models that want to be code stay text', async () => {
    const evilModel = modelText('campaign.bpmn')
        .replaceAll('id="campaign"', 'id="evil"').replaceAll('"campaign"', '"evil"')
        .replace('name="Campaign"', `name="${xml(EVIL)}"`).replace('name="First order"', `name="${xml(EVIL)}"`)
    await api.deploy({ '<b>evil</b>.bpmn': evilModel })
    const key = await api.start('evil', { [`x${EVIL}`]: EVIL, orderId: EVIL, amount: 1, ordersBefore: 9, books: [EVIL] }, { businessId: EVIL.slice(0, 200) })
    for (const job of await api.take('charge-card', 100, EVIL.slice(0, 100))) await api.fail(job, EVIL)
    const u = await open(b, base)
    for (const hash of ['', 'processes', 'processes/evil', 'instances', `instances/${key}`, `instances/${key}?tab=events`, 'waiting', 'waiting?tab=workers', `instances?error=${encodeURIComponent(EVIL)}`, `processes/${encodeURIComponent(EVIL)}`, encodeURIComponent(EVIL), 'modeler?process=' + (await first('process-definitions', { processDefinitionId: 'evil' }, 'processDefinitionKey'))]) {
        await u.to(hash)
        await u.page.waitForTimeout(350)
        equal(await u.page.evaluate(() => window.hit), undefined, hash)
        equal(await u.page.locator('main img[src=x], main script').count(), 0, hash)
    }
    match(await u.page.evaluate(() => document.title), /fermata/)
    await u.context.close()
})

await test('a page may run no script that stands in it', async () => {
    const answer = await fetch(base + '/')
    const policy = answer.headers.get('content-security-policy')
    match(policy, /default-src 'self'/)
    ok(!/script-src[^;]*unsafe/.test(policy))
    ok(!/<script(?![^>]*src=)/.test(await answer.text()))
})

// ---- the mark of bpmn.io ---------------------------------------------------------------------------
await test("bpmn.io's mark is in sight and nothing lies over it", async () => {
    const places = { process: '.bjs-powered-by', instance: '.bjs-powered-by', modeler: '.bjs-powered-by', decision: '.dmn-js-parent a[href*="bpmn.io"], .dmn a[href*="bpmn.io"]', task: '.fjs-powered-by a, a.fjs-powered-by' }
    for (const [theme, viewport] of [['light', { width: 1440, height: 900 }], ['dark', { width: 1024, height: 700 }]]) {
        const u = await open(b, base, { theme, viewport })
        for (const [name, selector] of Object.entries(places)) {
            await u.to(PAGES[name][0])
            await u.page.locator(PAGES[name][1]).first().waitFor()
            const mark = u.page.locator(selector).last()
            await mark.waitFor()
            await mark.scrollIntoViewIfNeeded()
            const seen = await mark.evaluate((el) => {
                const r = el.getBoundingClientRect()
                const hit = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2)
                return r.width > 10 && r.height > 5 && r.right <= innerWidth + 1 && (el === hit || el.contains(hit))
            })
            ok(seen, `${name} ${theme} ${viewport.width}`)
        }
        await u.context.close()
    }
})

// ---- sizes -------------------------------------------------------------------------------------------
const dist = join(here, '../../build/ui/dist')
const gz = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length

// What is loaded for a page, by the page: files by their names.
async function loaded(hash, there) {
    const u = await open(b, base)
    const files = new Set()
    u.page.on('response', (r) => { const p = new URL(r.url()).pathname; if (/\.(js|css)$/.test(p)) files.add(p.slice(1)) })
    await u.to(hash)
    await u.page.locator(there).first().waitFor()
    await u.context.close()
    return files
}
const sum = (files) => [...files].reduce((n, f) => n + gz(f), 0)

await test('the shell and the lists weigh at most 60 kB, a diagram at most 80 kB more', async () => {
    const shell = await loaded('', '.lines .line')
    const list = new Set([...shell, ...(await loaded('processes', '.rows .row')), ...(await loaded('instances', '.rows .row'))])
    const diagram = await loaded('processes/bookshop-order', '.count')
    const more = [...diagram].filter((f) => !list.has(f))
    console.log(`# shell ${sum(shell)} lists ${sum(list)} diagram +${sum(more)} bytes, gzip`)
    ok(sum(list) <= 60000, `${sum(list)}`)
    ok(sum(more) <= 80000, `${sum(more)}: ${more}`)
    ok(![...diagram].some((f) => /modeler/i.test(f)))
})

await test('the binary with all pages is at most 15 MB when stripped', () => {
    const stripped = join(shots, 'stripped')
    execFileSync('strip', ['-o', stripped, binary])
    const size = statSync(stripped).size
    rmSync(stripped)
    const packed = join(here, '../../build/ui/pages.packed')
    const pages = readdirSync(packed).reduce((n, f) => n + statSync(join(packed, f)).size, 0)
    console.log(`# stripped binary ${size}, pages in it ${pages} bytes`)
    ok(size <= 15e6, `${size}`)
})

// ---- many rows --------------------------------------------------------------------------------------
await test('a thousand rows scroll from top to end with only some of them there', async () => {
    await api.deploy({ 'many.bpmn': modelText('campaign.bpmn').replaceAll('"campaign"', '"many"').replace(/<bpmn:callActivity[\s\S]*?<\/bpmn:callActivity>/, '<bpmn:receiveTask id="first-order" messageRef="m"><bpmn:incoming>c1</bpmn:incoming><bpmn:outgoing>c2</bpmn:outgoing></bpmn:receiveTask>').replace('</bpmn:process>', '</bpmn:process><bpmn:message id="m" name="m"><bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;k&quot;" /></bpmn:extensionElements></bpmn:message>') })
    const MANY = 1000
    for (let i = 0; i < MANY; i += 50) await Promise.all(Array.from({ length: 50 }, () => api.start('many', {})))
    const u = await open(b, base)
    await u.to('instances?process=many')
    await u.page.locator('main .rows .row').first().waitFor()
    await until(async () => /1,000 instances/.test(await u.text()), 'all are counted')
    const rows = u.page.locator('main .rows')
    ok((await u.page.locator('main .rows .row').count()) < 80)
    const began = Date.now()
    for (const part of [0.25, 0.5, 0.75, 1]) {
        await rows.evaluate((el, p) => (el.scrollTop = el.scrollHeight * p), part)
        await until(async () => (await u.page.locator('main .rows .row .key').count()) > 5 && (await u.page.locator('main .rows .ghost').count()) === 0, `rows at ${part}`)
    }
    console.log(`# four jumps through ${MANY} rows ${Date.now() - began} ms`)
    ok((await u.page.locator('main .rows .row').count()) < 80)
    await u.context.close()
})

await b.close()
end()
