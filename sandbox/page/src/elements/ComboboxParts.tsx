import type { ReactNode } from "react";

export interface Choice {
  id: string;
  text: string;
  detail?: string;
  group?: string;
  lead?: ReactNode;
}

/** One chosen thing of several, with the cross that removes it. */
export function Chip({ choice, remove }: { choice: Choice; remove(): void }): ReactNode {
  return (
    <span className="chip">
      {choice.lead}
      <span className="chip-text">{choice.text}</span>
      <button
        type="button"
        aria-label={`Remove ${choice.text}`}
        onClick={(event) => {
          event.stopPropagation();
          remove();
        }}
      >
        ×
      </button>
    </span>
  );
}

interface RowProps {
  id: string;
  choice: Choice;
  heading: string | undefined;
  active: boolean;
  selected: boolean;
  pick(): void;
  hover(): void;
}

/** One line of the list, under the heading of its group where it is the first of it. */
export function OptionRow({ id, choice, heading, active, selected, pick, hover }: RowProps): ReactNode {
  return (
    <>
      {heading && <li className="options-group" role="presentation">{heading}</li>}
      <li
        id={id}
        role="option"
        aria-selected={selected}
        className={active ? "option active" : "option"}
        ref={(row) => {
          if (active) row?.scrollIntoView({ block: "nearest" });
        }}
        // The input keeps the focus, or the list would close before the click arrives.
        onPointerDown={(event) => event.preventDefault()}
        onClick={(event) => {
          event.stopPropagation();
          pick();
        }}
        onMouseMove={hover}
      >
        {choice.lead}
        <span>
          {choice.text}
          {choice.detail && <small>{choice.detail}</small>}
        </span>
        {selected && <span className="tick" aria-hidden="true">✓</span>}
      </li>
    </>
  );
}

export function Chevron(): ReactNode {
  return (
    <svg className="chevron" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d="M4 6l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
