import { CloudCheck, CloudOff, CloudUpload, GitBranch } from 'lucide-react';
import type { ReactNode } from 'react';
import { useWatch } from '../services/use-watch.ts';
import { useDesk } from '../store/desk-state.ts';
import { classNames } from '../ui/class-names.ts';
import { useAppText } from './app-text.ts';
import styles from './title-bar.module.css';

/** How the work stands with the network, in a word. Being offline is a state and not an error: amber, never red. */
export function SyncPill(): ReactNode {
  const text = useAppText();
  const isOnline = useDesk((desk) => desk.connection.isOnline);
  const { result: status } = useWatch({ type: 'status' });
  const waiting = status?.waiting ?? 0;
  const conflicts = status?.conflicts ?? 0;
  const Glyph = !isOnline ? CloudOff : conflicts > 0 ? GitBranch : waiting > 0 ? CloudUpload : CloudCheck;
  const words = [
    isOnline ? '' : text('pill.offline'),
    conflicts > 0 ? text('status.conflicts', { count: conflicts }) : '',
    waiting > 0 ? text('pill.waiting', { count: waiting }) : '',
  ].filter((part) => part !== '');
  return (
    <span
      title={text('pill.hint')}
      className={classNames(
        styles,
        'pill',
        !isOnline ? 'offline' : conflicts > 0 ? 'conflict' : waiting > 0 && 'pending',
      )}
    >
      <Glyph size={14} aria-hidden />
      <span className={classNames(styles, 'words')}>{words.length === 0 ? text('pill.saved') : words.join(' · ')}</span>
    </span>
  );
}
