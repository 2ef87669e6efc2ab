/** Messages that only one person sees stay away once dismissed: while the tab lives, over a reload too. */
const MOST = 200;

function dismissed(person: string): string[] {
  return (sessionStorage.getItem(keyOf(person)) ?? "").split(" ");
}

function keyOf(person: string): string {
  return `dismissed ${person}`;
}

export function isDismissed(person: string, ts: string): boolean {
  return dismissed(person).includes(ts);
}

export function dismissEphemeral(person: string, ts: string): void {
  sessionStorage.setItem(keyOf(person), [...dismissed(person), ts].slice(-MOST).join(" "));
}
