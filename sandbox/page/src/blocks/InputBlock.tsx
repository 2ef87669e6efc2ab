import type { ReactNode } from "react";

import { Interactive } from "../elements/Interactive";
import type { Aria } from "../elements/props";
import { useSurface } from "../state/surface";
import { flat, Text } from "../text/Rich";
import type { Block } from "../types";
import { Unknown } from "./Unknown";

const GROUPS = new Set(["radio_buttons", "checkboxes", "file_input"]);

/** A labelled input with its hint, its optional mark and its error. */
export function InputBlock({ block, blockId }: { block: Block; blockId: string }): ReactNode {
  const { key, errors } = useSurface();
  const element = block.element;
  if (!element) return <Unknown of={block} />;
  const id = `${key}-${blockId}-${element.action_id ?? ""}`;
  const error = errors[blockId];
  const described = [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(" ");
  const grouped = GROUPS.has(element.type);
  const aria: Aria = {
    ...(grouped ? { "aria-labelledby": `${id}-label` } : {}),
    ...(described ? { "aria-describedby": described } : {}),
    ...(error ? { "aria-invalid": true } : {}),
    ...(block.optional ? {} : { "aria-required": true }),
  };
  const label = (
    <>
      <Text of={block.label} />
      {block.optional && <span className="optional"> (optional)</span>}
    </>
  );
  return (
    <div className={error ? "field invalid" : "field"}>
      {grouped ? (
        <span className="label" id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label className="label" id={`${id}-label`} htmlFor={id}>
          {label}
        </label>
      )}
      <Interactive
        element={element}
        blockId={blockId}
        dispatch={block.dispatch_action === true}
        id={id}
        label={flat(block.label)}
        optional={block.optional}
        aria={aria}
      />
      {error && (
        <p className="error" id={`${id}-error`} role="alert">
          <span aria-hidden="true">⚠ </span>
          {error}
        </p>
      )}
      {block.hint && (
        <p className="hint" id={`${id}-hint`}>
          <Text of={block.hint} />
        </p>
      )}
    </div>
  );
}
