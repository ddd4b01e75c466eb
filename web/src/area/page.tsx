// The page of one area: every section asks for itself, and says for itself if it has no answer.
import { useSignal } from '@preact/signals';
import { type Answer, address, worded, useAll, useAnswer } from '../api';
import { clocks } from '../clocks';
import { today } from '../me';
import { to } from '../route';
import { Shown } from '../state';
import { words } from '../tongue';
import { Access, Alerts, Facilities, Incidents, Pauses } from './events';
import { GapSection } from './gap';
import { Head } from './head';
import { Convoys } from './convoys';
import { History } from './history';
import type { AlertRow, AreaRecord, Coverage, GroupRecord, Listed, Outlook, PopulationRecord, StatusRecord } from './kinds';
import { People } from './people';
import { Cites, SourcePanel, Sources } from '../source';
import { StatusSection } from './status';
import { Supply } from './supply';

const say = words({
  en: { back: 'All areas' },
  ar: { back: 'كل المناطق' },
  fr: { back: 'Toutes les zones' },
});

/** A list that tells of one area, whole. */
function useList<T>(kind: string, params: Record<string, string> | null) {
  return useAll<T>(params === null ? null : `/api/v1/${kind}`, { expand: 'all', ...params });
}

export function AreaPage({ code }: { code: string }) {
  const cites = useSignal<Record<string, string[]>>({});
  const one = `/api/v1/areas/${encodeURIComponent(code)}`;
  const area = useAnswer<AreaRecord>(address(one));
  const outlook = useAnswer<Outlook>(worded(`${one}/outlook`));
  const coverage = useAnswer<Coverage>(address('/api/v1/coverage', { area: code }));
  const statuses = useList<StatusRecord>('statuses', { area: code });
  const populations = useList<PopulationRecord>('populations', { area: code });
  const groups = useList<GroupRecord>('area_groups', { area: code });
  const grouped = groups.data?.data.map((group) => group.code).join(',') ?? '';
  const groupStatuses = useList<StatusRecord>('statuses', grouped ? { area_group: grouped } : null);
  const groupCounts = useList<PopulationRecord>('populations', grouped ? { area_group: grouped } : null);
  const alerts = useAnswer<Listed<AlertRow>>(worded('/api/v1/alerts', { area: code }));
  const asOf = clocks().as_of ?? outlook.data?.as_of.slice(0, 10) ?? today();
  const known = { groups: groups.data?.data ?? [], asOf };
  return (
    <Cites.Provider value={cites}>
      <article class="area-page">
        <p class="area-back">
          <a href={to('areas')}>{say().back}</a>
        </p>
        <Shown answer={area} lines={4}>
          {(found) => <Head area={found} statuses={statuses.data?.data ?? null} outlook={outlook.data} coverage={coverage.data ? (coverage.data.data[0] ?? null) : undefined} alerts={alerts.data?.data ?? null} asOf={asOf} />}
        </Shown>
        {area.data && (
          <>
            {[outlook, groups, groupStatuses, groupCounts].map((answer, index) => answer.fault && <Shown key={index} answer={answer as Answer<unknown>}>{() => null}</Shown>)}
            <StatusSection answer={statuses} ofGroups={groupStatuses.data?.data ?? []} {...known} />
            <People answer={populations} ofGroups={groupCounts.data?.data ?? []} outlook={outlook.data} coverage={coverage.data?.data[0] ?? null} {...known} />
            <Supply code={code} coverage={coverage} />
            <Convoys code={code} />
            <GapSection code={code} />
            <Alerts answer={alerts} />
            <Pauses code={code} />
            <Incidents code={code} />
            <Access code={code} />
            <Facilities code={code} />
            <Sources />
            <History code={code} statuses={statuses.data?.data ?? []} populations={populations.data?.data ?? []} />
          </>
        )}
        <SourcePanel />
      </article>
    </Cites.Provider>
  );
}
