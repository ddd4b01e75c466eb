// The last convoys to an area, wherever they are on their way.
import { address, useAnswer } from '../api';
import { name } from '../convoys/names';
import { type Given, spoken } from '../estimate';
import { to } from '../route';
import { fill, number, words } from '../tongue';
import { Happened, Parts, Section } from './events';
import type { Listed } from './kinds';

const say = words({
  en: { convoys: 'Convoys', none: 'No convoy to this area is on record.', trucks: '{n} trucks', aimed: 'for {n} people', reached: 'reached {n} people', all: 'All its convoys' },
  ar: { convoys: 'القوافل', none: 'لا قافلة مسجلة إلى هذه المنطقة.', trucks: 'الشاحنات: {n}', aimed: 'لعدد {n} من الأشخاص', reached: 'وصلت إلى {n} من الأشخاص', all: 'كل قوافلها' },
  fr: { convoys: 'Convois', none: 'Aucun convoi vers cette zone n’est enregistré.', trucks: '{n} camions', aimed: 'pour {n} personnes', reached: '{n} personnes atteintes', all: 'Tous ses convois' },
});

/** How many are shown; the list has the rest. */
const MOST = 6;

interface Convoy {
  code: string;
  date: string | null;
  stage: string;
  trucks: Given;
  people_targeted: Given;
  people_reached: Given;
}

export function Convoys({ code }: { code: string }) {
  const answer = useAnswer<Listed<Convoy>>(address('/api/v1/convoys', { area: code, sort: '-date', limit: MOST }));
  const told = (text: string, given: Given) => {
    const n = spoken(given);
    return n !== null && fill(text, { n });
  };
  const row = (convoy: Convoy) => (
    <Happened key={convoy.code} code={convoy.code} when={convoy.date} under={<Parts of={[told(say().trucks, convoy.trucks), told(say().aimed, convoy.people_targeted), told(say().reached, convoy.people_reached)]} />}>
      <a href={to('convoys', convoy.code)}>{convoy.code}</a> <span class="tag">{name(convoy.stage)}</span>
    </Happened>
  );
  const more = (answer.data?.total ?? 0) > MOST;
  return (
    <>
      <Section id="convoys" title={say().convoys} none={say().none} answer={answer} row={row} />
      {more && (
        <p>
          <a href={to('convoys', null, { show: 'table', area: code })}>
            {say().all} ({number(answer.data?.total ?? 0)})
          </a>
        </p>
      )}
    </>
  );
}
