import { useState, type KeyboardEvent, type ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace, type Workspace } from "../state/workspace";

interface Suggestion {
  key: string;
  lead?: ReactNode;
  title: string;
  hint?: string;
  detail?: string;
  /** The whole text once this is taken. */
  text: string;
}

export interface SuggestionList {
  shown: Suggestion[];
  active: number;
  hint: string | null;
  take(suggestion: Suggestion): void;
  hover(at: number): void;
  /** True when the key was meant for the list. */
  onKey(event: KeyboardEvent): boolean;
}

/** Commands after a slash, people after an at sign. */
export function useSuggestions(text: string, put: (text: string) => void): SuggestionList {
  const workspace = useWorkspace();
  const [at, setAt] = useState(0);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const shown = dismissed === text ? [] : [...commands(text, workspace), ...people(text, workspace)];
  const active = Math.min(at, Math.max(0, shown.length - 1));
  const take = (suggestion: Suggestion): void => {
    setAt(0);
    put(suggestion.text);
  };
  return {
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

function commands(text: string, { snapshot }: Workspace): Suggestion[] {
  if (!/^\/\S*$/.test(text)) return [];
  return snapshot.commands
    .filter(({ command }) => command.startsWith(text))
    .map(({ command, usage_hint, description }) => ({
      key: command,
      title: command,
      hint: usage_hint,
      detail: description,
      text: `${command} `,
    }));
}

function people(text: string, { snapshot }: Workspace): Suggestion[] {
  const typed = /(?:^|\s)@([\p{L}.-]*)$/u.exec(text)?.[1]?.toLowerCase();
  if (typed === undefined) return [];
  return snapshot.people
    .filter((one) => !one.deleted && `${one.real_name} ${one.name}`.toLowerCase().includes(typed))
    .slice(0, 8)
    .map((one) => ({
      key: one.id,
      lead: <Avatar person={one} small />,
      title: one.real_name,
      detail: one.title,
      text: `${text.slice(0, text.length - typed.length)}${one.name} `,
    }));
}

function usage(text: string, { snapshot }: Workspace): string | null {
  const known = snapshot.commands.find(({ command }) => text === command || text.startsWith(`${command} `));
  return known ? `${known.command} ${known.usage_hint ?? ""}`.trim() : null;
}

export function Suggestions({ of }: { of: SuggestionList }): ReactNode {
  if (of.shown.length === 0) return null;
  return (
    <ul className="suggestions" id="suggestions" role="listbox" aria-label="Suggestions">
      {of.shown.map((one, at) => (
        <li
          key={one.key}
          id={`suggestion-${at}`}
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
      ))}
    </ul>
  );
}
