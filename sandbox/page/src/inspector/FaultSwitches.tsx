import { useId, type ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import { faultsOn, SWITCHES, type Switch } from "./faults";

export function FaultSwitches(): ReactNode {
  const { snapshot, act } = useWorkspace();
  const on = faultsOn(snapshot.faults);
  return (
    <fieldset className="faults">
      <legend>Make Slack misbehave</legend>
      {SWITCHES.map((one) => (
        <FaultSwitch key={one.label} of={one} />
      ))}
      <button
        type="button"
        className="button"
        aria-disabled={on === 0}
        onClick={() => void (on > 0 && act({ do: "fault", name: "none" }))}
      >
        All off
      </button>
    </fieldset>
  );
}

function FaultSwitch({ of: { label, says, act: what, state: read } }: { of: Switch }): ReactNode {
  const { snapshot, act } = useWorkspace();
  const id = useId();
  const state = read(snapshot.faults);
  const stays = typeof state === "boolean";
  return (
    <div className="fault">
      <button
        type="button"
        role={stays ? "switch" : undefined}
        aria-checked={stays ? state : undefined}
        aria-describedby={id}
        className={stays ? "fault-switch" : "fault-switch once"}
        onClick={() => void act({ do: "fault", ...what(state !== true) })}
      >
        <span className="knob" aria-hidden="true" />
        {label}
        {typeof state === "number" && state > 0 && <span className="fault-left">{state} to come</span>}
      </button>
      <small id={id}>{says}</small>
    </div>
  );
}
