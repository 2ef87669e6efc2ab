import { useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from "react";

import { hue, valueAt, type Drawn, type Series } from "./Chart";
import { labelled } from "./chartLabels";

const WIDE = 516;
const [LEFT, RIGHT, TOP, ABOVE_NAMES] = [56, 12, 10, 194];
const LINE = 14;
const STEPS = [1, 2, 2.5, 5, 10];

interface Props {
  chart: Drawn;
  series: Series[];
  labels: string[];
}

/** Bars, lines or areas over categories. */
export function Plot({ chart, series, labels }: Props): ReactNode {
  const values = series.flatMap((one) => one.data.map((point) => point.value));
  const marks = scale(Math.min(0, ...values), Math.max(0, ...values), values.every(Number.isInteger));
  const [low, high] = [marks[0] ?? 0, marks.at(-1) ?? 1];
  const y = (value: number): number => TOP + (ABOVE_NAMES - TOP) * (1 - (value - low) / (high - low || 1));
  const svg = useRef<SVGSVGElement>(null);
  const wide = useWidth(svg);
  const slot = (wide - LEFT - RIGHT) / Math.max(1, labels.length);
  const names = labelled(labels, slot);
  const tall = ABOVE_NAMES + 32 + LINE * Math.max(1, ...names.map((lines) => lines.length));
  const x = (at: number): number => LEFT + slot * (at + 0.5);
  const { x_label: below, y_label: beside } = chart.axis_config ?? {};
  return (
    <svg ref={svg} viewBox={`0 0 ${wide} ${tall}`}>
      {marks.map((mark) => (
        <g key={mark}>
          <line className="chart-line" x1={LEFT} x2={wide - RIGHT} y1={y(mark)} y2={y(mark)} />
          <text x={LEFT - 8} y={y(mark) + 4} textAnchor="end">{short(mark)}</text>
        </g>
      ))}
      {labels.map((label, at) => (
        <text key={label} textAnchor="middle">
          {names[at]?.map((words, line) => (
            <tspan key={words} x={x(at)} y={ABOVE_NAMES + 16 + LINE * line}>{words}</tspan>
          ))}
        </text>
      ))}
      {below && <text x={(wide + LEFT) / 2} y={tall - 8} textAnchor="middle">{below}</text>}
      {beside && (
        <text transform={`rotate(-90 14 ${ABOVE_NAMES / 2})`} x={14} y={ABOVE_NAMES / 2} textAnchor="middle">
          {beside}
        </text>
      )}
      {series.map((one, at) => {
        const points = labels.flatMap((label, place): [number, number][] => {
          const value = valueAt(one, label);
          return value === undefined ? [] : [[x(place), y(value)]];
        });
        return chart.type === "bar" ? (
          <Bars key={one.name} at={at} of={series.length} slot={slot} points={points} base={y(0)} />
        ) : (
          <Line key={one.name} at={at} points={points} base={chart.type === "area" ? y(0) : null} />
        );
      })}
    </svg>
  );
}

/** How wide it is drawn, so that letters are as large on a telephone as anywhere. */
function useWidth(svg: RefObject<SVGSVGElement | null>): number {
  const [wide, setWide] = useState(WIDE);
  useLayoutEffect(() => {
    if (!svg.current) return;
    const watch = new ResizeObserver(([seen]) => seen && setWide(Math.round(seen.contentRect.width) || WIDE));
    watch.observe(svg.current);
    return () => watch.disconnect();
  }, [svg]);
  return wide;
}

interface BarsProps {
  at: number;
  of: number;
  slot: number;
  points: [number, number][];
  base: number;
}

function Bars({ at, of, slot, points, base }: BarsProps): ReactNode {
  const wide = Math.min(40, (slot * 0.7) / of);
  return points.map(([x, y]) => (
    <rect
      key={x}
      className={hue(at)}
      rx={2}
      x={x + (at - of / 2) * wide}
      width={wide - 2}
      y={Math.min(y, base)}
      height={Math.abs(base - y)}
    />
  ));
}

function Line({ at, points, base }: { at: number; points: [number, number][]; base: number | null }): ReactNode {
  const path = points.map(([x, y]) => `${x},${y}`).join(" ");
  const [first, last] = [points[0], points.at(-1)];
  return (
    <g className={hue(at)}>
      {base !== null && first && last && (
        <polygon fillOpacity={0.25} points={`${first[0]},${base} ${path} ${last[0]},${base}`} />
      )}
      <polyline className="chart-series" points={path} />
      {points.map(([x, y]) => (
        <circle key={x} cx={x} cy={y} r={3} />
      ))}
    </g>
  );
}

/** About four round numbers from the lowest to the highest value; whole ones where all values are. */
function scale(low: number, high: number, whole: boolean): number[] {
  const rough = Math.max((high - low || 1) / 4, whole ? 1 : 0);
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * (STEPS.find((one) => one * size >= rough && !(whole && (one * size) % 1)) ?? 10);
  const marks = [];
  for (let at = Math.floor(low / step); at <= Math.ceil(high / step); at++) marks.push(Number((at * step).toPrecision(12)));
  return marks;
}

function short(value: number): string {
  return new Intl.NumberFormat("en", { notation: "compact" }).format(value);
}
