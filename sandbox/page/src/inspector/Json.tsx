import type { ReactNode } from "react";

const OPEN_DEPTH = 3;
const OPEN_SIZE = 40;

/** A value as a tree that folds. */
export function Json({ value, name, depth = 0 }: { value: unknown; name?: string; depth?: number }): ReactNode {
  const label = name !== undefined && <span className="json-key">{name}: </span>;
  if (value === null || typeof value !== "object")
    return (
      <div className="json-leaf">
        {label}
        <span className={`json-${value === null ? "null" : typeof value}`}>{JSON.stringify(value) ?? "nothing"}</span>
      </div>
    );
  const parts = Object.entries(value);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (parts.length === 0)
    return (
      <div className="json-leaf">
        {label}
        {open}
        {close}
      </div>
    );
  return (
    <details className="json" open={depth < OPEN_DEPTH && parts.length <= OPEN_SIZE}>
      <summary>
        {label}
        {open}
        <span className="json-folded">
          {" "}
          {parts.length} {Array.isArray(value) ? "of them" : (peek(value) ?? "fields")} {close}
        </span>
      </summary>
      <div className="json-in">
        {parts.map(([key, part]) => (
          <Json key={key} value={part} name={key} depth={depth + 1} />
        ))}
      </div>
    </details>
  );
}

/** What a folded object is, where it says so itself. */
function peek(value: object): string | null {
  const type = "type" in value ? value.type : null;
  return typeof type === "string" ? `fields, ${type}` : null;
}
