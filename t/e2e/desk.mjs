// desk.mjs - the commands for people who write models: what they print, what they say is
// wrong and where, and what they return. None of them needs a server.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { binary, equal, here, match, ok, runAll, same, scratch } from './lib.mjs'

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
        match(run(feel('coutn([1])')).err, /No function found with name 'coutn'.*did you mean 'count'\?/)
        ok(!run(feel('abs(1, 2)')).err.includes('did you mean'))
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

// ---- decisions --------------------------------------------------------------------------

const dmn = (...args) => ['dmn', ...args]

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const cell = (name, text) => `<${name}><text>${escape(text)}</text></${name}>`
const rule = (id, inputs, output) =>
    `<rule id="${id}">${inputs.map((i) => cell('inputEntry', i)).join('')}${cell('outputEntry', output)}</rule>`
const needs = (what, id) =>
    `<informationRequirement><required${what} href="#${id}"/></informationRequirement>`

/** Two tables: a season by the temperature, a dish by season and guests. */
const dish = (rules = {}) => `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
  id="dinner" name="Dinner" namespace="dinner">
<inputData id="temperature" name="temperature"><variable name="temperature" typeRef="number"/></inputData>
<decision id="season" name="season">
  <variable name="season" typeRef="string"/>${needs('Input', 'temperature')}
  <decisionTable id="seasons" hitPolicy="FIRST">
    <input id="t" label="Temperature"><inputExpression typeRef="number"><text>temperature</text></inputExpression></input>
    <output id="s" name="season" typeRef="string"/>
    ${rules.season ?? rule('s1', ['> 20'], '"Summer"') + rule('s2', ['-'], '"Winter"')}
  </decisionTable>
</decision>
<decision id="dish" name="Dish">${needs('Decision', 'season')}
  <decisionTable id="dishes">
    <input id="ds" label="Season"><inputExpression typeRef="string"><text>season</text></inputExpression></input>
    <input id="dg" label="Guests"><inputExpression typeRef="number"><text>guests</text></inputExpression></input>
    <output id="do" name="dish" label="Dish"/>
    ${rules.dish ?? rule('d1', ['"Winter"', '< 4'], '"Soup"') + rule('d2', ['"Winter"', '>= 4'], '"Stew"') +
        rule('d3', ['"Summer"', '-'], '"Salad"')}
  </decisionTable>
</decision>
</definitions>`

const dishFile = () => file('dish.dmn', dish())

