// Evaluates IAM policies with a third-party simulator. Reads cases as JSON, writes answers as JSON:
//
//   { "policies": { NAME: DOCUMENT },
//     "cases": [ { "name", "principal", "action", "resource", "account",
//                  "context": { KEY: VALUE },        the request context, including claims of a web identity ("ISSUER:sub");
//                                                    a key that IAM does not support for the action is a problem
//                  "identityPolicies": [ NAME ],     policies of the principal
//                  "boundary": NAME,                 permissions boundary of the principal, if it has one
//                  "resourcePolicy": NAME } ] }      policy of the resource, such as the trust policy of a role
//
//   [ { "name", "decision": "Allowed" | "ImplicitlyDenied" | "ExplicitlyDenied", "problems": [ TEXT ] } ]
//
// Usage: node evaluate.js FOLDER < cases > answers
// FOLDER is the folder of packages that install-test-machine prints.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const require = createRequire(join(process.argv[2], 'package.json'))
const { runSimulation } = require('@cloud-copilot/iam-simulate')

// The simulator accepts claims of known issuers only. Claims of other issuers become tags, which compare the same way.
// An issuer's name has a dot before the colon; a service's name has none.
const asTag = key => key.replace(/^[^:]*\.[^:]*:/, issuer => `aws:RequestTag/${issuer}`)
const tagged = object => Object.fromEntries(Object.entries(object).map(([key, value]) => [asTag(key), value]))
const withTags = statement => ({
  ...statement,
  ...(statement.Condition && {
    Condition: Object.fromEntries(Object.entries(statement.Condition).map(([op, keys]) => [op, tagged(keys)]))
  })
})

async function evaluate(policies, given) {
  const document = name => {
    if (!(name in policies)) throw new Error(`${given.name}: there is no policy "${name}"`)
    const policy = policies[name]
    return { ...policy, Statement: [policy.Statement].flat().map(withTags) }
  }
  const simulation = {
    request: {
      principal: given.principal,
      action: given.action,
      resource: { resource: given.resource, accountId: given.account },
      contextVariables: tagged(given.context ?? {})
    },
    identityPolicies: (given.identityPolicies ?? []).map(name => ({ name, policy: document(name) })),
    permissionBoundaryPolicies: given.boundary ? [{ name: given.boundary, policy: document(given.boundary) }] : undefined,
    resourcePolicy: given.resourcePolicy ? document(given.resourcePolicy) : undefined,
    serviceControlPolicies: [],
    resourceControlPolicies: []
  }
  const answer = await runSimulation(simulation, {})
  if (answer.resultType === 'error') {
    return { name: given.name, decision: '', problems: [JSON.stringify(answer.errors)] }
  }
  const problems = (answer.result?.ignoredContextKeys ?? []).map(key => `${given.action} knows no ${key}`)
  return { name: given.name, decision: answer.overallResult, problems }
}

const { policies, cases } = JSON.parse(await text(process.stdin))
const answers = []
for (const given of cases) answers.push(await evaluate(policies, given))
process.stdout.write(JSON.stringify(answers))
