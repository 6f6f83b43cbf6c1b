// Forms with data-outbox are sent by this script. What finds no line waits in this browser and is sent
// when the line is back, under the same Idempotency-Key, so it is recorded once. What was refused stays
// until it is sent again or thrown away by hand. What was sent, and on sign-out everything, is deleted
// here. Without this script every such form is an ordinary form.
"use strict";
(() => {
  const prefix = "tsunagu-outbox:";
  const AGAIN_MS = 30_000;
  const store = (() => { try { return window.localStorage; } catch { return null; } })();
  const staff = document.body.dataset.staff;
  if (!store) return;

  const keys = () => Object.keys(store).filter((key) => key.startsWith(prefix));
  const entries = () => keys().map((key) => JSON.parse(store.getItem(key)));
  const drop = (entry) => {
    store.removeItem(prefix + entry.id);
    try { window.sessionStorage.removeItem(entry.draft); } catch { /* no drafts in this browser */ }
  };
  const here = location.pathname + location.search;

  for (const form of document.querySelectorAll('form[action="/portal/sign-out"]')) {
    form.addEventListener("submit", (event) => {
      const waiting = keys().length;
      if (waiting && !window.confirm(`まだ送っていない記録が${waiting}件あります。サインアウトすると消えます。よろしいですか。`)) {
        event.preventDefault();
        return;
      }
      keys().forEach((key) => store.removeItem(key));
    });
  }
  if (!staff) return;
  // Somebody else left the browser without signing out: what is theirs is not sent in another name.
  for (const entry of entries()) if (entry.staff !== staff) drop(entry);

  // Pages without such a form say nothing, unless something waits.
  if (!document.querySelector("form[data-outbox]") && !entries().length) return;

  const status = document.createElement("div");
  status.setAttribute("role", "status");
  document.getElementById("main").prepend(status);

  function say(text, tone, actions = []) {
    const box = document.createElement("div");
    box.className = `notice notice-${tone}`;
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line, ...actions);
    status.replaceChildren(...(text ? [box] : []));
  }

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button button-secondary";
    made.textContent = text;
    made.addEventListener("click", act);
    return made;
  }

  function tell() {
    const all = entries();
    const refused = all.filter((entry) => entry.refused && entry.page !== here);
    if (refused.length) {
      const open = document.createElement("a");
      open.className = "button button-secondary";
      open.href = refused[0].page;
      open.textContent = "開いて直す";
      say(`受け付けられなかった記録が${refused.length}件あります。`, "warn", [open]);
      return;
    }
    const waiting = all.filter((entry) => !entry.refused);
    if (!waiting.length) return;
    say(
      `電波がないため、まだ送っていない記録が${waiting.length}件あります。この端末に控えてあり、つながると自動で送ります。`,
      "warn",
      [button("今すぐ送る", () => flush())],
    );
  }

  // "sent", "waits" (no line, signed out, server away) or "refused" with the page that says why.
  async function attempt(entry) {
    let response;
    try {
      response = await fetch(entry.action, {
        method: "POST",
        body: new URLSearchParams(entry.fields),
        headers: { Accept: "text/html", "Idempotency-Key": entry.id },
        credentials: "same-origin",
      });
    } catch {
      return { outcome: "waits" };
    }
    if (new URL(response.url).pathname === "/portal/sign-in" || response.status === 401 || response.status >= 500 || response.status === 429) {
      return { outcome: "waits", status: response.status };
    }
    if (response.ok && response.redirected) return { outcome: "sent", address: response.url };
    return { outcome: "refused", text: await response.text() };
  }

  async function once(entry) {
    const locks = navigator.locks;
    if (!locks) return attempt(entry);
    // Two tabs do not send the same record at the same time.
    return locks.request(prefix + entry.id, () => (store.getItem(prefix + entry.id) ? attempt(entry) : { outcome: "gone" }));
  }

  function keep(entry) {
    try { store.setItem(prefix + entry.id, JSON.stringify(entry)); return true; } catch { return false; }
  }

  let busy = false;
  async function flush() {
    if (busy) return;
    busy = true;
    let sent = 0;
    for (const entry of entries().filter((one) => !one.refused)) {
      const { outcome, address, text } = await once(entry);
      if (outcome === "waits") break;
      if (outcome === "refused") {
        keep({ ...entry, refused: true });
        if (entry.page === here) { busy = false; show(text, entry); return; }
      }
      if (outcome === "sent") {
        drop(entry);
        sent += 1;
        if (entry.page === here) { location.assign(address); return; }
      }
    }
    busy = false;
    if (sent) say(`控えていた記録を${sent}件送りました。`, "good");
    tell();
  }

  function fill(form, entry) {
    const values = new Map();
    for (const [name, value] of entry.fields) values.set(name, [...(values.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || !values.has(field.name) && field.type !== "radio" && field.type !== "checkbox") continue;
      const told = values.get(field.name) ?? [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = told.includes(field.value);
      else field.value = told[0] ?? "";
    }
  }

  function wait(form, entry) {
    form.inert = true;
    const take = button("送るのをやめて、書き直す", () => { drop(entry); form.inert = false; say("", "info"); });
    say("電波がないため、この端末に控えました。この画面を閉じても、つながると自動で送ります。", "warn", [button("今すぐ送る", () => flush()), take]);
    status.scrollIntoView({ block: "center" });
  }

  async function send(form) {
    const fields = [...new FormData(form).entries()].map(([name, value]) => [name, String(value)]);
    const id = form.elements.command_id.value;
    const action = new URL(form.action).pathname;
    const draft = `tsunagu-draft:${form.dataset.draft}:${action}`;
    // The form of this page that it came from: what two wrote differently is answered with another form.
    const origin = form.dataset.origin ?? action;
    const entry = { id, action, origin, fields, draft, page: here, staff };
    const kept = store.getItem(prefix + id) !== null;
    if (!keep(entry)) { form.submit(); return; }
    form.inert = true;
    const { outcome, address, text } = await once(entry);
    if (outcome === "sent") { drop(entry); location.assign(address); }
    else if (outcome === "waits") wait(form, entry);
    else if (outcome === "refused" && kept) { keep({ ...entry, refused: true }); show(text, entry); }
    else if (outcome === "refused") { drop(entry); show(text); }
  }

  // What was refused once waited without a line: its copy stays until it is sent, or thrown away here.
  function stays(form, entry) {
    form.elements.command_id.value = entry.id;
    form.dataset.origin = entry.origin ?? entry.action;
    const away = button("この控えを消す", () => { drop(entry); say("この端末の控えを消しました。", "info"); });
    say("受け付けられなかった記録です。直して、もう一度送ってください。送るまで、この端末に控えてあります。", "warn", [away]);
  }

  // What the server says of the form takes the place of the page; what was typed is in it.
  function show(text, entry) {
    const answer = new DOMParser().parseFromString(text, "text/html");
    const main = answer.getElementById("main");
    document.title = answer.title;
    const old = document.getElementById("main");
    old.replaceWith(document.adoptNode(main));
    main.prepend(status);
    status.replaceChildren();
    bind(main);
    const form = main.querySelector("form[data-outbox]");
    if (entry && form) stays(form, entry);
    main.querySelector("[data-errors]")?.focus();
  }

  function bind(root) {
    for (const form of root.querySelectorAll("form[data-outbox]")) {
      form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
    }
  }

  bind(document);
  for (const form of document.querySelectorAll("form[data-outbox]")) {
    const kept = entries().find((entry) => entry.page === here && (entry.origin ?? entry.action) === new URL(form.action).pathname);
    if (!kept) continue;
    fill(form, kept);
    if (kept.refused) stays(form, kept);
    else wait(form, kept);
  }
  window.addEventListener("online", flush);
  window.setInterval(() => { if (entries().some((entry) => !entry.refused)) flush(); }, AGAIN_MS);
  if (entries().some((entry) => !entry.refused)) flush(); else tell();
})();
