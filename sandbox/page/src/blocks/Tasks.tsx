import type { ReactNode } from "react";

import { Link, Plain } from "../text/Rich";
import type { Block } from "../types";
import { RichText } from "./RichText";

const STATES: Record<string, [sign: string, words: string]> = {
  pending: ["○", "Not begun"],
  in_progress: ["◐", "In progress"],
  complete: ["✓", "Done"],
  error: ["!", "Failed"],
};

/** https://docs.slack.dev/reference/block-kit/blocks/task-card-block */
export function TaskCard({ block }: { block: Block }): ReactNode {
  const status = (block["status"] as string | undefined) ?? "pending";
  const [sign, words] = STATES[status] ?? ["○", status];
  const [details, output] = [block["details"], block["output"]] as (Block | undefined)[];
  const sources = (block["sources"] ?? []) as { url: string; text: string }[];
  return (
    <div className="tile task">
      <span className={`task-sign ${status}`} role="img" aria-label={words} title={words}>
        {sign}
      </span>
      <div className="task-body">
        <b><Plain text={(block["title"] as string | undefined) ?? ""} /></b>
        {details && <RichText block={details} />}
        {output && <RichText block={output} />}
        {sources.length > 0 && (
          <ul className="task-sources" aria-label="Sources">
            {sources.map((source) => (
              <li key={source.url}><Link href={source.url}>{source.text}</Link></li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** https://docs.slack.dev/reference/block-kit/blocks/plan-block */
export function Plan({ block }: { block: Block }): ReactNode {
  const title = block["title"];
  return (
    <div className="tile">
      <b className="tile-title">
        <Plain text={typeof title === "string" ? title : ((title as { text?: string } | undefined)?.text ?? "")} />
      </b>
      {((block["tasks"] ?? []) as Block[]).map((task, at) => (
        <TaskCard key={at} block={task} />
      ))}
    </div>
  );
}
