// What was typed and not saved yet, kept in this browser: for each account and story, for 14 days.
// Loaded on every page of the desk, so that whatever was saved or is old is dropped soon.
const typing = ((script) => {
  const KEPT = 14 * 24 * 60 * 60 * 1000; // milliseconds
  const EVERYBODYS = "unsaved-typing:";
  const own = `${EVERYBODYS}${script.dataset.account}:`;
  let isClosed = false;

  const storage = (() => {
    try {
      localStorage.setItem(EVERYBODYS, "");
      localStorage.removeItem(EVERYBODYS);
      return localStorage;
    } catch {
      return null;
    }
  })();

  const keys = (prefix) => Object.keys(storage ?? {}).filter((key) => key.startsWith(prefix));

  const read = (key) => {
    try {
      return JSON.parse(storage.getItem(key));
    } catch {
      return null;
    }
  };

  const drop = (key) => storage?.removeItem(key);

  // Answers whether it is kept.
  const keep = (key, record) => {
    if (!storage || isClosed) return false;
    try {
      storage.setItem(key, JSON.stringify(record));
      return true;
    } catch {
      return false;
    }
  };

  // All that is kept, the newest first; `story` is "new" for those not saved yet.
  const all = () =>
    keys(own)
      .map((key) => ({ key, story: key.slice(own.length).split(":")[0], record: read(key) }))
      .filter(({ record }) => record)
      .sort((one, other) => other.record.at - one.record.at);

  const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";

  const identity = () =>
    [...crypto.getRandomValues(new Uint8Array(18))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");

  for (const key of keys(EVERYBODYS)) {
    if (!(Date.now() - read(key)?.at < KEPT)) drop(key);
  }
  const saved = cookie("saved_typing");
  if (saved) {
    keys(own).filter((key) => read(key)?.sent === saved).forEach(drop);
    document.cookie = "saved_typing=; max-age=0; path=/";
  }

  // Others may sit down at this machine after somebody has logged out.
  document.getElementById("logout-form")?.addEventListener("submit", (event) => {
    if (keys(own).length && !confirm(script.dataset.ask)) {
      event.preventDefault();
      return;
    }
    isClosed = true;
    keys(own).forEach(drop);
  });

  return {
    own, all, keep, drop, identity,
    isThere: storage !== null,
    token: () => cookie("csrftoken"),
  };
})(document.currentScript);
