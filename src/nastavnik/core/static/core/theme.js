// Runs before the first paint: «как в системе» follows the system's theme without a flash.
(function () {
  "use strict";
  var page = document.documentElement;
  if (page.dataset.theme !== "auto") return;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  function follow() {
    page.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  }
  follow();
  dark.addEventListener("change", follow);
})();
