import type { ReactNode } from "react";

import { Text } from "../text/Rich";
import type { Block } from "../types";

const SIGNS: Record<string, [sign: string, words: string]> = {
  default: ["ℹ", "Note"],
  info: ["ℹ", "Note"],
  warning: ["⚠", "Warning"],
  error: ["⊘", "Error"],
  success: ["✓", "Done"],
};

/** https://docs.slack.dev/reference/block-kit/blocks/alert-block */
export function Alert({ block }: { block: Block }): ReactNode {
  const level = (block["level"] as string | undefined) ?? "default";
  const [sign, words] = SIGNS[level] ?? ["ℹ", level];
  return (
    <div className={`alert-box ${level}`} role={level === "error" || level === "warning" ? "alert" : "status"}>
      <span role="img" aria-label={words}>{sign}</span>
      <div>
        <Text of={block.text} />
      </div>
    </div>
  );
}
