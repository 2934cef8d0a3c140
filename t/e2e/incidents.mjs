// incidents.mjs - what makes an instance stop, and what its incident says. A row is
// [type, words, elements, roots, variables, what is done with the first job].

import {
    at, boundary, catching, el, end, error, escalation, ext, flow, job, line, mapping, message, signal, start,
    sub, through, throwing, timer, type, user, when,
} from './bpmn.mjs'

const EXTRACT = 'EXTRACT_VALUE_ERROR'
const WAS = (text, wanted, was) => `Expected result of the expression '${text}' to be '${wanted}', but was '${was}'.`
const MISSING = (name) => `[NO_VARIABLE_FOUND] No variable found with name '${name}'`
const NAMED = (kind, more = '') => `<${kind} id="m" name="=name"/>${more}`
const choice = (tag, text, more = '') => line(start(), el(tag, 'gw', '', more)) + job('a') + job('b') + end() +
    flow('gw', 'a', when(text)) + flow('gw', 'b', when('=false')) + flow('a', 'e') + flow('b', 'e')
const definition = (attributes) => through(el('serviceTask', 'a', ext(`<zeebe:taskDefinition ${attributes}/>`)))
const call = (attributes) => through(el('callActivity', 'a', ext(`<zeebe:calledElement ${attributes}/>`)))
const rule = (attributes) => through(el('businessRuleTask', 'a', ext(`<zeebe:calledDecision ${attributes} resultVariable="r"/>`)))
const loop = (attributes, more = '') => through(job('a', '', '<multiInstanceLoopCharacteristics isSequential="true">' +
    ext(`<zeebe:loopCharacteristics ${attributes}/>`) + more + '</multiInstanceLoopCharacteristics>'))
const ad_hoc = (attributes, more = '') => through(el('adHocSubProcess', 'scope', ext(`<zeebe:adHoc ${attributes}/>`) + job('ia') + more))
const heard = (event, more = '') => through(job('a', '<zeebe:executionListeners>' +
    `<zeebe:executionListener eventType="${event}" type="NAME-l" ${more}/></zeebe:executionListeners>`))
const event_sub = (inside) => line(start(), job('a'), end()) +
    sub('handler', line(start('hs', inside), end('he')), 'triggeredByEvent="true"')
const fails = (w, { key }) => w.grpc.failJob({ jobKey: key, retries: 0, errorMessage: '', retryBackOff: 0 })
const says = (errorMessage) => (w, { key }) => w.grpc.failJob({ jobKey: key, retries: 0, errorMessage, retryBackOff: 0 })
const throws = (errorMessage = '') => (w, { key }) => w.grpc.throwError({ jobKey: key, errorCode: 'E', errorMessage })
const completes = (variables = {}) => (w, { key }) => w.grpc.completeJob({ jobKey: key, variables })
const KEYED = '<message id="m" name="NAME">' + ext('<zeebe:subscription correlationKey="=k"/>') + '</message>'
const duration = (text) => through(catching('c', timer('timeDuration', text)))

