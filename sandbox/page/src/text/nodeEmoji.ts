/** Stands in for node-emoji inside slack-blocks-to-jsx: answers with the library's own table. */
export function emojify(text: string, options?: { fallback?: (name: string) => string }): string {
  return text.replace(/:([\w+-]+)(?:::skin-tone-\d)?:/g, (whole, name: string) =>
    options?.fallback ? options.fallback(name) : whole,
  );
}
