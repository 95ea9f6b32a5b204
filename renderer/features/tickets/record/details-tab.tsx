import type { ReactNode } from 'react';
import { isFinished } from '../../../../shared/domain/ticket/ticket-values.ts';
import { ticket } from '../../../../shared/domain/ticket/ticket.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { fieldText } from '../../../widgets/choice-text.ts';
import { textValue } from '../../../widgets/row-title.ts';
import { TextInPlace } from '../../../widgets/text-in-place.tsx';
import { RecordGroup } from '../../../widgets/record-frame.tsx';
import { useTicketPanels } from '../../../widgets/ticket-panels.ts';
import { useTicketText } from '../ticket-text.ts';
import { ChoiceInPlace, FacetInPlace, ReferenceInPlace, type InPlaceProps } from './fields-in-place.tsx';
import { AssetCard, CallerCard } from './side-cards.tsx';
import { TagList, WatcherList } from './set-lists.tsx';
import { useSaveField } from './use-save-field.ts';
import styles from './details-tab.module.css';

const agents = [{ field: 'agent', op: 'in', values: ['true'] }] as const;

/** Every field of the ticket, each saved by itself where it stands. */
export function DetailsTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const save = useSaveField(record.id);
  const panels = useTicketPanels();
  const { id, values } = record;
  const finished = isFinished(values);
  // The resolution of a resolved ticket may be corrected; otherwise only the move writes it.
  const isResolutionFixed = values['state'] !== 'resolved';
  const shared: Omit<InPlaceProps, 'field'> = { record, save, isDisabled: finished };
  const long = (field: 'description' | 'resolutionNotes', isDisabled: boolean): ReactNode => (
    <TextInPlace
      key={`${id}/${field}`}
      entity="ticket"
      id={id}
      field={field}
      label={fieldText(text, 'ticket', field)}
      value={textValue(values, field)}
      maxLength={ticket.fields[field].maxLength}
      isMultiline
      isDisabled={isDisabled}
      save={save}
    />
  );
  return (
    <div className={classNames(styles, 'tab')}>
      <div className={classNames(styles, 'main')}>
        {values['resolutionNotes'] || values['resolutionCode'] ? (
          <RecordGroup title={text('details.resolution')}>
            <ChoiceInPlace {...shared} field="resolutionCode" isDisabled={isResolutionFixed} />
            {long('resolutionNotes', isResolutionFixed)}
          </RecordGroup>
        ) : null}
        <RecordGroup title={text('details.classification')}>
          <div className={classNames(styles, 'grid')}>
            <ReferenceInPlace {...shared} field="caller" entity="person" />
            <ReferenceInPlace {...shared} field="service" entity="service" />
            <ReferenceInPlace {...shared} field="asset" entity="asset" />
            <ReferenceInPlace {...shared} field="site" entity="site" />
            <FacetInPlace {...shared} field="category" />
            <FacetInPlace {...shared} field="subcategory" />
            <ChoiceInPlace {...shared} field="impact" />
            <ChoiceInPlace {...shared} field="urgency" />
            <ChoiceInPlace {...shared} field="type" />
            <ChoiceInPlace {...shared} field="channel" />
          </div>
        </RecordGroup>
        <RecordGroup title={text('details.assignment')}>
          <div className={classNames(styles, 'grid')}>
            <ReferenceInPlace {...shared} field="queue" entity="queue" />
            <ReferenceInPlace
              {...shared}
              field="assignee"
              entity="person"
              where={agents}
              emptyText={text('value.nobody')}
            />
          </div>
        </RecordGroup>
        <RecordGroup title={text('field.ticket.description')} isLabelled>
          {long('description', finished)}
        </RecordGroup>
        <RecordGroup title={text('details.tags')}>
          <TagList record={record} />
        </RecordGroup>
        <RecordGroup title={text('field.ticket.watchers')}>
          <WatcherList record={record} />
        </RecordGroup>
      </div>
      <aside aria-label={text('details.context')} className={classNames(styles, 'side')}>
        <CallerCard record={record} />
        <AssetCard record={record} />
        {panels.map(({ id: feature, Panel }) => (
          <Panel key={feature} record={record} />
        ))}
      </aside>
    </div>
  );
}
