// Small things that a browser or a tab remembers. A browser that forbids storage remembers nothing.

const name = (key) => `cloudlark-${key}`;

/** Remember a text in this browser. */
export function keep(key, value) {
  attempt(() => localStorage.setItem(name(key), value));
}

/** What this browser remembers, or null. */
export function kept(key) {
  return attempt(() => localStorage.getItem(name(key))) ?? null;
}

/** Remember a text in this tab only. */
export function keepInTab(key, value) {
  attempt(() => sessionStorage.setItem(name(key), value));
}

/** What this tab remembers, or null. */
export function keptInTab(key) {
  return attempt(() => sessionStorage.getItem(name(key))) ?? null;
}

/** Forget in this tab. */
export function dropFromTab(key) {
  attempt(() => sessionStorage.removeItem(name(key)));
}

function attempt(work) {
  try {
    return work();
  } catch {
    return undefined;
  }
}
