import { makeVault } from './driving/application.ts'
import { table } from './figure.ts'
import { openingFigures } from './figures/opening.ts'
const vault = process.env.VAULT_ONLY ?? (await makeVault())
console.log(table(await openingFigures(vault)))
