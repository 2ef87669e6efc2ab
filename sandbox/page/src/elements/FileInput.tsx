import { useRef, useState, type ReactNode } from "react";

import { useSurface } from "../state/surface";
import { useDesk } from "../state/workspace";
import type { File as SharedFile } from "../types";
import { findable, forGroup, type ElementProps } from "./props";

/** https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
const MOST_FILES = 10;

/** Uploads files at once; what is sent off with the form is the list of them. */
export function FileInput(props: ElementProps): ReactNode {
  const { blockId, element, id } = props;
  const surface = useSurface();
  const { act } = useDesk();
  const [uploading, setUploading] = useState(0);
  const picker = useRef<HTMLInputElement>(null);
  const files = surface.valueOf(blockId, element)?.files ?? [];
  const most = element.max_files ?? MOST_FILES;
  const keep = (next: SharedFile[]): void => surface.change(blockId, element, { type: element.type, files: next });
  const upload = async (picked: File[]): Promise<void> => {
    let kept = files;
    for (const file of picked.slice(0, most - files.length)) {
      setUploading((count) => count + 1);
      const answer = await act({ do: "upload", name: file.name, mimetype: file.type, content: await base64(file) });
      if (answer.file) keep((kept = [...kept, answer.file]));
      setUploading((count) => count - 1);
    }
  };
  return (
    <div className="file-input" role="group" {...forGroup(props.aria)} {...findable(props)}>
      <ul>
        {files.map((file) => (
          <li key={file.id} className="chip">
            <span className="chip-text">{file.name}</span>
            <button
              type="button"
              aria-label={`Remove ${file.name}`}
              onClick={() => keep(files.filter((other) => other !== file))}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <input
        ref={picker}
        type="file"
        hidden
        multiple={most > 1}
        accept={element.filetypes?.map((type) => `.${type}`).join(",")}
        onChange={(event) => {
          void upload([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <button
        type="button"
        id={id}
        className="button"
        disabled={uploading > 0 || files.length >= most}
        aria-busy={uploading > 0}
        onClick={() => picker.current?.click()}
      >
        {uploading > 0 && <span className="spinner" aria-hidden="true" />}
        {uploading > 0 ? "Uploading…" : most > 1 ? "Upload files" : "Upload a file"}
      </button>
      {files.length >= most && <small role="status">At most {most}: remove one to choose another.</small>}
    </div>
  );
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
