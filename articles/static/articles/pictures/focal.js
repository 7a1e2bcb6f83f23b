// The focal point of a picture: moved by a click, by the arrow keys or by its number fields, and
// every cut shown as it will be. Percent of width and height, from the left and from the top.

const STEP = 1;
const LARGE_STEP = 10;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const bounded = (percent) => Math.min(100, Math.max(0, Math.round(percent)));

const connect = (focal) => {
  const [whole, point] = [focal.querySelector(".focal-whole"), focal.querySelector(".focal-point")];
  const said = focal.querySelector("[data-focal-said]");
  const fields = ["x", "y"].map((axis) => document.getElementById(`id_focal_${axis}`));
  let place = [Number(focal.dataset.x), Number(focal.dataset.y)];

  const show = () => {
    const [x, y] = place;
    point.style.left = `${x}%`;
    point.style.top = `${y}%`;
    for (const cut of focal.querySelectorAll(".focal-cuts img")) {
      cut.style.objectPosition = `${x}% ${y}%`;
    }
  };

  const move = (x, y) => {
    place = [bounded(x), bounded(y)];
    fields.forEach((field, axis) => { field.value = place[axis]; });
    // The catalogue's function empties the list that it is given.
    said.textContent = interpolate(
      gettext("%s percent from the left, %s percent from the top"), [...place],
    );
    show();
  };

  const moveTo = (event) => {
    const box = whole.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  };

  focal.querySelector(".focal-cuts").hidden = false;
  point.hidden = false;
  show();
  if (!fields[0] || !fields[1]) {
    point.disabled = true;
    return;
  }
  focal.classList.add("focal-movable");
  focal.querySelector(".focal-keys").hidden = false;
  whole.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    whole.setPointerCapture(event.pointerId);
    moveTo(event);
    point.focus();
  });
  whole.addEventListener("pointermove", (event) => {
    if (whole.hasPointerCapture(event.pointerId)) moveTo(event);
  });
  point.addEventListener("keydown", (event) => {
    const direction = MOVES[event.key];
    if (!direction) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    move(place[0] + direction[0] * step, place[1] + direction[1] * step);
  });
  fields.forEach((field, axis) => field.addEventListener("input", () => {
    if (field.value === "") return;
    place[axis] = bounded(Number(field.value));
    show();
  }));
};

document.querySelectorAll("[data-focal]").forEach(connect);
