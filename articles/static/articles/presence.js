// Tells the desk that this story is open here, and shows who else has it open.
(() => {
  const others = document.getElementById("others");
  if (!others) return;

  const INTERVAL = 30_000; // milliseconds
  const unsaved = document.getElementById("unsaved");

  const warn = (name, isTrue) => {
    const warning = unsaved?.querySelector(`[data-${name}]`);
    if (!warning) return;
    warning.hidden = !isTrue;
    if (isTrue) unsaved.hidden = false;
  };

  const tell = async () => {
    const answer = await fetch(others.dataset.address, {
      method: "POST", headers: { "X-CSRFToken": typing.token() },
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
    const data = new FormData();
    data.append("csrfmiddlewaretoken", typing.token());
    data.append("leave", "1");
    navigator.sendBeacon(others.dataset.address, data);
  };

  tell();
  setInterval(tell, INTERVAL);
  document.addEventListener("visibilitychange", () => document.hidden || tell());
  window.addEventListener("pageshow", ({ persisted }) => persisted && tell());
  window.addEventListener("pagehide", leave);
})();
