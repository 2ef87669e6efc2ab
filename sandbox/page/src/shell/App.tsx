import { useEffect, type ReactNode } from "react";

import { useAddress, type Move } from "../state/address";
import { useLive } from "../state/live";
import type { Snapshot } from "../types";
import { Stage } from "./Stage";
import { currentChannel } from "./useStage";

export function App(): ReactNode {
  const [address, move] = useAddress();
  const { snapshot, connected } = useLive(address.as, address.channel, currentChannel);
  useSomebody(address.as, snapshot, move);
  if (!snapshot || !address.as)
    return (
      <main className="waiting" role="status">
        {connected ? "Opening the workspace…" : "The sandbox cannot be reached. Trying again…"}
      </main>
    );
  return <Stage snapshot={snapshot} connected={connected} address={address} move={move} />;
}

/** An address that names nobody, or somebody who is not of this workspace, gets the seat that the server chose. */
function useSomebody(as: string | null, snapshot: Snapshot | null, move: Move): void {
  const chosen = snapshot?.me.id ?? null;
  const known = as !== null && (as === chosen || snapshot?.people.some((person) => person.id === as));
  useEffect(() => {
    if (chosen !== null && !known) move({ as: chosen });
  }, [chosen, known, move]);
}
