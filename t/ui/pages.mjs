// pages.mjs - one journey per page against the real binary, as its user would take it.
import { join } from 'node:path'
import { bookshop, modelText } from './world.mjs'
import { browser, end, open, serve, shots, test, until } from './lib.mjs'
import { deepStrictEqual as same, equal, match, ok } from 'node:assert/strict'

const server = await serve()
const { api, base } = server
const b = await browser()
const u = await open(b, base)
const { page, to, text } = u
const main = page.locator('main')
const state = async (key) => (await api.call('GET', `/process-instances/${key}`)).state
const ends = (key, kind = /COMPLETED|TERMINATED/) =>
    // Without a history what has ended is not found any more.
    until(() => state(key).then((s) => kind.test(s), (e) => / 404 /.test(e.message)), `instance ${key} ends`)
const button = (name, scope = page) => scope.getByRole('button', { name, exact: true })

await test('an empty server offers three first steps', async () => {
    await to('')
    await main.getByText('1. Drop a BPMN').waitFor()
    await page.screenshot({ path: join(shots, 'empty.png') })
    for (const language of ['Java', 'Python', 'Go', 'Shell']) {
        await page.getByRole('tab', { name: language }).click()
        match(await main.getByRole('region', { name: 'Code of a worker' }).innerText(), /fetch-goods/)
    }
}, page)

await test('a file that is chosen on the first page is deployed and opened', async () => {
    await page.locator('input[type=file]').setInputFiles([
        { name: 'campaign.bpmn', mimeType: 'text/xml', buffer: Buffer.from(modelText('campaign.bpmn')) },
    ])
    await page.waitForURL(/processes\/campaign/)
    await main.getByRole('heading', { name: 'Campaign' }).waitFor()
}, page)

await test('a file that is no model is refused with the reason, in the corner', async () => {
    await to('processes')
    await page.evaluate(() => {
        const data = new DataTransfer()
        data.items.add(new File(['<x/>'], 'broken.bpmn'))
        document.querySelector('.shell').dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: data }))
    })
    const note = page.locator('.note.bad')
    await note.waitFor()
    match(await note.innerText(), /broken\.bpmn/)
    await note.getByRole('button', { name: 'Dismiss' }).click()
}, page)

const world = await bookshop(api)

await test('home counts what runs and groups incidents by their message', async () => {
    await to('')
    await main.getByText('The card service answers 503').waitFor()
    match(await text(), /2 instances/)
    match(await text(), /open incidents/)
    await until(async () => /Live/.test(await page.locator('.connection').innerText()), 'the page is live')
    await page.screenshot({ path: join(shots, 'home.png') })
}, page)

await test('home is live: a new instance shows by itself', async () => {
    const before = Number(await page.locator('.figure b').first().innerText())
    await api.start('bookshop-order', { orderId: 'o-live', amount: 1, ordersBefore: 9, books: ['Emma'] })
    await until(async () => Number(await page.locator('.figure b').first().innerText()) === before + 1, 'one more runs')
}, page)

await test('a process shows tokens and incidents on its diagram, and filters by a click on it', async () => {
    await to('processes/bookshop-order')
    await page.locator('.count.incident[data-element=charge]').waitFor()
    equal((await page.locator('.count.incident[data-element=charge]').innerText()).trim(), '▲ 3')
    equal((await page.locator('.count.active[data-element=approve]').innerText()).trim(), '4')
    await page.screenshot({ path: join(shots, 'process.png') })
    await page.locator('[data-element-id=approve] .djs-hit').first().click({ force: true })
    await page.waitForURL(/element=approve/)
    await button('Heat').click()
    await page.locator('.djs-element[class*=heat-]').first().waitFor()
    await page.screenshot({ path: join(shots, 'heat.png') })
    await button('Heat').click()
}, page)

await test('the filter of a list stands in the address', async () => {
    await to('instances?state=INCIDENT')
    await until(async () => (await main.locator('.rows .row').count()) === 3, 'three rows')
    await button('Suspended', main).click()
    await until(async () => (await main.locator('.rows .row').count()) === 1, 'one row')
    match(page.url(), /state=SUSPENDED/)
    await page.reload()
    await until(async () => (await main.locator('.rows .row').count()) === 1, 'one row again')
}, page)

await test('an instance is started from its process', async () => {
    await to('processes/bookshop-order')
    await button('Start instance').click()
    await page.getByLabel('Variables').fill('{"orderId": "o-ui", "amount": ')
    ok(await button('Start').isDisabled())
    await page.getByLabel('Variables').fill('{"orderId": "o-ui", "amount": 12, "ordersBefore": 9, "books": ["Nana"]}')
    await button('Start').click()
    await page.waitForURL(/instances\/\d+/)
    await main.getByText('"o-ui"').waitFor()
}, page)

