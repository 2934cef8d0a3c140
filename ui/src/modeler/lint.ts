// What a deployment would refuse, said while one draws. The server has the last word: it knows
// more (FEEL above all), and says it with element and line when one deploys.

export interface Finding {
    element: string
    text: string
    isError: boolean
}

// Moddle's elements are read by name; that is how they come.
export type Node = {
    $type: string
    id?: string
    name?: string
    $parent?: Node
    [property: string]: any
}

const is = (n: Node, ...types: string[]) => types.includes(n.$type.replace('bpmn:', ''))
const list = (n: Node, property: string): Node[] => n[property] ?? []
const extension = (n: Node, type: string): Node | undefined =>
    list(n.extensionElements ?? ({} as Node), 'values').find((v) => v.$type.toLowerCase() === `zeebe:${type}`.toLowerCase())
const title = (n: Node) => n.name || n.id || n.$type

type Rule = (n: Node) => string | false | undefined

const RULES: [Rule, boolean][] = [
    [(n) => is(n, 'ServiceTask', 'SendTask') && !extension(n, 'taskDefinition')?.type && `${title(n)} needs the type of its job`, true],
    [(n) => is(n, 'ScriptTask') && !extension(n, 'taskDefinition')?.type && !extension(n, 'script')?.expression && `${title(n)} needs an expression or the type of its job`, true],
    [(n) => is(n, 'BusinessRuleTask') && !extension(n, 'taskDefinition')?.type && !extension(n, 'calledDecision')?.decisionId && `${title(n)} needs a decision or the type of its job`, true],
    [(n) => is(n, 'CallActivity') && !extension(n, 'calledElement')?.processId && `${title(n)} needs the id of the process that it calls`, true],
    [(n) => is(n, 'ReceiveTask') && !n.messageRef?.name && `${title(n)} needs a message with a name`, true],
    [(n) => is(n, 'MessageEventDefinition') && catches(n) && !n.messageRef?.name && `${title(n.$parent!)} needs a message with a name`, true],
    [(n) => needsKey(n) && `${title(is(n, 'ReceiveTask') ? n : n.$parent!)}: its message needs a correlation key`, true],
    [(n) => is(n, 'SignalEventDefinition') && !n.signalRef?.name && `${title(n.$parent!)} needs a signal with a name`, true],
    [(n) => is(n, 'ErrorEventDefinition') && is(n.$parent!, 'EndEvent') && !n.errorRef?.errorCode && `${title(n.$parent!)} needs an error with a code`, true],
    [(n) => is(n, 'EscalationEventDefinition') && !catches(n) && !n.escalationRef?.escalationCode && `${title(n.$parent!)} needs an escalation with a code`, true],
    [(n) => is(n, 'TimerEventDefinition') && !n.timeDate?.body && !n.timeDuration?.body && !n.timeCycle?.body && `${title(n.$parent!)} needs a date, a duration or a cycle`, true],
    [(n) => is(n, 'ConditionalEventDefinition') && !n.condition?.body && `${title(n.$parent!)} needs a condition`, true],
    [(n) => is(n, 'LinkEventDefinition') && !n.name && `${title(n.$parent!)} needs the name of its link`, true],
    [(n) => is(n, 'MultiInstanceLoopCharacteristics') && !extension(n, 'loopCharacteristics')?.inputCollection && `${title(n.$parent!)}: its loop needs a collection`, true],
    [(n) => is(n, 'StandardLoopCharacteristics') && `${title(n.$parent!)}: standard loops cannot be executed; use a multi-instance loop`, true],
    [(n) => is(n, 'ComplexGateway') && `${title(n)}: complex gateways cannot be executed`, true],
    [(n) => unconditional(n), true],
    [(n) => is(n, 'EventBasedGateway') && list(n, 'outgoing').length < 2 && `${title(n)} needs two or more events behind it`, true],
    [(n) => is(n, 'SequenceFlow') && n.conditionExpression && !/^\s*=/.test(n.conditionExpression.body ?? '') && `The condition of ${title(n)} must begin with =`, true],
    [(n) => is(n, 'Process', 'SubProcess', 'Transaction') && !n.triggeredByEvent && starts(n).length === 0 && `${title(n)} needs a start event`, true],
    [(n) => is(n, 'SubProcess') && n.triggeredByEvent && starts(n).length !== 1 && `${title(n)} needs exactly one start event`, true],
    [(n) => is(n, 'Process') && starts(n).filter((s) => list(s, 'eventDefinitions').length === 0).length > 1 && `${title(n)} has more than one start event without a trigger`, true],
    [(n) => is(n, 'BoundaryEvent') && list(n, 'eventDefinitions').length === 0 && `${title(n)} needs a kind: timer, message, error, ...`, true],
    [(n) => is(n, 'Process') && !n.isExecutable && `${title(n)} is not marked as executable; it will not be deployed`, false],
    [(n) => flows(n) && !is(n, 'StartEvent', 'BoundaryEvent') && !n.triggeredByEvent && !n.isForCompensation && !inAdHoc(n) && list(n, 'incoming').length === 0 && !linkCatch(n) && `Nothing leads to ${title(n)}`, false],
    [(n) => flows(n) && !is(n, 'EndEvent') && !n.triggeredByEvent && !n.isForCompensation && !inAdHoc(n) && !compensates(n) && !linkThrow(n) && list(n, 'outgoing').length === 0 && `Nothing follows ${title(n)}: its branch ends there`, false],
]

