// Convoys: by stage, as a list, as a funnel; one of them with all that is said of it; and the form that posts one.
import { may } from '../me';
import { isNow } from '../clocks';
import { PartsHead } from '../parts';
import { route, to } from '../route';
import { Board } from './board';
import './convoys.css';
import { OneConvoy } from './convoy';
import { Funnel } from './funnel';
import { Post } from './post';
import { beginQueue } from './sending';
import { say } from './say';
import { Table } from './table';
import { Waiting } from './waiting';

const WAYS = { board: Board, table: Table, funnel: Funnel, post: Post };
type Way = keyof typeof WAYS;

beginQueue();

export function Convoys() {
  const { code, params } = route.value;
  const asked = params.get('show') ?? '';
  const way: Way = Object.hasOwn(WAYS, asked) ? (asked as Way) : 'board';
  const Shown = WAYS[way];
  const offered: Way[] = may('record.create') && isNow() ? ['board', 'table', 'funnel', 'post'] : ['board', 'table', 'funnel'];
  if (code) {
    return (
      <>
        <Waiting />
        <OneConvoy key={code} code={code} />
      </>
    );
  }
  return (
    <>
      <PartsHead title={say().title} label={say().views} parts={offered} open={way} name={(one) => say()[one]} href={(one) => to('convoys', null, one === 'board' ? {} : { show: one })} />
      <Waiting />
      <Shown />
    </>
  );
}
