// The files of a convoy, and every version of its record: who wrote it, when, and what changed.
import { address, post, useAnswer } from '../api';
import { isNow } from '../clocks';
import { AsFile } from '../files';
import { may, person } from '../me';
import { placeName } from '../refusals';
import { useSending } from '../sending';
import { Fault, Shown } from '../state';
import { day, listMark, moment, number, words } from '../tongue';
import type { Page } from './data';
import { name } from './names';
import { parts } from './pointer';

const own = words({
  en: { files: 'Files', noFiles: 'No file is attached.', withheld: 'There may be files that are not shown to you.', kb: 'kB', by: 'by {who}', attach: 'Attach a file', file: 'File', fileHelp: 'A waybill, a letter, a photo. It is as closed as the convoy; where and when a photo was taken is removed.', note: 'Note', send: 'Attach', history: 'How the record came to be', version: 'Version', when: 'Known since', written: 'Written', who: 'By', what: 'What', reason: 'Why', changed: 'Changed' },
  ar: { files: 'الملفات', noFiles: 'لا ملفات مرفقة.', withheld: 'قد تكون هناك ملفات لا تُعرض لك.', kb: 'ك.ب', by: '{who}', attach: 'أرفق ملفاً', file: 'الملف', fileHelp: 'بوليصة شحن أو رسالة أو صورة. يبقى مغلقاً بقدر إغلاق القافلة؛ ويُزال من الصورة مكان التقاطها وزمانه.', note: 'ملاحظة', send: 'أرفق', history: 'كيف نشأ السجل', version: 'النسخة', when: 'معروف منذ', written: 'كُتب في', who: 'بواسطة', what: 'ماذا', reason: 'لماذا', changed: 'ما تغيّر' },
  fr: { files: 'Fichiers', noFiles: 'Aucun fichier joint.', withheld: 'Il peut y avoir des fichiers qui ne vous sont pas montrés.', kb: 'ko', by: '{who}', attach: 'Joindre un fichier', file: 'Fichier', fileHelp: 'Une lettre de voiture, un courrier, une photo. Il est aussi fermé que le convoi ; le lieu et l’heure d’une photo sont retirés.', note: 'Remarque', send: 'Joindre', history: 'Comment la fiche est née', version: 'Version', when: 'Su depuis', written: 'Écrit', who: 'Par', what: 'Quoi', reason: 'Pourquoi', changed: 'Modifié' },
});

interface Attached {
  id: string;
  name: string;
  note: string | null;
  media_type: string;
  bytes: number;
  attached_at: string;
  attached_by: string;
  withdrawn: object | null;
}

export function Attachments({ code }: { code: string }) {
  // Files have no day on which they are true: the two clocks are not asked for.
  const url = may('attachment.read') ? address(`/api/v1/convoys/${encodeURIComponent(code)}/attachments`, {}, false) : null;
  const answer = useAnswer<Page<Attached> & { withheld: boolean }>(url);
  if (url === null) return null;
  return (
    <section aria-labelledby="files">
      <h2 id="files">{own().files}</h2>
      <Shown answer={answer} lines={1}>
        {({ data, withheld }) => (
          <>
            {data.length === 0 && <p class="note">{own().noFiles}</p>}
            <ul class="files-list">
              {data
                .filter((file) => !file.withdrawn)
                .map((file) => (
                  <li key={file.id}>
                    <a href={`/api/v1/attachments/${file.id}`} download dir="auto">
                      {file.name}
                    </a>{' '}
                    <span class="quiet">
                      {number(Math.ceil(file.bytes / 1000))} {own().kb}{listMark()}{day(file.attached_at)}{listMark()}<bdi>{person(file.attached_by)}</bdi>
                    </span>
                    {file.note && <div dir="auto">{file.note}</div>}
                  </li>
                ))}
            </ul>
            {withheld && <p class="note">{own().withheld}</p>}
          </>
        )}
      </Shown>
      {may('attachment.add') && isNow() && <Attach to={url} />}
    </section>
  );
}

