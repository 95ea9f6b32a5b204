import { MapPinOff, UserRoundX } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { readStatus, statusMoves } from '../../../../shared/domain/asset/asset-status.ts';
import { assetStatuses } from '../../../../shared/domain/asset/asset-words.ts';
import { useWatch } from '../../../services/use-watch.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { PickList, type PickEntry } from '../../../ui/pick-list.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { rowDetail, rowTitle } from '../../../widgets/row-title.ts';
import { editAssets, useAssetTargets } from '../asset-actions.ts';
import { useAssetText } from '../asset-text.ts';

interface PickerProps {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}

/** The status of one asset or many; for one, what may follow (CMDB-3), for many, all: those that cannot are told. */
export function AssetStatusPicker({ overlay, onClose }: PickerProps): ReactNode {
  const text = useAssetText();
  const desk = useDeskContext();
  const ids = useAssetTargets(overlay);
  const { result: record } = useWatch(ids.length === 1 ? { type: 'record', id: ids[0] ?? '' } : null);
  const [typed, setTyped] = useState('');
  const status = readStatus(record?.values['status']);
  const offered = status === undefined ? assetStatuses : statusMoves[status];
  const words = typed.trim().toLocaleLowerCase();
  const label = text('pick.status', { count: ids.length });
  return (
    <PickList
      label={label}
      placeholder={label}
      text={typed}
      onText={setTyped}
      groups={[
        {
          id: 'status',
          entries: offered
            .map((id) => ({ id, label: choiceText(text, 'status', id) }))
            .filter((entry) => entry.label.toLocaleLowerCase().includes(words)),
        },
      ]}
      emptyText={text('picker.empty')}
      onPick={(id) => {
        onClose();
        void editAssets(
          desk,
          ids,
          { status: id },
          text('done.asset-field', { field: fieldText(text, 'asset', 'status') }),
        );
      }}
      onClose={onClose}
    />
  );
}

export function AssetAssignPicker(props: PickerProps): ReactNode {
  return <RecordPicker {...props} field="assignedTo" entity="person" />;
}

export function AssetSitePicker(props: PickerProps): ReactNode {
  return <RecordPicker {...props} field="site" entity="site" />;
}

interface RecordPickerProps extends PickerProps {
  readonly field: 'assignedTo' | 'site';
  readonly entity: 'person' | 'site';
}

const none = '$none';
const shown = 10;

/** Who has the assets, or where they are, found by typing: one Enter sets it for all of them. */
function RecordPicker({ overlay, onClose, field, entity }: RecordPickerProps): ReactNode {
  const text = useAssetText();
  const desk = useDeskContext();
  const ids = useAssetTargets(overlay);
  const [typed, setTyped] = useState('');
  const { result: found } = useWatch({ type: 'choices', entity, text: typed, where: [], limit: shown });
  const label = text(field === 'site' ? 'pick.site' : 'pick.assign', { count: ids.length });
  const nobody: PickEntry = {
    id: none,
    label: text('value.none'),
    glyph: field === 'site' ? <MapPinOff size={16} /> : <UserRoundX size={16} />,
  };
  const entries = (found ?? []).map((row) => ({
    id: row.id,
    label: rowTitle(row),
    detail: rowDetail(row),
    ...(field === 'site' ? {} : { glyph: <Avatar name={rowTitle(row)} /> }),
  }));
  return (
    <PickList
      label={label}
      placeholder={label}
      text={typed}
      onText={setTyped}
      groups={[
        { id: 'none', entries: typed === '' ? [nobody] : [] },
        { id: 'found', entries },
      ]}
      emptyText={text('picker.empty')}
      onPick={(id) => {
        onClose();
        const done = text('done.asset-field', { field: fieldText(text, 'asset', field) });
        void editAssets(desk, ids, { [field]: id === none ? null : id }, done);
      }}
      onClose={onClose}
    />
  );
}
