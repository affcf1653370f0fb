import { caseloadProfile } from './driving/caseloadProfile.ts'
import { table } from './figure.ts'
import { caseloadFigures } from './figures/caseload.ts'
import { measureStore, storeFigures } from './figures/store.ts'
const c = await caseloadProfile(console.log)
const s = await measureStore(c)
console.log(table(storeFigures(s)))
console.log(table(await caseloadFigures(c, s, console.log)))
