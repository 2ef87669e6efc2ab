import type { ReactNode } from "react";

import type { File } from "../types";
import { Icon } from "./Icon";

export function Files({ files }: { files: File[] }): ReactNode {
  return (
    <div className="files">
      {files.map((file) => (
        <FileCard key={file.id} file={file} />
      ))}
    </div>
  );
}

/** An image as itself, a text by its beginning, anything else by its name and size. */
export function FileCard({ file }: { file: File }): ReactNode {
  if (file.mimetype.startsWith("image/"))
    return (
      <figure className="file">
        <figcaption>
          <Name file={file} />
        </figcaption>
        <a href={file.url} target="_blank" rel="noopener noreferrer">
          <img src={file.url} alt={file.title} loading="lazy" />
        </a>
      </figure>
    );
  return (
    <figure className="file card">
      <figcaption>
        <Icon name="page" />
        <Name file={file} />
      </figcaption>
      {file.preview && (
        <pre className="snippet" tabIndex={0} aria-label={`The beginning of ${file.name}`}>
          {file.preview}
        </pre>
      )}
    </figure>
  );
}

function Name({ file }: { file: File }): ReactNode {
  return (
    <span className="file-name">
      <b>{file.title}</b>{" "}
      <small>
        {file.title !== file.name && `${file.name} · `}
        {sizeOf(file.size)} ·{" "}
        <a href={file.url} download={file.name} aria-label={`Download ${file.name}`}>
          Download
        </a>
      </small>
    </span>
  );
}

export function sizeOf(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