const flows = (n: Node) => /Task$|^bpmn:Task$|Event$|Gateway$|Activity$|SubProcess$|Transaction$/.test(n.$type)
const catches = (n: Node) => is(n.$parent!, 'StartEvent', 'IntermediateCatchEvent', 'BoundaryEvent')
const inAdHoc = (n: Node) => !!n.$parent && is(n.$parent, 'AdHocSubProcess')
const defines = (n: Node, type: string) => list(n, 'eventDefinitions').some((d) => is(d, type))
const linkCatch = (n: Node) => is(n, 'IntermediateCatchEvent') && defines(n, 'LinkEventDefinition')
const linkThrow = (n: Node) => is(n, 'IntermediateThrowEvent') && defines(n, 'LinkEventDefinition')
const compensates = (n: Node) => is(n, 'BoundaryEvent') && defines(n, 'CompensateEventDefinition')
const starts = (n: Node) => list(n, 'flowElements').filter((e) => is(e, 'StartEvent'))

// All catching messages but those that start a process are found by a key.
function needsKey(n: Node): boolean {
    if (!is(n, 'ReceiveTask') && !(is(n, 'MessageEventDefinition') && catches(n))) return false
    const event = is(n, 'ReceiveTask') ? n : n.$parent!
    if (is(event, 'StartEvent') && is(event.$parent!, 'Process')) return false
    return !!n.messageRef?.name && !extension(n.messageRef, 'subscription')?.correlationKey
}

function unconditional(n: Node): string | false {
    if (!is(n, 'ExclusiveGateway', 'InclusiveGateway') || list(n, 'outgoing').length < 2) return false
    const bare = list(n, 'outgoing').filter((f) => f !== n.default && !f.conditionExpression?.body)
    return bare.length > 0 && `${bare.map(title).join(', ')} behind ${title(n)} needs a condition, or is the default`
}

function walk(n: Node, visit: (n: Node) => void) {
    visit(n)
    for (const property of ['rootElements', 'flowElements', 'eventDefinitions']) for (const child of list(n, property)) walk(child, visit)
    if (n.loopCharacteristics) walk(n.loopCharacteristics, visit)
}

// The nearest one that stands on the canvas.
function drawn(n: Node): string {
    for (let at: Node | undefined = n; at; at = at.$parent) if (at.id && !/EventDefinition|LoopCharacteristics/.test(at.$type)) return at.id
    return ''
}

export function lint(definitions: Node): Finding[] {
    const found: Finding[] = []
    walk(definitions, (n) => {
        for (const [rule, isError] of RULES) {
            const text = rule(n)
            if (text) found.push({ element: drawn(n), text, isError })
        }
    })
    return found.sort((a, b) => Number(b.isError) - Number(a.isError))
}
