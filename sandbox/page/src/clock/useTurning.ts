import { useState } from "react";

import type { Desk } from "../state/workspace";
import type { Answer, Due } from "../types";

export type Turn = { seconds: number } | { to: "next" | "review" };

export interface Turning {
  /** The turn that goes on. */
  busy: Turn | null;
  /** What the last turn brought; null before the first one and while the clock turns. */
  came: Due[] | null;
  turn(how: Turn): Promise<void>;
}

/** Turns the clock, one turn at a time. A refusal is told by `act`. */
export function useTurning(act: Desk["act"]): Turning {
  const [busy, setBusy] = useState<Turn | null>(null);
  const [came, setCame] = useState<Due[] | null>(null);
  return {
    busy,
    came,
    turn: async (how) => {
      if (busy) return;
      setBusy(how);
      setCame(null);
      const answer: Answer = await act({ do: "clock", ...how });
      setBusy(null);
      setCame(answer.ok ? (answer.came ?? []) : null);
    },
  };
}