await test('a process whose start event has a form is started by it', async () => {
    await api.deploy({
        'start.form': JSON.stringify({ id: 'start-campaign', type: 'default', schemaVersion: 16, components: [{ type: 'textfield', id: 'f', key: 'orderId', label: 'Number of the order', validate: { required: true } }] }),
        'form.bpmn': modelText('order.bpmn').replaceAll('"bookshop-order"', '"by-form"')
            .replace('name="Order placed">', 'name="Order placed"><bpmn:extensionElements><zeebe:formDefinition formId="start-campaign" /></bpmn:extensionElements>'),
    })
    await to('processes/by-form')
    await button('Start instance').click()
    await page.getByLabel('Number of the order').waitFor()
    await button('Start').click()
    await page.locator('.fjs-form-field-error').first().waitFor()
    await page.getByLabel('Number of the order').fill('o-form')
    await button('Start').click()
    await page.waitForURL(/instances\/\d+/)
    await main.getByText('"o-form"').first().waitFor()
}, page)

await test('an instance says why it waits, and its incident is retried', async () => {
    const { key } = world.failing[0]
    await to(`instances/${key}`)
    await main.getByRole('alert').waitFor()
    await button('Why?').first().click()
    match(await page.locator('.why-box').innerText(), /charge-card|503/)
    await page.screenshot({ path: join(shots, 'instance.png') })
    await button('Retry').first().click()
    await until(async () => !(await api.call('GET', `/process-instances/${key}`)).hasIncident, 'the incident is gone')
    await until(async () => (await main.getByRole('alert').count()) === 0, 'the banner goes')
}, page)

await test('a variable is edited as JSON', async () => {
    const { key } = world.failing[1]
    await to(`instances/${key}`)
    await button('Edit amount').click()
    await page.getByLabel('Value (JSON)').fill('{"euro": 7')
    ok(await button('Save').isDisabled())
    await page.getByLabel('Value (JSON)').fill('{"euro": 7}')
    await button('Save').click()
    await main.getByText('"euro": 7').waitFor()
    const { items } = await api.search('variables', { filter: { processInstanceKey: key, name: 'amount' } })
    same(JSON.parse(items[0].value), { euro: 7 })
}, page)

await test('tokens are moved on the diagram, collected, and applied together', async () => {
    const { key } = world.waiting
    await to(`instances/${key}`)
    await page.locator('.count.active[data-element=paid]').waitFor()
    await button('Move tokens').click()
    await page.locator('[data-element-id=paid] .djs-hit').first().click({ force: true })
    await button('Move to…').click()
    await page.locator('[data-element-id=hand-over] .djs-hit').first().click({ force: true })
    match(await page.locator('.banner.edit').innerText(), /Payment received go to Hand over/)
    await page.screenshot({ path: join(shots, 'move.png') })
    await button('Apply').click()
    await button('Apply', page.getByRole('dialog')).click()
    await page.locator('.count.active[data-element=hand-over]').waitFor()
    const jobs = await api.search('jobs', { filter: { processInstanceKey: key, type: 'hand-over' } })
    equal(jobs.items.length, 1)
}, page)

await test('called and calling instances are linked', async () => {
    await to(`instances/${world.campaign}?tab=called`)
    await main.getByRole('link', { name: /Bookshop order/ }).click()
    await main.getByText('called by').waitFor()
}, page)

await test('an instance is suspended, resumed and cancelled', async () => {
    const key = await api.start('bookshop-order', { orderId: 'o-s', amount: 1, ordersBefore: 9, books: [] })
    await to(`instances/${key}`)
    await button('Suspend').click()
    await until(async () => (await state(key)) === 'SUSPENDED', 'it is suspended')
    await button('Resume').click()
    await until(async () => (await state(key)) === 'ACTIVE', 'it is active')
    await button('Cancel').click()
    await button('Cancel it').click()
    await ends(key)
}, page)

await test('an instance is migrated with a mapping that is found by itself', async () => {
    await api.deploy({ 'order.bpmn': modelText('order.bpmn').replace('name="Charge the card"', 'name="Charge the card again"') })
    const { key } = world.failing[2]
    await to(`instances/${key}`)
    await button('Migrate').click()
    const select = page.getByLabel('Target of charge')
    await until(async () => (await select.inputValue()) === 'charge', 'the same id is its target')
    await button('Migrate', page.getByRole('dialog')).click()
    await until(async () => (await api.call('GET', `/process-instances/${key}`)).processDefinitionVersion === 2, 'it is of version 2')
    await main.getByText('Version 2').waitFor()
}, page)

