// The chart of deliveries and stock with the days on which it runs out. Drawn on uPlot's axes.
import { useMemo } from 'preact/hooks';
import uPlot from 'uplot';
import { Chart, type Colours, FONT, isolated } from '../chart';
import { day, fill, format, number, words } from '../tongue';
import { type Bar, type Point, bandPoints, bars, reach, runOut, seconds } from './band';
import type { Outlook } from './kinds';
import { term } from './terms';

const say = words({
  en: { label: '{sector}: deliveries and stock from {from} to {to}, and the days on which it runs out. The table below tells the same.', delivery: 'delivery, the lighter part may have come', unsized: 'delivery of unknown size', stock: 'in store, between least and most', out: 'runs out, between early and late; the line is the middle', openOut: 'runs out from the early day on, or beyond what was looked ahead', middle: 'middle' },
  ar: { label: '{sector}: عمليات التسليم والمخزون من {from} إلى {to} وأيام النفاد. الجدول أدناه يذكر الأمر نفسه.', delivery: 'تسليم، والجزء الفاتح ربما وصل', unsized: 'تسليم بكمية غير معروفة', stock: 'في المخزن، بين الأدنى والأعلى', out: 'النفاد، بين المبكر والمتأخر؛ والخط هو الأوسط', openOut: 'النفاد ابتداءً من اليوم المبكر، أو بعد المدة المنظور فيها', middle: 'الأوسط' },
  fr: { label: '{sector} : livraisons et stocks du {from} au {to}, et jours d’épuisement. Le tableau ci-dessous dit la même chose.', delivery: 'livraison, la partie claire est peut-être arrivée', unsized: 'livraison de taille inconnue', stock: 'en stock, entre minimum et maximum', out: 'épuisement, du plus tôt au plus tard ; le trait est le milieu', openOut: 'épuisement dès le jour le plus précoce, ou au-delà de la période examinée', middle: 'milieu' },
});

/** A number as short as an axis needs it. */
function short(value: number): string {
  if (value >= 1e6) return `${number(value / 1e6, 1)} M`;
  return value >= 1e4 ? `${number(value / 1e3)} k` : number(value, 1);
}

const dayAndMonth = (at: number): string => format(at * 1000, { day: 'numeric', month: 'short', timeZone: 'UTC' });

interface Drawn {
  bars: Bar[];
  band: Point[];
  out: ReturnType<typeof runOut>;
  /** The day that is looked at, where the axis has it. */
  day: number;
}

export function SupplyChart({ outlook }: { outlook: Outlook }) {
  const { drawn, data, most, from, to } = useMemo(() => {
    const parts: Drawn = { bars: bars(outlook), band: bandPoints(outlook), out: runOut(outlook), day: seconds(outlook.as_of) };
    const window = reach(outlook);
    const tops = [...parts.bars.map((bar) => bar.high ?? 0), ...parts.band.map((point) => point.high)];
    return { drawn: parts, data: [[window.from, window.to], [null, null]] as uPlot.AlignedData, most: Math.max(0, ...tops), ...window };
  }, [outlook]);
  const sector = term('sector', outlook.sector);
  const label = fill(say().label, { sector, from: day(from * 1000), to: day(to * 1000) });
  const has = { delivery: drawn.bars.some((bar) => bar.high !== null), unsized: drawn.bars.some((bar) => bar.high === null), stock: drawn.band.length > 0, out: drawn.out.late !== null };
  return (
    <figure class="supply-chart">
      <p class="quiet">{most > 0 ? term('unit', outlook.unit) : ''}</p>
      <Chart label={label} data={data} height={most > 0 ? 290 : 150} options={(colours, isRight) => chart(drawn, most, colours, isRight)} />
      <ul class="key">
        {(['delivery', 'unsized', 'stock', 'out'] as const)
          .filter((name) => has[name])
          .map((name) => (
            <li key={name}>
              <span class={`box ${name}`} aria-hidden="true" />
              {name === 'out' && drawn.out.late === Infinity ? say().openOut : say()[name]}
            </li>
          ))}
      </ul>
    </figure>
  );
}

function chart(drawn: Drawn, most: number, colours: Colours, isRight: boolean): Omit<uPlot.Options, 'width' | 'height'> {
  const axis = { stroke: colours.quiet, font: FONT, grid: { stroke: colours.line, width: 1 }, ticks: { show: false } };
  return {
    legend: { show: false },
    cursor: { show: false },
    tzDate: (at) => uPlot.tzDate(new Date(at * 1000), 'UTC'),
    padding: [38, 16, 0, 16],
    scales: { x: { time: true, dir: isRight ? -1 : 1, range: (_, low, high) => [low, high] }, y: { range: () => [0, most > 0 ? most * 1.12 : 1] } },
    axes: [
      { ...axis, grid: { show: false }, space: 80, gap: 9, values: (_, ticks) => ticks.map((at) => isolated(dayAndMonth(at))), incrs: [1, 2, 5, 7, 14, 30.4375, 60.875, 91.3].map((days) => Math.round(days) * 86_400) },
      { ...axis, show: most > 0, side: isRight ? 1 : 3, size: 62, values: (_, ticks) => ticks.map(short) },
    ],
    series: [{}, { show: true, points: { show: false } }],
    hooks: { draw: [(plot) => draw(plot, drawn, colours)] },
  };
}

