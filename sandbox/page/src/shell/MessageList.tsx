import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import { dayDivider } from "../text/dates";
import { dateOfTs, wallOf } from "../text/zone";
import type { Channel, Message } from "../types";
import { MessageRow } from "./MessageRow";

// As in Slack: within five minutes, the same author's next message goes under the first one's name.
const SAME_BREATH_S = 300;
const NONE: Message[] = [];

export function MessageList({ channel }: { channel: Channel }): ReactNode {
  const { snapshot, me, now, person, pointedAt } = useWorkspace();
  const all = snapshot.messages[channel.id] ?? NONE;
  const days = useMemo(() => byDay(all.filter(isNoReply), me.tz), [all, me.tz]);
  const replies = useMemo(() => countReplies(all), [all]);
  const box = useReturnToEnd(all.findLast(isNoReply), me.id);
  const spoken = useNewest(all, me.id, (id) => person(id)?.real_name ?? "Someone");
  return (
    <div className="messages" ref={box} tabIndex={0} role="region" aria-label={`Messages in ${channel.name}`}>
      <div className="message-column">
        <Beginning channel={channel} />
        {days.map(({ day, messages }) => (
          <section key={day} className="day-of">
            <hr />
            <p className="day">
              <span>{dayDivider(dateOfTs(messages[0]?.ts ?? "0"), now, me.tz)}</span>
            </p>
            {messages.map((message, at) => (
              <MessageRow
                key={`${message.ts}-${message.ephemeral}`}
                message={message}
                author={person(message.user)}
                channel={channel.id}
                follows={follows(messages[at - 1], message)}
                replies={replies.get(message.ts) ?? 0}
                pointed={pointedAt === message.ts}
              />
            ))}
          </section>
        ))}
        <div className="hidden" aria-live="polite">
          {spoken}
        </div>
      </div>
    </div>
  );
}

function isNoReply({ ts, thread_ts }: Message): boolean {
  return thread_ts === null || thread_ts === ts;
}

function byDay(shown: Message[], zone: string): { day: string; messages: Message[] }[] {
  const days = new Map<string, Message[]>();
  for (const message of shown) {
    const day = wallOf(dateOfTs(message.ts), zone).date;
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
    !message.pinned &&
    Number(message.ts) - Number(last.ts) < SAME_BREATH_S
  );
}

function countReplies(all: Message[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ts, thread_ts } of all)
    if (thread_ts !== null && thread_ts !== ts) counts.set(thread_ts, (counts.get(thread_ts) ?? 0) + 1);
  return counts;
}

/**
 * The list runs from the bottom up (column-reverse), so that the newest message stays in sight and
 * one who has scrolled up to read is left alone; only an own message, or an answer
 * to it that nobody else sees, brings the end back.
 */
function useReturnToEnd(newest: Message | undefined, me: string): React.RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const mine = newest && (newest.user === me || newest.ephemeral) ? newest.ts : undefined;
  useEffect(() => {
    if (mine) box.current?.scrollTo({ top: 0 });
  }, [mine]);
  return box;
}

/** What a screen reader hears of messages that arrive while the channel is open. */
function useNewest(all: Message[], me: string, name: (id: string) => string): string {
  const newest = all.at(-1);
  const [first] = useState(newest?.ts);
  if (!newest || newest.ts === first || newest.user === me) return "";
  return `${name(newest.user)}: ${newest.text}`;
}

function Beginning({ channel }: { channel: Channel }): ReactNode {
  const { person } = useWorkspace();
  const other = person(channel.with ?? "");
  return (
    <div className="beginning">
      <h3>{other ? other.real_name : `# ${channel.name}`}</h3>
      <p>
        {other
          ? `This is the start of what you and ${other.real_name} said to each other.`
          : `This is the very beginning of #${channel.name}. ${channel.purpose}`}
      </p>
    </div>
  );
}
