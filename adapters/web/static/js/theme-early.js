// Runs before the page is drawn, so that a chosen theme does not flash.
(() => {
  try {
    const chosen = localStorage.getItem("cloudlark-theme");
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // A browser that forbids storage follows the system's theme.
  }
})();
