import type { ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace } from "../state/workspace";
import { fillDateTokens } from "../text/dates";
import { dateOfTs } from "../text/zone";
import type { Message } from "../types";

const FACES = 3;

interface Thread {
  users: string[];
  last: string;
}

// One pass for all threads of a channel, as long as its messages are the same.
const known = new WeakMap<Message[], Map<string, Thread>>();

function threadsOf(messages: Message[]): Map<string, Thread> {
  const found = known.get(messages);
  if (found) return found;
  const threads = new Map<string, Thread>();
  for (const { ts, thread_ts, user, ephemeral } of messages) {
    if (thread_ts === null || thread_ts === ts || ephemeral) continue;
    const { users } = threads.get(thread_ts) ?? { users: [] as string[] };
    threads.set(thread_ts, { users: users.includes(user) ? users : [...users, user], last: ts });
  }
  known.set(messages, threads);
  return threads;
}

export function ThreadSummary({ channel, ts, replies }: { channel: string; ts: string; replies: number }): ReactNode {
  const { snapshot, openThread, person, now, me } = useWorkspace();
  const thread = threadsOf(snapshot.messages[channel] ?? []).get(ts);
  return (
    <button type="button" className="replies" onClick={() => openThread(ts)}>
      {thread?.users.slice(0, FACES).map((id) => (
        <Avatar key={id} person={person(id)} small />
      ))}
      <b>
        {replies} {replies === 1 ? "reply" : "replies"}
      </b>
      {thread && <small>Last reply {fillDateTokens("{ago}", dateOfTs(thread.last), now, me.tz)}</small>}
    </button>
  );
}
