import type { MappingTarget } from './mapping.ts';

const field = (name: string): MappingTarget => ({ to: 'field', field: name });
const tag = (label: string): MappingTarget => ({ to: 'tag', label });

/** Columns of ServiceNow's incident table under the names its exports use: column names and English labels. */
export const serviceNowIncident: Readonly<Record<string, MappingTarget>> = {
  number: field('number'),
  short_description: field('title'), 'short description': field('title'),
  description: field('description'),
  state: field('state'), incident_state: field('state'), 'incident state': field('state'),
  hold_reason: field('onHoldReason'), 'on hold reason': field('onHoldReason'),
  impact: field('impact'), urgency: field('urgency'), priority: field('priority'),
  category: field('category'), subcategory: field('subcategory'),
  u_symptom: field('symptom'), symptom: field('symptom'),
  caller_id: field('caller'), caller: field('caller'),
  assignment_group: field('queue'), 'assignment group': field('queue'),
  assigned_to: field('assignee'), 'assigned to': field('assignee'),
  business_service: field('service'), service: field('service'),
  cmdb_ci: field('asset'), 'configuration item': field('asset'),
  location: field('site'),
  contact_type: field('channel'), 'contact type': field('channel'), channel: field('channel'),
  opened_by: field('openedBy'), 'opened by': field('openedBy'),
  opened_at: field('openedAt'), opened: field('openedAt'),
  close_code: field('resolutionCode'), closed_code: field('resolutionCode'), 'resolution code': field('resolutionCode'), 'close code': field('resolutionCode'),
  close_notes: field('resolutionNotes'), 'resolution notes': field('resolutionNotes'), 'close notes': field('resolutionNotes'),
  resolved_by: field('resolvedBy'), 'resolved by': field('resolvedBy'),
  resolved_at: field('resolvedAt'), resolved: field('resolvedAt'),
  closed_at: field('closedAt'), closed: field('closedAt'),
  reopen_count: field('reopenCount'), 'reopen count': field('reopenCount'),
  reopened_by: field('lastReopenedBy'), 'last reopened by': field('lastReopenedBy'),
  reopened_time: field('lastReopenedAt'), 'last reopened at': field('lastReopenedAt'),
  parent_incident: field('parent'), 'parent incident': field('parent'),
  watch_list: field('watchers'), 'watch list': field('watchers'),
  comments: { to: 'entries', audience: 'comment' }, 'additional comments': { to: 'entries', audience: 'comment' },
  work_notes: { to: 'entries', audience: 'work-note' }, 'work notes': { to: 'entries', audience: 'work-note' },
  problem_id: tag('problem'), problem: tag('problem'),
  rfc: tag('change'), 'change request': tag('change'),
  vendor: tag('vendor'),
  caused_by: tag('caused by'), 'caused by change': tag('caused by'),
};

/** Columns by which an export is known to be a log of updates rather than a table of incidents. */
export const serviceNowUpdate: Readonly<Record<string, MappingTarget>> = {
  sys_updated_at: { to: 'update', role: 'at' }, sys_updated_on: { to: 'update', role: 'at' },
  sys_updated_by: { to: 'update', role: 'by' },
  sys_mod_count: { to: 'update', role: 'sequence' },
};

/** Words of other programs and plain headers, by field of the ticket. */
export const genericTicket: Readonly<Record<string, MappingTarget>> = {
  ...serviceNowIncident,
  'ticket number': field('number'), 'ticket id': field('number'), ticket: field('number'), id: field('number'), key: field('number'), reference: field('number'),
  title: field('title'), subject: field('title'), summary: field('title'),
  details: field('description'), text: field('description'), body: field('description'), document: field('description'), message: field('description'),
  status: field('state'),
  type: field('type'), 'ticket type': field('type'),
  topic_group: field('category'), 'topic group': field('category'), topic: field('category'),
  requester: field('caller'), customer: field('caller'), reporter: field('caller'), 'reported by': field('caller'),
  group: field('queue'), team: field('queue'), queue: field('queue'),
  assignee: field('assignee'), owner: field('assignee'), agent: field('assignee'),
  asset: field('asset'), ci: field('asset'),
  site: field('site'), office: field('site'),
  source: field('channel'),
  created: field('openedAt'), created_at: field('openedAt'), 'created at': field('openedAt'), 'date created': field('openedAt'),
  tags: field('tags'), labels: field('tags'),
  watchers: field('watchers'),
  resolution: field('resolutionNotes'), solution: field('resolutionNotes'),
  notes: { to: 'entries', audience: 'work-note' },
};
