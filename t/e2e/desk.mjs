// desk.mjs - the commands for people who write models: what they print, what they say is
// wrong and where, and what they return. None of them needs a server.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { binary, equal, match, ok, runAll, same, scratch } from './lib.mjs'

const folder = scratch()

function run(args, input = '') {
    const r = spawnSync(binary, args, { encoding: 'utf8', timeout: 10_000, input })
    return { code: r.status, out: r.stdout, err: r.stderr }
}

function file(name, text) {
    const path = join(folder, name)
    writeFileSync(path, text)
    return path
}

/** Runs well and says nothing else. */
function prints(args, out, input) {
    const r = run(args, input)
    equal(r.err, '')
    equal(r.out, out)
    equal(r.code, 0)
}

/** Ends with the code, with nothing on standard output, and says why. */
function refuses(args, code, text) {
    const r = run(args)
    equal(r.code, code, `${args}: exit code ${r.code}: ${r.err}`)
    equal(r.out, '')
    match(r.err, text)
}

const feel = (...args) => ['feel', ...args]

const feelScenarios = {
    'feel prints JSON': () => {
        prints(feel('1 + 2'), '3\n')
        prints(feel('-5'), '-5\n')
        prints(feel('a.b[item > 1]', '--context', '{"a":{"b":[1,2,3]}}'), '[2,3]\n')
        prints(feel('{x: "y", d: date("2026-01-31")}'), '{"x":"y","d":"2026-01-31"}\n')
        prints(feel('my sum * 2', '--context={"my sum":4}'), '8\n')
    },

    'feel prints literals when it is asked to': () => {
        prints(feel('date("2026-01-31")', '--feel'), '@"2026-01-31"\n')
        prints(feel('[1, "a", null]', '--feel'), '[1, "a", null]\n')
    },

    'feel reads the expression and the context from files': () => {
        const context = file('context.json', '{ "items": [ 1, 2 ] }')
        prints(feel('--file', file('sum.feel', 'sum(\n  items)'), '--context', `@${context}`), '3\n')
        prints(feel('--file', '-'), '7\n', '3 + 4')
        prints(feel('x', '--context', '@-'), '5\n', '{"x":5}')
    },

    'feel computes unary tests': () => {
        prints(feel('> 5', '--unary', '--input', '7'), 'true\n')
        prints(feel('not("a", "b")', '--unary', '--input', '"a"'), 'false\n')
        prints(feel('[1..limit]', '--unary', '--input', '3', '--context', '{"limit":2}'), 'false\n')
        prints(feel('> 5', '--unary', '--context', '{"?":6}'), 'true\n')
        refuses(feel('> 5', '--unary'), 2, /--input/)
        refuses(feel('a', '--input', '5'), 2, /--unary/)
    },

    'the dialect counts': () => {
        equal(run(feel('{a: 1, a: 2}')).out, '{"a":2}\n')
        equal(run(feel('{a: 1, a: 2}', '--dialect', 'standard')).out, 'null\n')
        refuses(feel('1', '--dialect', 'french'), 2, /french/)
    },

    'a warning shows its place and what was meant': () => {
        const r = run(feel('1 +\n  sum(item)', '--context', '{"items":[1]}'))
        equal(r.code, 0)
        equal(r.out, 'null\n')
        ok(r.err.startsWith(
            "warning: line 2, column 7: no variable 'item' - did you mean 'items'?\n" +
            '    sum(item)\n' +
            '        ^\n'), r.err)
        match(run(feel('p.nmae', '--context', '{"p":{"name":1}}')).err, /column 3: .*did you mean 'name'\?/)
        ok(!run(feel('zebra', '--context', '{"items":1}')).err.includes('did you mean'))
    },

    'what repeats is shown once, and no flood': () => {
        const r = run(feel('for i in 1..1000 return x + i'))
        equal(r.err.match(/^warning/gm).length, 2)
        const many = Array.from({ length: 50 }, (_, i) => `v${i}q`).join(', ')
        match(run(feel(`[${many}]`)).err, /warning: and 30 more\n$/)
    },

    'a syntax error shows the line, a caret and what was expected': () => {
        const r = run(feel('[1,\n 2 + )]'))
        equal(r.code, 1)
        equal(r.out, '')
        equal(r.err, "error: line 2, column 6: found ')', expected an expression\n   2 + )]\n       ^\n")
    },

    'the prompt keeps what was set, values that JSON has not, too': () => {
        const lines = ['a = 2', 'a + 1', 'day = date("2026-02-01")', 'day.month', 'my name = a * 2', 'my name + 1',
            'twice = function(x) x * 2', 'twice(my name)', 'a = 7', '(a = 7)', '', '1 +', 'if a = 7 then "yes" else "no"',
            'itmes']
        const r = run(feel('-i', '--context', '{"items":[]}'), lines.join('\n'))
        equal(r.out, '3\n2\n5\n8\ntrue\n"yes"\nnull\n')
        match(r.err, /expected an expression[^]*did you mean 'items'/)
        equal(r.code, 0)
    },

    'what feel cannot read is named': () => {
        refuses(feel('1', '--context', '{"a":'), 1, /--context: JSON, byte 6/)
        refuses(feel('1', '--context', '[1]'), 1, /expected an object, but got an array/)
        refuses(feel('1', '--context', '@nowhere.json'), 1, /nowhere\.json.*No such file/)
        refuses(feel('--file', folder), 1, /is a folder/)
        refuses(feel(), 2, /name one expression/)
        refuses(feel('1', '2'), 2, /name one expression/)
    },
}

const helpScenarios = {
    'help tells how each command is used': () => {
        const all = run(['help'])
        const names = [...all.out.matchAll(/^ {2}(\w+) {2,}/gm)].map((m) => m[1])
        ok(names.includes('feel') && names.includes('serve'))
        for (const name of names) {
            const r = run(['help', name])
            equal(r.code, 0)
            match(r.out, new RegExp(`^fermata ${name} - `))
            equal(run([name, '--help']).out, r.out)
        }
        refuses(['help', 'nothing'], 2, /no command 'nothing'/)
    },
}

process.exit(await runAll('desk', { ...feelScenarios, ...helpScenarios }) ? 1 : 0)
