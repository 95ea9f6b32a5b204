import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './tabs.module.css';

export interface TabEntry {
  readonly id: string;
  readonly label: string;
  readonly count?: number | undefined;
  readonly content: ReactNode;
}

export interface TabsProps {
  readonly label: string;
  readonly tabs: readonly TabEntry[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
}

export function Tabs({ label, tabs, selected, onSelect }: TabsProps): ReactNode {
  return (
    <AriaTabs
      selectedKey={selected}
      onSelectionChange={(key) => onSelect(String(key))}
      className={classNames(styles, 'tabs')}
    >
      <TabList aria-label={label} className={classNames(styles, 'list')}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={classNames(styles, 'tab')}>
            {tab.label}
            {tab.count === undefined ? null : <span className={classNames(styles, 'count')}>{tab.count}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={classNames(styles, 'panel')}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
