import type { ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace } from "../state/workspace";

/** What Slack shows to somebody who left, and what of theirs is still there. */
export function Deactivated(): ReactNode {
  const { me, snapshot, become } = useWorkspace();
  const successor = snapshot.people.find((person) => !person.is_bot && !person.deleted);
  const first = me.real_name.split(" ")[0];
  return (
    <main className="deactivated">
      <Avatar person={me} />
      <h1>Your account has been deactivated</h1>
      <p>
        {me.real_name} can no longer sign in to {snapshot.team.name}. Slack would say: contact a workspace admin to get
        back in.
      </p>
      <p>
        What {first} wrote stays where it was written, and what the app keeps in {first}’s name stays too: postmortems
        started, action items owned, risks accepted. Nothing is deleted; the others see who it was.
      </p>
      {successor && (
        <button type="button" className="button big primary" onClick={() => become(successor.id)}>
          Be {successor.real_name} instead
        </button>
      )}
    </main>
  );
}
