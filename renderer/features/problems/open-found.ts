import { navigationSlice } from '../../store/navigation-slice.ts';
import type { Desk } from '../../widgets/desk.ts';
import type { NamedRecord } from '../../widgets/feature.ts';
import { problemsScreen, type ProblemView } from './problem-lists.ts';

/** Shows a record in the list of its kind. */
export function openIn(view: ProblemView): (desk: Desk, record: NamedRecord) => void {
  return (desk, { id }) => {
    desk.dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view, record: id }));
  };
}
