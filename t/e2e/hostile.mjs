// hostile.mjs - what nobody should send, byte by byte: a clear error each, and the server
// serves the next call.
import http2 from 'node:http2'
import net from 'node:net'
import { gzipSync } from 'node:zlib'
import { equal, freshName, grpcAddress, httpAddress, match, model, ok, runAll, within } from './lib.mjs'

const port = (address) => Number(address.split(':').pop())

// ---- the good call that follows each bad one ----------------------------------------------

async function serves() {
    equal((await fetch(`http://${httpAddress}/v2/topology`)).status, 200)
    const t = await grpc('Topology', frame(''))
    equal(t.status, '0', t.message)
}

// ---- gRPC, made by hand ----------------------------------------------------------------------

const frame = (bytes, flag = 0) => {
    const body = Buffer.from(bytes)
    const head = Buffer.alloc(5)
    head[0] = flag
    head.writeUInt32BE(body.length, 1)
    return Buffer.concat([head, body])
}

function varint(n) {
    const out = []
    for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 128)
    return Buffer.from([...out, n])
}

const field = (number, bytes) =>
    Buffer.concat([varint(number * 8 + 2), varint(Buffer.byteLength(bytes)), Buffer.from(bytes)])

/** One call with the bytes as they are; its status and text, or the reset. */
function grpc(method, bytes, headers = {}) {
    return within(5000, method, new Promise((done, fail) => {
        const session = http2.connect(`http://${grpcAddress}`)
        session.on('error', fail)
        const stream = session.request({
            ':method': 'POST', ':path': `/gateway_protocol.Gateway/${method}`,
            'content-type': 'application/grpc', te: 'trailers', ...headers,
        })
        let answer = {}
        const note = (h) => {
            answer = { ...answer, http: h[':status'] ?? answer.http,
                status: h['grpc-status'] ?? answer.status,
                message: h['grpc-message'] ?? answer.message }
        }
        stream.on('response', note)
        stream.on('trailers', note)
        stream.on('error', () => {})
        stream.on('close', () => {
            session.close()
            done({ ...answer, message: decodeURIComponent(answer.message ?? ''), reset: stream.rstCode })
        })
        stream.resume()
        stream.end(bytes)
    }))
}

async function grpcRefused(call, status, text) {
    const r = await call
    equal(r.status, status, `status ${r.status}, reset ${r.reset}, ${r.message}`)
    match(r.message, text)
}

const deployment = (name, content) => frame(field(1, Buffer.concat([field(1, name), field(2, content)])))
const deploy = (content, name = 'bad.bpmn') => grpc('DeployResource', deployment(name, content))

// ---- raw HTTP/1.1 ------------------------------------------------------------------------------

/** Writes the bytes and reads until the server closes or has answered and gone quiet. */
function raw(bytes, address = httpAddress) {
    return within(5000, 'an answer', new Promise((done) => {
        let text = ''
        let quiet
        const socket = net.connect(port(address), '127.0.0.1', () => socket.write(bytes))
        const end = () => {
            socket.destroy()
            done(text)
        }
        socket.on('data', (d) => {
            text += d.toString('latin1')
            clearTimeout(quiet)
            quiet = setTimeout(end, 200)
        })
        socket.on('error', end)
        socket.on('close', end)
    }))
}

const answers = (text) => [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((m) => Number(m[1]))

/** The bad request is refused once, and what lies behind it is not taken for another. */
async function smuggled(head, body, status = 400) {
    const text = await raw(head.join('\r\n') + '\r\n\r\n' + body)
    equal(answers(text).join(), String(status), text.split('\r\n\r\n')[0])
    match(text, /application\/problem\+json/)
    match(text, /"detail":"[^"]{10,}"/)
}

const HIDDEN = 'GET /v2/topology HTTP/1.1\r\nhost: h\r\n\r\n'
const post = (...headers) => ['POST /v2/messages/publication HTTP/1.1', 'host: h', 'content-type: application/json', ...headers]

// ---- broken models --------------------------------------------------------------------------------

const good = model('task.bpmn', freshName('hostile')).toString()
const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good.replace('UTF-8', 'UTF-16'), 'utf16le')])
const nested = (depth) => {
    const open = Array.from({ length: depth }, (_, i) => `<subProcess id="s${i}">`).join('')
    return `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
<process id="deep" isExecutable="true"><startEvent id="s"/>${open}${'</subProcess>'.repeat(depth)}</process></definitions>`
}
const entities = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) =>
    `<!ENTITY ${'bcdefghij'[i]} "${`&${'abcdefghi'[i]};`.repeat(10)}">`).join('')}]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&j;</definitions>`
const outside = `<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">&x;</definitions>`

