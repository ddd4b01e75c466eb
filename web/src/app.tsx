// The frame of the page: head, ways to the views, clocks, line, and the view that is asked for.
import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { changes, line } from './api';
import { isTorn, load, mayReload, reloadWhenBack } from './load';
import { may, me } from './me';
import { Now } from './now/now';
import { type View, VIEWS, route, to } from './route';
import { Empty, Loading } from './state';
import { type Theme, theme } from './theme';
import { TimeBar } from './time';
import { LANGUAGES, type Language, language, loginAddress, words } from './tongue';

export const names = words({
  en: { now: 'Now', areas: 'Areas', convoys: 'Convoys', pauses: 'Pauses', plan: 'Plan', alerts: 'Alerts', reports: 'Reports', data: 'Data' },
  ar: { now: 'الآن', areas: 'المناطق', convoys: 'القوافل', pauses: 'الهدن', plan: 'الخطة', alerts: 'التنبيهات', reports: 'التقارير', data: 'البيانات' },
  fr: { now: 'Maintenant', areas: 'Zones', convoys: 'Convois', pauses: 'Pauses', plan: 'Plan', alerts: 'Alertes', reports: 'Rapports', data: 'Données' },
});

const say = words({
  en: {
    skip: 'Skip to the content',
    views: 'Views',
    down: 'The line to Passage is down. What you see may be old; it is tried again by itself.',
    demo: 'Demo: the history of Syria as it was known on 26 July 2016.',
    login: 'Log in',
    account: 'Account',
    language: 'Language',
    theme: 'Light',
    device: 'As the device',
    light: 'Light',
    dark: 'Dark',
    broken: 'This view could not be loaded',
    brokenMore: 'The line broke while it was on its way. The page is loaded again by itself when the line is back.',
    brokenOwed: 'The line broke while it was on its way. Something that you sent was not answered yet: load the page again when you know what became of it.',
    reload: 'Load the page again',
    by: 'Passage. Every figure with its source, its date and its doubt.',
    docs: 'API',
    help: 'First steps',
    licences: 'Licences',
  },
  ar: {
    skip: 'انتقل إلى المحتوى',
    views: 'الصفحات',
    down: 'الاتصال بـ Passage مقطوع. قد يكون ما تراه قديماً؛ تُعاد المحاولة تلقائياً.',
    demo: 'عرض تجريبي: تاريخ سوريا كما كان معروفاً في 26 تموز 2016.',
    login: 'تسجيل الدخول',
    account: 'الحساب',
    language: 'اللغة',
    theme: 'الإضاءة',
    device: 'حسب الجهاز',
    light: 'فاتح',
    dark: 'داكن',
    broken: 'تعذّر تحميل هذه الصفحة',
    brokenMore: 'انقطع الاتصال أثناء التحميل. يُعاد تحميل الصفحة تلقائياً عند عودة الاتصال.',
    brokenOwed: 'انقطع الاتصال أثناء التحميل. لم يصل بعد جواب عن شيء أرسلته: أعد تحميل الصفحة عندما تعرف ما آل إليه.',
    reload: 'أعد تحميل الصفحة',
    by: 'Passage. كل رقم بمصدره وتاريخه وما فيه من شك.',
    docs: 'API',
    help: 'الخطوات الأولى',
    licences: 'التراخيص',
  },
  fr: {
    skip: 'Aller au contenu',
    views: 'Vues',
    down: 'La liaison avec Passage est coupée. Ce que vous voyez est peut-être ancien ; un nouvel essai se fait tout seul.',
    demo: 'Démonstration : l’histoire de la Syrie telle que connue le 26 juillet 2016.',
    login: 'Se connecter',
    account: 'Compte',
    language: 'Langue',
    theme: 'Lumière',
    device: 'Selon l’appareil',
    light: 'Clair',
    dark: 'Sombre',
    broken: 'Cette vue n’a pas pu être chargée',
    brokenMore: 'La liaison s’est rompue en chemin. La page se recharge toute seule au retour de la liaison.',
    brokenOwed: 'La liaison s’est rompue en chemin. Un de vos envois est encore sans réponse : rechargez la page quand vous saurez ce qu’il en est.',
    reload: 'Recharger la page',
    by: 'Passage. Chaque chiffre avec sa source, sa date et son doute.',
    docs: 'API',
    help: 'Premiers pas',
    licences: 'Licences',
  },
});

