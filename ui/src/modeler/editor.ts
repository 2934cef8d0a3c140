import type { Finding } from './lint'

// What the page can do with each kind of editor.
export interface Editor {
    save(): Promise<string>
    findings(): Finding[]
    select(element: string): void
    undo(): void
    redo(): void
    close(): void
}

export type Kind = 'bpmn' | 'dmn' | 'form'

const id = (kind: string) => `${kind}-${Math.random().toString(36).slice(2, 7)}`

// What one begins with.
export const EMPTY: Record<Kind, () => string> = {
    bpmn: () => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="definitions" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="${id('process')}" name="New process" isExecutable="true">
    <bpmn:startEvent id="start" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="diagram">
    <bpmndi:BPMNPlane id="plane" bpmnElement="PROCESS">
      <bpmndi:BPMNShape id="start_di" bpmnElement="start"><dc:Bounds x="180" y="160" width="36" height="36" /></bpmndi:BPMNShape>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>`.replace(/id="(process-\w+)"([\s\S]*)"PROCESS"/, 'id="$1"$2"$1"'),
    dmn: () => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="${id('graph')}" name="New graph" namespace="http://bpmn.io/schema/dmn">
  <decision id="${id('decision')}" name="New decision">
    <decisionTable id="table" hitPolicy="UNIQUE">
      <input id="input" label="Input"><inputExpression id="expression" typeRef="string"><text>input</text></inputExpression></input>
      <output id="output" label="Output" name="output" typeRef="string" />
      <rule id="rule"><inputEntry id="in-1"><text></text></inputEntry><outputEntry id="out-1"><text>""</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram id="diagram"><dmndi:DMNShape id="shape" dmnElementRef="DECISION"><dc:Bounds x="160" y="100" width="180" height="80" /></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>`.replace(/decision id="(decision-\w+)"([\s\S]*)"DECISION"/, 'decision id="$1"$2"$1"'),
    form: () => JSON.stringify({ type: 'default', id: id('form'), schemaVersion: 16, components: [{ type: 'textfield', id: 'field-1', key: 'name', label: 'Name' }] }, null, 2),
}
