// What can be taken away, in which forms, and under which address.
import { address } from '../api';

export const FORMS = ['csv', 'xlsx', 'geojson', 'parquet'] as const;
export type Form = (typeof FORMS)[number];

export interface Export {
  /** Its path below `/api/v1/`, and its name. */
  path: string;
  group: 'lists' | 'computed' | 'service';
  /** Forms that it does not come in. */
  without?: Form[];
  /** Does it follow the clocks? */
  timed?: boolean;
  /** Parts of its records, which in CSV and Parquet are files of their own. */
  parts?: string[];
  /** Further tables of a computed one. */
  tables?: string[];
  /** What a reader must be allowed, by the names of the policy, where not all are. */
  needs?: string;
}

const lists: Omit<Export, 'group'>[] = [
  { path: 'areas' }, { path: 'area_groups' }, { path: 'populations' }, { path: 'statuses' },
  { path: 'convoys', parts: ['vehicles', 'drops', 'drops.lines', 'drops.lines.removals', 'events', 'accounts'] },
  { path: 'pauses', parts: ['answers', 'violations', 'accounts'] },
  { path: 'incidents', parts: ['losses', 'accounts'] },
  { path: 'access_requests' }, { path: 'stocks' }, { path: 'facilities' }, { path: 'logistics' }, { path: 'observations' },
  { path: 'plans', parts: ['windows', 'areas', 'deliveries'] },
  { path: 'organisations' }, { path: 'parties' }, { path: 'sources' }, { path: 'boundaries' },
];
const computed: Omit<Export, 'group'>[] = [
  { path: 'totals', without: ['geojson'], tables: ['groups', 'published'] },
  { path: 'coverage' },
  { path: 'outlook', tables: ['inputs', 'statements'] },
  { path: 'gap' },
  { path: 'funnel', without: ['geojson'], tables: ['stages', 'removals'] },
  { path: 'access/scorecard', without: ['geojson'], tables: ['published'] },
  { path: 'alerts' },
  { path: 'alerts/history', timed: false },
  { path: 'duplicates', without: ['geojson'] },
];

/** Lists about the service and its people. */
const service: Omit<Export, 'group'>[] = [
  { path: 'changes' },
  { path: 'imports', tables: ['files', 'problems'], needs: 'import.read' },
  { path: 'reports', tables: ['copies'] },
  { path: 'deliveries', needs: 'delivery.read' },
  { path: 'exports', needs: 'exported.read' },
  { path: 'lowerings', needs: 'lowering.propose' },
  { path: 'users', needs: 'user.manage' },
  { path: 'tokens', needs: 'token.manage' },
  { path: 'account_changes', needs: 'account_change.read' },
];

export const EXPORTS: Export[] = [
  ...lists.map((of): Export => ({ ...of, group: 'lists' })),
  ...computed.map((of): Export => ({ ...of, group: 'computed' })),
  ...service.map((of): Export => ({ ...of, timed: false, without: ['geojson'], group: 'service' })),
];

/** Kinds that are imported from files, each with a workbook to fill in. */
export const IMPORTABLE = [
  'areas', 'area_groups', 'populations', 'statuses', 'convoys', 'pauses', 'incidents', 'access_requests', 'stocks', 'facilities', 'logistics',
  'observations', 'organisations', 'parties', 'sources',
];

/** Where a list or table is taken from. Lists have headings in other languages only in workbooks, and come whole. */
export function exportAddress(of: Export, form: Form, language: string, more: { part?: string; table?: string } = {}): string {
  const speaks = of.group === 'computed' || form === 'xlsx';
  const limit = of.group === 'lists' ? 'all' : null;
  return address(`/api/v1/${of.path}.${form}`, { language: speaks ? language : null, limit, ...more }, of.timed ?? true);
}

export const templateAddress = (kind: string, language: string): string => address(`/api/v1/templates/${kind}.xlsx`, { language }, false);