const models = {
    'a model that is cut off': [good.slice(0, good.length / 2), /bad\.bpmn.*line \d+/],
    'a model that is no XML': ['hello', /bad\.bpmn/],
    'an empty file': ['', /bad\.bpmn/],
    'a model that is no BPMN': ['<html/>', /bad\.bpmn/],
    'a model with broken UTF-8': [Buffer.from(good.replace('NAME', 'x')).fill(0xff, 200, 203), /bad\.bpmn/],
    'a model in an encoding that nobody knows': [good.replace('UTF-8', 'KLINGON-8'), /bad\.bpmn/],
    'entities that multiply': [entities, /bad\.bpmn/],
    'an entity from outside': [outside, /bad\.bpmn/],
    'a model 200 deep': [nested(200), /bad\.bpmn/],
}

const scenarios = {}
for (const [name, [content, text]] of Object.entries(models))
    scenarios[`${name} is refused by file at both doors`] = async () => {
        const r = await deploy(content)
        equal(r.status, '3', `status ${r.status}, reset ${r.reset}, ${r.message}`)
        match(r.message.replaceAll('\n', ' '), text)
        ok(!/etc|root/.test(r.message))
        const form = new FormData()
        form.append('resources', new File([content], 'bad.bpmn'))
        const rest = await fetch(`http://${httpAddress}/v2/deployments`, { method: 'POST', body: form })
        equal(rest.status, 400)
        match((await rest.json()).detail.replaceAll('\n', ' '), text)
    }

