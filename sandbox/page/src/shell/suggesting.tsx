/** What the composer suggests: commands after a slash, people after @, channels after #, emoji after a colon. */
import type { ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import type { Workspace } from "../state/workspace";
import { Emoji } from "../text/Rich";
import { ChannelSign } from "./ChannelSign";
import { findEmoji } from "./EmojiPicker";

const MOST = 8;

export interface Suggestion {
  key: string;
  /** The heading it stands under. */
  group?: string;
  lead?: ReactNode;
  title: string;
  hint?: string;
  detail?: string;
  /** The text before the caret once this is taken. */
  text: string;
  /** What taking it does besides. */
  run?(): void;
}

export function suggestionsFor(text: string, workspace: Workspace): Suggestion[] {
  if (/^\/\S*$/.test(text)) return [...commands(text, workspace), ...shortcuts(text, workspace)];
  const [, sign, typed = ""] = /(?:^|\s)([@#:])([\p{L}\d._+-]*)$/u.exec(text) ?? [];
  const start = text.slice(0, text.length - typed.length);
  if (sign === "@") return people(start, typed.toLowerCase(), workspace);
  if (sign === "#") return channels(start, typed.toLowerCase(), workspace);
  return sign === ":" && typed.length > 1 ? emoji(start, typed) : [];
}

function commands(text: string, { snapshot }: Workspace): Suggestion[] {
  return snapshot.commands
    .filter(({ command }) => command.startsWith(text))
    .map(({ command, usage_hint, description }) => ({
      key: command,
      group: "Commands",
      title: command,
      hint: usage_hint,
      detail: description,
      text: `${command} `,
    }));
}

function shortcuts(text: string, { snapshot, act }: Workspace): Suggestion[] {
  const typed = text.slice(1).toLowerCase();
  return snapshot.app.shortcuts
    .filter(({ type, name }) => type === "global" && name.toLowerCase().includes(typed))
    .map(({ callback_id, name, description }) => ({
      key: callback_id,
      group: "Shortcuts",
      title: name,
      hint: snapshot.app.name,
      detail: description,
      text: "",
      run: () => void act({ do: "shortcut", callback_id }),
    }));
}

const EVERYBODY = [
  { name: "here", detail: "Everybody who is active in this channel" },
  { name: "channel", detail: "Everybody in this channel" },
];

function people(start: string, typed: string, { snapshot }: Workspace): Suggestion[] {
  const found = snapshot.people
    .filter((one) => !one.deleted && `${one.real_name} ${one.name}`.toLowerCase().includes(typed))
    .slice(0, MOST)
    .map((one) => ({
      key: one.id,
      lead: <Avatar person={one} small />,
      title: one.real_name,
      hint: one.name,
      detail: one.title,
      text: `${start}${one.name} `,
    }));
  const all = EVERYBODY.filter(({ name }) => name.startsWith(typed));
  return [...found, ...all.map(({ name, detail }) => ({ key: name, title: `@${name}`, detail, text: `${start}${name} ` }))];
}

function channels(start: string, typed: string, { snapshot }: Workspace): Suggestion[] {
  return snapshot.channels
    .filter((one) => one.kind !== "dm" && !one.archived && one.name.includes(typed))
    .sort((one, other) => Number(other.member) - Number(one.member) || Number(other.name.startsWith(typed)) - Number(one.name.startsWith(typed)))
    .slice(0, MOST)
    .map((one) => ({
      key: one.id,
      lead: one.kind === "private" && <ChannelSign kind="private" />,
      title: one.kind === "private" ? one.name : `#${one.name}`,
      detail: one.topic,
      text: `${start}${one.name} `,
    }));
}

function emoji(start: string, typed: string): Suggestion[] {
  return findEmoji(typed)
    .slice(0, MOST)
    .map((name) => ({ key: name, lead: <Emoji name={name} />, title: `:${name}:`, text: `${start}${name}: ` }));
}

/** How the command is used that is being typed. */
export function usage(text: string, { snapshot }: Workspace): string | null {
  const known = snapshot.commands.find(({ command }) => text === command || text.startsWith(`${command} `));
  return known ? `${known.command} ${known.usage_hint ?? ""}`.trim() : null;
}
