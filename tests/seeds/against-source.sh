#!/usr/bin/env bash
# Compares seeds/syria-2016 with the collection it was made from.
#
#   tests/seeds/against-source.sh DIR
#
# DIR holds areas.csv, populations.csv, convoys.csv, pauses.csv, incidents.csv, access_events.csv,
# sources.csv and report-2016-07-26.md. Every data row and every fact of the report must have a key in
# keys.csv whose record exists, and its numbers, dates, words and address must stand in that record, in
# one of its accounts or in its parts. One line for each thing that is missing; exit 1 if there is one.
set -euo pipefail

if [ $# -lt 1 ]; then
  echo "no source folder given, nothing compared"
  exit 0
fi

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec node - "$1" "$here/../../seeds/syria-2016" <<'NODE'
'use strict';
const fs = require('fs');
const path = require('path');
const [sourceDir, seedDir] = process.argv.slice(2);

// ---- reading ---------------------------------------------------------------------------------------

/** RFC 4180. */
function cells(text) {
  const rows = [];
  let row = [], cell = '', quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') { cell += '"'; i += 1; }
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',') { row.push(cell); cell = ''; }
    else if (c === '\n') { row.push(cell.replace(/\r$/, '')); rows.push(row); row = []; cell = ''; }
    else cell += c;
  }
  if (cell !== '' || row.length > 0) { row.push(cell); rows.push(row); }
  return rows.filter((r) => r.length > 1 || r[0] !== '');
}

