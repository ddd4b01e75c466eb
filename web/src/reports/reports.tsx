// Reports: reading one as of now or as it was sent, when they are made and for whom, and what was sent.
import { may } from '../me';
import { PartsHead } from '../parts';
import { route, to } from '../route';
import { Deliveries } from './deliveries';
import { MadeReports } from './made';
import { Preview } from './preview';
import './reports.css';
import { say } from './say';
import { Schedules } from './schedules';

function Read() {
  return (
    <>
      <Preview />
      <MadeReports />
    </>
  );
}

const PARTS = { read: Read, schedules: Schedules, deliveries: Deliveries } as const;
type Part = keyof typeof PARTS;

export function Reports() {
  const shown = route.value.params.get('show') ?? '';
  const part: Part = Object.hasOwn(PARTS, shown) ? (shown as Part) : 'read';
  const Chosen = PARTS[part];
  const offered = (Object.keys(PARTS) as Part[]).filter((name) => name !== 'deliveries' || may('delivery.read'));
  return (
    <>
      <PartsHead title={say().title} label={say().nav} parts={offered} open={part} name={(name) => say()[name]} href={(name) => to('reports', null, { show: name })} />
      <Chosen />
    </>
  );
}
