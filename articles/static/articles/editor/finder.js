// A search field with its results, for the editor's dialogs.
import { crel } from "django-prose-editor/editor";
import { fetchFromDesk, labelled } from "newsroom/editor/dialog";

const PAUSE = 250; // milliseconds without a key before the desk is asked

// `show` makes the content of a result's button; `picked` is told the chosen result.
export const createFinder = ({ address, label, show, picked, className = "" }) => {
  const input = crel("input", { type: "search", autocomplete: "off" });
  const list = crel("ul", { className: `desk-finder-results ${className}` });
  const status = crel("p", { className: "desk-finder-status", role: "status" });
  const more = crel("button", { type: "button", textContent: gettext("Show more"), hidden: true });
  const field = crel("div", { className: "desk-finder" }, [
    labelled(label, input),
    status,
    list,
    more,
  ]);
  let page = 1;
  let asked = null;
  let timer = null;

  const choose = (button, result) => {
    for (const each of list.querySelectorAll("button")) each.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", "true");
    picked(result);
  };

  const add = (result) => {
    const button = crel("button", { type: "button", "aria-pressed": "false" }, show(result));
    button.addEventListener("click", () => choose(button, result));
    list.append(crel("li", {}, [button]));
  };

  const load = async (wanted) => {
    asked?.abort();
    const request = (asked = new AbortController());
    try {
      const parameters = { q: input.value, page: wanted };
      const { results, more: isMore } = await fetchFromDesk(address, parameters, request.signal);
      if (wanted === 1) list.replaceChildren();
      page = wanted;
      for (const result of results) add(result);
      more.hidden = !isMore;
      const found = list.childElementCount;
      status.textContent = found
        ? interpolate(ngettext("%s found", "%s found", found), [found])
        : gettext("Nothing found.");
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = error.message;
    }
  };

  const step = (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (!(event.key in steps)) return;
    const stops = [input, ...list.querySelectorAll("button")];
    const next = stops[stops.indexOf(event.target) + steps[event.key]];
    if (!stops.includes(event.target) || !next) return;
    event.preventDefault();
    next.focus();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(1), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    clearTimeout(timer);
    load(1);
  });
  field.addEventListener("keydown", step);
  more.addEventListener("click", () => load(page + 1));
  load(1);
  return field;
};
