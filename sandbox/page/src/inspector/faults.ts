/** What can be made to go wrong: what each switch asks of the server, and how it stands. */
import type { Faults } from "../types";

/** The call that the switches about single calls are about. */
const POST = "chat.postMessage";

export interface Switch {
  label: string;
  /** What it does, and what to watch. */
  says: string;
  /** What to send; for a switch that stays on, by what it is to be. */
  act(on: boolean): Record<string, unknown>;
  /** Whether it is on, or how many times it will still act; null for what happens once and at once. */
  state(faults: Faults): boolean | number | null;
}

export const SWITCHES: Switch[] = [
  {
    label: "Slack is down",
    says: "Every call of the app fails. Nothing it owes is lost: it tries again, and catches up when you switch this off.",
    act: (on) => ({ name: "down", on }),
    state: (faults) => faults.down,
  },
  {
    label: "Web API is down",
    says: "Events still arrive, but every call of the app fails. Watch it owe the card, and catch up when you switch this off.",
    act: (on) => ({ name: "api_down", on }),
    state: (faults) => faults.api_down,
  },
  {
    label: "Rate limit the next 3 posts",
    says: `${POST} answers 429 with Retry-After: 5, for each of the next three. Watch the app wait 5 s each time, then post once.`,
    act: () => ({ name: "rate_limit", method: POST, retry_after: 5, times: 3 }),
    state: (faults) => faults.rate_limits.reduce((sum, one) => sum + one.left, 0),
  },
  {
    label: "Drop 1 reply",
    says: "The next message is posted, but the app never hears so. Watch it find its own message instead of posting twice.",
    act: () => ({ name: "drop_reply", method: POST, times: 1 }),
    state: (faults) => Object.values(faults.drops).reduce((sum, left) => sum + left, 0),
  },
  {
    label: "Lose 1 acknowledgement",
    says: "Slack does not hear that the app took its next request, and sends it again. Watch the channel: one postmortem, one message, never two.",
    act: () => ({ name: "lost_acks", times: 1 }),
    state: (faults) => faults.lost_acks,
  },
  {
    label: "Slow by 1 second",
    says: "Every call takes a second longer. Forms still open in time: a trigger lives three seconds.",
    act: (on) => ({ name: "latency", seconds: on ? 1 : 0 }),
    state: (faults) => faults.latency > 0,
  },
  {
    label: "One message a second",
    says: "Slack's real limit for a channel. Watch a burst of messages come one after another, none of them missing.",
    act: (on) => ({ name: "per_channel_rate", on }),
    state: (faults) => faults.per_channel_rate,
  },
  {
    label: "Cut the connections",
    says: "Every Socket Mode connection is dropped at once. Watch the app connect again and miss nothing.",
    act: () => ({ name: "disconnect", graceful: false }),
    state: () => null,
  },
];

/** How many switches are on. */
export function faultsOn(faults: Faults): number {
  return SWITCHES.filter((one) => Boolean(one.state(faults))).length;
}
