// models.mjs - the models of a real shop on every path, and a model of 10,000 elements.
import { ZBClient } from 'zeebe-node'
import { equal, failure, freshName, grpcAddress, match, ok, runAll, same, shopModel, sleep } from './lib.mjs'

const client = new ZBClient(grpcAddress, { useTLS: false, loglevel: 'NONE', retry: false })
const FOREVER = 600_000

const deploy = (name, text) => client.deployResource({ process: Buffer.from(text), name })

/** The next job of a type; each scenario takes all that it makes, so it is its own. */
async function take(type) {
    const [job] = await client.activateJobs({
        type, worker: 'shop', timeout: FOREVER, maxJobsToActivate: 1, requestTimeout: 5000,
    })
    return job
}

const done = (job, variables = {}) => client.completeJob({ jobKey: job.key, variables })
const publish = (name, correlationKey, variables = {}) =>
    client.publishMessage({ name, correlationKey, timeToLive: FOREVER, variables })

/** An instance that has ended cannot be cancelled any more. */
async function ended(key) {
    const error = await failure(client.cancelProcessInstance(key))
    equal(error.code, 5, error.message)
}

// ---- payment --------------------------------------------------------------------------

/** A payment up to the decision; the message starts it, so its key comes with a job. */
async function pay(traceId) {
    await publish('RetrievePaymentCommand', traceId, {
        amount: 15, remainingAmount: 15, refId: 'r', correlationId: `c-${traceId}`, traceId,
    })
    const credit = await take('noop')
    equal(credit.variables.traceId, traceId)
    await done(credit)
    await emit('CustomerCreditUsed')
    return credit.processInstanceKey
}

async function emit(eventName) {
    const job = await take('emitEvent')
    equal(job.customHeaders.eventName, eventName)
    await done(job)
}

/** The two flows behind the decision say `=true` and `=false`: this turns it round. */
const onCard = (text) =>
    text.replace(/(<bpmn:conditionExpression[^>]*>)=(true|false)</g,
        (_, tag, value) => `${tag}=${value === 'true' ? 'false' : 'true'}<`)

async function decline() {
    const charge = await take('chargeCreditCard')
    await client.throwError({ jobKey: charge.key, errorCode: 'Error_PaymentError', errorMessage: 'declined' })
    await done(await take('noop'))
}

const payment = shopModel('payment.bpmn').toString()

