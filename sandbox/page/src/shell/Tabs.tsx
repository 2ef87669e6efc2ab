import type { KeyboardEvent, ReactNode } from "react";

export interface Tab {
  key: string;
  name: string;
}

interface Props {
  tabs: Tab[];
  chosen: string;
  show(key: string): void;
}

const PANEL = "tab-panel";
const idOf = (key: string): string => `tab-${key}`;

/** The parts of a conversation, one of which is open; the arrow keys turn from one to the next. */
export function Tabs({ tabs, chosen, show }: Props): ReactNode {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const at = tabs.findIndex(({ key }) => key === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (!next) return;
    event.preventDefault();
    if (next.key !== chosen) show(next.key);
    document.getElementById(idOf(next.key))?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="Parts of this conversation" onKeyDown={onKeyDown}>
      {tabs.map(({ key, name }) => (
        <button
          key={key}
          id={idOf(key)}
          type="button"
          role="tab"
          aria-selected={chosen === key}
          aria-controls={chosen === key ? PANEL : undefined}
          tabIndex={chosen === key ? 0 : -1}
          onClick={() => chosen !== key && show(key)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}

/** What stands below the tabs; no panel where there is nothing to turn to. */
export function TabPanel({ of, children }: { of: string | null; children: ReactNode }): ReactNode {
  const role = of === null ? {} : { role: "tabpanel", id: PANEL, "aria-labelledby": idOf(of) };
  return (
    <div className="tab-panel" {...role}>
      {children}
    </div>
  );
}
