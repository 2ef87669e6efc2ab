import { Fragment, useMemo, useRef, type ReactNode, type RefObject } from "react";

import { useWorkspace } from "../state/workspace";
import { dayDivider } from "../text/dates";
import { dateOfTs, wallOf } from "../text/zone";
import type { Channel, Message } from "../types";
import { Beginning, Loading } from "./Beginning";
import { useNewest, useReturnToEnd } from "./arriving";
import { isSystem } from "./editing";
import { MessageRow } from "./MessageRow";
import { useMessageWindow, useMissed, useScrolledUp, useSeen, type MessageWindow } from "./messageWindow";
import { Slackbot } from "./Slackbot";
import { useFirstUnread } from "./unread";

// As in Slack: within five minutes, the same author's next message goes under the first one's name.
const SAME_BREATH_S = 300;

export function MessageList({ channel }: { channel: Channel }): ReactNode {
  const all = useWorkspace().snapshot.messages[channel.id];
  // What has not come yet is not drawn as if nothing had ever been said.
  return all ? <Talk channel={channel} all={all} /> : <Loading channel={channel} />;
}

function Talk({ channel, all }: { channel: Channel; all: Message[] }): ReactNode {
  const { me, pointedAt } = useWorkspace();
  const shown = useMemo(() => all.filter(isNoReply), [all]);
  const replies = useMemo(() => countReplies(all), [all]);
  const box = useRef<HTMLDivElement>(null);
  const part = useMessageWindow(shown, pointedAt, box);
  const up = useScrolledUp(box);
  const { first: unread, count } = useFirstUnread(channel, all, me.id);
  useReturnToEnd(box, shown.at(-1), me.id);
  const spoken = useNewest(channel, all);
  return (
    <div className="message-room">
      <div
        className="messages"
        ref={box}
        tabIndex={0}
        role="region"
        aria-label={`Messages in ${channel.name}`}
        onKeyDown={part.onKeyDown}
      >
        <div className="message-column">
          {part.left > 0 ? <Older part={part} /> : <Beginning channel={channel} />}
          <Days drawn={part.drawn} channel={channel.id} replies={replies} unread={unread} />
          <Slackbot place={channel.id} />
          <div className="hidden" aria-live="polite">
            {spoken}
          </div>
        </div>
      </div>
      {unread !== null && channel.member && <JumpToNew key={unread} box={box} channel={channel.id} first={unread} count={count} />}
      <JumpToNewest missed={useMissed(shown, up !== "no")} far={up === "far"} jump={() => jumpIn(box.current)} />
    </div>
  );
}

interface DaysProps {
  drawn: Message[];
  channel: string;
  replies: Map<string, number>;
  unread: string | null;
}

function Days({ drawn, channel, replies, unread }: DaysProps): ReactNode {
  const { me, now, person, pointedAt } = useWorkspace();
  const days = useMemo(() => byDay(drawn, me.tz), [drawn, me.tz]);
  const firstNew = unread === null ? undefined : drawn.find(({ ts }) => ts >= unread)?.ts;
  return days.map(({ day, messages }) => (
    <section key={day} className="day-of">
      <hr />
      <p className="day">
        <span>{dayDivider(dateOfTs(messages[0]?.ts ?? "0"), now, me.tz)}</span>
      </p>
      {messages.map((message, at) => (
        <Fragment key={`${message.ts}-${message.ephemeral}`}>
          {message.ts === firstNew && <NewLine />}
          <MessageRow
            message={message}
            author={person(message.user)}
            channel={channel}
            follows={message.ts !== firstNew && follows(messages[at - 1], message)}
            replies={replies.get(message.ts) ?? 0}
            pointed={pointedAt === message.ts}
          />
        </Fragment>
      ))}
    </section>
  ));
}

function NewLine(): ReactNode {
  return (
    <div className="new-line" role="separator" aria-label="New messages">
      <span aria-hidden="true">New</span>
    </div>
  );
}

function Older({ part }: { part: MessageWindow }): ReactNode {
  return (
    <button type="button" className="older" ref={part.edge} onClick={part.more}>
      Show older messages ({part.left})
    </button>
  );
}

function JumpToNewest({ missed, far, jump }: { missed: number; far: boolean; jump(): void }): ReactNode {
  if (missed === 0 && !far) return null;
  const news = missed === 0 ? "" : `${missed} new ${missed === 1 ? "message" : "messages"} · `;
  return (
    <button type="button" className={missed > 0 ? "jump fresh" : "jump"} onClick={jump}>
      {news}Jump to newest <span aria-hidden="true">↓</span>
    </button>
  );
}

interface NewProps {
  box: RefObject<HTMLElement | null>;
  channel: string;
  first: string;
  count: number;
}

/** The way up to the line above what is new, until that line has been in sight. */
function JumpToNew({ box, channel, first, count }: NewProps): ReactNode {
  const { openPermalink } = useWorkspace();
  const seen = useSeen(box, ".new-line");
  if (seen || count === 0) return null;
  return (
    <button
      type="button"
      className="jump fresh up"
      onClick={() => {
        openPermalink({ channel, ts: first });
        box.current?.focus({ preventScroll: true });
      }}
    >
      {count} new {count === 1 ? "message" : "messages"} · Jump <span aria-hidden="true">↑</span>
    </button>
  );
}

function jumpIn(box: HTMLElement | null): void {
  box?.scrollTo({ top: 0 });
  // The button goes away under the finger; reading goes on in the list.
  box?.focus({ preventScroll: true });
}

function isNoReply({ ts, thread_ts }: Message): boolean {
  return thread_ts === null || thread_ts === ts;
}

function byDay(drawn: Message[], zone: string): { day: string; messages: Message[] }[] {
  const days = new Map<string, Message[]>();
  // Every zone changes its day on a quarter of an hour, and to ask for the day is slow.
  const quarters = new Map<number, string>();
  for (const message of drawn) {
    const quarter = Math.floor(Number(message.ts) / 900);
    const day = quarters.get(quarter) ?? wallOf(dateOfTs(message.ts), zone).date;
    quarters.set(quarter, day);
    const same = days.get(day);
    if (same) same.push(message);
    else days.set(day, [message]);
  }
  return [...days].map(([day, messages]) => ({ day, messages }));
}

function follows(last: Message | undefined, message: Message): boolean {
  return (
    last?.user === message.user &&
    last.ephemeral === message.ephemeral &&
    isSystem(last) === isSystem(message) &&
    !message.pinned &&
    Number(message.ts) - Number(last.ts) < SAME_BREATH_S
  );
}

function countReplies(all: Message[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ts, thread_ts, ephemeral } of all)
    if (thread_ts !== null && thread_ts !== ts && !ephemeral) counts.set(thread_ts, (counts.get(thread_ts) ?? 0) + 1);
  return counts;
}
