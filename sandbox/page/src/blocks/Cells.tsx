import type { ReactNode } from "react";

import { Plain } from "../text/Rich";
import type { Block } from "../types";
import { RichText } from "./RichText";

/** A cell of `table` and `data_table`. */
export interface Cell {
  type: string;
  text?: string;
  value?: number;
}

export function CellText({ cell }: { cell: Cell }): ReactNode {
  if (cell.type === "rich_text") return <RichText block={cell as unknown as Block} />;
  return <Plain text={cell.text ?? String(cell.value ?? "")} />;
}

interface Column {
  align?: "left" | "center" | "right";
  is_wrapped?: boolean;
}

/** https://docs.slack.dev/reference/block-kit/blocks/table-block: the first row is the header. */
export function Table({ block }: { block: Block }): ReactNode {
  const [header = [], ...rows] = (block["rows"] ?? []) as Cell[][];
  const columns = (block["column_settings"] ?? []) as (Column | null)[];
  const style = (at: number): { textAlign?: Column["align"]; whiteSpace?: "nowrap" } => ({
    textAlign: columns[at]?.align,
    ...(columns[at]?.is_wrapped ? {} : { whiteSpace: "nowrap" }),
  });
  return (
    <div className="data-table plain-table">
      <div className="scroll-x" tabIndex={0} role="group" aria-label="Table">
        <table>
          <thead>
            <tr>
              {header.map((cell, at) => (
                <th key={at} scope="col" style={style(at)}>
                  <CellText cell={cell} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, at) => (
                  <td key={at} style={style(at)} className={cell.type === "raw_number" ? "number" : undefined}>
                    <CellText cell={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
