// On a narrow screen the column on the left is a drawer.

/** Opens and closes the drawer; on a wide screen this changes nothing that is seen. */
export const drawer = {
  toggle() {
    set(!document.body.classList.contains("drawer-open"));
  },
  close() {
    set(false);
  },
};

function set(open) {
  const before = document.body.classList.contains("drawer-open");
  document.body.classList.toggle("drawer-open", open);
  for (const button of document.querySelectorAll(".open-drawer")) button.setAttribute("aria-expanded", String(open));
  if (open) document.querySelector("#sidebar a")?.focus();
  else if (before) document.querySelector(".open-drawer")?.focus();
}