await test('raw events are one key away', async () => {
    await to(`instances/${world.failing[1].key}`)
    await main.getByRole('tab', { name: /Events/ }).waitFor()
    await page.locator('body').click({ position: { x: 5, y: 880 } })
    await page.keyboard.press('e')
    await page.waitForURL(/tab=events/)
    await main.locator('details summary').first().waitFor()
}, page)

await test('a task is claimed, filled in by its form, and completed', async () => {
    const { key } = world.tasks[0]
    const [task] = (await api.search('user-tasks', { filter: { processInstanceKey: key } })).items
    await to(`tasks/${task.userTaskKey}`)
    await page.locator('.fjs-form').waitFor()
    await page.screenshot({ path: join(shots, 'task.png') })
    await main.getByRole('button', { name: /^Claim/ }).click()
    await until(async () => (await api.call('GET', `/user-tasks/${task.userTaskKey}`)).assignee === 'me', 'it is mine')
    await button('Complete').click()
    await page.locator('.fjs-form-field-error').first().waitFor() // the decision is required
    await page.getByLabel('Approve', { exact: true }).check()
    await page.getByLabel('Comment').fill('well known')
    await button('Complete').click()
    await until(async () => (await api.search('element-instances', { filter: { processInstanceKey: key, elementId: 'charge' } })).items.length === 1, 'the order goes on')
    const found = await api.search('variables', { filter: { processInstanceKey: key, name: 'comment' } })
    equal(found.items[0].value, '"well known"')
}, page)

await test('a decision shows which rule has matched, and is tried out', async () => {
    const [d] = (await api.search('decision-definitions', { filter: { decisionDefinitionId: 'order-risk' } })).items
    await to(`decisions/${d.decisionDefinitionKey}`)
    await main.locator('.rows .row').first().click()
    await page.locator('tr.matched').waitFor()
    await page.screenshot({ path: join(shots, 'decision.png') })
    await page.getByRole('tab', { name: 'Try out' }).click()
    await page.getByLabel('Variables').fill('{"amount": 700, "ordersBefore": 5}')
    await button('Evaluate').click()
    await main.locator('.snippet').getByText('"medium"').waitFor()
    match(await page.locator('tr.matched').innerText(), />= 500/)
    await button('Graph').click()
    await page.locator('.dmn-drd-container .djs-element').first().waitFor()
}, page)

await test('jobs, workers and awaited messages are listed; a message is published', async () => {
    await to('waiting')
    await main.getByText('charge-card').first().waitFor()
    await to('waiting?tab=workers')
    await main.getByRole('link', { name: 'charge-card' }).waitFor()
    await to('waiting?tab=messages')
    await main.getByText('payment-received').first().waitFor()
    const { items } = await api.search('message-subscriptions', { filter: { messageName: 'payment-received' } })
    const waits = items.find((s) => s.processInstanceKey && s.messageSubscriptionState === 'CREATED')
    await button('Publish a message').click()
    await page.getByLabel('Name', { exact: true }).fill('payment-received')
    await page.getByRole('dialog').getByLabel('Correlation key').fill(waits.correlationKey)
    await button('Publish').click()
    await until(async () => (await api.search('element-instances', { filter: { processInstanceKey: waits.processInstanceKey, elementId: 'ship' } })).items.length === 1, 'the order ships')
    await to('waiting?tab=timers')
    await main.locator('.table, .problem').first().waitFor()
}, page)

await test('many instances are cancelled by a batch operation whose progress is shown', async () => {
    for (let i = 0; i < 5; i++) await api.start('campaign', { orderId: `b-${i}`, amount: 1, ordersBefore: 9, books: [] })
    await to('instances?process=campaign&state=ACTIVE')
    await until(async () => (await main.locator('.rows .row').count()) === 6, 'six rows')
    const boxes = main.locator('.rows input[type=checkbox]')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await button('Cancel', page.getByRole('region', { name: 'Selected instances' })).click()
    await button('Cancel', page.getByRole('dialog')).click()
    await page.waitForURL(/operations\?batch=/)
    await page.getByRole('dialog').getByText('completed').first().waitFor()
    match(await page.getByRole('dialog').innerText(), /2 of 2/)
    await page.screenshot({ path: join(shots, 'batch.png') })
    await page.keyboard.press('Escape')
}, page)

