// Suggests the address that the server would make of the title; what was typed by hand stays.

const title = document.getElementById("id_title");
const slug = document.getElementById("id_slug");
const ASKED_AFTER = 500; // milliseconds

async function suggested() {
  const asked = new URLSearchParams({ title: title.value, article: slug.dataset.article });
  const answer = await fetch(`${slug.dataset.suggest}?${asked}`, { redirect: "error" });
  return answer.ok ? (await answer.json()).slug : "";
}

function offer() {
  const place = document.createElement("p");
  place.className = "slug-offer";
  place.hidden = true;
  place.setAttribute("role", "status");
  const label = document.createElement("span");
  const text = document.createElement("bdi");
  const take = Object.assign(document.createElement("button"), {
    type: "button",
    className: "button",
    textContent: gettext("Take this address"),
  });
  label.textContent = gettext("From the title:");
  place.append(label, " ", text, " ", take);
  take.addEventListener("click", () => {
    slug.value = text.textContent;
    slug.dispatchEvent(new Event("input", { bubbles: true }));
    slug.focus();
    place.hidden = true;
  });
  slug.closest(".form-row").append(place);
  return (made) => {
    text.textContent = made;
    place.hidden = !made || made === slug.value;
  };
}

if (title && slug?.dataset.suggest) {
  const show = offer();
  let waiting, newest;
  title.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const asked = (newest = suggested());
      const made = await asked.catch(() => "");
      if (asked === newest) show(made);
    }, ASKED_AFTER);
  });
}
