"use strict";

// On a phone the filters are folded away until they are asked for, or are in use.
{
  const filters = document.querySelector(".story-filters");
  if (filters && !("active" in filters.dataset) && matchMedia("(max-width: 767px)").matches) {
    filters.open = false;
  }
}
