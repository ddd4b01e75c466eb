// One destination in the form: areas, trucks, people, and the goods line by line.
import { fill, number, words } from '../tongue';
import { COMMODITIES } from './commodities';
import type { Names } from './data';
import { type DropDraft, type LineDraft, emptyLine } from './draft';
import { type Against, Choice, Several, Typed } from './inputs';
import { goodsName, name } from './names';

const own = words({
  en: { areas: 'Areas', areasHelp: 'Several only where one figure is given for all', trucks: 'Trucks', figureHelp: 'A number, or a range as 8–10; empty if not known', targeted: 'People it is for', reached: 'People it reached', goods: 'Goods', none: 'not chosen', quantity: 'Quantity', unit: 'Unit', moreGoods: 'Add goods', away: 'Take this destination away', lineAway: 'Take line {n} away' },
  ar: { areas: 'المناطق', areasHelp: 'عدة مناطق فقط إن أُعطي رقم واحد لها كلها', trucks: 'الشاحنات', figureHelp: 'رقم، أو مدى مثل 8–10؛ فارغ إن لم يُعرف', targeted: 'المستهدفون', reached: 'من وصلت إليهم', goods: 'المواد', none: 'غير مختارة', quantity: 'الكمية', unit: 'الوحدة', moreGoods: 'أضف مواد', away: 'أزل هذه الوجهة', lineAway: 'أزل البند {n}' },
  fr: { areas: 'Zones', areasHelp: 'Plusieurs seulement si un chiffre est donné pour toutes', trucks: 'Camions', figureHelp: 'Un nombre, ou un intervalle comme 8–10 ; vide si inconnu', targeted: 'Personnes visées', reached: 'Personnes atteintes', goods: 'Biens', none: 'non choisi', quantity: 'Quantité', unit: 'Unité', moreGoods: 'Ajouter des biens', away: 'Retirer cette destination', lineAway: 'Retirer la ligne {n}' },
});

/** Units that can be turned into that of the commodity; the first is meant where none is told. */
const UNITS: Record<string, string[]> = { kg: ['kg', 't'], unit: ['unit', 'kg'], l: ['l', 'm3'] };

function unitsOf(commodity: string) {
  const unit = COMMODITIES.find(([code]) => code === commodity)?.[1];
  if (!unit) return ['', 'kg', 't', 'unit', 'l'].map((value) => ({ value, label: value ? name(value) : '–' }));
  return (UNITS[unit] ?? [unit]).map((value, index) => ({ value: index === 0 ? '' : value, label: name(value) }));
}

interface Props {
  drop: DropDraft;
  areas: Names;
  wrong: (field: string) => Against[];
  onChange: (part: Partial<DropDraft>) => void;
  onRemove: (() => void) | null;
}

export function DropFields({ drop, areas, wrong, onChange, onRemove }: Props) {
  const line = (id: string, part: Partial<LineDraft>) => onChange({ lines: drop.lines.map((one) => (one.id === id ? { ...one, ...part } : one)) });
  return (
    <div class="drop-fields">
      <div class="row">
        <Several label={own().areas} value={drop.areas} onInput={(value) => onChange({ areas: value })} wrong={wrong('areas')} help={own().areasHelp} names={areas} />
        <Typed label={own().trucks} type="number" value={drop.trucks} onInput={(trucks) => onChange({ trucks })} wrong={wrong('trucks')} help={own().figureHelp} />
        <Typed label={own().targeted} type="number" value={drop.targeted} onInput={(targeted) => onChange({ targeted })} wrong={wrong('targeted')} />
        <Typed label={own().reached} type="number" value={drop.reached} onInput={(reached) => onChange({ reached })} wrong={wrong('reached')} />
      </div>
      {drop.lines.map((one, index) => (
        <div key={one.id} class="row goods">
          <Choice
            label={own().goods}
            value={one.commodity}
            onInput={(commodity) => line(one.id, { commodity, unit: '' })}
            wrong={wrong(`lines.${index}.commodity`)}
            options={[{ value: '', label: own().none }, ...COMMODITIES.map(([code]) => ({ value: code, label: goodsName(code) }))]}
          />
          <Typed label={own().quantity} type="number" value={one.quantity} onInput={(quantity) => line(one.id, { quantity })} wrong={wrong(`lines.${index}.quantity`)} />
          <Choice label={own().unit} value={one.unit} onInput={(unit) => line(one.id, { unit })} wrong={wrong(`lines.${index}.unit`)} options={unitsOf(one.commodity)} />
          {drop.lines.length > 1 && (
            <button type="button" class="plain" aria-label={fill(own().lineAway, { n: number(index + 1) })} onClick={() => onChange({ lines: drop.lines.filter((other) => other.id !== one.id) })}>
              ×
            </button>
          )}
        </div>
      ))}
      <div class="do">
        <button type="button" class="plain" onClick={() => onChange({ lines: [...drop.lines, emptyLine()] })}>
          {own().moreGoods}
        </button>
        {onRemove && (
          <button type="button" class="plain" onClick={onRemove}>
            {own().away}
          </button>
        )}
      </div>
    </div>
  );
}
