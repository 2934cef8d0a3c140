// bench.mjs - the rows of t/bench_feel.c with feelin: `node bench.mjs FOLDER` prints
// `name|ns an evaluation|ns of it to parse`. What feelin evaluates it parses each time.
import { readFileSync } from 'node:fs';
import { evaluate, parseExpression, parseUnaryTests, unaryTest } from 'feelin';

const WARM = 5e8, MEASURED = 5e8, BATCH = 2e7;

function lines(file) {
  const text = readFileSync(new URL(file, `file://${process.argv[2]}/`), 'utf8');
  return text.trimEnd().split('\n').map((line) => line.split('\t'));
}

function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}

// Nanoseconds of CPU a call, once it is warm: the best of several batches.
function measure(what) {
  let best = Infinity;
  for (const end = cpu() + WARM; cpu() < end; ) what();
  for (let calls = 1, end = cpu() + MEASURED; cpu() < end; ) {
    const start = cpu();
    for (let i = 0; i < calls; i++) what();
    const took = cpu() - start;
    if (took > BATCH / 2) best = Math.min(best, took / calls);
    if (took < BATCH) calls *= 2;
  }
  return best;
}

function row(name, run, parse) {
  console.log(`${name}|${measure(run).toFixed(0)}|${measure(parse).toFixed(0)}`);
}

for (const [name, expression, json] of lines('expressions.tsv')) {
  const context = JSON.parse(json);
  const { value } = evaluate(expression, context);
  if (value === null) throw new Error(`${name} is null`);
  row(name, () => evaluate(expression, context), () => parseExpression(expression, context));
}

const input = JSON.parse('{"amount":750,"category":"new","score":620,"country":"FR"}');
const names = Object.keys(input);
const rules = lines('rules.tsv');

// Hit policy UNIQUE: every rule is looked at, up to its first test that does not hold.
function decide() {
  const hits = [];
  for (const rule of rules)
    if (names.every((name, i) => rule[i] === '-' || unaryTest(rule[i], { '?': input[name] }).value))
      hits.push(Number(rule[names.length]));
  return hits;
}

// The tests that this asks, to see what parsing them costs.
const tests = rules.flatMap((rule) => {
  const first = names.findIndex((name, i) => rule[i] !== '-' && !unaryTest(rule[i], { '?': input[name] }).value);
  const asked = names.slice(0, first < 0 ? names.length : first + 1);
  return asked.flatMap((name, i) => (rule[i] === '-' ? [] : [[rule[i], { '?': input[name] }]]));
});

if (decide().join() !== '14') throw new Error(`the table gives ${decide()}`);
row('a table of 20 rules and 4 inputs', decide, () => {
  for (const [text, context] of tests) parseUnaryTests(text, context);
});
