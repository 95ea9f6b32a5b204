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
  /** What stands at the end of their row, in the room that is left. */
  readonly aside?: ReactNode;
}

export function Tabs({ label, tabs, selected, onSelect, aside }: TabsProps): ReactNode {
  return (
    <AriaTabs
      selectedKey={selected}
      onSelectionChange={(key) => onSelect(String(key))}
      className={classNames(styles, 'tabs')}
    >
      <div className={classNames(styles, 'bar')}>
        <TabList aria-label={label} className={classNames(styles, 'list')}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className={classNames(styles, 'tab')}>
              {tab.label}
              {tab.count === undefined ? null : <span className={classNames(styles, 'count')}>{tab.count}</span>}
            </Tab>
          ))}
        </TabList>
        {aside === undefined ? null : <div className={classNames(styles, 'aside')}>{aside}</div>}
      </div>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={classNames(styles, 'panel')}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
