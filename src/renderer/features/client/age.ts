/** Whole years between two 'YYYY-MM-DD' days; null for a birth date that is still to come. */
export function ageAt(birthDate: string, today: string): number | null {
  if (birthDate > today) return null
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years
}
