import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { ListAndRecord } from '../../widgets/list-and-record.tsx';
import { ProblemListPane } from './list/problem-list-pane.tsx';
import { readView } from './problem-lists.ts';
import { ProblemPane } from './record/problem-pane.tsx';

/** Problems, or known errors, and the open one beside them. */
export function ProblemScreen(): ReactNode {
  const view = useDesk((desk) => readView(desk.navigation.place.view));
  return (
    <ListAndRecord
      renderList={(previews) => <ProblemListPane key={view} view={view} previews={previews} />}
      renderRecord={(isPage) => <ProblemPane isPage={isPage} />}
    />
  );
}
