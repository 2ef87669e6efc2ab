/**
 * The next value, with every part that did not change taken from the last one, so that memoised
 * components of an unchanged message are not drawn again when another one arrives.
 */
export function share<T>(last: unknown, next: T): T {
  if (last === next || typeof next !== "object" || next === null) return next;
  if (typeof last !== "object" || last === null || Array.isArray(last) !== Array.isArray(next)) return next;
  const before = last as Record<string, unknown>;
  const after = next as Record<string, unknown>;
  const keys = Object.keys(after);
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    after[key] = share(before[key], after[key]);
    same &&= key in before && after[key] === before[key];
  }
  return same ? (last as T) : next;
}