const dmnScenarios = {
    'dmn evaluate shows each decision, its inputs, what matched, and the value last': () => {
        prints(dmn('evaluate', dishFile(), '--decision', 'dish', '--context', '{"temperature":5,"guests":8}'),
            'season: "Winter"\n  input Temperature = 5\n  rule 2 (s2): season = "Winter"\n' +
            'dish (Dish): "Stew"\n  input Season = "Winter"\n  input Guests = 8\n' +
            '  rule 2 (d2): Dish = "Stew"\n\n"Stew"\n')
    },

    'the decision that no other requires need not be named, names count like ids': () => {
        const context = file('dinner.json', '{"temperature":30,"guests":1}')
        for (const name of [[], ['--decision', 'Dish'], ['--decision', 'dish']])
            match(run(dmn('evaluate', dishFile(), ...name, '--context', `@${context}`)).out, /\n\n"Salad"\n$/)
        refuses(dmn('evaluate', dishFile(), '--decision', 'dsih'), 1, /no decision 'dsih' \(did you mean 'dish'\?\); there are: season, dish/)
    },

    'dmn evaluate prints a document for programs': () => {
        const r = run(dmn('evaluate', dishFile(), '--context', '{"temperature":5,"guests":3}', '--json'))
        const answer = JSON.parse(r.out)
        equal(answer.decisionDefinitionId, 'dish')
        equal(answer.output, 'Soup')
        equal(answer.failureMessage, '')
        same(answer.evaluatedDecisions.map((d) => d.decisionDefinitionId), ['season', 'dish'])
        same(answer.evaluatedDecisions[1].evaluatedInputs,
            [{ inputId: 'ds', inputName: 'Season', inputValue: 'Winter' }, { inputId: 'dg', inputName: 'Guests', inputValue: 3 }])
        same(answer.evaluatedDecisions[1].matchedRules, [{
            ruleId: 'd1', ruleIndex: 1,
            evaluatedOutputs: [{ outputId: 'do', outputName: 'Dish', outputValue: 'Soup' }],
        }])
    },

    'no match is said, a name that is missing is a warning with its place': () => {
        const r = run(dmn('evaluate', dishFile(), '--context', '{"temperature":5,"guest":8}'))
        equal(r.code, 0)
        match(r.out, /no rule matches\n\nnull\n$/)
        match(r.err, /line 1, column 1: no variable 'guests' - did you mean 'guest'\?\n  guests\n  \^\n/)
    },

    'a name is never suggested for itself': () => {
        const r = run(dmn('evaluate', dishFile(), '--context', '{"guests":8}'))
        match(r.err, /no variable 'temperature'\n/)
    },

    'a decision that fails ends with 1 and says which and why': () => {
        const two = rule('a', ['-', '-'], '1') + rule('b', ['-', '-'], '2')
        const path = file('two.dmn', dish({ dish: two }))
        const r = run(dmn('evaluate', path, '--context', '{"temperature":5,"guests":1}'))
        equal(r.code, 1)
        match(r.out, /^season: [^]*dish \(Dish\): failed\n/)
        match(r.err, /^error: the decision 'dish' failed: .*UNIQUE/m)
        const answer = JSON.parse(run(dmn('evaluate', path, '--context', '{"temperature":5,"guests":1}', '--json')).out)
        equal(answer.failedDecisionDefinitionId, 'dish')
        equal(answer.output, null)
    },

    'values may be printed as literals, and dates read, as the standard has it': () => {
        const path = file('due.dmn', `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
            id="d" name="d" namespace="d"><inputData id="day" name="day"><variable name="day" typeRef="date"/></inputData>
            <decision id="due" name="due">${needs('Input', 'day')}<literalExpression>
            <text>day + duration("P1D")</text></literalExpression></decision></definitions>`)
        const r = run(dmn('evaluate', path, '--dialect', 'standard', '--context', '{"day":"2026-01-31"}', '--feel'))
        match(r.out, /\n@"2026-02-01"\n$/)
    },

    'models that are imported are found beside the file': () => {
        file('types.dmn', `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t" name="t"
            namespace="urn:t"><decision id="one" name="one"><variable name="one"/><literalExpression><text>1</text>
            </literalExpression></decision></definitions>`)
        const path = file('uses.dmn', `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="u" name="u"
            namespace="urn:u"><import namespace="urn:t" name="t" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
            <decision id="two" name="two"><informationRequirement><requiredDecision href="urn:t#one"/></informationRequirement>
            <literalExpression><text>t.one + 1</text></literalExpression></decision></definitions>`)
        match(run(dmn('evaluate', path)).out, /\n\n2\n$/)
        equal(run(dmn('check', path)).code, 0)
    },

    'dmn check has nothing against a good model': () => {
        prints(dmn('check', dishFile()), '1 file: 0 errors, 0 warnings\n')
    },

    'dmn check finds gaps, overlaps and rules without effect: warnings': () => {
        const path = file('gap.dmn', dish({
            season: rule('s1', ['-'], '"Summer"') + rule('s2', ['> 5'], '"Winter"'),
            dish: rule('d1', ['"Winter"', '<= 4'], '1') + rule('d2', ['"Winter"', '[4..9]'], '2') + rule('d3', ['not("Winter")', '-'], '3'),
        }))
        const r = run(dmn('check', path))
        equal(r.code, 0)
        match(r.out, /gap\.dmn:\d+: warning: s2: rule 2 is never reached/)
        equal(run(dmn('check', path, '--strict')).code, 1)
        const overlap = run(dmn('check', file('overlap.dmn', dish({
            dish: rule('d1', ['-', '<= 4'], '1') + rule('d2', ['-', '[4..9]'], '2'),
        })))).out
        match(overlap, /warning: d2: rules 1 and 2 both match for Guests = 4/)
        match(overlap, /warning: dishes: no rule matches for Guests > 9/)
    },

    'dmn check finds what is wrong, with line, element and cell: errors': () => {
        const path = file('bad.dmn', dish({
            season: rule('s1', ['> "hot"'], '"Summer"') + '\n' + rule('s2', ['-'], '17'),
            dish: rule('d1', ['"Winter"', '[[['], '1'),
        }).replace('href="#temperature"', 'href="#temprature"'))
        const r = run(dmn('check', path))
        equal(r.code, 1)
        match(r.out, /bad\.dmn:\d+: error: s1, rule 1, input 1: "hot" is no value of the type 'number'/)
        match(r.out, /bad\.dmn:\d+: error: s2, rule 2, output 1: 17 is no value of the type 'string'/)
        match(r.out, /bad\.dmn:\d+: error: d1, rule 1, input 2: failed to parse expression '\[\[\['/)
        match(r.out, /error: season: refers to '#temprature', which is not there/)
        match(r.out, /1 file: 4 errors, \d+ warnings?\n$/)
        const answer = JSON.parse(run(dmn('check', path, '--json')).out)
        equal(answer.errors, 4)
        const found = answer.files[0].findings.find((f) => f.element === 's2')
        same({ ...found, line: 0 }, {
            severity: 'error', line: 0, element: 's2', place: 'rule 2, output 1', text: "17 is no value of the type 'string'",
        })
        ok(found.line > 5)
    },

    'what is no model of decisions is one error': () => {
        match(run(dmn('check', file('no.dmn', '<a/>'))).out, /no\.dmn:1: error: .*no DMN definitions/)
        match(run(dmn('check', file('cut.dmn', '<a>'))).out, /cut\.dmn:1: error: column 4: /)
        match(run(dmn('check', join(folder, 'none.dmn'))).out, /error: .*No such file/)
        const loop = dish().replace('href="#temperature"', 'href="#dish"').replace('requiredInput', 'requiredDecision')
        match(run(dmn('check', file('loop.dmn', loop))).out, /loop\.dmn:\d+: error: dish: 'Dish' requires itself/)
        refuses(dmn('evaluate', file('no.dmn', '<a/>')), 1, /no\.dmn: .*no DMN definitions/)
        refuses(dmn(), 2, /dmn evaluate FILE/)
        refuses(dmn('evaluate'), 2, /name one file/)
        refuses(dmn('check'), 2, /name the files/)
    },
}

