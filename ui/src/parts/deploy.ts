import { deploy, type Deployed } from '../core/api'
import { refresh } from '../core/live'
import { go } from '../core/route'
import { attempt, say } from './basics'
import { many } from '../core/format'

const FITS = /\.(bpmn|dmn|form|xml|json|rpa|txt|md)$/i

function name(d: Deployed): string {
    if (d.processDefinition) return `process ${d.processDefinition.processDefinitionId} version ${d.processDefinition.processDefinitionVersion}`
    if (d.decisionDefinition) return `decision ${d.decisionDefinition.decisionDefinitionId} version ${d.decisionDefinition.version}`
    if (d.form) return `form ${d.form.formId} version ${d.form.version}`
    return ''
}

// Deploys files that were dropped or chosen, says what came of it, and opens what can be opened.
export async function deployFiles(files: File[]) {
    const unfit = files.filter((f) => !FITS.test(f.name))
    if (unfit.length) say('bad', `Not deployed: ${unfit.map((f) => f.name).join(', ')}. What can be deployed ends in .bpmn, .dmn or .form`)
    const fit = files.filter((f) => FITS.test(f.name))
    if (fit.length === 0) return
    await attempt(`${fit.map((f) => f.name).join(', ')}`, '', async () => {
        const { deployments } = await deploy(fit.map((f) => ({ name: f.name, content: f })))
        const told = deployments.map(name).filter(Boolean)
        say('good', `Deployed ${told.join(', ') || many(fit.length, 'file')}`)
        refresh()
        const process = deployments.find((d) => d.processDefinition)?.processDefinition
        const decision = deployments.find((d) => d.decisionDefinition)?.decisionDefinition
        if (process) go(['processes', process.processDefinitionId])
        else if (decision) go(['decisions', decision.decisionDefinitionKey])
    })
}
