import { Megaphone } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { updateAudiences } from '../../../shared/domain/major-incident/major-incident-words.ts';
import { majorUpdate } from '../../../shared/domain/major-incident/major-incident.ts';
import type { RecordView } from '../../data/data-api.ts';
import { useDraft } from '../../services/use-draft.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../widgets/choice-text.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { Moment, useTimeText } from '../../widgets/moment.tsx';
import { RecordField } from '../../widgets/record-field.tsx';
import { RecordGroup } from '../../widgets/record-frame.tsx';
import { textValue } from '../../widgets/row-title.ts';
import { useMajorText } from './major-text.ts';
import { useNextUpdate, useUpdates } from './use-next-update.ts';

/** When the next update is due, the field to give it, and those that were given. */
export function CommunicationPlan({ record }: { readonly record: RecordView }): ReactNode {
  const text = useMajorText();
  const { runner } = useDeskContext();
  const { exact } = useTimeText();
  const { id, values } = record;
  const updates = useUpdates(id);
  const next = useNextUpdate(values, updates);
  const { text: body, setText, discard } = useDraft(`major-incident/${id}/update`);
  const [audience, setAudience] = useState<(typeof updateAudiences)[number]>('stakeholders');
  const send = async (): Promise<void> => {
    const input = { id, lead: textValue(values, 'lead'), audience, body };
    const outcome = await runner.run('major-incident.update', input, { done: text('done.major-update') });
    if (outcome.ok) discard();
  };
  return (
    <RecordGroup title={text('major.plan')}>
      {next === null ? null : (
        <Banner tone={next.standing === 'planned' ? 'notice' : 'warning'}>
          {text(`update.${next.standing}`, { when: exact(next.at) })}
        </Banner>
      )}
      <RecordField field="updateMinutes" />
      <Segmented
        label={fieldText(text, 'major-update', 'audience')}
        segments={updateAudiences.map((each) => ({ id: each, label: choiceText(text, 'audience', each) }))}
        value={audience}
        onChange={setAudience}
      />
      <TextArea
        label={text('major.update')}
        value={body}
        onChange={setText}
        maxLength={majorUpdate.fields.body.maxLength}
        rows={3}
      />
      <div>
        <Button icon={<Megaphone size={14} />} isDisabled={body.trim() === ''} onPress={() => void send()}>
          {text('major.send-update')}
        </Button>
      </div>
      <ol>
        {updates.map((row) => (
          <li key={row.id}>
            <p>
              {choiceText(text, 'audience', textValue(row.values, 'audience'))} ·{' '}
              <bdi>{row.titles['author'] ?? ''}</bdi> · <Moment at={Number(row.values['writtenAt'] ?? 0)} />
            </p>
            <p className="user-text">{textValue(row.values, 'body')}</p>
          </li>
        ))}
      </ol>
    </RecordGroup>
  );
}
