// client.mjs - the commands that ask a server: what they print, what they do, what they
// say when it cannot be done, and what they return.
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { binary, equal, here, match, ok, runAll, same, scratch, sleep, start, within } from './lib.mjs'

const top = join(here, '../..')
const folder = scratch()
const DOORS = ['--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0']

/** A server for a copy of the folder, with a clock that stands at the beginning of 2026. */
async function dev(name, ...options) {
    const data = join(folder, name)
    cpSync(join(top, 'examples/getting-started'), data, { recursive: true })
    const s = start(['dev', '.', ...DOORS, '--log', 'error', ...options], { cwd: data })
    await within(10_000, 'the ready line', s.ready)
    for (let i = 0; i < 100 && !/deployed/.test(s.said.out); i++) await sleep(50)
    return { ...s, data, url: /http=(\S+)/.exec(s.said.out)[1] }
}

const server = await dev('models', '--ephemeral', '--clock', 'virtual')
const env = {
    ...process.env, FERMATA_URL: server.url, XDG_CONFIG_HOME: join(folder, 'config'),
    PATH: `${folder}:${process.env.PATH}`, NO_COLOR: '1', COLUMNS: '',
}
symlinkSync(binary, join(folder, 'fermata'))

function run(args, options = {}) {
    const r = spawnSync(binary, args, {
        encoding: 'utf8', timeout: 15_000, cwd: server.data, ...options,
        env: { ...env, ...options.env },
    })
    return { code: r.status, signal: r.signal, out: r.stdout, err: r.stderr }
}

/** Goes well; what it printed. */
function good(...args) {
    const r = run(args)
    equal(r.code, 0, `${args.join(' ')}: exit code ${r.code}: ${r.err}`)
    return r.out
}

function refuses(args, code, text, options) {
    const r = run(args, options)
    equal(r.code, code, `${args.join(' ')}: exit code ${r.code}: ${r.err}`)
    match(r.err, text)
    equal(r.out, '')
}

const begin = (...more) => good('start', 'order', ...more).trim()
const jobOf = (key) => good('get', 'job', `instance=${key}`, 'state=CREATED', '-q').trim()
const stateOf = (key) => run(['get', 'pi', key, '--fields', 'state', '--no-headers']).out.trim()

