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
    if (event.key === "Escape") {
      document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
      const closer = document.querySelector("[data-escape]");
      if (closer) closer.click();
    } else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
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
    if (form.dataset.autosave) forget(form);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.removeAttribute("aria-busy");
    });
  });

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

  // Drafts: what is typed is kept in this browser until the form is sent.
  function place(form) { return `draft ${form.dataset.autosave}`; }
  function forget(form) { try { localStorage.removeItem(place(form)); } catch { /* storage may be off */ } }
  function keep(form) {
    const values = {};
    form.querySelectorAll("input, textarea, select").forEach((control) => {
      if (!control.name || ["hidden", "password", "file", "submit"].includes(control.type)) return;
      if (["checkbox", "radio"].includes(control.type)) { if (control.checked) (values[control.name] ||= []).push(control.value); }
      else values[control.name] = control.value;
    });
    try { localStorage.setItem(place(form), JSON.stringify(values)); } catch { return; }
    const note = form.querySelector("[data-draft-note]");
    if (note && toast) note.textContent = toast.dataset.saved;
  }
  function restore(form) {
    let values;
    try { values = JSON.parse(localStorage.getItem(place(form))); } catch { return; }
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
    root.querySelectorAll("form[data-autosave]").forEach(restore);
    root.querySelectorAll("[data-drop]").forEach(dropZone);
    root.querySelectorAll("[data-choices]").forEach(showFor);
    const first = root.querySelector("[data-focus]");
    if (first) first.focus();
  }
  prepare(document);
  document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) prepare(event.detail.elt.parentElement || event.detail.elt); });
  document.addEventListener("htmx:responseError", () => say("failed"));
  document.addEventListener("htmx:sendError", () => say("lost"));
})();
