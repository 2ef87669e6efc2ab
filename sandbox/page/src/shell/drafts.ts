/** What is begun in a channel or thread and not sent: kept per tab, so that a reload loses nothing. */
import { useSyncExternalStore } from "react";

const PREFIX = "draft ";
const listeners = new Set<() => void>();

export function draftKey(person: string, channel: string, thread = ""): string {
  return `${PREFIX}${person} ${channel} ${thread}`;
}

export function draftOf(key: string): string {
  return sessionStorage.getItem(key) ?? "";
}

/** Puts words into a composer: into the one on the screen, or for when it is next opened. */
export function setDraft(key: string, text: string): void {
  if (text) sessionStorage.setItem(key, text);
  else sessionStorage.removeItem(key);
  for (const listener of listeners) listener();
}

let offered: string | null = null;

/** Puts words into a composer for somebody to send, and asks it to take the focus. */
export function offerDraft(key: string, text: string): void {
  offered = key;
  setDraft(key, text || draftOf(key));
}

export function useOffered(key: string): boolean {
  return useSyncExternalStore(listen, () => offered === key);
}

export function takeOffer(): void {
  offered = null;
}

export function useDraft(key: string): string {
  return useSyncExternalStore(listen, () => draftOf(key));
}

/** The channels in which a person has begun something. */
export function useDrafted(person: string): string[] {
  return useSyncExternalStore(listen, () => drafted(person)).split(" ");
}

// A string, so that the channel list is only drawn again when a draft comes or goes.
function drafted(person: string): string {
  const start = `${PREFIX}${person} `;
  const keys = Object.keys(sessionStorage).filter((key) => key.startsWith(start) && draftOf(key).trim());
  return keys
    .map((key) => key.slice(start.length).split(" ")[0])
    .sort()
    .join(" ");
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
