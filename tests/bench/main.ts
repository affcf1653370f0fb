import { caseloadProfile } from './driving/caseloadProfile.ts'
import { table } from './figure.ts'
import { measureStore, storeFigures } from './figures/store.ts'
const c = await caseloadProfile(console.log)
console.log(table(storeFigures(await measureStore(c))))
