import * as z from 'zod'

// zod probes `new Function` for its fast path, which the CSP (rightly) reports as a violation.
// This module must be the only way to zod, so that the switch is thrown before any schema is made.
z.config({ jitless: true })

export { z }
