import { useEffect, useState, type ReactNode } from "react";

import { useAddress, type Address, type Move } from "../state/address";
import { useLive } from "../state/live";
import type { Snapshot } from "../types";
import { Stage } from "./Stage";
import { currentChannel } from "./useStage";

export function App(): ReactNode {
  const [address, move] = useAddress();
  const { snapshot, connected } = useLive(address.as, address.channel, currentChannel);
  useSomebody(address.as, snapshot, move);
  const shown = useSettled(address, snapshot?.me.id);
  if (!snapshot || !address.as)
    return (
      <main className="waiting" role="status">
        {connected ? "Opening the workspace…" : "The sandbox cannot be reached. Trying again…"}
      </main>
    );
  return <Stage snapshot={snapshot} connected={connected} address={shown} move={move} />;
}

/** Whoever took another seat goes on seeing the old place until the new sight has come: nothing is done there as the former person. */
function useSettled(address: Address, me: string | undefined): Address {
  const [settled, settle] = useState(address);
  const here = address.as === me;
  if (here && settled !== address) settle(address);
  return here || settled.as === null ? address : settled;
}

/** An address that names nobody, or somebody who is not of this workspace, gets the seat that the server chose. */
function useSomebody(as: string | null, snapshot: Snapshot | null, move: Move): void {
  const chosen = snapshot?.me.id ?? null;
  const known = as !== null && (as === chosen || snapshot?.people.some((person) => person.id === as));
  useEffect(() => {
    if (chosen !== null && !known) move({ as: chosen });
  }, [chosen, known, move]);
}
