// Saves what is typed beside a picture as soon as the typing pauses, without leaving the page.

const PAUSE = 800; // milliseconds

const post = (address, fields) => {
  const body = new FormData();
  body.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return fetch(address, {
    method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin", keepalive: true,
  });
};

// Send these fields of one picture; answers an empty text, or a sentence about what went wrong.
const describe = async (address, fields) => {
  try {
    const answer = await post(address, fields);
    if (answer.ok && !answer.redirected) return "";
    const { errors } = await answer.json();
    return Object.values(errors).flat().join(" ");
  } catch {
    return gettext("Not saved: the server cannot be reached, or you are no longer logged in.");
  }
};

const TOLD = { saving: () => gettext("Saving …"), saved: () => gettext("Saved.") };

// Say in `said` how far it is: "saving", "saved", or "wrong" with a sentence.
const tell = (said, state, sentence = TOLD[state]()) => {
  said.dataset.state = state;
  said.textContent = sentence;
};

// How many saves of one picture are under way, by the place where they are told.
const underWay = new WeakMap();

// Say in `said` that a save is to come, however long others take before it.
export const begin = (said) => {
  underWay.set(said, (underWay.get(said) ?? 0) + 1);
  tell(said, "saving");
};

// Do a save that was begun, and say in `said` what came of it; "saved" once none is under way.
export const finish = async (said, address, fields) => {
  const wrong = await describe(address, fields);
  underWay.set(said, underWay.get(said) - 1);
  if (wrong) tell(said, "wrong", wrong);
  else if (!underWay.get(said)) tell(said, "saved");
};

export const save = (said, address, fields) => {
  begin(said);
  return finish(said, address, fields);
};

// Save the inputs within `box` while they are typed in, and say so in `said`.
export const saveWhileTyping = (box, said, address) => {
  const waiting = new Map();
  let timer = 0;

  const saveWaiting = () => {
    clearTimeout(timer);
    if (!waiting.size) return;
    const fields = Object.fromEntries(waiting);
    waiting.clear();
    save(said, address, fields);
  };

  box.addEventListener("input", ({ target }) => {
    // A description that is not written yet is no mistake.
    if (target.name === "alt" && !target.value.trim()) waiting.delete("alt");
    else waiting.set(target.name, target.value);
    clearTimeout(timer);
    timer = setTimeout(saveWaiting, PAUSE);
  });
  box.addEventListener("change", saveWaiting);
  addEventListener("pagehide", saveWaiting);
};
