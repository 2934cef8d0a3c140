// bpmn.mjs - elements of models, as short as they can be told: line(start(), job('a'), end()).

export const at = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
export const ids = (xml) => xml.match(/\bid="([^"]*)"/)[1]
export const flow = (from, to, inside = '') =>
    `<sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">${inside}</sequenceFlow>`
export const when = (text) => `<conditionExpression>${at(text)}</conditionExpression>`
export const el = (tag, id, inside = '', attributes = '') =>
    `<${tag} id="${id}"${attributes && ` ${attributes}`}>${inside}</${tag}>`
export const ext = (inside) => `<extensionElements>${inside}</extensionElements>`
export const type = (id = 'NAME') => `<zeebe:taskDefinition type="${id}"/>`
export const job = (id, more = '', after = '', attributes = '') =>
    el('serviceTask', id, ext(type() + more) + after, attributes)
export const start = (id = 's', inside = '', attributes = '') => el('startEvent', id, inside, attributes)
export const end = (id = 'e', inside = '') => el('endEvent', id, inside)
/** The elements, joined in the order that they are told in. */
export const line = (...elements) =>
    elements.join('') + elements.slice(1).map((x, n) => flow(ids(elements[n]), ids(x))).join('')
export const sub = (id, inside, attributes = '') => el('subProcess', id, inside, attributes)
export const inner = line(start('is'), job('ia'), end('ie'))
export const handler = (inside, attributes) => line(start(), end()) +
    sub('handler', line(start('hs', inside, attributes), end('he')), 'triggeredByEvent="true"')
export const boundary = (id, on, inside, attributes = '') =>
    el('boundaryEvent', id, inside, `attachedToRef="${on}" ${attributes}`) + flow(id, 'e')
export const on_job = (...events) => line(start(), job('a'), end()) + events.join('')
export const on_sub = (...events) => line(start(), sub('scope', inner), end()) + events.join('')
export const through = (element) => line(start(), element, end())

export const def = (kind, inside = '', attributes = '') => el(`${kind}EventDefinition`, `d-${kind}`, inside, attributes)
export const message = (ref) => def('message', '', ref ? `messageRef="${ref}"` : '')
export const signal = (ref) => def('signal', '', ref ? `signalRef="${ref}"` : '')
export const error = (ref) => def('error', '', ref ? `errorRef="${ref}"` : '')
export const escalation = (ref) => def('escalation', '', ref ? `escalationRef="${ref}"` : '')
export const timer = (kind, text) => def('timer', kind ? `<${kind}>${at(text)}</${kind}>` : '')
export const link = (name) => def('link', '', name === undefined ? '' : `name="${name}"`)
export const compensation = (of, more = '') => def('compensate', '', (of ? `activityRef="${of}" ` : '') + more)
export const key = ext('<zeebe:subscription correlationKey="=k"/>')

export const MESSAGES = '<message id="m" name="m">' + key + '</message><message id="bare" name="bare"/>' +
    '<message id="nameless">' + key + '</message>'
export const SIGNALS = '<signal id="g" name="g"/><signal id="nameless" />'
export const ERRORS = '<error id="E" errorCode="E"/><error id="codeless"/><error id="computed" errorCode="=x"/>'
export const ESCALATIONS = '<escalation id="X" escalationCode="X"/><escalation id="codeless"/>' +
    '<escalation id="computed" escalationCode="=x"/>'

export const catching = (id, inside) => el('intermediateCatchEvent', id, inside)
export const throwing = (id, inside) => el('intermediateThrowEvent', id, inside)
export const gateway = (tag, more, ...flows) => line(start(), el(tag, 'gw', '', more)) + job('a') + job('b') +
    end() + flows.join('') + flow('a', 'e') + flow('b', 'e')
export const listeners = (...rows) => '<zeebe:executionListeners>' + rows.map(([event, of]) =>
    `<zeebe:executionListener eventType="${event}" type="${of}"/>`).join('') + '</zeebe:executionListeners>'
export const mapping = (inside) => through(job('a', `<zeebe:ioMapping>${inside}</zeebe:ioMapping>`))
export const user = (inside) => through(el('userTask', 'a', ext('<zeebe:userTask/>' + inside)))
export const loop = (attributes, more = '') => through(job('a', '', '<multiInstanceLoopCharacteristics>' +
    ext(`<zeebe:loopCharacteristics ${attributes}/>`) + more + '</multiInstanceLoopCharacteristics>'))
export const ad_hoc = (inside, extensions = '') => through(el('adHocSubProcess', 'scope', extensions + inside))
export const undo = (attributes = '') => el('serviceTask', 'undo', ext(type()), `isForCompensation="true" ${attributes}`)
export const undoable = (more = '') => line(start(), job('a'), throwing('throw', more || compensation()), end()) +
    el('boundaryEvent', 'undoes', compensation(), 'attachedToRef="a"') +
    '<association id="x" associationDirection="One" sourceRef="undoes" targetRef="undo"/>'

/** The file of a process whose elements these are. */
export function file(name, elements, roots = '') {
    const process = elements.startsWith('<process') ? elements
        : `<process id="${name}" isExecutable="true">${elements}</process>`
    return ('<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" ' +
        'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" ' +
        `targetNamespace="http://fermata/e2e">${roots}${process}</definitions>`).replaceAll('NAME', name)
}
