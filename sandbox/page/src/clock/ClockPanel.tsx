import { useEffect, useRef, type ReactNode, type RefObject } from "react";

import { useWorkspace } from "../state/workspace";
import type { Due } from "../types";
import { lineOf, moment } from "./due";
import type { Turn, Turning } from "./useTurning";

const HOUR = 3_600;
const STEPS: [string, number][] = [
  ["+1 hour", HOUR],
  ["+1 day", 24 * HOUR],
  ["+30 days", 30 * 24 * HOUR],
];
const NOTHING = "Nothing is planned yet: start a postmortem and add an action item.";

interface Props {
  box: RefObject<HTMLDivElement | null>;
  turning: Turning;
  close(): void;
}

/** Turns the clock, and lists what that brought. */
export function ClockPanel({ box, turning, close }: Props): ReactNode {
  const { me, now, snapshot } = useWorkspace();
  const { next, next_review: review, came } = snapshot.diary;
  useEffect(() => {
    // The last review takes its button, and the focus, with it.
    if (!review && document.activeElement === document.body) box.current?.focus();
  }, [box, review]);
  return (
    <div className="bar-panel clock-panel" ref={box} role="region" aria-label="The workspace's clock" tabIndex={-1}>
      <div className="panel-head">
        <p>
          {moment(now, me.tz, now)}
          {snapshot.diary.turning && " · turning…"}
        </p>
        <button type="button" className="close" aria-label="Close the clock" onClick={close}>
          ×
        </button>
      </div>
      <div className="clock-steps">
        {STEPS.map(([label, seconds]) => (
          <TurnButton key={label} how={{ seconds }} turning={turning}>
            {label}
          </TurnButton>
        ))}
      </div>
      <TurnButton how={{ to: "next" }} turning={turning} off={!next}>
        Next thing due <small>{next ? lineOf(next, now) : NOTHING}</small>
      </TurnButton>
      {review && (
        <TurnButton how={{ to: "review" }} turning={turning}>
          Next monthly review <small>{lineOf(review, now)}</small>
        </TurnButton>
      )}
      <h2>What came due</h2>
      <Came came={came} fresh={turning.came?.length ?? 0} now={now} />
    </div>
  );
}

interface ButtonProps {
  how: Turn;
  turning: Turning;
  off?: boolean;
  children: ReactNode;
}

/** Stays focusable while it cannot be pressed, so that its reason is read and the focus is not lost. */
export function TurnButton({ how, turning, off = false, children }: ButtonProps): ReactNode {
  const { busy } = turning;
  // Somebody in another tab may turn it as well.
  const held = useWorkspace().snapshot.diary.turning || busy !== null;
  const mine = busy !== null && JSON.stringify(busy) === JSON.stringify(how);
  return (
    <button
      type="button"
      className="button turn"
      aria-disabled={off || held}
      aria-busy={mine}
      onClick={() => {
        if (!off && !held) void turning.turn(how);
      }}
    >
      {mine && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}

function Came({ came, fresh, now }: { came: Due[]; fresh: number; now: Date }): ReactNode {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [came]);
  if (came.length === 0) return <p className="quiet-note">Nothing yet. Turn the clock, and it is listed here.</p>;
  return (
    <ol className="came" ref={list} tabIndex={0} aria-label="What came due, newest last">
      {came.map((due, at) => (
        <li key={`${due.at} ${due.what} ${at}`} className={at >= came.length - fresh ? "fresh" : undefined}>
          <CameLine due={due} now={now} />
        </li>
      ))}
    </ol>
  );
}

function CameLine({ due, now }: { due: Due; now: Date }): ReactNode {
  const { channel, openChannel } = useWorkspace();
  const place = channel(due.channel ?? "");
  if (!place) return <span>{lineOf(due, now)}</span>;
  return (
    <button type="button" className="came-line" onClick={() => openChannel(place.id)}>
      {lineOf(due, now)}
    </button>
  );
}
