import { caseloadProfile } from './driving/caseloadProfile.ts'
import { table } from './figure.ts'
import { caseloadFigures } from './figures/caseload.ts'
const c = await caseloadProfile(console.log)
console.log(table(await caseloadFigures(c, {driverSave:[1]}, console.log)))
