import { useEffect, type ReactNode } from "react";

import { useAddress, type Move } from "../state/address";
import { firstPerson, useLive } from "../state/live";
import type { Snapshot } from "../types";
import { Stage } from "./Stage";
import { currentChannel } from "./useStage";

export function App(): ReactNode {
  const [address, move] = useAddress();
  const { snapshot, connected } = useLive(address.as, address.channel, currentChannel);
  useFirstPerson(address.as, snapshot, move);
  if (!snapshot || !address.as)
    return (
      <main className="waiting" role="status">
        {connected ? "Opening the workspace…" : "The sandbox cannot be reached. Trying again…"}
      </main>
    );
  return <Stage snapshot={snapshot} connected={connected} address={address} move={move} />;
}

/** An address that names nobody, or somebody who is not of this workspace, gets the first person's seat. */
function useFirstPerson(as: string | null, snapshot: Snapshot | null, move: Move): void {
  const unknown = as !== null && snapshot !== null && !snapshot.people.some((person) => person.id === as);
  useEffect(() => {
    if (as !== null && !unknown) return;
    let timer = 0;
    const ask = (): void => {
      firstPerson().then(
        (id) => move({ as: id }),
        () => (timer = window.setTimeout(ask, 1_000)),
      );
    };
    ask();
    return () => window.clearTimeout(timer);
  }, [as, unknown, move]);
}
