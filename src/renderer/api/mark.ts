/**
 * `performance.mark('painted:<screen>')` once the frame that shows the data has reached the screen: the
 * second animation frame comes after the first one's paint. The bench reads these marks.
 */
export function markPainted(screen: string): void {
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark(`painted:${screen}`)))
}
