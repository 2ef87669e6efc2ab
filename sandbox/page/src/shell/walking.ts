import type { KeyboardEvent } from "react";

/** The arrow keys go from message to message, from the list itself to its newest. */
export function walkMessages(event: KeyboardEvent<HTMLElement>): void {
  const on = event.target as HTMLElement;
  if (!on.matches(".messages, article") || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("article")];
  const at = all.indexOf(on);
  const next = at < 0 ? all.at(-1) : all[at + (event.key === "ArrowUp" ? -1 : 1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** The arrow keys go through everything of a list that can be pressed. */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("button")];
  const at = all.indexOf(event.target as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  const next = at < 0 || to === undefined ? undefined : all[to];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