// ---- lint ---------------------------------------------------------------------------------

const bpmn = (content) => `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="defs">
<process id="p" isExecutable="true">
<startEvent id="start"/>
${content}
</process></definitions>`
const flow = (id, from, to, condition = '') =>
    `<sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}">` +
    (condition ? `<conditionExpression>${condition}</conditionExpression>` : '') + '</sequenceFlow>'
const good = bpmn(`<endEvent id="end"/>${flow('f', 'start', 'end')}`)
const odd = bpmn(`<exclusiveGateway id="way"/>
<endEvent id="end"/>
<task id="island"/>
${flow('f', 'start', 'way')}${flow('g', 'way', 'end', '=x')}`)
const bad = bpmn(`<serviceTask id="work"><extensionElements><zeebe:taskDefinition/></extensionElements></serviceTask>
${flow('f', 'start', 'work')}`)

const lintScenarios = {
    'lint has nothing against a good model': () => {
        prints(['lint', file('good.bpmn', good)], '1 file: 0 errors, 0 warnings\n')
    },

    'lint tells warnings with line and element, and they are no failure': () => {
        const path = file('odd.bpmn', odd)
        prints(['lint', path],
            `${path}:5: warning: way: Has no default flow: when no condition holds, it is an incident\n` +
            `${path}:7: warning: island: Has no incoming sequence flow and is no start event: it is never reached\n` +
            '1 file: 0 errors, 2 warnings\n')
        equal(run(['lint', path, '--strict']).code, 1)
    },

    'lint tells what a deployment would refuse, with its words': () => {
        const path = file('bad.bpmn', bad)
        const r = run(['lint', path, file('good.bpmn', good)])
        equal(r.code, 1)
        equal(r.out, `${path}:5: error: work > extensionElements > taskDefinition: Attribute 'type' must be present and ` +
            'not empty\n2 files: 1 error, 0 warnings\n')
    },

    'lint prints a document for programs': () => {
        const r = run(['lint', '--json', file('bad.bpmn', bad), file('odd.bpmn', odd)])
        equal(r.code, 1)
        const answer = JSON.parse(r.out)
        same([answer.errors, answer.warnings, answer.files.length], [1, 2, 2])
        same(answer.files[1].findings[0], {
            severity: 'warning', line: 5, element: 'way', place: 'way',
            text: 'Has no default flow: when no condition holds, it is an incident',
        })
        equal(answer.files[0].findings[0].element, 'work')
    },

    'lint reads decisions, too, and names what it cannot read': () => {
        prints(['lint', dishFile(), file('dish.xml', dish())], '2 files: 0 errors, 0 warnings\n')
        prints(['lint', '-'], '1 file: 0 errors, 0 warnings\n', dish())
        prints(['lint', '-'], '1 file: 0 errors, 0 warnings\n', good)
        const r = run(['lint', join(folder, 'nowhere.bpmn'), file('cut.bpmn', '<a>')])
        equal(r.code, 1)
        match(r.out, /nowhere\.bpmn: error: .*No such file[^]*cut\.bpmn:1: error: column 4: /)
        refuses(['lint'], 2, /name the files/)
    },
}

