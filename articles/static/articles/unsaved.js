// Keeps what is typed in a story's form, and offers on opening what was typed and never saved.
(() => {
  const form = document.getElementById("article_form");
  const place = document.getElementById("unsaved");
  if (!form || !place) return;

  const PAUSE = 700; // milliseconds without a key until the typing is kept
  const MOST_OFFERED = 50;
  const NOT_TYPED = /^(csrfmiddlewaretoken|base_revision|form_key|typing|_popup|_to_field)$|__prefix__|-(id|from_article|(INITIAL|MIN_NUM|MAX_NUM)_FORMS)$/;
  const { story, compare } = place.dataset;
  const key = `${typing.own}${story}:${typing.identity()}`;
  let isTyped = false;
  let sent = null;
  let timer = null;

  // The form's fields as values that JSON can hold, by name

  const isField = (field) =>
    field.name && !NOT_TYPED.test(field.name) &&
    !["submit", "button", "reset", "file", "fieldset"].includes(field.type) &&
    (field.type !== "radio" || field.checked);

  const valueOf = (field) => {
    if (field.type === "checkbox") return field.checked;
    if (field.tagName !== "SELECT") return field.value;
    return [...field.selectedOptions].map((option) => [option.value, option.text]);
  };

  const fields = () =>
    Object.fromEntries([...form.elements].filter(isField).map((field) => [field.name, valueOf(field)]));

  // An option may be named otherwise by now: its value alone tells.
  const comparable = (values) =>
    JSON.stringify(values, (_name, value) =>
      Array.isArray(value) && value.length === 2 && typeof value[0] === "string" ? value[0] : value);

  const shown = comparable(fields());
  // After a refusal the fields hold what was typed, and nothing of it is saved.
  const isRefused = "bound" in place.dataset;

  // Keeping

  const keep = () => {
    clearTimeout(timer);
    if (!isTyped) return;
    // Widgets tell of changes while they are set up; so does somebody who takes back what they typed.
    if (!isRefused && comparable(fields()) === shown) {
      typing.drop(key);
      window.removeEventListener("beforeunload", warn);
      return;
    }
    const title = form.elements.title?.value ?? "";
    const isKept = typing.keep(key, { at: Date.now(), sent, title, fields: fields() });
    place.querySelector("[data-off]").hidden = isKept;
    place.hidden = isKept && !place.querySelector("section") && place.querySelector("[data-lost]").hidden;
    window.removeEventListener("beforeunload", warn);
    if (!isKept && !sent) window.addEventListener("beforeunload", warn);
  };

  const warn = (event) => event.preventDefault();

  const typed = () => {
    isTyped = true;
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  };

  // Putting back

  const addRows = (values) => {
    for (const [name, total] of Object.entries(values)) {
      if (!name.endsWith("-TOTAL_FORMS")) continue;
      const prefix = name.slice(0, -"-TOTAL_FORMS".length);
      const now = () => Number(form.elements[name]?.value ?? total);
      for (let before = -1; now() < Number(total) && now() !== before; ) {
        before = now();
        document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`)?.click();
      }
    }
  };

  const choose = (select, chosen) => {
    for (const option of select.options) option.selected = false;
    for (const [value, text] of chosen) {
      const known = [...select.options].find((option) => option.value === value);
      if (known) known.selected = true;
      else select.add(new Option(text, value, true, true));
    }
  };

  const put = (field, value) => {
    if (field.type === "checkbox") field.checked = value;
    else if (field.tagName === "SELECT") choose(field, value);
    else field.value = value;
    // The text editor stands beside its textarea, and is found at what it lets people type in.
    field.closest(".prose-editor")?.querySelector("[contenteditable]")?.editor?.commands.setContent(value);
  };

  const tell = (field) => {
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  };

  const restore = (values) => {
    addRows(values);
    const given = [...form.elements].filter(
      (field) => isField(field) && field.name in values && !field.name.endsWith("_FORMS"),
    );
    for (const field of form.elements) {
      if (field.type === "radio") field.checked = values[field.name] === field.value;
    }
    for (const field of given) put(field, values[field.name]);
    // Told once all is there: a list that is put in order reads more than one field.
    for (const field of given) tell(field);
    isTyped = true;
    keep();
  };

  // Neither the address of the old story nor the picks that were taken out.
  const forNewStory = ({ slug, ...values }) =>
    Object.fromEntries(
      Object.entries(values).filter(([name]) =>
        !name.endsWith("-to_article") || !values[name.replace(/to_article$/, "DELETE")]),
    );

  // Offering

  const sendable = (values) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(values)) {
      if (Array.isArray(value)) for (const [chosen] of value) data.append(name, chosen);
      else if (value === true) data.append(name, "on");
      else if (value !== false) data.append(name, value);
    }
    return data;
  };

  const showDifference = async (values, button, target) => {
    const answer = await fetch(compare, {
      method: "POST", body: sendable(values), headers: { "X-CSRFToken": typing.token() },
    }).catch(() => null);
    const isAnswered = answer?.ok && !answer.redirected;
    place.querySelector("[data-lost]").hidden = isAnswered;
    if (isAnswered) {
      target.innerHTML = await answer.text();
      button.setAttribute("aria-expanded", "true");
    }
  };

  const offer = ({ key: kept, record, story: ofStory }, { at, why }) => {
    const box = place.querySelector("template").content.cloneNode(true).firstElementChild;
    const time = box.querySelector("time");
    time.dateTime = new Date(record.at).toISOString();
    time.textContent = at;
    box.querySelector("[data-why]").textContent = why;
    box.querySelector("[data-why]").hidden = !why;
    box.querySelector("q").textContent = record.title;
    box.querySelector("q").hidden = story !== "new" || !record.title;
    box.addEventListener("click", ({ target }) => {
      if (target.dataset.do === "compare") showDifference(record.fields, target, box.querySelector(".unsaved-difference"));
      if (target.dataset.do === "restore") restore(ofStory === story ? record.fields : forNewStory(record.fields));
      if (target.dataset.do === "restore" || target.dataset.do === "discard") {
        typing.drop(kept);
        box.remove();
      }
    });
    place.querySelector(".unsaved-offers").append(box);
    place.hidden = false;
  };

  // What the desk says of typing: when it was, and why it cannot go into its own story.
  const askOf = async (kept) => {
    const asked = new URLSearchParams(kept.map((each) => ["kept", `${each.story}.${each.record.at}`]));
    const answer = await fetch(`${place.dataset.kept}?${asked}`, { redirect: "error" }).catch(() => null);
    return answer?.ok ? (await answer.json()).kept : kept.map(() => ({ at: "", why: "" }));
  };

  // A new story takes what has lost its own.
  const offerKept = async () => {
    const kept = typing.all()
      .filter((each) => each.key !== key && (story === "new" || each.story === story))
      .slice(0, MOST_OFFERED);
    if (!kept.length) return;
    const told = await askOf(kept);
    kept.forEach((each, index) => {
      if (each.story === story || told[index].why) offer(each, told[index]);
    });
  };

  if (isRefused) {
    isTyped = true;
    keep();
  }
  for (const each of typing.all()) {
    if (each.story === story && each.key !== key && comparable(each.record.fields) === shown) {
      typing.drop(each.key);
    }
  }
  offerKept();
  if (!typing.isThere) {
    place.hidden = false;
    place.querySelector("[data-off]").hidden = false;
  }

  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  // Pickers tell of a choice through jQuery alone.
  window.django?.jQuery?.(form).on("change", typed);
  form.addEventListener("formset:removed", typed);
  form.addEventListener("submit", () => {
    sent = typing.identity();
    const named = form.querySelector("[name=typing]") ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "typing" }));
    named.value = sent;
    // Whoever logged in anew in another tab has another token there.
    if (typing.token()) form.elements.csrfmiddlewaretoken.value = typing.token();
    keep();
  });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
})();
