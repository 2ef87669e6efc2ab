import { useSyncExternalStore, type ReactNode } from "react";

import { useDesk } from "../state/workspace";
import { Mrkdwn } from "../text/Rich";

/** What Slackbot said last, by person and channel: to nobody else, and until the page is left or something else is sent. */
const said = new Map<string, string>();
const listeners = new Set<() => void>();
const COMMAND = /^(\/\S*) is not (a valid command|supported in threads)/;

/** Whether this is for Slackbot to say: what Slack makes of a command that it knows nothing of. */
export function isSlackbots(error: string | undefined): boolean {
  return COMMAND.test(error ?? "");
}

export function slackbotSays(person: string, place: string, error: string | undefined): void {
  const key = `${person} ${place}`;
  if (error === undefined ? !said.delete(key) : said.get(key) === error) return;
  if (error !== undefined) said.set(key, error);
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function Slackbot({ place }: { place: string }): ReactNode {
  const { me } = useDesk();
  const error = useSyncExternalStore(listen, () => said.get(`${me.id} ${place}`));
  if (error === undefined) return null;
  return (
    <article className="message ephemeral slackbot" aria-label="Slackbot">
      <p className="note">
        👁 Only visible to you{" "}
        <button type="button" className="text-button" onClick={() => slackbotSays(me.id, place, undefined)}>
          Dismiss
        </button>
      </p>
      <div className="gutter">
        <span className="avatar" aria-hidden="true">
          S
        </span>
      </div>
      <div className="message-main" role="status">
        <div className="byline">
          <b>Slackbot</b>
        </div>
        <div className="message-text">
          <Mrkdwn text={error.replace(COMMAND, "`$1` is not $2")} />
        </div>
      </div>
    </article>
  );
}
