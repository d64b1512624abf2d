// One key an answer, while one of the buttons has the focus: single keys must not act anywhere else.
"use strict";
document.addEventListener("keydown", (event) => {
  const group = event.target instanceof HTMLButtonElement && event.target.closest("form[data-review]");
  if (!group || event.ctrlKey || event.metaKey || event.altKey) return;
  const button = group.querySelector(`button[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (button) {
    event.preventDefault();
    button.click();
  }
});
