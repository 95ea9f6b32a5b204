/** Other programs' words for our choices, in lower case, by field of the ticket. Our own words need no entry. */
export const choiceWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  type: { 'service request': 'request' },
  impact: { high: '1', medium: '2', low: '3' },
  urgency: { high: '1', medium: '2', low: '3' },
  priority: {
    critical: '1',
    urgent: '1',
    high: '2',
    moderate: '3',
    medium: '3',
    normal: '3',
    low: '4',
    planning: '5',
    'very low': '5',
  },
  onHoldReason: {
    'awaiting user info': 'awaiting-caller',
    'awaiting customer': 'awaiting-caller',
    '1': 'awaiting-caller',
    '5': 'awaiting-change',
    '3': 'awaiting-problem',
    '4': 'awaiting-vendor',
  },
  channel: {
    'e-mail': 'email',
    mail: 'email',
    telephone: 'phone',
    call: 'phone',
    'self service': 'self-service',
    portal: 'self-service',
    'walk in': 'walk-in',
    event: 'monitoring',
    'event management': 'monitoring',
    'virtual agent': 'chat',
  },
  resolutionCode: {
    'solved (permanently)': 'solved-permanently',
    'solved permanently': 'solved-permanently',
    'solved remotely (permanently)': 'solved-permanently',
    'solution provided': 'solved-permanently',
    'known error': 'solved-by-problem',
    'solved (work around)': 'solved-by-workaround',
    'solved remotely (work around)': 'solved-by-workaround',
    'workaround provided': 'solved-by-workaround',
    'solved (workaround)': 'solved-by-workaround',
    'closed/resolved by caller': 'solved-by-caller',
    'resolved by caller': 'solved-by-caller',
    'user error': 'solved-by-caller',
    'resolved by change': 'solved-by-change',
    'resolved by problem': 'solved-by-problem',
    'not solved (not reproducible)': 'not-reproducible',
    'not reproducible': 'not-reproducible',
    'no resolution provided': 'other',
    'not solved (too costly)': 'other',
  },
};

/** A state of another program: ours, the on-hold reason it implies, and whether it is only the nearest we have. */
export interface StateWord {
  readonly state: string;
  readonly onHoldReason?: string;
  readonly nearest?: true;
}

/** ServiceNow's incident states, old and new, by label and by number, and plain words of other programs. */
export const stateWords: Readonly<Record<string, StateWord>> = {
  '1': { state: 'new' },
  open: { state: 'new' },
  submitted: { state: 'new' },
  '2': { state: 'in-progress' },
  active: { state: 'in-progress' },
  'work in progress': { state: 'in-progress' },
  assigned: { state: 'in-progress' },
  '3': { state: 'on-hold' },
  pending: { state: 'on-hold' },
  '4': { state: 'on-hold', onHoldReason: 'awaiting-caller' },
  '5': { state: 'on-hold', onHoldReason: 'awaiting-caller', nearest: true },
  'awaiting user info': { state: 'on-hold', onHoldReason: 'awaiting-caller' },
  'awaiting caller': { state: 'on-hold', onHoldReason: 'awaiting-caller' },
  'awaiting evidence': { state: 'on-hold', onHoldReason: 'awaiting-caller', nearest: true },
  'awaiting problem': { state: 'on-hold', onHoldReason: 'awaiting-problem' },
  'awaiting change': { state: 'on-hold', onHoldReason: 'awaiting-change' },
  'awaiting vendor': { state: 'on-hold', onHoldReason: 'awaiting-vendor' },
  '6': { state: 'resolved' },
  solved: { state: 'resolved' },
  fulfilled: { state: 'resolved' },
  '7': { state: 'closed' },
  'closed complete': { state: 'closed' },
  done: { state: 'closed' },
  '8': { state: 'canceled' },
  cancelled: { state: 'canceled' },
};
