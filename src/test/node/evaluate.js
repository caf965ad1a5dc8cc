// Asks a simulator of IAM, which is not ours, what policies allow. Reads cases as JSON, writes answers as JSON:
//
//   { "policies": { NAME: DOCUMENT },
//     "cases": [ { "name", "principal", "action", "resource", "account",
//                  "context": { KEY: VALUE },        what the request says; a key that IAM does not know for it is an error
//                  "claims": { KEY: VALUE },         of a web identity, e.g. "ISSUER:sub"
//                  "identityPolicies": [ NAME ],     what the principal has
//                  "resourcePolicy": NAME } ] }      what the resource has: of a role, its trust policy
//
//   [ { "name", "decision": "Allowed" | "ImplicitlyDenied" | "ExplicitlyDenied", "problems": [ TEXT ] } ]
//
// The packages lie where install-test-machine put them: node evaluate.js FOLDER < cases > answers
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const require = createRequire(join(process.argv[2], 'package.json'))
const { runSimulation, runUnsafeSimulation } = require('@cloud-copilot/iam-simulate')

async function evaluate(policies, given) {
  const document = name => {
    if (!(name in policies)) throw new Error(`${given.name}: there is no policy "${name}"`)
    return policies[name]
  }
  const simulation = {
    request: {
      principal: given.principal,
      action: given.action,
      resource: { resource: given.resource, accountId: given.account },
      contextVariables: given.context ?? {}
    },
    identityPolicies: (given.identityPolicies ?? []).map(name => ({ name, policy: document(name) })),
    resourcePolicy: given.resourcePolicy ? document(given.resourcePolicy) : undefined,
    serviceControlPolicies: [],
    resourceControlPolicies: []
  }
  const checked = await runSimulation(simulation, {})
  if (checked.resultType === 'error') {
    return { name: given.name, decision: '', problems: [JSON.stringify(checked.errors)] }
  }
  const problems = (checked.result?.ignoredContextKeys ?? []).map(key => `${given.action} knows no ${key}`)
  if (!given.claims) {
    return { name: given.name, decision: checked.overallResult, problems }
  }
  // The simulator's check of the context takes claims of issuers without a path only, so they come after it.
  simulation.request.contextVariables = { ...simulation.request.contextVariables, ...given.claims }
  return { name: given.name, decision: runUnsafeSimulation(simulation, {}), problems }
}

const { policies, cases } = JSON.parse(await text(process.stdin))
const answers = []
for (const given of cases) answers.push(await evaluate(policies, given))
process.stdout.write(JSON.stringify(answers))
