import { rmSync } from 'node:fs'
import { makeVault } from './driving/application.ts'
import { startingFigures } from './figures/starting.ts'
import { table } from './figure.ts'
const vault = await makeVault()
console.log(table(await startingFigures(vault)))
rmSync(vault, { recursive: true, force: true })
