// What bench/page.py measures inside the page, where no message to the browser is in between.

/** Resolves with the time of the day in ms once something is there and has been painted. */
function until(there) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`not there after 10 s: ${there}`)), 10_000);
    const painted = new MessageChannel();
    painted.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
    const look = () => (there() ? painted.port2.postMessage(null) : requestAnimationFrame(look));
    requestAnimationFrame(look);
  });
}

/** The time it takes from a click until something is there. */
async function clicked(button, there) {
  const from = performance.timeOrigin + performance.now();
  button.click();
  return (await until(there)) - from;
}

const dialog = () => document.querySelector('[role="dialog"]') !== null;
const last = (text) => [...document.querySelectorAll("article")].at(-1)?.textContent.includes(text);
const beginning = () => {
  const shown = document.querySelector(".beginning")?.getBoundingClientRect();
  return shown !== undefined && shown.bottom > 0 && shown.top < innerHeight;
};

/** Scrolls from the newest message to the first one, and counts frames and long tasks. */
async function scrolled(pixels) {
  const list = document.querySelector(".messages");
  const frames = [];
  let long = 0;
  const watch = new PerformanceObserver((tasks) => (long += tasks.getEntries().length));
  watch.observe({ type: "longtask" });
  let before = await new Promise(requestAnimationFrame);
  for (let resting = 0; resting < 20; ) {
    const top = list.scrollTop;
    list.scrollTop -= pixels;
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
    // At the end of what is drawn yet: more may come in a moment.
    resting = list.scrollTop === top ? resting + 1 : 0;
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  watch.disconnect();
  frames.sort((one, other) => one - other);
  return { p95: frames[Math.floor(frames.length * 0.95)], worst: frames.at(-1), long, top: beginning() };
}

Object.assign(window, { until, clicked, scrolled, dialog, last, beginning });
