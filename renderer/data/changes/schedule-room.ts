/** Calendar arithmetic in a part of its own: loaded when a schedule is first asked for. */
export { occurrencesOf } from '../../../shared/domain/change-schedule/occurrences.ts';
