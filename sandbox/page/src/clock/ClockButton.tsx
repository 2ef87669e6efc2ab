import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import { wallOf } from "../text/zone";
import { ClockPanel } from "./ClockPanel";
import { city, lineOf, shortDay } from "./due";
import type { Turning } from "./useTurning";

interface Props {
  turning: Turning;
  open: boolean;
  show(open: boolean): void;
}

/** How many of the things that came due are read out. */
const READ_OUT = 3;

/** The workspace's time where this person is; opens what turns it. */
export function ClockButton({ turning, open, show }: Props): ReactNode {
  const { me, now, snapshot } = useWorkspace();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const close = (): void => {
    show(false);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && open) close();
  };
  useEffect(() => {
    // Not when the tour opens it: the focus stays with the tour's own button.
    if (open && document.activeElement === button.current) panel.current?.focus();
  }, [open]);
  const stopped = useRef(false);
  useEffect(() => {
    if (turning.busy) stopped.current = "to" in turning.busy;
    else if (turning.came && stopped.current) {
      // It stands at a message now, which the open panel would cover. What came due is listed when it is opened again.
      stopped.current = false;
      if (panel.current?.contains(document.activeElement)) button.current?.focus();
      show(false);
    }
  }, [turning.busy, turning.came, show]);
  return (
    <div className="clock" onKeyDown={onKeyDown}>
      <button
        type="button"
        ref={button}
        className="bar-button clock-button"
        aria-expanded={open}
        aria-busy={snapshot.diary.turning}
        title={`The workspace's clock, shown in ${me.tz}. Turn it here.`}
        onClick={() => show(!open)}
      >
        {snapshot.diary.turning ? <span className="spinner" aria-hidden="true" /> : <Face />}
        <span className="hidden">Clock: </span>
        <time dateTime={snapshot.clock}>
          {shortDay(now, me.tz, new Date())} {wallOf(now, me.tz).time}
          <span className="clock-city"> {city(me.tz)}</span>
        </time>
        <span aria-hidden="true">▾</span>
      </button>
      <span className="hidden" role="status">
        {snapshot.diary.turning ? "The clock is being turned." : turning.came && spoken(turning, now)}
      </span>
      {open && <ClockPanel box={panel} turning={turning} close={close} />}
    </div>
  );
}

function Face(): ReactNode {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="M8 4.5V8l2.5 1.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}

function spoken({ came }: Turning, now: Date): string {
  if (!came || came.length === 0) return "The clock is turned. Nothing came due.";
  const read = came.slice(0, READ_OUT).map((due) => lineOf(due, now));
  const more = came.length > READ_OUT ? `; and ${came.length - READ_OUT} more` : "";
  return `${came.length} came due: ${read.join("; ")}${more}.`;
}