// ---- tests of decisions -------------------------------------------------------------------

const testCases = (content) => `<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<modelName>dish.dmn</modelName>${content}</testCases>`
const testCase = (id, temperature, season) => `<testCase id="${id}">
<inputNode name="temperature"><value xsi:type="xsd:decimal">${temperature}</value></inputNode>
<resultNode name="season"><expected><value xsi:type="xsd:string">${season}</value></expected></resultNode>
</testCase>`

/** A folder of its own with the dish and these tests, by name. */
function testFolder(name, files) {
    const path = join(folder, name)
    mkdirSync(join(path, 'below'), { recursive: true })
    writeFileSync(join(path, 'dish.dmn'), dish())
    writeFileSync(join(path, 'pom.xml'), '<project/>')
    for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text)
    return path
}

const testScenarios = {
    'test counts what passed and says what was expected where': () => {
        const path = testFolder('two', { 'dish-test.xml': testCases(testCase('warm', 30, 'Summer') + testCase('cold', 3, 'Fall')) })
        const r = run(['test', path])
        equal(r.code, 1)
        equal(r.out, `not ok: ${path}/dish-test.xml: case cold, season: expected "Fall", got "Winter"\n1 passed, 1 failed\n`)
        match(run(['test', '--verbose', path]).out, /^ok: .*case warm, season$/m)
        equal(run(['test', join(path, 'dish-test.xml')]).out, r.out)
    },

    'test looks into folders, and all is well with code 0': () => {
        const good = testCases(testCase('warm', 30, 'Summer'))
        const path = testFolder('deep', { 'a.xml': good, 'below/b.xml': good, 'below/dish.dmn': dish() })
        prints(['test', path], '2 passed, 0 failed\n')
        prints(['test', '--camunda', path], '2 passed, 0 failed\n')
    },

    'a test that cannot be run has failed': () => {
        const path = testFolder('broken', {
            'a.xml': testCases(testCase('warm', 30, 'Summer')).replace('dish.dmn', 'nothing.dmn'),
            'b.xml': '<testCases>',
            'c.xml': '<testCases/>',
            'd.xml': testCases('<testCase id="x"><resultNode name="sesaon"/></testCase>'),
        })
        const r = run(['test', path])
        equal(r.code, 1)
        match(r.out, /a\.xml: .*nothing\.dmn cannot be read/)
        match(r.out, /b\.xml: line 1/)
        match(r.out, /c\.xml: .*namespace/)
        match(r.out, /d\.xml: case x, sesaon: expected null, got nothing: no such decision/)
        match(r.out, /0 passed, 4 failed\n$/)
    },

    'no tests are no success': () => {
        const r = run(['test', testFolder('none', {})])
        equal(r.code, 1)
        equal(r.out, '0 passed, 0 failed\n')
        match(r.err, /there are no tests/)
        refuses(['test', join(folder, 'nowhere')], 1, /nowhere cannot be read/)
        refuses(['test'], 2, /name the folder/)
        match(run(['test', dishFile()]).out, /holds no test cases/)
    },
}

// ---- what is written about them -----------------------------------------------------------

/** The commands of the page's examples, each with what the page says it prints. */
function examples(page) {
    return [...readFileSync(page, 'utf8').matchAll(/```console\n([^]*?)```/g)]
        .flatMap(([, block]) => block.split(/^\$ /m).slice(1))
        .map((text) => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n') + 1)])
}

const helpScenarios = {
    'the manual shows what is printed': () => {
        const top = join(here, '../..')
        const all = examples(join(top, 'docs/command-line.md'))
        const env = { ...process.env, PATH: `${folder}:${process.env.PATH}` }
        symlinkSync(binary, join(folder, 'fermata'))
        ok(all.length > 5)
        for (const [command, wanted] of all) {
            const r = spawnSync('sh', ['-c', `${command} 2>&1`],
                { encoding: 'utf8', cwd: join(top, 'examples/models'), env, timeout: 10_000 })
            equal(r.stdout, wanted, `${command} prints ${r.stdout}`)
        }
    },

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

process.exit(await runAll('desk', {
    ...feelScenarios, ...dmnScenarios, ...lintScenarios, ...testScenarios,
    ...helpScenarios,
}) ? 1 : 0)