/** Sends one file. It goes at once or not at all: files are too large to be kept for later. */
function Attach({ to }: { to: string }) {
  const { busy, fault, send } = useSending();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    if (await send(() => post(to, new FormData(form)))) form.reset();
  };
  return (
    <details>
      <summary>{own().attach}</summary>
      <form onSubmit={submit}>
        <label>
          {own().file}
          <input type="file" name="file" required />
        </label>
        <p class="help">{own().fileHelp}</p>
        <label>
          {own().note}
          <input name="note" maxLength={2000} dir="auto" />
        </label>
        {fault && <Fault fault={fault} />}
        <p class="do">
          <button type="submit" disabled={busy}>
            {own().send}
          </button>
        </p>
      </form>
    </details>
  );
}

interface Version {
  version: number;
  recorded_at: string;
  learned_at: string | null;
  actor: string | null;
  action: string | null;
  reason: string | null;
  changes: { field: string }[] | null;
}

export function History({ code }: { code: string }) {
  const path = `/api/v1/convoys/${encodeURIComponent(code)}/history`;
  const answer = useAnswer<Page<Version>>(address(path, { as_of: null }));
  return (
    <section aria-labelledby="history">
      <h2 id="history">{own().history}</h2>
      <Shown answer={answer}>
        {({ data }) => (
          <div class="scroll" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th class="number">{own().version}</th>
                  <th>{own().what}</th>
                  <th>{own().who}</th>
                  <th>{own().when}</th>
                  <th>{own().written}</th>
                  <th>{own().changed}</th>
                </tr>
              </thead>
              <tbody>
                {[...data].reverse().map((version) => (
                  <tr key={version.version}>
                    <td class="number">{version.version}</td>
                    <td>
                      {version.action && name(version.action)}
                      {version.reason && <div dir="auto">{version.reason}</div>}
                    </td>
                    <td dir="auto">{version.actor && person(version.actor)}</td>
                    <td class="nowrap">{version.learned_at ? day(version.learned_at) : ''}</td>
                    <td class="nowrap">{moment(version.recorded_at)}</td>
                    <td>{[...new Set((version.changes ?? []).map(({ field }) => fieldName(field)))].join(listMark())}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Shown>
      <AsFile path={path} params={{ as_of: null }} />
    </section>
  );
}

const fields = words({
  en: { accounts: 'What each source says', attachments: 'Files', checkpoints: 'Checkpoints', convoy_type: 'Aid or mission', date_end: 'Until', date_precision: 'How exact the date is', eta: 'Expected', events: 'What happened', owner: 'Belongs to', part_of: 'Part of', parties: 'Parties', planned_departure: 'To set out', quote: 'Quote', route: 'Route', sensitivity: 'Who may see it', withdrawn: 'Taken back' } as Record<string, string>,
  ar: { accounts: 'ما يقوله كل مصدر', attachments: 'الملفات', checkpoints: 'الحواجز', convoy_type: 'مساعدات أو بعثة', date_end: 'حتى', date_precision: 'دقة التاريخ', eta: 'الوصول المتوقع', events: 'ما حدث', owner: 'تعود إلى', part_of: 'جزء من', parties: 'الأطراف', planned_departure: 'موعد الانطلاق', quote: 'اقتباس', route: 'الطريق', sensitivity: 'من يراها', withdrawn: 'السحب' },
  fr: { accounts: 'Ce que dit chaque source', attachments: 'Fichiers', checkpoints: 'Points de contrôle', convoy_type: 'Aide ou mission', date_end: 'Jusqu’au', date_precision: 'Précision de la date', eta: 'Attendu', events: 'Ce qui s’est passé', owner: 'Appartient à', part_of: 'Fait partie de', parties: 'Parties', planned_departure: 'Départ prévu', quote: 'Citation', route: 'Itinéraire', sensitivity: 'Qui peut le voir', withdrawn: 'Retrait' },
});

/** The field at the top that a change lies in, as it is called. */
function fieldName(pointer: string): string {
  const field = parts(pointer)[0] ?? '';
  return placeName(`/${field}`, fields()) ?? name(field);
}