function draw(plot: uPlot, { bars: columns, band, out, day: shown }: Drawn, colours: Colours): void {
  const { ctx } = plot;
  const pixel = uPlot.pxRatio;
  const x = (at: number) => plot.valToPos(at, 'x', true);
  const y = (value: number) => plot.valToPos(value, 'y', true);
  ctx.save();
  drawStock(ctx, band, x, y, colours, pixel);
  // What may last beyond the days looked ahead is hatched to the end of the chart.
  if (out.early !== null && out.late !== null) drawRunOut(plot, x(out.early), x(Math.min(out.late, plot.scales.x?.max ?? out.early)), colours, pixel);
  drawBars(plot, columns, x, y, colours, pixel);
  upright(plot, x(shown), isolated(dayAndMonth(shown)), colours.blue, [4 * pixel, 3 * pixel], 0, colours.paper);
  if (out.middle !== null) upright(plot, x(out.middle), say().middle, colours.warn, [], 1, colours.paper);
  if (band.length === 0 && columns.every((bar) => bar.high === null)) ground(plot, colours);
  ctx.restore();
}

/** A line to stand on, where there is no scale. */
function ground({ ctx, bbox }: uPlot, colours: Colours): void {
  ctx.fillStyle = colours.edge;
  ctx.fillRect(bbox.left, bbox.top + bbox.height, bbox.width, uPlot.pxRatio);
}

type Place = (value: number) => number;

function drawStock(ctx: CanvasRenderingContext2D, band: Point[], x: Place, y: Place, colours: Colours, pixel: number): void {
  if (band.length === 0) return;
  const outline = [...band.map((point) => [x(point.at), y(point.high)]), ...band.toReversed().map((point) => [x(point.at), y(point.low)])];
  ctx.beginPath();
  outline.forEach(([left = 0, top = 0], index) => (index === 0 ? ctx.moveTo(left, top) : ctx.lineTo(left, top)));
  ctx.closePath();
  ctx.fillStyle = colours['grade-1'];
  ctx.strokeStyle = colours['grade-3'];
  ctx.lineWidth = 1.5 * pixel;
  ctx.fill();
  ctx.stroke();
}

/** Hatched from top to bottom, so that it reads without colour. */
function drawRunOut(plot: uPlot, early: number, late: number, colours: Colours, pixel: number): void {
  const { ctx } = plot;
  const { top, height } = plot.bbox;
  const [left, right] = [Math.min(early, late), Math.max(early, late)];
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, Math.max(pixel, right - left), height);
  ctx.clip();
  ctx.strokeStyle = colours['grade-3'];
  ctx.lineWidth = 1.5 * pixel;
  for (let at = left - height; at < right; at += 6 * pixel) {
    ctx.beginPath();
    ctx.moveTo(at, top + height);
    ctx.lineTo(at + height, top);
    ctx.stroke();
  }
  ctx.restore();
}

function drawBars(plot: uPlot, columns: Bar[], x: Place, y: Place, colours: Colours, pixel: number): void {
  const { ctx } = plot;
  const wide = 9 * pixel;
  const ground = plot.bbox.top + plot.bbox.height;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'alphabetic';
  ctx.font = plot.axes[0]?.font?.[0] ?? FONT;
  for (const bar of columns) {
    const left = x(bar.at) - wide / 2;
    ctx.lineWidth = 1.5 * pixel;
    ctx.strokeStyle = colours.blue;
    if (bar.high === null) {
      ctx.setLineDash([3 * pixel, 2 * pixel]);
      ctx.strokeRect(left, ground - 24 * pixel, wide, 24 * pixel);
      ctx.setLineDash([]);
      ctx.fillStyle = colours.quiet;
      ctx.fillText('?', x(bar.at), ground - 30 * pixel);
      continue;
    }
    const low = bar.low ?? 0;
    ctx.fillStyle = colours.blue;
    ctx.fillRect(left, y(low), wide, ground - y(low));
    ctx.fillStyle = colours['blue-soft'];
    ctx.fillRect(left, y(bar.high), wide, y(low) - y(bar.high));
    ctx.strokeRect(left, y(bar.high), wide, ground - y(bar.high));
  }
}

/** An upright line with its word above it, on the side where there is room; that of the run-out stands a line lower, clear of the other line. */
function upright(plot: uPlot, at: number, word: string, stroke: string, dash: number[], lower: number, ground: string): void {
  const { ctx, bbox } = plot;
  const pixel = uPlot.pxRatio;
  ctx.strokeStyle = stroke;
  ctx.fillStyle = stroke;
  ctx.lineWidth = 2 * pixel;
  ctx.setLineDash(dash);
  ctx.beginPath();
  ctx.moveTo(at, bbox.top - (lower === 1 ? 4 : 20) * pixel);
  ctx.lineTo(at, bbox.top + bbox.height);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.textBaseline = 'alphabetic';
  ctx.font = `600 ${12 * pixel}px system-ui, "Noto Sans", "Noto Sans Arabic", sans-serif`;
  const toRight = lower === 1;
  const room = toRight ? bbox.left + bbox.width - at : at - bbox.left;
  const fits = room > ctx.measureText(word).width;
  ctx.textAlign = toRight === fits ? 'left' : 'right';
  const [left, top] = [at + (toRight === fits ? 4 : -4) * pixel, bbox.top - (toRight ? 8 : 24) * pixel];
  ctx.strokeStyle = ground;
  ctx.lineWidth = 5 * pixel;
  ctx.lineJoin = 'round';
  ctx.strokeText(word, left, top);
  ctx.fillText(word, left, top);
}
