import type { ReactNode } from 'react'
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components'
import css from './Tabs.module.css'

export interface TabsProps<K extends string> {
  label: string
  value: K
  onChange: (value: K) => void
  tabs: readonly { readonly key: K; readonly label: string; readonly content: ReactNode }[]
}

export function Tabs<K extends string>({ label, value, onChange, tabs }: TabsProps<K>) {
  return (
    <AriaTabs selectedKey={value} onSelectionChange={(key) => onChange(key as K)}>
      <TabList aria-label={label} className={css.list ?? ''}>
        {tabs.map((tab) => (
          <Tab key={tab.key} id={tab.key} className={css.tab ?? ''}>
            {tab.label}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.key} id={tab.key} className={css.panel ?? ''}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}
