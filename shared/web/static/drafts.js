// Keeps what is typed in forms with data-draft, in this tab only, until the form was accepted.
// Without this script every form works the same; only the draft is missing.
"use strict";
(() => {
  const prefix = "tsunagu-draft:";
  const sent = "tsunagu-sent";
  const store = (() => { try { return window.sessionStorage; } catch { return null; } })();
  if (!store) return;

  const keyOf = (form) => `${prefix}${form.dataset.draft}:${new URL(form.action).pathname}`;
  const kept = (field) => field.name && field.name !== "command_id" && !["password", "file", "submit", "hidden"].includes(field.type);

  function save(form) {
    const draft = {};
    for (const field of form.elements) {
      if (!kept(field)) continue;
      const ticks = field.type === "radio" || field.type === "checkbox";
      (draft[field.name] ||= []).push(...(ticks ? (field.checked ? [field.value] : []) : [field.value]));
    }
    try { store.setItem(keyOf(form), JSON.stringify(draft)); } catch { /* the tab's store is full: go on without a draft */ }
  }

  function restore(form) {
    const text = store.getItem(keyOf(form));
    if (!text || document.querySelector("[data-errors]")) return;
    const draft = JSON.parse(text);
    let changed = false;
    for (const [name, values] of Object.entries(draft)) {
      const fields = [...form.elements].filter((field) => field.name === name && kept(field));
      let next = 0;
      for (const field of fields) {
        if (field.type === "radio" || field.type === "checkbox") {
          const checked = values.includes(field.value);
          changed ||= field.checked !== checked;
          field.checked = checked;
        } else {
          const value = values[next++] ?? "";
          changed ||= field.value !== value;
          field.value = value;
        }
      }
    }
    if (changed) offer(form);
  }

  function offer(form) {
    const box = document.createElement("div");
    box.className = "notice notice-info";
    box.setAttribute("role", "status");
    const text = document.createElement("p");
    text.textContent = "前に入力していた内容を戻しました。";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-secondary";
    button.textContent = "消して最初から入力する";
    button.addEventListener("click", () => { store.removeItem(keyOf(form)); form.reset(); box.remove(); });
    box.append(text, button);
    form.before(box);
  }

  // The form that was sent is done when the next page is a good one and not the sign-in.
  const last = store.getItem(sent);
  if (last) {
    store.removeItem(sent);
    const good = document.body.dataset.status === "200" && !document.querySelector("[data-errors]") && !("signIn" in document.body.dataset);
    if (good) store.removeItem(last);
  }
  for (const form of document.querySelectorAll("form[data-draft]")) {
    restore(form);
    form.addEventListener("input", () => save(form));
    form.addEventListener("change", () => save(form));
    form.addEventListener("submit", () => { save(form); store.setItem(sent, keyOf(form)); });
  }
  for (const form of document.querySelectorAll('form[action="/portal/sign-out"]')) {
    form.addEventListener("submit", () => {
      for (const key of Object.keys(store)) if (key.startsWith(prefix)) store.removeItem(key);
    });
  }
  document.querySelector("[data-errors]")?.focus();
})();