export const incidents = [
    // mappings and expressions
    ['IO_MAPPING_ERROR', "The evaluation reported the following warnings:", mapping('<zeebe:input source="=assert(x, x != null)" target="y"/>')],
    ['IO_MAPPING_ERROR', MISSING('x'), mapping('<zeebe:input source="=assert(x, x != null)" target="y"/>')],
    ['IO_MAPPING_ERROR', MISSING('x'), mapping('<zeebe:output source="=assert(x, x != null)" target="y"/>'), '', {}, completes()],
    [EXTRACT, WAS('kind', 'STRING', 'NULL'), definition('type="=kind"')],
    [EXTRACT, MISSING('kind'), definition('type="=kind"')],
    [EXTRACT, WAS('123', 'STRING', 'NUMBER'), definition('type="123"')],
    [EXTRACT, WAS('n', 'NUMBER', 'STRING'), definition('type="x" retries="=n"'), '', { n: 'many' }],
    // gateways
    ['CONDITION_ERROR', 'Expected at least one condition to evaluate to true, or to have a default flow', choice('exclusiveGateway', '=false')],
    ['CONDITION_ERROR', 'Expected at least one condition to evaluate to true, or to have a default flow', choice('inclusiveGateway', '=false')],
    [EXTRACT, WAS('x', 'BOOLEAN', 'NULL'), choice('exclusiveGateway', '=x')],
    [EXTRACT, WAS('x', 'BOOLEAN', 'STRING'), choice('inclusiveGateway', '=x'), '', { x: 'yes' }],
    // events
    [EXTRACT, "Failed to extract the correlation key for 'k': The value must be either a string or a number, but was 'NULL'.", through(catching('c', message('m'))), KEYED],
    [EXTRACT, "Failed to extract the correlation key for 'k': The value must be either a string or a number, but was 'BOOLEAN'.", through(el('receiveTask', 'c', '', 'messageRef="m"')), KEYED, { k: true }],
    [EXTRACT, "Failed to extract the correlation key for 'k': The value must be either a string or a number, but was 'NULL'.",
        line(start(), job('a'), end()) + boundary('event', 'a', message('m')), KEYED],
    [EXTRACT, "Failed to extract the correlation key for 'k': The value must be either a string or a number, but was 'NULL'.", event_sub(message('m')), KEYED],
    [EXTRACT, WAS('name', 'STRING', 'NULL'), through(catching('c', message('m'))), NAMED('message').replace('/>', '>') + ext('<zeebe:subscription correlationKey="=1"/>') + '</message>'],
    [EXTRACT, WAS('name', 'STRING', 'NULL'), through(catching('c', signal('m'))), NAMED('signal')],
    [EXTRACT, WAS('name', 'STRING', 'NUMBER'), line(start(), throwing('t', signal('m')), end()), NAMED('signal'), { name: 1 }],
    [EXTRACT, "Expected result of the expression 'x' to be one of '[DURATION, PERIOD, STRING]', but was 'NULL'.", duration('=x')],
    [EXTRACT, "Invalid duration format 'soon' for expression 'x'.", duration('=x'), '', { x: 'soon' }],
    [EXTRACT, "Expected result of the expression 'x' to be one of '[DATE_TIME, STRING]', but was 'NULL'.", through(catching('c', timer('timeDate', '=x')))],
    [EXTRACT, "Invalid date-time format 'soon' for expression 'x'.", through(catching('c', timer('timeDate', '=x'))), '', { x: 'soon' }],
    [EXTRACT, WAS('x', 'STRING', 'NULL'), line(start(), job('a'), end()) + boundary('event', 'a', timer('timeCycle', '=x'), 'cancelActivity="false"')],
    [EXTRACT, WAS('x', 'STRING', 'NULL'), line(start(), end('e', error('E'))), '<error id="E" errorCode="=x"/>'],
    [EXTRACT, WAS('x', 'STRING', 'NULL'), line(start(), throwing('t', escalation('X')), end()), '<escalation id="X" escalationCode="=x"/>'],
    // jobs
    ['JOB_NO_RETRIES', 'No more retries left.', line(start(), job('a'), end()), '', {}, fails],
    ['JOB_NO_RETRIES', 'out of paper', line(start(), job('a'), end()), '', {}, says('out of paper')],
    ['JOB_NO_RETRIES', `${'x'.repeat(10_000)}...`, line(start(), job('a'), end()), '', {}, says('x'.repeat(10_001))],
    ['UNHANDLED_ERROR_EVENT', "Expected to throw an error event with the code 'E', but it was not caught. No error events are available in the scope.", line(start(), job('a'), end()), '', {}, throws()],
    ['UNHANDLED_ERROR_EVENT', "Expected to throw an error event with the code 'E' with message 'no ink', but it was not caught. Available error events are [F]",
        line(start(), job('a'), end()) + boundary('event', 'a', error('F')), '<error id="F" errorCode="F"/>', {}, throws('no ink')],
    ['UNHANDLED_ERROR_EVENT', "Expected to throw an error event with the code 'E', but it was not caught. No error events are available in the scope.", line(start(), end('e', error('E'))), '<error id="E" errorCode="E"/>'],
    ['EXECUTION_LISTENER_NO_RETRIES', 'No more retries left.', heard('start'), '', {}, fails, '-l'],
    [EXTRACT, WAS('x', 'STRING', 'NULL'), heard('start').replace('NAME-l', '=x')],
    [EXTRACT, WAS('x', 'NUMBER', 'NULL'), heard('start', 'retries="=x"')],
    ['TASK_LISTENER_NO_RETRIES', 'No more retries left.', user('<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="NAME"/></zeebe:taskListeners>'), '', {}, fails],
    [EXTRACT, WAS('x', 'STRING', 'NULL'), user('<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="=x"/></zeebe:taskListeners>')],
    ['AD_HOC_SUB_PROCESS_NO_RETRIES', 'No more retries left.', through(el('adHocSubProcess', 'scope', ext(type()) + job('ia'))), '', {}, fails],
    // user tasks
    [EXTRACT, WAS('x', 'STRING', 'NUMBER'), user('<zeebe:assignmentDefinition assignee="=x"/>'), '', { x: 1 }],
    [EXTRACT, WAS('x', 'ARRAY', 'STRING'), user('<zeebe:assignmentDefinition candidateGroups="=x"/>'), '', { x: 'g' }],
    [EXTRACT, "Expected result of the expression 'x' to be 'ARRAY' containing 'STRING' items, but was 'ARRAY' containing at least one non-'STRING' item.",
        user('<zeebe:assignmentDefinition candidateUsers="=x"/>'), '', { x: [1] }],
    [EXTRACT, "Invalid date-time format 'soon' for expression 'x'.", user('<zeebe:taskSchedule dueDate="=x"/>'), '', { x: 'soon' }],
    [EXTRACT, "Invalid date-time format 'soon' for expression 'x'.", user('<zeebe:taskSchedule followUpDate="=x"/>'), '', { x: 'soon' }],
    [EXTRACT, "Expected priority to be in the range [0,100] but was '101'.", user('<zeebe:priorityDefinition priority="=x"/>'), '', { x: 101 }],
    ['FORM_NOT_FOUND', "Expected to find a form with id 'NAME', but no form with this id is found, at least a form with this id should be available. To resolve the Incident please deploy a form with the same id",
        user('<zeebe:formDefinition formId="NAME"/>')],
    ['FORM_NOT_FOUND', "Expected to use a form with id 'NAME' and version tag 'v1', but no such form found. To resolve the incident, deploy a form with the given id and version tag.",
        user('<zeebe:formDefinition formId="NAME" bindingType="versionTag" versionTag="v1"/>')],
    ['FORM_NOT_FOUND', "Expected to use a form with id 'NAME' with binding type 'deployment', but no such form found in the deployment with key ",
        user('<zeebe:formDefinition formId="=x" bindingType="deployment"/>'), '', { x: 'NAME' }],
    // called processes and decisions
    ['CALLED_ELEMENT_ERROR', "Expected process with BPMN process id 'NAME-x' to be deployed, but not found.", call('processId="NAME-x"')],
    ['CALLED_ELEMENT_ERROR', "Expected process with BPMN process id 'NAME-x' to have a none start event, but not found.", call('processId="NAME-x"'),
        '<message id="m" name="NAME"/><process id="NAME-x" isExecutable="true">' + line(start('cs', message('m')), end('ce')) + '</process>'],
    ['CALLED_ELEMENT_ERROR', "Expected to call process with BPMN process id 'NAME-x' and version tag 'v1', but no such process found. To resolve this incident, deploy a process with the given process id and version tag.",
        call('processId="NAME-x" bindingType="versionTag" versionTag="v1"')],
    ['CALLED_ELEMENT_ERROR', "Expected to call process with BPMN process id 'NAME-x' with binding type 'deployment', but no such process found in the deployment with key ",
        call('processId="=x" bindingType="deployment"'), '', { x: 'NAME-x' }],
    [EXTRACT, WAS('x', 'STRING', 'NULL'), call('processId="=x"')],
    ['CALLED_DECISION_ERROR', "Expected to evaluate decision 'NAME', but no decision found for id 'NAME'", rule('decisionId="NAME"')],
    [EXTRACT, WAS('x', 'STRING', 'NULL'), rule('decisionId="=x"')],
    [EXTRACT, MISSING('x'), through(el('scriptTask', 'a', ext('<zeebe:script expression="=assert(x, x != null)" resultVariable="r"/>')))],
    // loops
    [EXTRACT, WAS('xs', 'ARRAY', 'NULL'), loop('inputCollection="=xs"')],
    [EXTRACT, WAS('xs', 'ARRAY', 'OBJECT'), loop('inputCollection="=xs"'), '', { xs: { a: 1 } }],
    [EXTRACT, WAS('done', 'BOOLEAN', 'NULL'), loop('inputCollection="=[1, 2]"', '<completionCondition>=done</completionCondition>'), '', {}, completes()],
    [EXTRACT, MISSING('y'), loop('inputCollection="=[1]" outputCollection="ys" outputElement="=assert(y, y != null)"'), '', {}, completes()],
    // ad-hoc sub-processes
    [EXTRACT, 'Failed to activate ad-hoc elements. ' + WAS('xs', 'ARRAY', 'STRING'), ad_hoc('activeElementsCollection="=xs"'), '', { xs: 'ia' }],
    [EXTRACT, "Failed to activate ad-hoc elements. No BPMN elements found with ids: 'x', 'y'.", ad_hoc('activeElementsCollection="=xs"'), '', { xs: ['ia', 'x', 'y'] }],
    [EXTRACT, WAS('done', 'BOOLEAN', 'NULL'), ad_hoc('activeElementsCollection="=[&quot;ia&quot;]"', '<completionCondition>=done</completionCondition>'), '', {}, completes()],
]
