import type { Result } from '../result.ts';
import { relateAssets, unrelateAssets } from './asset/relate-assets.ts';
import { bulkCommand } from './bulk.ts';
import { importHolidays } from './calendar/import-holidays.ts';
import type { Change, Refusal } from './change.ts';
import type { DecisionContext, DecisionRow, ReadRequest } from './command.ts';
import { createChange } from './change-request/create-change.ts';
import { decideChange } from './change-request/decide-change.ts';
import { editChange } from './change-request/edit-change.ts';
import {
  addReview,
  cancelChange,
  closeChange,
  finishChange,
  implementChange,
  revertChange,
  submitChange,
} from './change-request/move-change.ts';
import { moveWorkOrder } from './change-request/move-work-order.ts';
import { createRecord, editRecord } from './edit-record.ts';
import {
  acceptMajorIncident,
  proposeMajorIncident,
  rejectMajorIncident,
} from './major-incident/decide-major-incident.ts';
import {
  advanceMajorIncident,
  endMajorIncident,
  resolveMajorIncident,
  updateMajorIncident,
} from './major-incident/run-major-incident.ts';
import { communicateOutcome, communicateWorkaround } from './problem/communicate-problem.ts';
import { createProblem } from './problem/create-problem.ts';
import { editProblem } from './problem/edit-problem.ts';
import { linkIncidents, unlinkIncidents } from './problem/link-incidents.ts';
import { markDuplicate } from './problem/mark-duplicate.ts';
import {
  acceptRisk,
  assessProblem,
  cancelProblem,
  completeProblem,
  confirmProblem,
  fixProblem,
  reanalyzeProblem,
  resolveProblem,
} from './problem/move-problem.ts';
import { noteOnProblem } from './problem/note-on-problem.ts';
import { publishKnownError } from './problem/publish-known-error.ts';
import { dismissRecurrence } from './problem/recurrence/dismiss-recurrence.ts';
import { refuse } from './refusal.ts';
import type { PreparedCommand, RegisteredCommand } from './register-command.ts';
import { createDefaultPolicy } from './service-level/default-policy.ts';
import { setSetting } from './set-setting.ts';
import { settleRecord } from './settle-record.ts';
import { commentOnTicket } from './ticket/comment-on-ticket.ts';
import { countAsset } from './stock-take/count-asset.ts';
import { finishStockTake } from './stock-take/finish-stock-take.ts';
import { createTicket } from './ticket/create-ticket.ts';
import { assignTicket, editTicket, recalculatePriority } from './ticket/edit-ticket.ts';
import {
  cancelTicket,
  changeTicketState,
  closeTicket,
  holdTicket,
  reopenTicket,
  resolveTicket,
  resumeTicket,
  startTicket,
} from './ticket/move-ticket.ts';
import {
  linkTickets,
  tagTicket,
  unlinkTickets,
  untagTicket,
  unwatchTicket,
  watchTicket,
} from './ticket/relate-tickets.ts';

/** Commands that take one ticket by `id`, and so many by `ticket.bulk`. */
const ticketCommands = {
  'ticket.edit': editTicket,
  'ticket.assign': assignTicket,
  'ticket.recalculate-priority': recalculatePriority,
  'ticket.start': startTicket,
  'ticket.hold': holdTicket,
  'ticket.resume': resumeTicket,
  'ticket.resolve': resolveTicket,
  'ticket.reopen': reopenTicket,
  'ticket.close': closeTicket,
  'ticket.cancel': cancelTicket,
  'ticket.change-state': changeTicketState,
  'ticket.comment': commentOnTicket,
  'ticket.link': linkTickets,
  'ticket.unlink': unlinkTickets,
  'ticket.tag': tagTicket,
  'ticket.untag': untagTicket,
  'ticket.watch': watchTicket,
  'ticket.unwatch': unwatchTicket,
} as const;

const problemCommands = {
  'problem.create': createProblem,
  'problem.edit': editProblem,
  'problem.note': noteOnProblem,
  'problem.assess': assessProblem,
  'problem.confirm': confirmProblem,
  'problem.fix': fixProblem,
  'problem.resolve': resolveProblem,
  'problem.complete': completeProblem,
  'problem.accept-risk': acceptRisk,
  'problem.mark-duplicate': markDuplicate,
  'problem.cancel': cancelProblem,
  'problem.reanalyze': reanalyzeProblem,
  'problem.link': linkIncidents,
  'problem.unlink': unlinkIncidents,
  'problem.communicate-workaround': communicateWorkaround,
  'problem.communicate-outcome': communicateOutcome,
  'problem.publish-known-error': publishKnownError,
  'problem.dismiss-recurrence': dismissRecurrence,
  'major-incident.propose': proposeMajorIncident,
  'major-incident.accept': acceptMajorIncident,
  'major-incident.reject': rejectMajorIncident,
  'major-incident.advance': advanceMajorIncident,
  'major-incident.update': updateMajorIncident,
  'major-incident.resolve': resolveMajorIncident,
  'major-incident.end': endMajorIncident,
} as const;

/** Everything a person can ask for, by name: the data worker and the endpoint run these same objects. */
export const commands = {
  'ticket.create': createTicket,
  ...ticketCommands,
  'ticket.bulk': bulkCommand('ticket.bulk', ticketCommands),
  ...problemCommands,
  'record.create': createRecord,
  'record.edit': editRecord,
  'record.bulk': bulkCommand('record.bulk', { 'record.edit': editRecord }),
  'record.settle': settleRecord,
  'asset.relate': relateAssets,
  'asset.unrelate': unrelateAssets,
  'change.create': createChange,
  'change.edit': editChange,
  'change.submit': submitChange,
  'change.revert': revertChange,
  'change.implement': implementChange,
  'change.finish': finishChange,
  'change.close': closeChange,
  'change.cancel': cancelChange,
  'change.add-review': addReview,
  'change.decide': decideChange,
  'work-order.move': moveWorkOrder,
  'stock-take.count': countAsset,
  'stock-take.finish': finishStockTake,
  'setting.set': setSetting,
  'calendar.import-holidays': importHolidays,
  'policy.create-defaults': createDefaultPolicy,
} as const satisfies Readonly<Record<string, RegisteredCommand>>;

/** Parses the input of a named command. Refuses with `unknown-command` or `bad-input` (field, expected, got). */
export function prepareCommand(name: string, input: unknown): Result<PreparedCommand, Refusal> {
  const known: Readonly<Record<string, RegisteredCommand>> = commands;
  const command = Object.hasOwn(known, name) ? known[name] : undefined;
  return command ? command.prepare(input) : refuse('unknown-command', { values: { command: name } });
}

/** Reads what the command must see. Records that do not exist are absent from the answer. */
export type ReadRows = (
  request: ReadRequest,
) => ReadonlyMap<string, DecisionRow> | Promise<ReadonlyMap<string, DecisionRow>>;

/** Parses, reads, decides. Never empty: what changes nothing is refused with `nothing-to-change`. */
export async function runCommand(
  name: string,
  input: unknown,
  read: ReadRows,
  context: DecisionContext,
): Promise<Result<readonly Change[], Refusal>> {
  const prepared = prepareCommand(name, input);
  return prepared.ok ? prepared.value.decide(await read(prepared.value.reads), context) : prepared;
}