await test('a model is drawn, found wanting, mended and deployed', async () => {
    await to('modeler?new=1')
    await page.locator('.djs-palette').waitFor()
    await main.getByText('Nothing follows start').waitFor()
    await page.locator('[data-element-id=start] .djs-hit').first().click({ force: true })
    await page.locator('.djs-context-pad [data-action="append.end-event"]').click()
    await main.getByText('nothing found here').waitFor()
    await page.screenshot({ path: join(shots, 'modeler.png') })
    await button('Deploy').click()
    await page.locator('.note.good').getByText('is deployed as version 1').waitFor()
}, page)

await test('what is drawn and not deployed is there again when the page is opened again', async () => {
    await to('modeler')
    await page.locator('.djs-container [data-element-id^=Event_]').first().waitFor()
}, page)

await test('the editors of decisions and forms open', async () => {
    await to('modeler?kind=dmn&new=1')
    await page.locator('.dmn-drd-container, .dmn-decision-table-container').first().waitFor()
    await to('modeler?kind=form&new=1')
    await page.locator('.fjs-editor-container, .fjs-form-editor').first().waitFor()
}, page)

await test('two versions are compared', async () => {
    await to('processes/bookshop-order')
    await button('Compare').click()
    await main.getByText('from Charge the card to Charge the card again').waitFor()
    await page.screenshot({ path: join(shots, 'compare.png') })
}, page)

await test('metrics are drawn', async () => {
    await to('operations?tab=metrics')
    await main.locator('.chart canvas').first().waitFor()
    await page.screenshot({ path: join(shots, 'metrics.png') })
}, page)

await test('an instance is seen as it was', async () => {
    const done = await api.start('bookshop-order', { orderId: 'o-past', amount: 1, ordersBefore: 9, books: ['Emma'] })
    for (const job of await api.take('charge-card', 100)) if (job.processInstanceKey === done) await api.complete(job)
    await to(`instances/${done}`)
    await page.locator('.count.active[data-element=paid]').waitFor()
    if (await page.getByLabel('Time', { exact: true }).count()) {
        await page.getByLabel('Time', { exact: true }).fill('1')
        await page.waitForURL(/moment=1/)
        await until(async () => (await page.locator('.count.active[data-element=paid]').count()) === 0, 'the token is not there yet')
        await button('Now').click()
        await page.locator('.count.active[data-element=paid]').waitFor()
    }
}, page)

await test('seven days pass at once where the clock may be moved', async () => {
    const other = await serve('--clock-control')
    const v = await open(b, other.base)
    await other.api.deploy({ 'risk.dmn': modelText('risk.dmn'), 'order.bpmn': modelText('order.bpmn') })
    const key = await other.api.start('bookshop-order', { orderId: 'o-late', amount: 1, ordersBefore: 9, books: [] })
    for (const job of await other.api.take('charge-card')) await other.api.complete(job)
    await v.to('operations?tab=clock')
    await v.page.getByRole('button', { name: '+7 days' }).click()
    await until(() => other.api.call('GET', `/process-instances/${key}`).then((i) => i.state !== 'ACTIVE', (e) => / 404 /.test(e.message)), 'the order is given up')
    same(v.wrong, [])
    await v.context.close()
    other.stop()
}, page)

await test('a clock that may not be moved stays, and the page says why', async () => {
    await to('operations?tab=clock')
    await button('+1 day').click()
    await page.locator('.note.bad').getByText(/clock/i).first().waitFor()
    await page.locator('.note.bad').getByRole('button', { name: 'Dismiss' }).click()
}, page)

await test('the palette finds pages, processes and keys', async () => {
    await to('')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Command' }).fill('bookshop')
    await page.getByRole('option', { name: /Bookshop order/ }).waitFor()
    await page.getByRole('combobox', { name: 'Command' }).fill(world.campaign)
    await page.getByRole('option', { name: /Instance \d+/ }).click()
    await page.waitForURL(new RegExp(world.campaign))
}, page)

await test('what is not there is told, not a white page', async () => {
    await to('instances/4503599627370999')
    await main.getByText('This instance is not there').waitFor()
    await to('processes/nothing-of-that-name')
    await main.getByText('No process has the id').waitFor()
    await to('no-such-page')
    await main.getByText('There is no page').waitFor()
}, page)

await test('nothing failed on the way, and nobody but the server was asked', async () => {
    same(u.wrong, [])
    same(u.foreign, [])
}, page)

await test('a server that is gone is told, and its return is seen', async () => {
    await to('')
    server.stop()
    await until(async () => /No answer/.test(await page.locator('.connection').innerText()), 'the page says so', 12000)
    ok(await main.getByRole('heading', { name: 'Home' }).isVisible())
}, page)

await b.close()
end()