const bigModel = (name, tasks) => {
    const parts = ['<startEvent id="e0"/>']
    for (let i = 1; i <= tasks; i++)
        parts.push(`<sequenceFlow id="f${i}" sourceRef="e${i - 1}" targetRef="e${i}"/>`,
            i === tasks ? `<endEvent id="e${i}"/>` : `<task id="e${i}"/>`)
    return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
<process id="${name}" isExecutable="true">${parts.join('\n')}</process></definitions>`
}

const scenarios = {
    'order-kafka runs: three jobs, three messages, the end': async () => {
        await deploy('order-kafka.bpmn', shopModel('order-kafka.bpmn'))
        const order = await client.createProcessInstance({
            bpmnProcessId: 'order-kafka',
            variables: { traceId: 't', orderId: 'o', pickId: null, shipmentId: null },
        })
        const steps = [
            ['retrieve-payment', 'CorrelationId_RetrievePayment', 'PaymentReceivedEvent', { paymentInfo: 'p' }],
            ['fetch-goods', 'CorrelationId_FetchGoods', 'GoodsFetchedEvent', { pickId: 'pick' }],
            ['ship-goods', 'CorrelationId_ShipGoods', 'GoodsShippedEvent', { shipmentId: 'ship' }],
        ]
        for (const [type, key, message, variables] of steps) {
            const id = freshName(type)
            await done(await take(type), { [key]: id })
            await publish(message, id, variables)
        }
        const last = await take('order-completed')
        equal(last.processInstanceKey, order.processInstanceKey)
        equal(last.variables.pickId, 'pick')
        equal(last.variables.shipmentId, 'ship')
        await done(last)
        await ended(order.processInstanceKey)
    },

    'order-zeebe runs, with its input mappings': async () => {
        await deploy('order-zeebe.bpmn', shopModel('order-zeebe.bpmn'))
        const order = await client.createProcessInstance({
            bpmnProcessId: 'order-zeebe',
            variables: { traceId: 't', order: { orderId: 'o-1', totalSum: 15 } },
        })
        for (const type of ['save-order-z', 'retrieve-payment-z', 'fetch-goods-z', 'ship-goods-z']) {
            const job = await take(type)
            if (type === 'retrieve-payment-z')
                same([job.variables.amount, job.variables.refId, job.variables.traceId], [15, 'o-1', 't'])
            await done(job)
        }
        await ended(order.processInstanceKey)
    },

    'payment: the credit covers it': async () => {
        await deploy('payment.bpmn', payment)
        const key = await pay(freshName('pay'))
        await done(await take('paymentReceived'))
        await ended(key)
    },

    'payment: the card is charged': async () => {
        ok(onCard(payment) !== payment)
        await deploy('payment.bpmn', onCard(payment))
        const key = await pay(freshName('pay'))
        await done(await take('chargeCreditCard'))
        await emit('CreditCardCharged')
        await done(await take('paymentReceived'))
        await ended(key)
    },

    'payment: declined, updated by message, charged': async () => {
        const traceId = freshName('pay')
        const key = await pay(traceId)
        await decline()
        const name = payment.match(/<bpmn:message [^>]*name="([^"]*[Cc]ard[^"]*)"/)[1]
        await publish(name, traceId)
        await done(await take('chargeCreditCard'))
        await emit('CreditCardCharged')
        await done(await take('paymentReceived'))
        await ended(key)
    },

    'payment: declined, it waits for its seven days': async () => {
        const key = await pay(freshName('pay'))
        await decline()
        await sleep(1500) /* longer than the timer of the next scenario */
        await client.cancelProcessInstance(key) /* it was there */
    },

    'payment: declined, the timer ends it as failed': async () => {
        const quick = onCard(payment).replace('P7D', 'PT1S')
        ok(quick.includes('PT1S'))
        await deploy('payment.bpmn', quick)
        const key = await pay(freshName('pay'))
        await decline()
        await sleep(2500)
        await ended(key)
    },

    'the collaboration is a drawing: refused by element, and nothing is left': async () => {
        const text = shopModel('order-collaboration.bpmn').toString()
        const error = await failure(deploy('order-collaboration.bpmn', text))
        equal(error.code, 3, error.message)
        const task = text.match(/<bpmn:serviceTask id="([^"]*)"/)[1]
        ok(error.message.includes(task), error.message)
        match(error.message, /order-collaboration\.bpmn/)
        for (const [, id] of text.matchAll(/<bpmn:process id="([^"]*)"/g))
            equal((await failure(client.createProcessInstance({ bpmnProcessId: id, variables: {} }))).code, 5)
    },

    'a model of 10,000 elements deploys within a second and runs to its end': async () => {
        const name = freshName('big')
        const text = bigModel(name, 5000) /* and as many flows */
        equal(text.match(/ id="[ef]\d+"/g).length, 10_001)
        const before = Date.now()
        await deploy(`${name}.bpmn`, text)
        const took = Date.now() - before
        console.log(`# 10,000 elements were deployed in ${took} ms`)
        ok(took < 1000, `it took ${took} ms`)
        const begun = Date.now()
        const r = await client.createProcessInstanceWithResult({
            bpmnProcessId: name, variables: { a: 1 }, requestTimeout: 20_000,
        })
        console.log(`# and ran in ${Date.now() - begun} ms`)
        same(r.variables, { a: 1 })
    },
}
process.exit(await runAll('models', scenarios) ? 1 : 0)
