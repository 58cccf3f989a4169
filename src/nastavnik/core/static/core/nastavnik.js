// What pages do beyond links and forms. Everything here is an improvement: without it each form still works.
(function () {
  "use strict";

  const toast = document.getElementById("toast");

  function say(key) {
    if (!toast || !toast.dataset[key]) return;
    toast.textContent = toast.dataset[key];
    toast.hidden = false;
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { toast.hidden = true; }, 6000);
  }

  // Menus: close on Escape and on a click elsewhere.
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, textarea, select, [contenteditable]");
    // On a Russian keyboard the key of the slash types a full stop.
    const slash = event.key === "/" || (event.code === "Slash" && !event.shiftKey);
    if (event.key === "Escape") {
      const open = document.querySelectorAll("details[data-menu][open]");
      open.forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      const closer = document.querySelector("[data-escape]");
      if (closer && !open.length) closer.click();
    } else if (slash && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector("[data-search]");
      if (search && search.offsetParent) { event.preventDefault(); search.focus(); }
    }
  });

  // A form is sent once; the button says so until the answer comes.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) { event.preventDefault(); return; }
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.setAttribute("aria-busy", "true");
    setTimeout(() => release(form), 20000);
    if (form.dataset.autosave) stored(sessionStorage, "sent", place(form));
    if (form.hasAttribute("data-forget-drafts")) forgetDrafts();
  });
  function release(form) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const disabled = event.target.closest("[aria-disabled='true']");
    if (disabled) event.preventDefault();
    const all = event.target.closest("[data-check-all]");
    if (all) {
      document.querySelectorAll(`input[name="${all.dataset.checkAll}"]`).forEach((box) => { box.checked = all.checked; });
    }
    if (event.target.closest("[data-check-all], [data-counted]")) countChosen();
  });

  function countChosen() {
    document.querySelectorAll("[data-chosen-of]").forEach((output) => {
      output.textContent = document.querySelectorAll(`input[name="${output.dataset.chosenOf}"]:checked`).length;
    });
  }

  // Selects and check boxes that act at once send their form.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
    const zone = event.target.closest("[data-drop]");
    if (zone && event.target.type === "file") showChosen(zone, event.target);
  });

  // Drafts: what is typed is kept in this browser, for this person, until the server has taken it.
  function place(form) { return `draft ${document.body.dataset.person} ${form.dataset.autosave}`; }
  // The browser's storage may be switched off; then there are no drafts. `value` null removes, undefined reads.
  function stored(storage, key, value) {
    try {
      if (value === undefined) return storage.getItem(key);
      return value === null ? storage.removeItem(key) : storage.setItem(key, value);
    } catch { return null; }
  }
  function forgetDrafts() {
    try { Object.keys(localStorage).filter((key) => key.startsWith("draft ")).forEach((key) => localStorage.removeItem(key)); } catch { /* none */ }
  }
  // The page after a sent form tells whether it was taken: an error, a refusal or a log-in page keeps the draft.
  function settleSent() {
    const sent = stored(sessionStorage, "sent");
    if (!sent) return;
    stored(sessionStorage, "sent", null);
    const refused = document.querySelector("[aria-invalid='true'], [role='alert'], [data-unsaved]");
    if (document.body.dataset.person && !refused) stored(localStorage, sent, null);
  }
  function keep(form) {
    const values = {};
    form.querySelectorAll("input, textarea, select").forEach((control) => {
      if (!control.name || ["hidden", "password", "file", "submit"].includes(control.type)) return;
      if (["checkbox", "radio"].includes(control.type)) { if (control.checked) (values[control.name] ||= []).push(control.value); }
      else values[control.name] = control.value;
    });
    stored(localStorage, place(form), JSON.stringify(values));
    const note = form.querySelector("[data-draft-note]");
    if (note && toast && stored(localStorage, place(form))) note.textContent = toast.dataset.saved;
  }
  function restore(form) {
    const values = JSON.parse(stored(localStorage, place(form)));
    if (!values) return;
    let changed = false;
    form.querySelectorAll("input, textarea, select").forEach((control) => {
      if (!(control.name in values) || ["hidden", "password", "file"].includes(control.type)) return;
      if (["checkbox", "radio"].includes(control.type)) control.checked = values[control.name].includes(control.value);
      else if (control.value !== values[control.name]) { control.value = values[control.name]; changed = true; }
    });
    if (changed) say("restored");
  }
  const timers = new WeakMap();
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-autosave]");
    if (!form) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => keep(form), 400));
  });

  // A place to drop a file is a file input with a larger target.
  function showChosen(zone, input) {
    const name = zone.querySelector("[data-file-name]");
    if (name) name.textContent = input.files.length ? input.files[0].name : "";
  }
  function dropZone(zone) {
    const input = zone.querySelector("input[type=file]");
    ["dragenter", "dragover"].forEach((kind) => zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("is-over"); }));
    ["dragleave", "drop"].forEach((kind) => zone.addEventListener(kind, () => zone.classList.remove("is-over")));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      showChosen(zone, input);
    });
  }

  // Only the fields that belong to the chosen kind are shown: <div data-shown-for="by range">.
  function showFor(group) {
    const chosen = group.querySelector("[data-chooser]:checked, select[data-chooser]");
    group.querySelectorAll("[data-shown-for]").forEach((part) => {
      part.hidden = !chosen || !part.dataset.shownFor.split(" ").includes(chosen.value);
    });
  }
  document.addEventListener("change", (event) => {
    const group = event.target.matches("[data-chooser]") && event.target.closest("[data-choices]");
    if (group) showFor(group);
  });

  function prepare(root) {
    const each = (selector, act) => {
      if (root.matches(selector)) act(root);
      root.querySelectorAll(selector).forEach(act);
    };
    each("form[data-autosave]", restore);
    each("[data-drop]", dropZone);
    each("[data-choices]", showFor);
    focusIn(root);
  }
  // A hidden field cannot take the focus: the first one that is seen does.
  function focusIn(root) {
    const first = [...root.querySelectorAll("[data-focus]")].find((control) => control.offsetParent);
    if (first) first.focus({ preventScroll: Boolean(window.location.hash) });
  }
  settleSent();
  prepare(document.body);
  // An address with a fragment takes the focus away once the page has loaded.
  if (window.location.hash) window.addEventListener("load", () => setTimeout(() => focusIn(document.body), 0));
  document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) prepare(event.detail.elt); });
  // A whole page in place of a fragment is the log-in page of an ended session: open it as a page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!/^\s*<!doctype/i.test(event.detail.serverResponse)) return;
    event.detail.shouldSwap = false;
    window.location.reload();
  });
  document.addEventListener("htmx:responseError", () => say("failed"));
  document.addEventListener("htmx:sendError", () => say("lost"));
})();
