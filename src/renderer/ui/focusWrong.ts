import { useEffect, useRef, type RefObject } from 'react'

function focusWrong(form: HTMLFormElement | null): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]')
  field?.focus()
  // Nobody can see where a hidden passphrase went wrong: typing again replaces it.
  if (field instanceof HTMLInputElement && field.type === 'password') field.select()
}

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
