import type { ReactNode } from "react";

/** What the page cannot draw is shown as it came, so that nothing an app sent goes unseen. */
export function Unknown({ of }: { of: { type: string } }): ReactNode {
  return (
    <figure className="unknown">
      <figcaption>
        The page cannot draw <code>{of.type}</code> yet. This is what the app sent:
      </figcaption>
      <pre tabIndex={0}>{JSON.stringify(of, null, 2)}</pre>
    </figure>
  );
}