/** Each command of a page with what it prints. */
const examples = (page) => [...readFileSync(page, 'utf8').matchAll(/```console\n([^]*?)```/g)]
    .flatMap(([, block]) => block.split(/^\$ /m).slice(1))
    .map((text) => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n') + 1)])

const scenarios = {
    'the page for newcomers shows what is printed': async () => {
        const keys = {} // of the page, and what they are here
        const here = (text) => text.replaceAll(/\d{16}/g, (key) => keys[key] ?? key)
        run(['clock', 'pin', '2026-01-01'])
        for (const [command, wanted] of examples(join(top, 'docs/getting-started.md'))) {
            const r = spawnSync('sh', ['-c', `${here(command)} 2>&1`],
                { encoding: 'utf8', cwd: server.data, env, timeout: 10_000 })
            const got = r.stdout.match(/\d{16}/g) ?? []
            for (const [i, key] of (wanted.match(/\d{16}/g) ?? []).entries()) keys[key] ??= got[i]
            equal(r.stdout, here(wanted), `${command} prints ${r.stdout}`)
        }
    },

    'start prints the key, alone or with more': () => {
        match(good('start', 'order', '-v', 'orderId=s1'), /^\d+\n$/)
        match(good('start', 'order', '-v', 'orderId=s1', '-o', 'json'), /"processInstanceKey":"\d+"/)
        match(good('start', 'order', '-v', 'orderId=s1', '-o', 'csv'), /^KEY,PROCESS,VERSION\r\n\d+,order,1\r\n$/)
        refuses(['start', 'nothing'], 3, /no such process|not found|NOT_FOUND/i)
        refuses(['start'], 2, /usage: fermata start/)
        refuses(['start', 'order', '-v', 'x'], 2, /NAME=VALUE/)
        refuses(['start', 'order', '-v', 'x={'], 2, /JSON/)
    },

    'get lists in each form': () => {
        const key = begin('-v', 'orderId=g1', '--business-id', 'b1')
        equal(good('get', 'pi', 'businessId=b1', '-q'), `${key}\n`)
        equal(JSON.parse(good('get', 'pi', 'businessId=b1', '-o', 'json'))[0].processInstanceKey, key)
        equal(good('get', 'pi', 'businessId=b1', '-o', 'auto').split('\n').length, 2)
        equal(good('get', 'pi', key, '--fields', 'state', '-o', 'yaml'), '- state: "ACTIVE"\n')
        match(good('get', 'pi', 'businessId=b*'), /^KEY +PROCESS/)
        equal(good('get', 'var', `instance=${key}`, '-o', 'csv', '--fields', 'name,value'),
            'name,value\r\norderId,"""g1"""\r\n')
        match(run(['get', 'pi', '--limit', '1']).err, /more are left out/)
        refuses(['get', 'jbo'], 2, /did you mean/)
        refuses(['get', 'pi', 'x'], 2, /FIELD=VALUE/)
        refuses(['get', 'pi', 'nothing=1'], 4, /nothing/)
        refuses(['get', 'pi', '-o', 'xml'], 2, /table, wide, json/)
        refuses(['get', 'pi', '--limti', '1'], 2, /did you mean '--limit'/)
        refuses(['get', 'pi', '99'], 3, /99/)
    },

    'a table fits a narrow screen': () => {
        begin('-v', 'orderId=narrow')
        const lines = run(['get', 'pi'], { env: { COLUMNS: '66' } }).out.trimEnd().split('\n')
        ok(lines.every((l) => l.length <= 66), lines.join('|'))
        match(lines[1], /^\d{16} .*~$/)
    },

    'jobs are completed, failed and thrown by hand': () => {
        const key = begin('-v', 'orderId=j1')
        match(run(['fail', jobOf(key), '--message', 'jam']).err, /retries left: 2/)
        const job = good('get', 'job', `instance=${key}`, '-q').trim()
        match(run(['fail', job, '--retries', '0', '--message', 'broken']).err, /retries left: 0/)
        match(good('explain', key), /JOB_NO_RETRIES: broken/)
        match(good('show', key), /incidents\n +\d+ +JOB_NO_RETRIES at pack: broken/)
        match(run(['retry', key, '--dry-run']).out, /would be resolved/)
        match(run(['retry', key]).err, /resolved \d+ \(JOB_NO_RETRIES\)/)
        refuses(['retry', key], 3, /no incident/)
        equal(run(['complete', job, '-v', 'parcels=1']).code, 0)
        match(good('explain', key), /waits for the message 'paid'/)
        refuses(['complete', '1'], 3, /No job has that key/)
        refuses(['throw', '1'], 2, /--code/)
        refuses(['throw', '1', '--code', 'X'], 3, /NOT_FOUND|no such job/i)
        refuses(['fail', 'x'], 2, /is no key/)
        run(['cancel', key])
    },

    'variables are set': () => {
        const key = begin('-v', 'orderId=v1')
        equal(run(['set', key, 'n=[1,2]', 'text=hello', 'orderId=v2']).code, 0)
        const rows = good('get', 'var', `instance=${key}`, '--sort', 'name', '--fields', 'name,value', '--no-headers')
        same(rows.trim().split('\n').map((l) => l.split(/ {2,}/)), [['n', '[1,2]'], ['orderId', '"v2"'], ['text', '"hello"']])
        refuses(['set', key], 2, /usage/)
        refuses(['set', '7', 'a=1'], 3, /7/)
    },

    'one is suspended, resumed and cancelled; many after a look': () => {
        const a = begin('-v', 'orderId=c1', '--business-id', 'many')
        const b = begin('-v', 'orderId=c2', '--business-id', 'many')
        equal(run(['suspend', a]).code, 0)
        equal(stateOf(a), 'SUSPENDED')
        match(good('explain', a), /has been suspended/)
        equal(run(['resume', a]).code, 0)
        match(run(['cancel', '--filter', 'businessId=many', '--dry-run']).err, /2 process instances fit/)
        equal(run(['cancel', '--filter', 'businessId=many']).code, 1)
        equal(stateOf(b), 'ACTIVE')
        match(run(['cancel', '--filter', 'businessId=many', '--yes']).err, /2 of 2 cancelled/)
        ok(stateOf(b) !== 'ACTIVE')
        refuses(['cancel'], 2, /name keys/)
        refuses(['cancel', '1'], 3, /NOT_FOUND/)
    },

    'an instance is modified and migrated': () => {
        const key = begin('-v', 'orderId=m1')
        match(run(['modify', key, '--move', 'pack:pay', '--dry-run']).out, /would move: pack:pay/)
        equal(run(['modify', key, '--move', 'pack:pay']).code, 0)
        match(good('explain', key), /Wait for payment/)
        refuses(['modify', key], 2, /--activate/)
        refuses(['modify', key, '--move', 'pack'], 2, /colon/)
        const other = join(folder, 'order-new.bpmn')
        writeFileSync(other, readFileSync(join(server.data, 'order.bpmn'), 'utf8').replace('P7D', 'P9D'))
        match(good('deploy', other), /process +order +2/)
        match(run(['migrate', key, 'order:2']).err, /migrated/)
        match(good('get', 'pi', key, '--fields', 'processDefinitionVersion', '--no-headers'), /2/)
        match(good('diff', 'order:1', 'order:2'), /P7D[^]*P9D/)
        equal(run(['diff', 'order:1', 'order:2', '--exit-code']).code, 1)
        equal(good('diff', 'order:1', join(server.data, 'order.bpmn')), 'nothing differs\n')
        refuses(['migrate', key, 'nothing:1'], 3, /no process 'nothing:1'/)
        run(['cancel', key])
    },

    'run follows an instance to its end, and its exit code says which': async () => {
        const file = join(folder, 'quick.bpmn')
        const xml = (body) => `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
            <process id="quick" isExecutable="true"><startEvent id="s"/>${body}</process></definitions>`
        writeFileSync(file, xml('<sequenceFlow id="f" sourceRef="s" targetRef="e"/><endEvent id="e"/>'))
        match(run(['run', file]).err, /COMPLETED/)
        equal(run(['run', file]).code, 0)
        match(good('run', file, '--detach'), /^\d+\n$/)
        writeFileSync(file, xml(`<exclusiveGateway id="x"/><sequenceFlow id="f" sourceRef="s" targetRef="x"/>
            <sequenceFlow id="g" sourceRef="x" targetRef="e"><conditionExpression>=a > 1</conditionExpression></sequenceFlow>
            <endEvent id="e"/>`))
        equal(run(['run', file, '-v', 'a=0']).code, 10)
        equal(run(['run', file, '-v', 'a=2']).code, 0)
        equal(run(['run', join(server.data, 'order.bpmn'), '-v', 'orderId=r1', '--timeout', '300ms']).code, 5)
        refuses(['run', join(folder, 'nothing.bpmn')], 1, /nothing\.bpmn/)
        writeFileSync(file, '<x/>')
        equal(run(['run', file]).code, 4)
    },

    'a worker completes, fails and throws by what its program does': async () => {
        const one = (...command) => run(['worker', 'pack', '--max', '1', '--name', 'tester', '--', ...command])
        for (const waiting of good('get', 'job', 'type=pack', 'state=CREATED', '-q').split('\n').filter(Boolean))
            run(['complete', waiting])
        const key = begin('-v', 'orderId=w1')
        match(one('sh', '-c', 'echo no paper >&2; exit 3').err, /failed \d+: no paper/)
        match(one('sh', '-c', 'echo "[1]"').err, /no JSON object/)
        match(good('get', 'job', `instance=${key}`, '-o', 'json'), /"retries":1/)
        match(one('sh', '-c', 'echo "{\\"key\\":\\"$FERMATA_JOB_KEY\\",\\"got\\":$(cat)}"').err, /completed/)
        match(good('get', 'var', `instance=${key}`, 'name=got', '--fields', 'value', '--no-headers'), /"orderId":"w1"/)
        begin('-v', 'orderId=w2')
        match(one('sh', '-c', 'echo "{\\"error\\":\\"NOPE\\"}"; exit 100').err, /thrown NOPE/)
        match(run(['worker', 'none', '--once', '--', 'true']).err, /^$/)
        begin('-v', 'orderId=w3')
        match(one('/no/such/program').err, /failed \d+: \/no\/such\/program/)
        refuses(['worker', 'pack'], 2, /usage/)
        refuses(['worker', 'pack', '--timeout', 'soon', '--', 'true'], 2, /no span of time/)
    },

    'signals and messages': () => {
        match(good('signal', 'hello'), /^\d+\n$/)
        match(good('publish', 'm', '--key', 'k', '--ttl', '1s'), /^\d+\n$/)
        refuses(['publish', 'm', '--key', 'k', '--correlate'], 3, /NOT_FOUND|no subscription/i)
        refuses(['publish', 'm', '--ttl', '1 year'], 2, /no span of time/)
    },

    'the clock is read and moved': () => {
        const before = Date.parse(good('clock', 'now').trim())
        const after = Date.parse(good('clock', 'advance', '2h').trim())
        equal(after - before, 7_200_000)
        const key = begin('-v', 'orderId=t1')
        run(['complete', jobOf(key)])
        for (let i = 0; i < 20 && stateOf(key) === 'ACTIVE'; i++) good('clock', 'next-timer')
        ok(stateOf(key) !== 'ACTIVE')
        refuses(['clock', 'pin', 'tomorrow'], 2, /no time/)
        refuses(['clock', 'back'], 2, /usage/)
    },

    'contexts name servers': () => {
        const free = { env: { FERMATA_URL: '' } }
        equal(run(['context', 'add', 'here', server.url], free).code, 0)
        equal(run(['context', 'add', 'there', '127.0.0.1:1'], free).code, 0)
        match(run(['context'], free).out, /^\* here +\S+\n {2}there +127\.0\.0\.1:1\n$/)
        equal(run(['get', 'pd', '-q'], free).code, 0)
        equal(run(['context', 'use', 'there'], free).code, 0)
        equal(run(['get', 'pd', '-q'], free).code, 5)
        equal(run(['get', 'pd', '-q', '--server', 'here'], free).code, 0)
        refuses(['context', 'use', 'hree'], 3, /did you mean 'here'/, free)
        refuses(['get', 'pd', '--server', 'nowhere'], 2, /no context/, free)
        equal(run(['context', 'remove', 'there'], free).code, 0)
        equal(run(['get', 'pd', '-q'], { env: { FERMATA_URL: '', ZEEBE_REST_ADDRESS: server.url } }).code, 0)
    },

    'what is no server is said in three lines': async () => {
        const none = { env: { FERMATA_URL: 'http://127.0.0.1:1' } }
        for (const words of [['get', 'pi'], ['start', 'x'], ['explain', '1'], ['show', '1'], ['top'],
            ['cancel', '1'], ['worker', 'x', '--', 'true'], ['publish', 'x'], ['deploy', join(server.data, 'order.bpmn')]]) {
            const r = run(words, none)
            equal(r.code, 5, words.join(' '))
            match(r.err, /no answer from the server at http:\/\/127\.0\.0\.1:1 \(from FERMATA_URL\)\n.*refused\nStart one with/)
        }
        refuses(['get', 'pi', '--server', 'https://x:1'], 2, /http:\/\/ only/)
        refuses(['get', 'pi', '--server', 'http://x:1/v2'], 2, /no address/)
        const other = http.createServer((q, a) => a.writeHead(200).end('<html>')).listen(0, '127.0.0.1')
        await new Promise((done) => other.on('listening', done))
        const child = spawn(binary, ['get', 'pi', '--server', `127.0.0.1:${other.address().port}`], { env })
        let err = ''
        child.stderr.on('data', (d) => (err += d))
        const code = await new Promise((done) => child.on('close', done))
        other.close()
        ok(code !== 0)
        match(err, /another program|connection broke/)
    },

    'a reader that leaves is no error': () => {
        const r = spawnSync('sh', ['-c', `"${binary}" help --json | head -c 1`], { encoding: 'utf8', env })
        equal(r.stdout, '{')
        equal(r.stderr, '')
        const full = spawnSync('sh', ['-c', `"${binary}" help > /dev/full`], { encoding: 'utf8', env })
        equal(full.status, 1)
        match(full.stderr, /No space left/)
    },

    'watch adds what is new to a pipe': async () => {
        const child = spawn(binary, ['get', 'pi', 'businessId=watched', '-w', '--interval', '100'], { env })
        let out = ''
        child.stdout.on('data', (d) => (out += d))
        await sleep(300)
        const key = begin('-v', 'orderId=x', '--business-id', 'watched')
        for (let i = 0; i < 50 && !out; i++) await sleep(100)
        child.kill('SIGINT')
        equal(JSON.parse(out.trim().split('\n')[0]).processInstanceKey, key)
    },

    'top counts': () => match(good('top'), /RUNNING INSTANCES[^]*order[^]*JOBS[^]*INCIDENTS/),

    'completion is right for each shell': () => {
        const bash = spawnSync('bash', ['-c', `source <("${binary}" completion bash)
            COMP_WORDS=(fermata ex) COMP_CWORD=1; _fermata; echo "\${COMPREPLY[@]}"
            COMP_WORDS=(fermata get --fi) COMP_CWORD=2; _fermata; echo "\${COMPREPLY[@]}"`], { encoding: 'utf8', env })
        equal(bash.stdout, 'explain\n--fields\n', bash.stderr)
        match(good('completion', 'zsh'), /^#compdef fermata\n/)
        match(good('completion', 'fish'), /complete -c fermata/)
        refuses(['completion', 'sh'], 2, /bash, zsh or fish/)
    },

    'the manual page and the JSON have every command and option': () => {
        const all = JSON.parse(good('help', '--json'))
        const page = good('help', '--man')
        for (const c of all.commands) {
            ok(page.includes(`.Ss fermata ${c.name}\n`), c.name)
            for (const o of c.options) ok(page.includes(`Fl \\-${o.name}`), o.name)
            const narrow = run(['help', c.name], { env: { COLUMNS: '60' } }).out
            ok(narrow.startsWith(`fermata ${c.name} - `))
        }
        equal(all.exitCodes.find((e) => e.code === 5).meaning, 'no server answers, or not in time')
    },

    'every command is on the page of the command line': () => {
        const page = readFileSync(join(top, 'docs/command-line.md'), 'utf8')
        for (const c of JSON.parse(good('help', '--json')).commands)
            ok(page.includes(`\n| \`fermata ${c.name}\` | ${c.what} |\n`), c.name)
        for (const e of JSON.parse(good('help', '--json')).exitCodes)
            ok(page.includes(`| ${e.code} | ${e.meaning} |`), e.meaning)
    },

    'dev deploys what is saved, says what is wrong, and keeps its data': async () => {
        const s = await dev('mine')
        appendFileSync(join(s.data, 'order.bpmn'), '<!-- -->')
        for (let i = 0; i < 100 && !/order v2/.test(s.said.out); i++) await sleep(50)
        match(s.said.out, /deployed \.\/order\.bpmn: process order v2/)
        mkdirSync(join(s.data, 'more'))
        writeFileSync(join(s.data, 'more/wrong.bpmn'), '<x/>')
        for (let i = 0; i < 100 && !/wrong/.test(s.said.err); i++) await sleep(50)
        match(s.said.err, /not deployed \.\/more\/wrong\.bpmn: /)
        s.child.kill('SIGTERM')
        equal((await within(10_000, 'the end', s.ended)).code, 0)
        refuses(['dev', 'no-such-folder'], 1 * 2, /is no folder/)
        refuses(['dev', '--clock', 'broken'], 2, /real or virtual/)
    },

    'tests of processes': () => {
        const r = run(['test', '.', '--tap', '--junit', join(folder, 'r.xml')])
        equal(r.out, 'TAP version 13\n1..2\nok 1 - ./order.scenario.yaml: an order that is paid is shipped\n' +
            'ok 2 - ./order.scenario.yaml: nobody waits longer than a week\n')
        match(readFileSync(join(folder, 'r.xml'), 'utf8'), /tests="2" failures="0"/)
        const painted = join(server.data, 'painted')
        mkdirSync(painted)
        writeFileSync(join(painted, 'p.bpmn'), `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="d" targetNamespace="t">
            <process id="p" isExecutable="true"><startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/>
            <endEvent id="e" name="a &lt; b"/></process><di:BPMNDiagram id="x"><di:BPMNPlane id="y" bpmnElement="p">
            <di:BPMNShape id="z" bpmnElement="e"><dc:Bounds x="10" y="20" width="36" height="36"/></di:BPMNShape>
            </di:BPMNPlane></di:BPMNDiagram></definitions>`)
        writeFileSync(join(painted, 'p.scenario.yaml'), 'name: p\nsteps:\n- start: p\n- expect ended:\n')
        equal(run(['test', painted, '--paint', painted]).code, 0)
        match(readFileSync(join(painted, 'p.bpmn.svg'), 'utf8'), /viewBox="-20 -10 96 96"[^]*stroke="#2a9d4a"[^]*a &lt; b</)
        const steps = (text) => {
            writeFileSync(join(server.data, 'x.scenario.yaml'), `name: x\nmodels: [order.bpmn]\nsteps:\n${text}`)
            return run(['test', 'x.scenario.yaml'])
        }
        match(steps('- start: nothing\n').out, /line 4: .*NOT_FOUND/)
        match(steps('- start: order\n- complete: paint\n').out, /line 5: no job of the type 'paint' waits/)
        match(steps('- start: order {"orderId":"1"}\n- expect ended:\n').out, /it has not ended; it waits at pack/)
        match(steps('- start: order {"orderId":"1"}\n- expect path: [pay]\n').out, /the path does not come to 'pay' there; it is placed, pack/)
        match(steps('- start: order {"orderId":"1"}\n- expect variables: {"orderId":"2"}\n').out, /'orderId' is "1", not "2"/)
        match(steps('- start: order {"orderId":"1"}\n- throw: pack X\n- expect incident: JOB_NO_RETRIES\n').out, /the incident is UNHANDLED_ERROR_EVENT/)
        match(steps('- start: order {\n').out, /line 4: /)
        match(steps('nonsense\n').out, /is not understood/)
        equal(steps('- start: order {"orderId":"1"}\n- fail: pack 0 jam\n- resolve:\n- complete: pack\n- expect waiting: [pay]\n- cancel:\n- expect ended:\n').code, 0)
    },
}

const failed = await runAll('client', scenarios)
server.child.kill('SIGTERM')
await server.ended
process.exit(failed ? 1 : 0)
