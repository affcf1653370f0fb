import { useMemo, useState } from 'react'
import { systemZone } from '../../api/clock.ts'
import { ComboBox } from '../../ui/ComboBox.tsx'
import { matches } from '../../ui/matches.ts'
import { elsewhereHint, placeOf } from './elsewhere.ts'

const SHOWN = 40
const zones = (): readonly string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')]
const words = (zone: string): string => zone.replaceAll('_', ' ')

export interface ZoneFieldProps {
  value: string
  onChange: (zone: string) => void
  /** The span as it stands, to say what the clock here shows then; null while it is unfinished. */
  span: { readonly startsAt: number; readonly endsAt: number } | null
}

/** Whose clock the times are by: this computer's, or that of somebody who lives elsewhere. */
export function ZoneField({ value, onChange, span }: ZoneFieldProps) {
  const here = systemZone()
  const [text, setText] = useState(words(value))
  const items = useMemo(() => {
    const typed = text === words(value) ? '' : text
    return [...new Set([here, value, ...zones()])]
      .filter((zone) => matches(words(zone), typed) || matches(placeOf(zone), typed))
      .slice(0, SHOWN)
      .map((zone) => ({ id: zone, label: words(zone) }))
  }, [text, value, here])
  return (
    <ComboBox
      label="By the clock in"
      items={items}
      text={text}
      onTextChange={setText}
      selected={value}
      onSelect={(zone) => {
        if (zone === null) return
        setText(words(zone))
        onChange(zone)
      }}
      hint={elsewhereHint(span, value)}
      empty="No such place is known. Try the nearest large city."
    />
  )
}
