import { useEffect, useRef, useState, type ReactNode, type RefObject } from "react";

import { sizeOf } from "./Files";
import { Tool } from "./MessageTools";

export interface Attachments {
  files: File[];
  add(files: Iterable<File>): void;
  remove(at: number): void;
  /** Lets the first few go: they are sent. */
  drop(count: number): void;
}

/** Files that go with the next message: chosen, dropped anywhere on the channel or thread, or pasted. */
export function useAttachments(field: RefObject<HTMLElement | null>): Attachments {
  const [files, setFiles] = useState<File[]>([]);
  useEffect(() => {
    const pane = field.current?.closest<HTMLElement>(".channel, .thread");
    if (!pane) return;
    const take = (event: Event, data: DataTransfer | null): void => {
      if (!data?.types.includes("Files")) return;
      event.preventDefault();
      setFiles((last) => [...last, ...data.files]);
    };
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => take(event, event.dataTransfer);
    const onPaste = (event: ClipboardEvent): void => take(event, event.clipboardData);
    pane.addEventListener("dragover", over);
    pane.addEventListener("drop", onDrop);
    pane.addEventListener("paste", onPaste);
    return () => {
      pane.removeEventListener("dragover", over);
      pane.removeEventListener("drop", onDrop);
      pane.removeEventListener("paste", onPaste);
    };
  }, [field]);
  return {
    files,
    add: (more) => {
      setFiles((last) => [...last, ...more]);
      // The words that go with it come next, and Enter sends both.
      field.current?.focus();
    },
    remove: (at) => setFiles((last) => last.filter((_, nth) => nth !== at)),
    drop: (count) => setFiles((last) => last.slice(count)),
  };
}

export function AttachButton({ of }: { of: Attachments }): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Tool label="Attach a file" icon="plus" run={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label="Files to attach"
        onChange={(event) => {
          of.add([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
    </>
  );
}

export function Attached({ of }: { of: Attachments }): ReactNode {
  if (of.files.length === 0) return null;
  return (
    <ul className="attached" aria-label="Attached files">
      {of.files.map((file, at) => (
        <li key={at} className="chip">
          <span>
            {file.name} <small>{sizeOf(file.size)}</small>
          </span>
          <button type="button" aria-label={`Remove ${file.name}`} onClick={() => of.remove(at)}>
            ×
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A file as the act `upload` takes it. */
export async function encoded(file: File): Promise<{ name: string; mimetype: string; content: string }> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error(`${file.name} cannot be read.`));
    reader.readAsDataURL(file);
  });
  return {
    name: file.name,
    mimetype: file.type || "application/octet-stream",
    content: url.slice(url.indexOf(",") + 1),
  };
}
