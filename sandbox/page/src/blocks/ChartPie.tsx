import type { ReactNode } from "react";

import { hue, type Point } from "./Chart";

const MIDDLE = 90;
const RADIUS = 80;

export function Pie({ segments }: { segments: Point[] }): ReactNode {
  const all = segments.reduce((sum, one) => sum + one.value, 0) || 1;
  let done = 0;
  return (
    <svg className="chart-pie" viewBox={`0 0 ${2 * MIDDLE} ${2 * MIDDLE}`}>
      {segments.map((one, at) => {
        const from = done;
        done += one.value / all;
        return <path key={one.label} className={hue(at)} d={slice(from, done)}><title>{`${one.label}: ${one.value}`}</title></path>;
      })}
    </svg>
  );
}

function slice(from: number, to: number): string {
  // An arc that ends where it began is no arc at all.
  const [start, end] = [edge(from), edge(Math.min(to, from + 0.9999))];
  return `M${MIDDLE},${MIDDLE} L${start} A${RADIUS},${RADIUS} 0 ${to - from > 0.5 ? 1 : 0} 1 ${end} Z`;
}

function edge(part: number): string {
  const angle = part * 2 * Math.PI - Math.PI / 2;
  return `${MIDDLE + RADIUS * Math.cos(angle)},${MIDDLE + RADIUS * Math.sin(angle)}`;
}