Object.assign(scenarios, {
    'a model in UTF-16 is understood': async () => {
        equal((await deploy(utf16, 'utf16.bpmn')).status, '0')
    },

    'a message above 4 MiB is RESOURCE_EXHAUSTED': async () =>
        grpcRefused(deploy(Buffer.alloc(5 << 20, 'x')), '8', /Expected a request of at most 4259840 bytes, but got 52\d+; its largest part is 'resources\[0\]\.content' with 5242880 bytes/),

    'a body above the limit is 413': async () => {
        const r = await fetch(`http://${httpAddress}/v2/messages/publication`, {
            method: 'POST', headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ name: 'm', variables: { x: 'x'.repeat(5 << 20) } }),
        })
        equal(r.status, 413)
        equal((await r.json()).status, 413)
    },

    'fields that are not known are skipped': async () => {
        const unknown = Buffer.concat([field(500, 'news'), varint(501 * 8), varint(300),
            varint(502 * 8 + 5), Buffer.alloc(4), varint(503 * 8 + 1), Buffer.alloc(8)])
        equal((await grpc('Topology', frame(unknown))).status, '0')
    },

    'a message that is no protobuf is INVALID_ARGUMENT or INTERNAL': async () => {
        for (const bytes of [[0x0a, 0x7f, 1], [0xff], [0x0f], [0x00, 0x01], Array(11).fill(0xff)]) {
            const r = await grpc('PublishMessage', frame(bytes))
            ok(['3', '13'].includes(r.status), `status ${r.status} for ${bytes}`)
            ok(r.message.length > 10)
        }
    },

    'half a frame is an error': async () => {
        for (const bytes of [frame('abcdef').subarray(0, 7), frame('abcdef').subarray(0, 3), Buffer.alloc(0)]) {
            const r = await grpc('Topology', bytes)
            ok(['3', '13'].includes(r.status), `status ${r.status}`)
            ok(r.message.length > 10)
        }
    },

    'two messages in a call of one are an error': async () => {
        const r = await grpc('Topology', Buffer.concat([frame(''), frame('')]))
        ok(['3', '12', '13'].includes(r.status), `status ${r.status}`)
    },

    'wrong gzip is an error': async () => {
        const gzip = { 'grpc-encoding': 'gzip' }
        const whole = gzipSync(field(1, 'x'.repeat(100)))
        const broken = Buffer.from(whole).fill(0x55, 12, 20)
        for (const bytes of [Buffer.from('not gzip'), whole.subarray(0, whole.length - 6), broken]) {
            const r = await grpc('Topology', frame(bytes, 1), gzip)
            ok(['3', '13'].includes(r.status), `status ${r.status}`)
            ok(r.message.length > 10)
        }
        equal((await grpc('Topology', frame(gzipSync(''), 1), gzip)).status, '0')
    },

    'gzip that grows beyond the limit is RESOURCE_EXHAUSTED': async () =>
        grpcRefused(grpc('Topology', frame(gzipSync(Buffer.alloc(64 << 20)), 1), { 'grpc-encoding': 'gzip' }), '8', /./),

    'a compression that is not known is UNIMPLEMENTED': async () =>
        grpcRefused(grpc('Topology', frame('x', 1), { 'grpc-encoding': 'br' }), '12', /grpc-encoding/),

    'a call that is not there is UNIMPLEMENTED': async () =>
        grpcRefused(grpc('Teleport', frame('')), '12', /Teleport/),

    'HTTP/1.1 at the gRPC door, and garbage at both, are closed': async () => {
        for (const address of [grpcAddress, httpAddress])
            for (const bytes of ['\x00\x01\x02\x03\r\n\r\n', '\xff'.repeat(100) + '\r\n\r\n'])
                await raw(Buffer.from(bytes, 'latin1'), address)
        await raw('GET / HTTP/1.1\r\nhost: h\r\n\r\n', grpcAddress)
    },

    'two lengths that differ are refused, with what is behind them': () =>
        smuggled(post('content-length: 2', 'content-length: 50'), '{}' + HIDDEN),

    'a length and chunks together are refused': () =>
        smuggled(post('content-length: 5', 'transfer-encoding: chunked'), '0\r\n\r\n' + HIDDEN),

    'a coding that is not chunked is refused': () =>
        smuggled(post('transfer-encoding: chunked, identity'), '0\r\n\r\n' + HIDDEN, 501),

    'a length that is no number is refused': async () => {
        for (const length of ['+2', '-2', '0x2', '2 2', '99999999999999999999999'])
            await smuggled(post(`content-length: ${length}`), '{}' + HIDDEN)
    },

    'a chunk whose size is no number is refused': async () => {
        for (const size of ['0x2', '-1', 'zz', 'fffffffffffffffff'])
            await smuggled(post('transfer-encoding: chunked'), `${size}\r\n{}\r\n0\r\n\r\n` + HIDDEN)
    },

    'a space before the colon is refused': () =>
        smuggled(post('content-length : 2'), '{}' + HIDDEN),

    'a header that goes on in the next line is refused': () =>
        smuggled(post('x: a', ' b', 'content-length: 2'), '{}' + HIDDEN),

    'a line that ends in LF alone or in a lone CR is refused': async () => {
        await smuggled(post('x: a\rcontent-length: 2'), '{}')
        const text = await raw('GET /v2/topology HTTP/1.1\nhost: h\n\n' + HIDDEN)
        equal(answers(text).join(), '400', text)
    },

    'a head that never ends is refused': async () => {
        const text = await raw(`GET /v2/topology HTTP/1.1\r\nhost: h\r\nx: ${'a'.repeat(200_000)}\r\n\r\n`)
        match(text, /^HTTP\/1\.1 431 /)
    },

    'a request without host is refused': () =>
        smuggled(['GET /v2/topology HTTP/1.1'], ''),

    'bad JSON is a 400 that says where': async () => {
        for (const body of ['', '{', '[]', '{"name":}', '{"name":"a","name":"b"}x', '"\\ud800"', '['.repeat(100_000)]) {
            const r = await fetch(`http://${httpAddress}/v2/messages/publication`, {
                method: 'POST', headers: { 'content-type': 'application/json' }, body,
            })
            equal(r.status, 400, `status ${r.status} for ${body.slice(0, 20)}`)
            const problem = await r.json()
            ok(problem.detail.length > 10, problem.detail)
        }
    },
})

for (const [name, scenario] of Object.entries(scenarios))
    scenarios[name] = async () => {
        await scenario()
        await serves()
    }
process.exit(await runAll('hostile', scenarios) ? 1 : 0)
