import { useState, type ReactNode } from "react";

import type { Block } from "../types";
import { CellText, type Cell } from "./Cells";

interface Sorting {
  column: number;
  down: boolean;
}

const PAGE = 5; // Slack's default page_size

/** https://docs.slack.dev/reference/block-kit/blocks/data-table-block: the first row is the header. */
export function DataTable({ block }: { block: Block }): ReactNode {
  const [header = [], ...rows] = (block["rows"] ?? []) as Cell[][];
  const size = (block["page_size"] as number | undefined) ?? PAGE;
  const main = (block["row_header_column_index"] as number | undefined) ?? 0;
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [page, setPage] = useState(0);
  const sorted = sorting ? [...rows].sort((a, b) => compare(a, b, sorting)) : rows;
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const at = Math.min(page, pages - 1);
  const numeric = (column: number): boolean => rows.every((row) => row[column]?.type === "raw_number");
  return (
    <div className="data-table">
      <div className="scroll-x" tabIndex={0} role="group" aria-label={block["caption"] as string}>
        <table>
          <caption>{block["caption"] as string}</caption>
          <thead>
            <tr>
              {header.map((cell, column) => (
                <th
                  key={column}
                  scope="col"
                  className={numeric(column) ? "number" : undefined}
                  aria-sort={sorting?.column === column ? (sorting.down ? "descending" : "ascending") : undefined}
                >
                  <button type="button" onClick={() => setSorting(nextSorting(sorting, column))}>
                    <CellText cell={cell} />
                    <span aria-hidden="true">{sorting?.column === column ? (sorting.down ? "↓" : "↑") : ""}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(at * size, (at + 1) * size).map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => {
                  const Tag = column === main ? "th" : "td";
                  return (
                    <Tag key={column} scope={column === main ? "row" : undefined} className={cell.type === "raw_number" ? "number" : undefined}>
                      <CellText cell={cell} />
                    </Tag>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <div className="pager">
          <button type="button" className="button small" disabled={at === 0} onClick={() => setPage(at - 1)}>
            Previous
          </button>
          <span>
            {at * size + 1}–{Math.min((at + 1) * size, rows.length)} of {rows.length}
          </span>
          <button type="button" className="button small" disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
            Next
          </button>
        </div>
      )}
    </div>
  );
}

function nextSorting(last: Sorting | null, column: number): Sorting | null {
  if (last?.column !== column) return { column, down: false };
  return last.down ? null : { column, down: true };
}

function compare(a: Cell[], b: Cell[], { column, down }: Sorting): number {
  const [left, right] = [a[column], b[column]];
  const order =
    left?.type === "raw_number" && right?.type === "raw_number"
      ? (left.value ?? 0) - (right.value ?? 0)
      : (left?.text ?? "").localeCompare(right?.text ?? "", "en");
  return down ? -order : order;
}