function table(file, tagged) {
  const [header, ...rest] = cells(fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  return (tagged ? rest.slice(1) : rest).map((r) => Object.fromEntries(header.map((h, i) => [h, r[i] ?? ''])));
}

const PLURALS = {
  source: 'sources', organisation: 'organisations', party: 'parties', area: 'areas', area_group: 'area_groups',
  facility: 'facilities', status: 'statuses', population: 'populations', convoy: 'convoys', pause: 'pauses',
  access_request: 'access_requests', stock: 'stocks', incident: 'incidents', observation: 'observations',
};

/** kind → code → { rows: its versions, parts: { name: rows } } */
const records = {};
for (const [kind, plural] of Object.entries(PLURALS)) {
  const found = new Map();
  for (const row of table(path.join(seedDir, `${plural}.csv`), true)) {
    if (!found.has(row.code)) found.set(row.code, { kind, code: row.code, rows: [], parts: {} });
    found.get(row.code).rows.push(row);
  }
  for (const file of fs.readdirSync(seedDir).filter((f) => f.startsWith(`${plural}.`) && f.split('.').length > 2)) {
    const part = file.slice(plural.length + 1, -4);
    for (const row of table(path.join(seedDir, file), true)) {
      const parent = found.get(row[kind]);
      if (parent) (parent.parts[part] ??= []).push(row);
    }
  }
  records[kind] = found;
}
const urls = new Map([...records.source].map(([code, s]) => [code, s.rows[0].url ?? '']));

const keys = new Map();
for (const k of table(path.join(seedDir, 'keys.csv'), true)) {
  const at = `${k.file}#${k.row}`;
  if (!keys.has(at)) keys.set(at, []);
  keys.get(at).push(k);
}

// ---- comparing -------------------------------------------------------------------------------------

let compared = 0, differences = 0;
const missing = (where, what) => { differences += 1; console.log(`${where}: ${what}`); };

/** The records a row became; says so where there is none. */
function mapped(file, row) {
  const where = `${file} row ${row}`;
  const found = (keys.get(`${file}#${row}`) ?? []).map((k) => {
    const record = records[k.kind]?.get(k.code);
    if (!record) missing(where, `key names ${k.kind} ${k.code}, which does not exist`);
    return record;
  });
  if (found.length === 0) missing(where, 'no key');
  return found.filter(Boolean);
}

const rowsOf = (record) => [...record.rows, ...Object.values(record.parts).flat()];
const unescape = (text) => text.replace(/\\;/g, ';').replace(/^'(?=[=+\-@])/, '');

/** Every value in the columns that begin with one of these names. */
function values(rows, names) {
  const wanted = (column) => names.some((n) => column === n || column === `${n}_low` || column === `${n}_high`);
  return rows.flatMap((row) => Object.entries(row).filter(([c, v]) => v !== '' && wanted(c)).map(([, v]) => unescape(v)));
}

class Row {
  constructor(file, number, row, rows) {
    Object.assign(this, { where: `${file} row ${number}`, row, rows });
  }
  number(column, ...names) {
    const text = this.row[column];
    if (text === '') return;
    if (!values(this.rows, names).some((v) => Number(v) === Number(text))) this.say(column, names);
  }
  text(column, ...names) {
    const text = this.row[column].trim();
    if (text === '' || /^not stated/.test(text)) return;
    if (!values(this.rows, names).some((v) => v === text || v.includes(text))) this.say(column, names);
  }
  date(column, ...names) {
    const text = this.row[column];
    if (text === '') return;
    const same = (v) => v.slice(0, 10) === text || (this.row.date_precision === 'month' && v.slice(0, 7) === text.slice(0, 7));
    if (!values(this.rows, names).some(same)) this.say(column, names);
  }
  word(column, words, ...names) {
    const expected = words[this.row[column]] ?? this.row[column];
    if (expected !== '' && !values(this.rows, names).includes(expected)) this.say(column, names, expected);
  }
  url() {
    const cited = this.rows.map((r) => urls.get(r.source ?? '')).filter((u) => u !== undefined);
    if (!cited.includes(this.row.source_url)) this.say('source_url', ['source']);
  }
  say(column, names, value = this.row[column]) {
    missing(this.where, `${column} ${value} is not in ${names.join(', ')}`);
  }
}

/** The account of this row among those of its record: same source, same words. */
function account(where, row, record) {
  const accounts = record.parts.accounts ?? [];
  const own = accounts.filter((a) => urls.get(a.source) === row.source_url && unescape(a.quote ?? '') === row.quote_fact);
  if (own.length !== 1) missing(where, `${own.length} accounts in ${record.code} for ${row.source_url}`);
  return own;
}

const SIEGE = {
  besieged: 'besieged', added: 'besieged', removed: 'delisted', evacuated: 'evacuated', watchlist: 'watchlist',
  tier1: 'besieged', tier2: 'besieged', tier3: 'besieged', 'hard-to-reach': 'hard_to_reach', 'de facto besieged': 'besieged',
};
const BESIEGERS = { 'Government of Syria forces': 'GOS', ISIL: 'ISIL' };
const MODES = {
  'cross-line': 'cross_line', 'cross-border': 'cross_border', airdrop: 'airdrop', airlift: 'airlift',
  'UNRWA distribution': 'local_distribution',
};
const OUTCOMES = {
  'delivered after delay': 'delivered_after_delay', 'delivered with security incident': 'delivered_with_incident',
};

/** Is the place of the row one of the areas of the records, by a name or an alias? */
function named(row, name, found) {
  const areas = found.map((r) => r.rows[0].area ?? (r.kind === 'area' ? r.code : '')).filter(Boolean);
  for (const code of new Set(areas)) {
    const area = records.area.get(code)?.rows[0];
    const names = area ? [area.names_en, ...(area.aliases ?? '').split('; ')] : [];
    if (!names.includes(name)) missing(row.where, `${name} is neither name nor alias of ${code}`);
  }
}

const CHECKS = {
  areas(row, found, file, number) {
    const rest = found.filter((r) => r.kind !== 'area');
    const all = new Row(file, number, row, rest.flatMap(rowsOf));
    all.url();
    all.text('quote_fact', 'quote');
    all.date('as_of_date', 'listed_on', 'valid_from', 'date');
    all.number('population', 'people', 'value');
    if (BESIEGERS[row.besieged_by]) all.word('besieged_by', BESIEGERS, 'besieged_by');
    else all.text('besieged_by', 'note');
  },
  populations(row, found, file, number) {
    const all = new Row(file, number, row, found.flatMap(rowsOf));
    all.url();
    for (const c of ['population', 'population_low', 'population_high']) all.number(c, 'people');
    all.date('as_of_date', 'date');
    all.text('metric', 'metric_text');
    all.text('estimated_by', 'estimated_by');
    all.text('besieged_by', 'note');
    all.text('quote_fact', 'quote');
    if (found[0]?.rows[0].area) named(all, row.area, found.slice(0, 1));
  },
  convoys(row, found, file, number) {
    const where = `${file} row ${number}`;
    const convoy = found.find((r) => r.kind === 'convoy');
    if (!convoy) {
      const all = new Row(file, number, row, found.flatMap(rowsOf));
      all.url();
      all.number('people_reached', 'value');
      for (const c of ['date_start', 'date_end']) all.date(c, 'period_from', 'period_to');
      all.text('quote_fact', 'quote');
      all.text('cargo', 'note');
      return;
    }
    const one = new Row(file, number, row, account(where, row, convoy));
    one.url();
    for (const c of ['trucks_low', 'trucks_high']) one.number(c, 'trucks');
    for (const c of ['people_targeted', 'people_reached']) one.number(c, c);
    one.date('date_start', 'date');
    one.date('date_end', 'date_end');
    for (const c of ['record_type', 'cargo', 'organisations', 'items_removed', 'obstructed_by']) one.text(c, c);
    one.text('destination_area', 'place');
    one.text('area_class', 'note');
    one.word('outcome', OUTCOMES, 'outcome');
    const top = new Row(file, number, row, convoy.rows);
    top.word('mode', MODES, 'mode');
    for (const parent of row.part_of.split(';').filter(Boolean)) {
      if (!convoy.rows[0].part_of.split('; ').includes(parent)) missing(where, `part_of ${parent} is lost`);
    }
    for (const org of row.organisations.split('; ').filter(Boolean)) {
      if (!convoy.rows[0].organisations.split('; ').includes(org)) missing(where, `organisation ${org} is lost`);
    }
    // What the convoy brings is one drop, with the figures of the first claim. Two exceptions: the figures
    // by town of one convoy, and the convoy of the report, whose undated accounts came later.
    const drops = convoy.parts.drops ?? [];
    if (row.claim_no !== '1' || drops.length !== 1 || convoy.rows[0].source === 'reu160726') return;
    const drop = new Row(file, number, row, drops);
    for (const c of ['trucks_low', 'trucks_high']) drop.number(c, 'trucks');
    for (const c of ['people_targeted', 'people_reached']) drop.number(c, c);
    drop.text('destination_area', 'place');
    if (row.record_type !== 'mission') drop.text('cargo', 'cargo');
  },
  pauses(row, found, file, number) {
    const pause = found.find((r) => r.code === row.pause_id);
    if (!pause) return missing(`${file} row ${number}`, `no pause ${row.pause_id}`);
    const one = new Row(file, number, row, account(`${file} row ${number}`, row, pause));
    one.url();
    one.date('date_announced', 'announced_on');
    one.date('start_date', 'date');
    one.date('end_date', 'date_end');
    one.text('daily_start_local', 'start_local');
    one.text('daily_end_local', 'end_local');
    one.number('duration_hours', 'duration_hours');
    one.text('recurrence', 'recurrence');
    one.text('asked_or_announced_by', 'asked_by');
    one.text('asked_of', 'asked_of');
    one.text('area', 'place');
    one.text('kind', 'record_type');
    one.text('outcome', 'outcome_text');
  },
  incidents(row, found, file, number) {
    const incident = found.find((r) => r.code === row.incident_id);
    if (!incident) return missing(`${file} row ${number}`, `no incident ${row.incident_id}`);
    const one = new Row(file, number, row, account(`${file} row ${number}`, row, incident));
    one.url();
    for (const c of ['killed_low', 'killed_high']) one.number(c, 'killed');
    one.number('injured', 'injured');
    one.number('loss_qty', 'loss_quantity', 'people_reached');
    one.text('loss', 'loss');
    one.text('attributed_to', 'attributed_to');
    one.date('date_start', 'date');
    one.date('date_end', 'date_end');
    one.text('area', 'place');
    one.text('kind', 'record_type');
    new Row(file, number, row, rowsOf(incident)).text('facility', 'facility_text', 'note');
    const top = new Row(file, number, row, incident.rows);
    for (const c of ['killed_low', 'killed_high']) top.number(c, 'killed');
    top.number('injured', 'injured');
    if (row.claim_no === '1') top.date('date_start', 'date');
    if (row.kind === 'medical_evacuation') top.number('loss_qty', 'moved');
    else new Row(file, number, row, incident.parts.losses ?? []).number('loss_qty', 'quantity');
  },
  access_events(row, found, file, number) {
    const all = new Row(file, number, row, found.flatMap(rowsOf));
    all.url();
    for (const c of ['qty_low', 'qty_high']) {
      all.number(c, 'value', 'quantity', 'asked', 'granted', 'denied', 'unanswered', 'people_requested', 'people_approved');
    }
    all.number('denominator', 'denominator', 'asked');
    all.date('date', 'date', 'reported_on');
    all.text('quote_fact', 'quote');
    if (found[0].kind === 'stock') named(all, row.area, found);
    else all.text('area', 'place');
    if (found.some((r) => r.kind === 'observation')) {
      all.text('item', 'item');
      all.text('unit', 'unit', 'text');
      all.text('actor_or_speaker', 'actor');
    }
  },
  sources(row, found, file, number) {
    const one = new Row(file, number, row, found.flatMap(rowsOf));
    one.text('source_name', 'name');
    one.text('source_url', 'url');
    if (found.length !== 1 || found[0].code !== row.source_key) missing(one.where, `source_key ${row.source_key} is not the code`);
    const date = found[0]?.rows[0].date ?? '';
    if (!date.startsWith(row.source_date) || (row.source_date === '' && date !== '')) missing(one.where, `source_date ${row.source_date} is ${date}`);
    const precision = { 4: 'year', 7: 'month' }[row.source_date.length] ?? '';
    if ((found[0]?.rows[0].date_precision ?? '') !== precision) missing(one.where, `precision of ${row.source_date} is lost`);
  },
};

/** What only some files need: the place of a status on its list, on the map and in the list of sources. */
function checkStatus(row, found, where) {
  const statuses = found.filter((r) => r.kind === 'status').map((r) => r.rows[0]);
  if (row.status === 'list_total') return;
  const expected = row.status.startsWith('besieged per press') ? ['besieged', 'hard_to_reach'] : [SIEGE[row.status]];
  for (const word of expected) {
    if (!statuses.some((s) => s.status === word)) missing(where, `status ${row.status} is not ${word}`);
  }
  if (row.status.startsWith('tier') && !statuses.some((s) => s.tier === row.status.slice(4))) missing(where, 'tier is lost');
  if (!statuses.some((s) => [s.listed_on, s.valid_from].includes(row.as_of_date))) missing(where, `as_of_date ${row.as_of_date} is lost`);
  if (!statuses.some((s) => s.list === row.list_id)) missing(where, `list ${row.list_id} is lost`);
  if (!statuses.some((s) => s.note.includes(row.list_publisher))) missing(where, `publisher ${row.list_publisher} is lost`);
  if (row.area.startsWith('(')) return;
  const area = found.find((r) => r.kind === 'area')?.rows[0];
  if (!area) return missing(where, 'no key for the area');
  named({ where }, row.area, found);
  for (const c of ['admin1_pcode', 'admin2_pcode']) {
    if (row[c] !== '' && area[c] !== row[c]) missing(where, `${c} ${row[c]} is ${area[c]}`);
  }
  for (const c of ['lat', 'lon']) {
    if (row[c] !== '' && Number(area[`position_${c}`]) !== Number(row[c])) missing(where, `${c} ${row[c]} is ${area[`position_${c}`]}`);
  }
}

for (const [name, check] of Object.entries(CHECKS)) {
  const file = `${name}.csv`;
  table(path.join(sourceDir, file), false).forEach((row, index) => {
    compared += 1;
    const found = mapped(file, index + 1);
    if (found.length === 0) return;
    check(row, found, file, index + 1);
    if (name === 'areas') checkStatus(row, found, `${file} row ${index + 1}`);
  });
}

// ---- the facts of the report -----------------------------------------------------------------------

const REPORT = 'report-2016-07-26.md';
const MONTHS = { July: '07', August: '08', October: '10' };
const WORDS = { three: 3, four: 4, eight: 8 };
const facts = fs.readFileSync(path.join(sourceDir, REPORT), 'utf8').split('\n')
  .map((line) => line.match(/^\| (\d+) \| (.*?) \| /)).filter(Boolean);
const FACTS = 12;
if (facts.length !== FACTS) missing(REPORT, `${facts.length} facts, expected ${FACTS}`);
for (const [, number, fact] of facts) {
  compared += 1;
  const found = mapped(REPORT, number);
  const rows = found.flatMap(rowsOf);
  const where = `${REPORT} fact ${number}`;
  const all = rows.flatMap((r) => Object.values(r)).filter((v) => v !== '');
  let rest = fact.replace(/\b24 hours\b/g, ' ');
  rest = rest.replace(/\b(\d{1,2}) (July|August|October)\b/g, (_, d, m) => {
    const date = `2016-${MONTHS[m]}-${d.padStart(2, '0')}`;
    if (!all.some((v) => v.startsWith(date))) missing(where, `${date} is not in ${found.map((r) => r.code)}`);
    return ' ';
  }).replace(/\b2016\b/g, ' ');
  const numbers = [...rest.matchAll(/\d[\d,]*/g)].map((m) => Number(m[0].replace(/,/g, '')));
  for (const word of rest.match(/\b(three|four|eight)\b/g) ?? []) numbers.push(WORDS[word]);
  if (/\bweekly\b/.test(rest)) numbers.push(7);
  for (const n of numbers) {
    if (!all.some((v) => Number(v) === n)) missing(where, `${n} is not in ${found.map((r) => r.code)}`);
  }
  if (found.length > 0 && !rows.some((r) => r.source === 'reu160726') && found[0].kind !== 'area') {
    missing(where, 'the report is not its source');
  }
}
/** What the main records of the facts must say in their own fields: part or `rows`, column, value. */
const SAID = [
  [1, 'population', 'rows', { people_low: '250000', people: '', people_high: '', metric: 'trapped' }],
  [1, 'status', 'rows', { scheme: 'press', status: 'besieged', valid_from: '2016-07-01', date_precision: 'month' }],
  [2, 'pause', 'rows', { pause_type: 'requested', duration_hours: '48', every_days: '7', announced_on: '2016-07-25' }],
  [3, 'observation', 'rows', { topic: 'run_out_statement', item: 'food', value: '', period_from: '', period_to: '' }],
  [4, 'incident', 'losses', { quantity_high: '10000', quantity: '', in_store: 'false' }],
  [5, 'observation', 'rows', { item: 'fuel', value: '' }],
  [6, 'convoy', 'drops', { trucks: '48', people_targeted: '40000', carries_food: 'true', areas: 'SY-TALBISEH' }],
  [6, 'convoy', 'events', { stage: 'departed', at: '2016-07-26', source: 'reu160726' }],
  [7, 'facility', 'rows', { facility_type: 'hospital', functioning: 'not_working' }],
  [8, 'incident', 'rows', { killed: '25', killed_women: '3', killed_children: '8', areas: 'SY-EAST-ALEPPO; SY-MASHHAD' }],
  [9, 'incident', 'rows', { killed: '', killed_low: '', killed_high: '', areas: 'SY-DAMASCUS' }],
  [10, 'pause', 'rows', { pause_type: 'corridor', announced_on: '2016-07-26', areas: 'SY-EAST-ALEPPO' }],
  [11, 'observation', 'rows', { topic: 'diplomatic_event', period_from: '2016-08-01', period_to: '2016-08-01' }],
  [11, 'observation', 'rows', { topic: 'diplomatic_event', period_from: '2016-08-22', period_to: '2016-08-31' }],
  [12, 'observation', 'rows', { topic: 'diplomatic_event', period_from: '2016-08-01', period_to: '2016-08-10' }],
];
for (const [fact, kind, part, fields] of SAID) {
  const rows = (keys.get(`${REPORT}#${fact}`) ?? []).filter((k) => k.kind === kind)
    .map((k) => records[kind].get(k.code)).filter(Boolean)
    .flatMap((r) => (part === 'rows' ? r.rows : r.parts[part] ?? []));
  const says = (row) => Object.entries(fields).every(([column, value]) => (row[column] ?? '') === value);
  if (!rows.some(says)) missing(`${REPORT} fact ${fact}`, `no ${kind} says ${JSON.stringify(fields)}`);
}
const targets = records.observation.get('OB-2016-07-26-TALKS')?.rows ?? [];
if (targets.length !== 2) missing(`${REPORT} fact 11`, 'the dropped date is not kept as an earlier version');

console.log(`${compared} rows compared, ${differences} differences`);
process.exit(differences > 0 ? 1 : 0);
NODE