/** Views that are loaded when they are opened; Now is there at once. */
const LATER: Record<Exclude<View, 'now'>, () => Promise<ComponentType>> = {
  areas: () => import('./area/areas').then((view) => view.Areas),
  convoys: () => import('./convoys/convoys').then((view) => view.Convoys),
  pauses: () => import('./pauses/pauses').then((view) => view.Pauses),
  plan: () => import('./plan/plan').then((view) => view.Plan),
  alerts: () => import('./alerts/alerts').then((view) => view.Alerts),
  reports: () => import('./reports/reports').then((view) => view.Reports),
  data: () => import('./data/data').then((view) => view.Data),
};

const loaded = new Map<View, ComponentType>([['now', Now]]);

/** When the other views are fetched, milliseconds after the first is there: then they open also without a line. */
const AHEAD_MS = 6_000;

async function fetchAhead(): Promise<void> {
  for (const view of ['convoys', 'areas', 'alerts', 'pauses', 'plan', 'reports', 'data'] as const) {
    if (!loaded.has(view)) loaded.set(view, await load(LATER[view]));
  }
}

function Shown({ view }: { view: View }) {
  const [, again] = useState(0);
  const Found = loaded.get(view);
  useEffect(() => {
    if (view === 'now' || loaded.has(view)) return;
    load(LATER[view]).then(
      (found) => {
        loaded.set(view, found);
        again((count) => count + 1);
      },
      () => undefined,
    );
  }, [view]);
  if (Found) return <Found />;
  return isTorn.value ? <Broken /> : <Loading lines={5} />;
}

/** Nobody writes anything here: it is left by itself when the line is back. */
function Broken() {
  useEffect(reloadWhenBack, []);
  // What was sent may have been answered meanwhile.
  void changes.value;
  return (
    <Empty title={say().broken}>
      {mayReload() ? say().brokenMore : say().brokenOwed}{' '}
      <button type="button" class="second" onClick={() => location.reload()}>
        {say().reload}
      </button>
    </Empty>
  );
}

export function Room() {
  const { view, code } = route.value;
  useEffect(() => {
    // What fails is fetched when it is opened.
    const timer = setTimeout(() => void fetchAhead().catch(() => undefined), AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  const torn = isTorn.value;
  useEffect(() => {
    // On the first view nobody writes anything; and what waits to be sent is seen to by what was torn.
    if (torn && view === 'now') return reloadWhenBack();
  }, [torn, view]);
  const main = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    document.title = `${code ?? names()[view]} · Passage`;
    // Who reads by ear or by keyboard is brought to what is new.
    if (!first.current) main.current?.focus({ preventScroll: true });
    if (!first.current) scrollTo(0, 0);
    first.current = false;
  }, [view, code, language.value]);
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        {say().skip}
      </a>
      <Head view={view} />
      {line.value === 'down' && (
        <p class="line-down" role="status">
          {say().down}
        </p>
      )}
      <TimeBar />
      <main id="main" ref={main} tabIndex={-1} class={`view view-${view}`}>
        <Shown view={view} />
      </main>
      <Foot />
    </>
  );
}

function Head({ view }: { view: View }) {
  const offered = VIEWS.filter((name) => name !== 'data' || me.value === null || may('export.read') || may('import.run'));
  return (
    <header class="head">
      <a class="brand" href={to('now')}>
        Passage
      </a>
      <nav aria-label={say().views}>
        {offered.map((name) => (
          <a key={name} href={to(name)} aria-current={name === view ? 'page' : undefined}>
            {names()[name]}
          </a>
        ))}
      </nav>
      <div class="head-who">
        {me.value?.user ? (
          <a href={`/account?language=${language.value}`} dir="auto">
            {me.value.user}
          </a>
        ) : (
          <a href={loginAddress()}>{say().login}</a>
        )}
      </div>
    </header>
  );
}

function Foot() {
  return (
    <footer class="foot">
      <p>{me.value?.is_demo ? say().demo : say().by}</p>
      <p class="foot-do">
        <label>
          {say().language}{' '}
          <select value={language.value} onChange={(event) => (language.value = event.currentTarget.value as Language)}>
            {Object.entries(LANGUAGES).map(([tag, name]) => (
              <option key={tag} value={tag} lang={tag}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say().theme}{' '}
          <select value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)}>
            {(['device', 'light', 'dark'] as const).map((name) => (
              <option key={name} value={name}>
                {say()[name]}
              </option>
            ))}
          </select>
        </label>
        <a href="/start">{say().help}</a>
        <a href="/docs/">{say().docs}</a>
        <a href="/assets/licences.md">{say().licences}</a>
      </p>
    </footer>
  );
}
