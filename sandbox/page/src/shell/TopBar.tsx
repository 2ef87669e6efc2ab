import { type ReactNode } from "react";

import { ClockButton } from "../clock/ClockButton";
import type { Turning } from "../clock/useTurning";
import { faultsOn } from "../inspector/faults";
import { PersonaMenu } from "../persona/PersonaMenu";
import { useTheme } from "../state/theme";
import { useWorkspace } from "../state/workspace";

type Shown = [boolean, (shown: boolean) => void];

interface Props {
  /** Whether the channel list is open on a narrow screen; null when there is none. */
  drawer: boolean | null;
  toggleDrawer(): void;
  turning: Turning;
  clock: Shown;
  tour: Shown | null;
  inspector: Shown;
}

/** What Slack does not have: who you are, the workspace's clock, the tour, the traffic. */
export function TopBar({ drawer, toggleDrawer, turning, clock, tour, inspector }: Props): ReactNode {
  const faults = faultsOn(useWorkspace().snapshot.faults);
  return (
    <header className="top-bar" aria-label="Closed Loop demo">
      {drawer !== null && (
        <button type="button" className="drawer-button" aria-label="Channels" aria-expanded={drawer} onClick={toggleDrawer}>
          <span aria-hidden="true">☰</span>
        </button>
      )}
      <span className="brand">
        Closed Loop <b>demo</b>
      </span>
      <PersonaMenu />
      <ClockButton turning={turning} open={clock[0]} show={clock[1]} />
      <span className="bar-end">
        {tour && (
          <button type="button" className="bar-button" aria-pressed={tour[0]} onClick={() => tour[1](!tour[0])}>
            <Sign path="M3 13.5V3l5 2 5-2v8l-5 2z" />
            <span className="bar-label">Tour</span>
          </button>
        )}
        <button
          type="button"
          id="inspector-button"
          className="bar-button"
          aria-expanded={inspector[0]}
          onClick={() => inspector[1](!inspector[0])}
        >
          <Sign path="M2 5h10M9.5 2.5 12 5 9.5 7.5M14 11H4M6.5 8.5 4 11l2.5 2.5" />
          <span className="bar-label">Inspector</span>
          {faults > 0 && (
            <span className="fault-badge" title="Slack is made to misbehave">
              {faults}
              <span className="hidden"> {faults === 1 ? "fault is" : "faults are"} on</span>
            </span>
          )}
        </button>
        <ThemeButton />
      </span>
    </header>
  );
}

const THEME_SIGNS = { system: "◐", light: "☀", dark: "☾" };

function ThemeButton(): ReactNode {
  const [theme, next, choose] = useTheme();
  const label = `Theme: ${theme}. Change to ${next}`;
  return (
    <button type="button" className="bar-button" aria-label={label} title={label} onClick={() => choose(next)}>
      <span aria-hidden="true">{THEME_SIGNS[theme]}&#xFE0E;</span>
    </button>
  );
}

function Sign({ path }: { path: string }): ReactNode {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
