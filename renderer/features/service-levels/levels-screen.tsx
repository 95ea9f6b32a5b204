import { CalendarClock, Plus, Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Row } from '../../data/data-api.ts';
import { useServices } from '../../services/services.ts';
import { useWatch } from '../../services/use-watch.ts';
import { useDeskDispatch } from '../../store/desk-state.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { NameButton, PlainTable } from '../../ui/plain-table.tsx';
import { choiceText, fieldText } from '../../widgets/choice-text.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { rowTitle, textValue } from '../../widgets/row-title.ts';
import { ScreenBody, ScreenFrame } from '../../widgets/screen-frame.tsx';
import { useServiceLevelText } from './service-level-text.ts';
import styles from './levels-screen.module.css';

const listed = { where: [], search: '', offset: 0, limit: 500 } as const;

/** What is agreed: service levels and the calendars they run on. */
export function LevelsScreen(): ReactNode {
  const text = useServiceLevelText();
  const dispatch = useDeskDispatch();
  const open = (id: string, record?: string): void => {
    dispatch(overlaySlice.actions.openedOverlay({ id, ...(record === undefined ? {} : { ids: [record] }) }));
  };
  const { result: levels } = useWatch({
    type: 'list',
    entity: 'service-level',
    ...listed,
    sort: [
      { field: 'name', direction: 'ascending' },
      { field: 'target', direction: 'ascending' },
    ],
  });
  const { result: calendars } = useWatch({
    type: 'list',
    entity: 'calendar',
    ...listed,
    sort: [{ field: 'name', direction: 'ascending' }],
  });
  return (
    <ScreenFrame
      title={text('levels.title')}
      actions={
        <>
          <Button icon={<Plus size={15} />} onPress={() => open('calendar')}>
            {text('calendars.new')}
          </Button>
          <Button
            variant="primary"
            icon={<Plus size={15} />}
            isDisabled={calendars === undefined || calendars.total === 0}
            onPress={() => open('service-level')}
          >
            {text('levels.new')}
          </Button>
        </>
      }
    >
      <ScreenBody>
        {levels === undefined || calendars === undefined ? null : levels.total === 0 ? (
          <NoLevels />
        ) : (
          <LevelTable rows={levels.rows} open={(id) => open('service-level', id)} />
        )}
        {calendars === undefined || calendars.total === 0 ? null : (
          <CalendarTable rows={calendars.rows} open={(id) => open('calendar', id)} />
        )}
      </ScreenBody>
    </ScreenFrame>
  );
}

function NoLevels(): ReactNode {
  const text = useServiceLevelText();
  const { runner } = useDeskContext();
  const { info } = useServices();
  return (
    <EmptyState
      glyph={<Timer size={22} />}
      title={text('levels.none')}
      action={
        <Button
          variant="primary"
          onPress={() =>
            void runner.run('policy.create-defaults', { timeZone: info.timeZone }, { done: text('done.usual') })
          }
        >
          {text('levels.create-usual')}
        </Button>
      }
    >
      {text('levels.none-hint')}
    </EmptyState>
  );
}

interface TableProps {
  readonly rows: readonly Row[];
  readonly open: (id: string) => void;
}

function LevelTable({ rows, open }: TableProps): ReactNode {
  const text = useServiceLevelText();
  return (
    <section aria-labelledby="levels-list" className={classNames(styles, 'group')}>
      <h2 id="levels-list" className={classNames(styles, 'heading')}>
        <Timer size={15} aria-hidden /> {text('levels.list')}
      </h2>
      <PlainTable
        columns={(['name', 'kind', 'target', 'amount', 'calendar'] as const).map((field) =>
          fieldText(text, 'service-level', field),
        )}
      >
        {rows.map((row) => (
          <tr key={row.id} className={classNames(styles, row.values['active'] === false && 'unused')}>
            <NameCell row={row} open={open} />
            <td>{choiceText(text, 'kind', textValue(row.values, 'kind'))}</td>
            <td>{choiceText(text, 'target', textValue(row.values, 'target'))}</td>
            <td>{amountText(text, row)}</td>
            <td>
              <bdi>{row.titles['calendar'] ?? ''}</bdi>
            </td>
          </tr>
        ))}
      </PlainTable>
    </section>
  );
}

/** The agreed time with its unit; a unit of a newer version as it is. */
function amountText(text: ReturnType<typeof useServiceLevelText>, { values }: Row): string {
  const amount = Number(values['amount'] ?? 0);
  const unit = textValue(values, 'unit');
  const known = (['minutes', 'hours', 'working-days'] as const).find((each) => each === unit);
  return known === undefined ? `${amount} ${unit}` : text(`levels.time.${known}`, { amount });
}

function CalendarTable({ rows, open }: TableProps): ReactNode {
  const text = useServiceLevelText();
  const { result: holidays } = useWatch({ type: 'facet', entity: 'holiday', field: 'calendar', where: [] });
  return (
    <section aria-labelledby="calendars-list" className={classNames(styles, 'group')}>
      <h2 id="calendars-list" className={classNames(styles, 'heading')}>
        <CalendarClock size={15} aria-hidden /> {text('calendars.list')}
      </h2>
      <PlainTable
        columns={[fieldText(text, 'calendar', 'name'), fieldText(text, 'calendar', 'timeZone'), text('form.holidays')]}
      >
        {rows.map((row) => (
          <tr key={row.id} className={classNames(styles, row.values['active'] === false && 'unused')}>
            <NameCell row={row} open={open} />
            <td>{textValue(row.values, 'timeZone')}</td>
            <td>{holidays?.find(({ value }) => value === row.id)?.count ?? 0}</td>
          </tr>
        ))}
      </PlainTable>
    </section>
  );
}

function NameCell({ row, open }: { readonly row: Row; readonly open: (id: string) => void }): ReactNode {
  const text = useServiceLevelText();
  return (
    <th scope="row">
      <NameButton name={rowTitle(row)} onPress={() => open(row.id)} />
      {row.values['active'] === false ? ` (${text('levels.out-of-use')})` : null}
    </th>
  );
}
