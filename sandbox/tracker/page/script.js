// Chooses at once what is chosen, says whether it is dark, and shows what changed.
"use strict";

const dark = matchMedia("(prefers-color-scheme: dark)");
const tell = () => {
  document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
};
dark.addEventListener("change", tell);
tell();
document.documentElement.classList.add("script");

// A select is sent when a choice is made, not while somebody walks through it with the keyboard.
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-at-once]") && !target.walking) target.form.requestSubmit();
});
document.addEventListener("keydown", ({ target, key }) => {
  if (!target.matches("[data-at-once]")) return;
  if (key === "Enter" && target.walking) target.form.requestSubmit();
  target.walking = key.startsWith("Arrow") || (target.walking && key !== "Enter");
});
document.addEventListener("focusout", ({ target }) => {
  if (target.walking) {
    target.walking = false;
    target.form.requestSubmit();
  }
});

let version = document.body.dataset.version;

// What becomes of a form is shown by its answer: to look meanwhile would call that off.
let isSent = false;
addEventListener("submit", () => {
  isSent = true;
});

async function look() {
  if (isSent) return;
  // No answer: the page is being left, or the tracker has ended.
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || isSent) return;
  if (!answer.ok) return location.reload();
  const there = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const anew = there.querySelector(`[data-live="${part.dataset.live}"]`);
    if (!anew) continue;
    // What somebody opened stays open.
    const opened = part.querySelector("details[open]");
    anew.querySelector("details")?.toggleAttribute("open", opened !== null);
    if (anew.innerHTML !== part.innerHTML) put(part, anew);
  }
  version = there.body.dataset.version;
}

// Whoever stands on a button or a link there stays on it.
function put(part, anew) {
  const at = part.contains(document.activeElement) ? document.activeElement : null;
  if (at && at.walking) return;
  const called = at && (at.id || at.textContent);
  part.innerHTML = anew.innerHTML;
  if (!called) return;
  const same = [...part.querySelectorAll("a, button, select, summary")];
  same.find((one) => (one.id || one.textContent) === called)?.focus();
}

// A browser keeps six connections to a server open: tabs that nobody looks at take none.
let live;
const listen = () => {
  live?.close();
  if (document.hidden) return;
  live = new EventSource("/live");
  live.addEventListener("message", ({ data }) => {
    if (data !== version) look();
  });
};
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => live?.close());
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
listen();
