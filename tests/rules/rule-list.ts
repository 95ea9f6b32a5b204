/** One numbered rule of the practices the product follows. */
export interface Rule {
  readonly id: string;
  readonly says: string;
  /** What is built: then some test must name the rule. */
  readonly isDone: boolean;
}

const done = (id: string, says: string): Rule => ({ id, says, isDone: true });
const open = (id: string, says: string): Rule => ({ id, says, isDone: false });

/** The numbered rules in their order. A capability that builds one moves it from `open` to `done`. */
export const rules: readonly Rule[] = [
  done('INC-1', 'An answer of the caller to a ticket that awaits its caller resumes it'),
  done('INC-2', 'Resolved tickets close by themselves, counted from the resolution'),
  done('INC-3', 'Major incidents never close by themselves, and their caller cannot resolve, reopen or close them'),
  done('INC-4', 'What a parent incident’s move does to its children'),
  open('INC-5', 'Open tasks of an incident that is closed or canceled'),
  done('INC-6', 'Changing the queue clears the assignee'),
  done('INC-7', 'The default queue comes from the configuration item, else the service'),
  done('INC-8', 'What a ticket made from another takes over'),
  done('INC-9', 'A cascade ends, and a ticket is never its own ancestor'),
  open('REQ-1', 'No fulfilment task before approval'),
  done('REQ-2', 'Targets do not run while a request awaits approval'),
  open('REQ-3', 'States of a request rolled up from its items'),
  open('REQ-4', 'Question types of the catalogue'),
  open('PRB-1', 'Communicating a workaround to the linked incidents'),
  open('PRB-2', 'A fixed problem resolves the incidents that await it'),
  open('PRB-3', 'An accepted risk is told to the linked incidents'),
  open('PRB-4', 'Known errors of the configuration items of an incident'),
  open('PRB-5', 'Duplicate problems hand over what is linked'),
  open('CHG-1', 'Changes in review and closed cannot be canceled'),
  open('CHG-2', 'Rejection and reverting return a change to New and its approvals'),
  open('CHG-3', 'The type of a change may change in New only'),
  open('CHG-4', 'Configuration items are added in New, unless the model allows it'),
  open('CHG-5', 'Levels of approval by type'),
  open('CHG-6', 'Unauthorised changes go to review'),
  open('RSK-1', 'Risk by conditions in order'),
  open('RSK-2', 'Risk by questionnaire'),
  open('RSK-3', 'Of both the higher risk'),
  open('RSK-4', 'Risk by probability of success and impact'),
  open('APR-1', 'Approvals become stale when the plan changes'),
  open('CNF-1', 'Conflicts are checked again after every exchange'),
  done('PRI-1', 'Whatever sets impact or urgency computes the priority anew'),
  done('SLA-1', 'Targets are a pure function of history, agreements, calendars and now'),
  done('SLA-2', 'Event time with the recorded clock offset; what cannot be is moved and marked'),
  done('SLA-3', 'Calendars with zone, segments, holidays and special days; one without working time is none'),
  done('SLA-4', 'Segments are wall clock, durations are elapsed time'),
  done('SLA-5', 'Due at the end of a segment stays there'),
  done('SLA-6', 'Every minute of a target is explained'),
  done('SLA-7', 'What ends a response, and which targets pause'),
  done('SLA-8', 'Pauses are a union; only their open time counts'),
  done('SLA-9', 'A change of priority counts from the opening with the pauses kept, or restarts'),
  done('SLA-10', 'A reopened ticket resumes or restarts'),
  done('SLA-11', 'Canceled and closed tickets, and definitions out of use, have no running target'),
  done('SLA-12', 'Steps fire once per cycle under a key that all devices share'),
  done('SLA-13', 'Business and actual elapsed time'),
  done('NUM-1', 'References made offline stay valid for ever'),
];
