import { caseloadProfile } from './caseload/profile.ts'
const t = Date.now()
console.log(await caseloadProfile(console.log), Date.now() - t)
