import { Fragment, useId, useState, type KeyboardEvent, type ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import { usage, suggestionsFor, type Suggestion } from "./suggesting";

export interface SuggestionList {
  id: string;
  shown: Suggestion[];
  active: number;
  hint: string | null;
  take(suggestion: Suggestion): void;
  hover(at: number): void;
  /** True when the key was meant for the list. */
  onKey(event: KeyboardEvent): boolean;
}

/** What fits the text before the caret; `put` takes that text with the suggestion in it. */
export function useSuggestions(text: string, put: (text: string) => void): SuggestionList {
  const workspace = useWorkspace();
  const id = useId();
  const [at, setAt] = useState(0);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const shown = dismissed === text ? [] : suggestionsFor(text, workspace);
  const active = Math.min(at, Math.max(0, shown.length - 1));
  const take = (suggestion: Suggestion): void => {
    setAt(0);
    put(suggestion.text);
    suggestion.run?.();
  };
  return {
    id,
    shown,
    active,
    hint: usage(text, workspace),
    take,
    hover: setAt,
    onKey: (event) => {
      const suggestion = shown[active];
      if (!suggestion) return false;
      // A command typed to its end needs nothing from the list: Enter sends it.
      const complete = event.key === "Enter" && shown.some((one) => one.title === text.trim());
      if (complete || (event.key === "Enter" && event.shiftKey)) return false;
      if (event.key === "ArrowDown" || event.key === "ArrowUp")
        setAt((active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
      else if (event.key === "Enter" || event.key === "Tab") take(suggestion);
      else if (event.key === "Escape") setDismissed(text);
      else return false;
      event.preventDefault();
      return true;
    },
  };
}

export function Suggestions({ of }: { of: SuggestionList }): ReactNode {
  if (of.shown.length === 0) return null;
  return (
    <ul className="suggestions" id={of.id} role="listbox" aria-label="Suggestions" tabIndex={0}>
      {of.shown.map((one, at) => (
        <Fragment key={one.key}>
          {one.group && one.group !== of.shown[at - 1]?.group && (
            <li role="presentation" className="options-group">
              {one.group}
            </li>
          )}
          <li
            id={`${of.id}-${at}`}
            ref={(item) => {
              if (at === of.active) item?.scrollIntoView({ block: "nearest" });
            }}
            role="option"
            aria-selected={at === of.active}
            className={at === of.active ? "option active" : "option"}
            onPointerDown={(event) => event.preventDefault()}
            onMouseMove={() => of.hover(at)}
            onClick={() => of.take(one)}
          >
            {one.lead}
            <b>{one.title}</b>
            {one.hint && <span className="usage">{one.hint}</span>}
            {one.detail && <small>{one.detail}</small>}
          </li>
        </Fragment>
      ))}
    </ul>
  );
}
