/** What somebody has begun to type into a view, kept by the tab over a reload. */
import type { Snapshot, Values } from "../types";

/** A date without its time, or a time without its date, says nothing yet. */
export interface Moment {
  date: string;
  time: string;
}

export interface Draft {
  values: Values;
  /** Unfinished moments by block and action id. */
  moments: Record<string, Moment>;
}

const PREFIX = "form ";

export function keyOf(person: string, view: string): string {
  return `${PREFIX}${person} ${view}`;
}

export function readDraft(key: string | null): Draft {
  const kept = key === null ? null : sessionStorage.getItem(key);
  return kept === null ? { values: {}, moments: {} } : (JSON.parse(kept) as Draft);
}

export function keepDraft(key: string | null, draft: Draft): void {
  if (key !== null) sessionStorage.setItem(key, JSON.stringify(draft));
}

/** Forgets what was typed into forms that this person has no more; a Home tab is no form that one sends off. */
export function dropOldDrafts({ me, modals }: Snapshot): void {
  const open = new Set(modals.map((view) => keyOf(me.id, view.id)));
  for (const key of Object.keys(sessionStorage))
    if (key.startsWith(`${PREFIX}${me.id} `) && !open.has(key)) sessionStorage.removeItem(key);
}
