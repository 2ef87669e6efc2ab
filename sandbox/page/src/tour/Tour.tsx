import { useRef, type ReactNode } from "react";

import { TurnButton } from "../clock/ClockPanel";
import { lineOf } from "../clock/due";
import type { Turning } from "../clock/useTurning";
import { draftKey, offerDraft } from "../shell/drafts";
import { urlOf } from "../state/address";
import { useKept } from "../state/kept";
import { useWorkspace } from "../state/workspace";
import { Mrkdwn } from "../text/Rich";
import type { Step } from "../types";
import { useDocked } from "./useDocked";

const NARROW = matchMedia("(max-width: 700px)");

interface Props {
  turning: Turning;
  showClock(): void;
  close(): void;
}

/** A few steps through the whole loop, each with its seat, its place and its words. */
export function Tour({ turning, showClock, close }: Props): ReactNode {
  const { snapshot, me, channelId } = useWorkspace();
  const { tour } = snapshot;
  const [kept, keep] = useKept("tour step", "0");
  const [fold, setFold] = useKept("tour folded");
  const card = useRef<HTMLElement>(null);
  useDocked(card, `${me.id} ${channelId}`);
  const at = Math.min(Math.max(Number(kept) || 0, 0), tour.length - 1);
  const step = tour[at];
  if (!step) return null;
  const folded = fold === "yes";
  const last = at === tour.length - 1;
  const finish = (): void => {
    keep("0");
    close();
  };
  return (
    <section className={folded ? "tour folded" : "tour"} ref={card} aria-label="Guided tour">
      <button
        type="button"
        className="close fold"
        aria-label={folded ? "Unfold the tour" : "Fold the tour"}
        aria-expanded={!folded}
        onClick={() => setFold(folded ? "" : "yes")}
      >
        {folded ? "+" : "–"}
      </button>
      <button type="button" className="close" aria-label="Close the tour" onClick={close}>
        ×
      </button>
      <div className="tour-words" aria-live="polite">
        <p className="tour-count">
          Step {at + 1} of {tour.length}
        </p>
        <h2>{step.title}</h2>
        <div className="tour-text">
          <Mrkdwn text={step.text} />
        </div>
      </div>
      <div className="tour-do">
        <TakeMe step={step} fold={() => setFold("yes")} />
        <OtherSeat step={step} />
        {step.turn && <TurnTo to={step.turn} turning={turning} showClock={showClock} />}
      </div>
      <div className="tour-foot">
        <button type="button" className="button" aria-disabled={at === 0} onClick={() => keep(String(at - 1))}>
          Back
        </button>
        <button type="button" className="button" onClick={() => (last ? finish() : keep(String(at + 1)))}>
          {last ? "Done" : "Next"}
        </button>
      </div>
    </section>
  );
}

function TakeMe({ step, fold }: { step: Step; fold(): void }): ReactNode {
  const { me, channelId, person, channel, become } = useWorkspace();
  const here = me.id === step.person && channelId === step.channel;
  const place = channel(step.channel);
  const go = (): void => {
    // Written first: the composer looks for its draft when it opens.
    offerDraft(draftKey(step.person, step.channel), step.type);
    if (!here) become(step.person, step.channel);
    // On a telephone the card would cover what it leads to.
    if (NARROW.matches) fold();
  };
  if (here && !step.type) return <p className="tour-here">You are in the right place.</p>;
  return (
    <>
      <button type="button" className="button primary" onClick={go}>
        {here ? "Type it for me" : "Take me there"}
      </button>
      {!here && (
        <small>
          as {person(step.person)?.real_name}
          {place && place.kind !== "dm" && `, in #${place.name}`}
        </small>
      )}
    </>
  );
}

/** Where a step speaks of a second tab, the way to open it. */
function OtherSeat({ step }: { step: Step }): ReactNode {
  const { snapshot } = useWorkspace();
  const named = /second tab as (\w+)/.exec(step.text)?.[1];
  const one = named && snapshot.people.find(({ real_name }) => real_name.startsWith(`${named} `));
  if (!one) return null;
  return (
    <a href={urlOf({ as: one.id, channel: step.channel })} target="_blank" rel="noopener">
      Open a tab as {named}
    </a>
  );
}

const NOT_PLANNED = {
  next: "Nothing is planned yet: do the steps before this one first.",
  review: "It has begun already: the next one is planned once it is closed.",
};

function TurnTo({ to, turning, showClock }: { to: "next" | "review"; turning: Turning; showClock(): void }): ReactNode {
  const { snapshot, now } = useWorkspace();
  const due = to === "next" ? snapshot.diary.next : snapshot.diary.next_review;
  const both: Turning = {
    ...turning,
    turn: (how) => {
      showClock();
      return turning.turn(how);
    },
  };
  return (
    <TurnButton how={{ to }} turning={both} off={!due}>
      {to === "next" ? "Turn the clock to the next thing due" : "Turn the clock to the next monthly review"}
      <small>{due ? lineOf(due, now) : NOT_PLANNED[to]}</small>
    </TurnButton>
  );
}
