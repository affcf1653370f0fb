import type { Input } from '../../../shared/contract/index.ts'
import { firstByRule } from '../../../shared/domain/calendar/ending.ts'
import { ruleFrom, type RuleParts } from '../../../shared/domain/calendar/ruleParts.ts'

/** As main takes one. */
export type ArrangementInput = Input<'series', 'preview'>['arrangement']

/**
 * What a form says, as an arrangement; null where it makes none. Where the chosen date is none of the chosen
 * weekdays the series begins with the first of them after it.
 */
export function arrangementFrom(
  parts: RuleParts,
  starts: string,
  more: { readonly zone: string; readonly minutes: number; readonly except: readonly string[] },
): ArrangementInput | null {
  try {
    const rule = ruleFrom(parts, starts)
    const arrangement = { ...more, starts, rule, dates: [], except: [...more.except] }
    return { ...arrangement, starts: firstByRule({ ...arrangement, except: [] }) ?? starts }
  } catch {
    return null
  }
}
