import { useEffect, useRef, type RefObject } from 'react'

/**
 * After a try that did not go through, the focus goes to the first field that is marked wrong, where its
 * sentence is read aloud. Call `tried` when the form is submitted.
 */
export function useFocusWrong(busy: boolean): { form: RefObject<HTMLFormElement | null>; tried: () => void } {
  const form = useRef<HTMLFormElement>(null)
  const wasBusy = useRef(false)
  const focusWrong = () => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  useEffect(() => {
    if (wasBusy.current && !busy) focusWrong()
    wasBusy.current = busy
  }, [busy])
  return { form, tried: () => void setTimeout(focusWrong) }
}
