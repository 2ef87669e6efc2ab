import type { ReactNode } from "react";

import type { Block } from "../types";
import { Plot } from "./ChartPlot";
import { Pie } from "./ChartPie";

export interface Point {
  label: string;
  value: number;
}

export interface Series {
  name: string;
  data: Point[];
}

export interface Drawn {
  type: string;
  segments?: Point[];
  series?: Series[];
  axis_config?: { categories?: string[]; x_label?: string; y_label?: string };
}

/** The class that gives the n-th series its colour; Slack allows six of them. */
export function hue(at: number): string {
  return `hue${at % 6}`;
}

/** https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block, with its numbers in a table that is heard, not seen. */
export function Chart({ block }: { block: Block }): ReactNode {
  const chart = (block["chart"] ?? { type: "" }) as Drawn;
  const title = (block["title"] as string | undefined) ?? "Chart";
  const pie = chart.type === "pie";
  const segments = chart.segments ?? [];
  const series = pie ? [{ name: "Value", data: segments }] : (chart.series ?? []);
  const labels = chart.axis_config?.categories ?? (series[0]?.data ?? []).map((point) => point.label);
  const all = segments.reduce((sum, one) => sum + one.value, 0) || 1;
  const legend = pie
    ? segments.map((one) => `${one.label} · ${Math.round((one.value / all) * 100)}%`)
    : series.map((one) => one.name);
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <div aria-hidden="true">
        {pie ? <Pie segments={segments} /> : <Plot chart={chart} series={series} labels={labels} />}
        <ul className="chart-legend">
          {legend.map((words, at) => (
            <li key={words}>
              <i className={hue(at)} />
              {words}
            </li>
          ))}
        </ul>
      </div>
      <div className="hidden">
        <Numbers caption={`${title}: ${chart.type} chart`} series={series} labels={labels} />
      </div>
    </figure>
  );
}

function Numbers({ caption, series, labels }: { caption: string; series: Series[]; labels: string[] }): ReactNode {
  return (
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          {series.map((one) => (
            <th key={one.name} scope="col">{one.name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {series.map((one) => (
              <td key={one.name}>{valueAt(one, label) ?? "none"}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function valueAt(series: Series, label: string): number | undefined {
  return series.data.find((point) => point.label === label)?.value;
}
