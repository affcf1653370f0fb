import { useEffect, useRef, type RefObject } from 'react'

const focusWrong = (form: HTMLFormElement | null) =>
  form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()

/**
 * After a try that did not go through, the focus goes to the first field that is marked wrong, where its
 * sentence is read aloud. Call `tried` when the form is submitted.
 */
export function useFocusWrong(busy: boolean): { form: RefObject<HTMLFormElement | null>; tried: () => void } {
  const form = useRef<HTMLFormElement>(null)
  const wasBusy = useRef(false)
  useEffect(() => {
    if (wasBusy.current && !busy) focusWrong(form.current)
    wasBusy.current = busy
  }, [busy])
  return { form, tried: () => void setTimeout(() => focusWrong(form.current)) }
}
