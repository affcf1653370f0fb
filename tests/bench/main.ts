import { table } from './figure.ts'
import { makeVault } from './driving/application.ts'
import { startingFigures } from './figures/starting.ts'

const profile = await makeVault()
console.log(table(await startingFigures(profile)))
