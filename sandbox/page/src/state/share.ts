/** Putting the server's frames together, with every part that did not change taken from before, so that it is not drawn again. */
import type { Message, Person, Snapshot } from "../types";

/** What the server sends: sandbox/browser/live.py is its side. */
export interface Frame {
  set: Partial<Omit<Snapshot, "messages">>;
  messages: Record<string, Talk>;
}

interface Talk {
  /** Whether `put` is all there is in the channel. */
  whole: boolean;
  put: Message[];
  gone: string[];
}

/** The state after a frame; the first frame of all sets every key. */
export function merged(last: Snapshot | null, frame: Frame): Snapshot {
  if (frame.set.people) lineUp(frame.set.people);
  const next = { messages: {}, ...last } as Snapshot;
  for (const key of Object.keys(frame.set) as (keyof Frame["set"])[])
    Object.assign(next, { [key]: share(last?.[key], frame.set[key]) });
  // The same with the same colour, whoever is asked for.
  next.me = next.people.find(({ id }) => id === next.me.id) ?? next.me;
  for (const [channel, talk] of Object.entries(frame.messages))
    next.messages = { ...next.messages, [channel]: mergedTalk(last?.messages[channel] ?? [], talk) };
  return next;
}

/** People before apps in every list; and so many grounds for their initials that no two look alike. */
function lineUp(people: Person[]): void {
  people.sort((one, other) => Number(one.is_bot) - Number(other.is_bot));
  for (const [at, one] of people.entries())
    one.color = `oklch(${at % 2 ? 0.4 : 0.54} 0.12 ${Math.round((at * 360) / people.length)})`;
}

function mergedTalk(last: Message[], { whole, put, gone }: Talk): Message[] {
  const known = new Map(last.map((message) => [message.ts, message]));
  const next = whole ? new Map<string, Message>() : new Map(known);
  for (const ts of gone) next.delete(ts);
  for (const message of put) next.set(message.ts, share(known.get(message.ts), message));
  const all = [...next.values()];
  const inOrder = all.every((message, at) => at === 0 || (all[at - 1]?.ts ?? "") < message.ts);
  return inOrder ? all : all.sort((one, other) => (one.ts < other.ts ? -1 : 1));
}

/** The next value, with every part that did not change taken from the last one. */
function share<T>(last: unknown, next: T): T {
  if (last === next || typeof next !== "object" || next === null) return next;
  if (typeof last !== "object" || last === null || Array.isArray(last) !== Array.isArray(next)) return next;
  const before = last as Record<string, unknown>;
  const after = next as Record<string, unknown>;
  const keys = Object.keys(after);
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    after[key] = share(before[key], after[key]);
    same &&= key in before && after[key] === before[key];
  }
  return same ? (last as T) : next;
}
