/** The formats of a progress note. A key never changes once notes carry it; a label may. */
export interface Template {
  readonly key: string
  readonly name: string
  readonly sections: readonly TemplateSection[]
}
export interface TemplateSection {
  readonly key: string
  readonly label: string
  /** Shown in the empty section: what belongs there, in a few words. */
  readonly prompt: string
}

export const soap: Template = {
  key: 'soap',
  name: 'SOAP',
  sections: [
    { key: 'subjective', label: 'Subjective', prompt: 'What the client said, in their words where you can' },
    {
      key: 'objective',
      label: 'Objective',
      prompt: 'What you saw and heard; interventions; how they responded',
    },
    {
      key: 'assessment',
      label: 'Assessment',
      prompt: 'What it means for the goals; risk, if you asked about it',
    },
    { key: 'plan', label: 'Plan', prompt: 'What happens next, and by whom' },
  ],
}

export const templates: readonly Template[] = [soap]
export const PRIVATE_SECTION = 'private'

export function templateOf(key: string): Template {
  return templates.find((t) => t.key === key) ?? soap
}

/** A section's heading; an unknown key (a template that is gone) shows as the key itself, never as nothing. */
export function sectionLabel(templateKey: string, key: string): string {
  return templateOf(templateKey).sections.find((s) => s.key === key)?.label ?? key
}
