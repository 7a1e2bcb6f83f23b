// Tells the desk that this story is open here, and shows who else has it open.
(() => {
  const others = document.getElementById("others");
  if (!others) return;

  const INTERVAL = 30_000; // milliseconds
  const unsaved = document.getElementById("unsaved");

  // Names this showing of the page: what arrives late of one that was left does not revive it.
  const newVisit = () =>
    [...crypto.getRandomValues(new Uint32Array(2))].map((number) => number.toString(36)).join("");
  let visit = newVisit();

  const sign = (more) => {
    const data = new FormData();
    for (const [name, value] of Object.entries({ visit, ...more })) data.append(name, value);
    return data;
  };

  const warn = (name, isTrue) => {
    const warning = unsaved?.querySelector(`[data-${name}]`);
    if (!warning) return;
    warning.hidden = !isTrue;
    if (isTrue) unsaved.hidden = false;
  };

  const tell = async () => {
    const answer = await fetch(others.dataset.address, {
      method: "POST", body: sign(), headers: { "X-CSRFToken": typing.token() },
    }).catch(() => null);
    const isHere = Boolean(answer?.ok && !answer.redirected);
    // Without a token every question is refused: that is told of the login, not of the story.
    const isClosed = Boolean(typing.token()) && [403, 404].includes(answer?.status);
    warn("closed", isClosed);
    warn("lost", !isHere && !isClosed);
    if (!isHere) return;
    const told = (await answer.text()).trim();
    if (told !== others.innerHTML.trim()) others.innerHTML = told;
  };

  const leave = () => {
    const data = sign({ csrfmiddlewaretoken: typing.token(), leave: "1" });
    navigator.sendBeacon(others.dataset.address, data);
  };

  tell();
  setInterval(tell, INTERVAL);
  document.addEventListener("visibilitychange", () => document.hidden || tell());
  window.addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    visit = newVisit();
    tell();
  });
  window.addEventListener("pagehide", leave);
})();
