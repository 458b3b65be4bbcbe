// The preview's own script, added by `annex serve` to every page: it shows what is
// wrong with the files, and the page anew when it changed. Nothing of it is in a
// built site.
(() => {
  "use strict";
  const { script } = document.currentScript.dataset; // tag of the scripts in use
  let { page, style } = document.currentScript.dataset; // tags of the page and the style sheet in use
  const noSite = page === "none";
  const place = "annex-preview:" + location.pathname;
  const parts = ".table-wrap, nav.side, .prose pre, .drawing";
  let known = 0; // the newest generation that was looked at
  let last = null; // what was found then
  let hidden = 0; // the generation whose problems the reader put away
  let stream = null;
  let late = 0; // timer of the note that the server does not answer

  const make = (name, className, text) => {
    const e = document.createElement(name);
    if (className) e.className = className;
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const all = (selector) => [...document.querySelectorAll(selector)];

  // What a reader has done to a page is kept when it shows anew: where it is scrolled to,
  // which details are open, how tables are sorted, what filters say, whether tables
  // stand beside charts, and where the focus is.
  const fields = () => all("main input, main select, header input");
  const sorts = () => all("thead th:has(> button)");
  const toggles = () => all("main button[aria-expanded]");

  function done() {
    const e = document.activeElement;
    return {
      at: [scrollX, scrollY],
      inner: named(parts).map(([name, e]) => [name, [e.scrollLeft, e.scrollTop]]),
      open: named("details").map(([name, d]) => [name, d.open]),
      sorted: sorts().map((th) => th.getAttribute("aria-sort")),
      toggles: toggles().map((b) => b.getAttribute("aria-expanded")),
      fields: fields().map((f) => (f.type === "checkbox" ? f.checked : f.value)),
      focus: path(e),
      caret: e instanceof HTMLInputElement && e.type !== "checkbox" ? [e.selectionStart, e.selectionEnd] : null,
    };
  }

  // named gives elements names by their words and labels, since others may come in
  // between.
  function named(selector) {
    const seen = new Map();
    return all(selector).map((e) => {
      const words = e.getAttribute("aria-label") || (e.nodeName === "DETAILS" && e.querySelector("summary")?.textContent.trim().slice(0, 200)) || e.className;
      seen.set(words, 1 + (seen.get(words) || 0));
      return [words + " #" + seen.get(words), e];
    });
  }

  // path says where an element stands, by ids and positions.
  function path(e) {
    const steps = [];
    for (; e && e !== document.body && e.parentElement; e = e.parentElement) {
      if (e.id) {
        steps.unshift("#" + CSS.escape(e.id));
        break;
      }
      steps.unshift(":scope > :nth-child(" + (1 + [...e.parentElement.children].indexOf(e)) + ")");
    }
    return steps;
  }

  function find(steps) {
    let e = document.body;
    for (const step of steps) e = e && (step[0] === "#" ? document.querySelector(step) : e.querySelector(step));
    return e;
  }

  function redo(was) {
    const open = new Map(was.open);
    for (const [name, d] of named("details")) if (open.has(name) && d.open !== open.get(name)) d.open = open.get(name);
    paired(toggles(), was.toggles, (b, expanded) => {
      if (expanded !== b.getAttribute("aria-expanded")) b.click();
    });
    paired(sorts(), was.sorted, (th, order) => {
      for (let n = 0; n < 2 && order && order !== th.getAttribute("aria-sort"); n++) th.firstElementChild.click();
    });
    const focus = was.focus.length ? find(was.focus) : null;
    paired(fields(), was.fields, (f, value) => {
      const key = typeof value === "boolean" ? "checked" : "value";
      if (f[key] === value) return;
      f[key] = value;
      if (f.closest("header") && f !== focus) return; // what was found is shown while one looks for it
      f.dispatchEvent(new Event("input", { bubbles: true }));
      f.dispatchEvent(new Event("change", { bubbles: true }));
    });
    if (focus && focus !== document.body && focus !== document.activeElement) {
      focus.focus({ preventScroll: true });
      if (was.caret && focus instanceof HTMLInputElement && was.caret[0] !== null) focus.setSelectionRange(...was.caret);
    }
    scroll(was);
  }

  // paired does something with what stands in the same places as before.
  function paired(now, before, what) {
    if (now.length === before.length) now.forEach((e, i) => what(e, before[i]));
  }

  function scroll(was) {
    const inner = new Map(was.inner);
    for (const [name, e] of named(parts)) {
      const [left, top] = inner.get(name) || [e.scrollLeft, e.scrollTop];
      e.scrollTo({ left, top, behavior: "instant" });
    }
    scrollTo({ left: was.at[0], top: was.at[1], behavior: "instant" });
  }

  function reload() {
    if (stream) stream.close();
    sessionStorage.setItem(place, JSON.stringify(done()));
    history.scrollRestoration = "manual";
    location.reload();
  }

  function reloaded() {
    const text = sessionStorage.getItem(place);
    if (!text) return;
    sessionStorage.removeItem(place);
    let was;
    try {
      was = JSON.parse(text);
    } catch {
      return;
    }
    redo(was);
    const end = () => {
      scroll(was);
      history.scrollRestoration = "auto";
    };
    if (document.readyState === "complete") end();
    else addEventListener("load", () => requestAnimationFrame(end), { once: true });
  }

  // A reload takes longer than all that comes before it. So where a text changed that
  // no script has touched, it is put into its place instead. For that the client
  // keeps the page as the server sent it: what differs from it was done by scripts.
  let sent = null;

  async function get() {
    const answer = await fetch(location.pathname + location.search);
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  const client = (doc) => doc.querySelector('script[src="/_annex/client.js"]');

  async function keep() {
    const doc = await get().catch(() => null);
    if (doc && client(doc)?.dataset.page === page) sent = doc;
  }

  // swap shows the new page in the old one, or returns false. It changes all or
  // nothing. When the server is gone it throws, since a reload would lose the page.
  async function swap() {
    if (!sent || !page) return false;
    const doc = await get();
    const tags = doc && client(doc)?.dataset;
    if (!tags || !tags.page || tags.script !== script || !head(sent).isEqualNode(head(doc))) return false;
    const root = document.documentElement;
    if (!root.cloneNode().isEqualNode(sent.documentElement.cloneNode())) return false;
    const edits = [];
    if (!compare(document.body, sent.body, doc.body, edits)) return false;
    const was = done();
    for (const [live, now] of edits) live.replaceWith(document.importNode(now, true));
    for (const { name } of [...root.attributes]) root.removeAttribute(name);
    for (const { name, value } of doc.documentElement.attributes) root.setAttribute(name, value);
    document.title = doc.title;
    redo(was);
    sent = doc;
    ({ page } = tags);
    return true;
  }

  // head is what has to be the same in the heads of two pages.
  function head(doc) {
    const head = doc.head.cloneNode(true);
    client(head).remove();
    head.querySelector("title").remove();
    return head;
  }

  // compare lists what to replace, as little as possible, to make of a live node,
  // which was sent as before, what is sent now. It returns false where scripts have
  // had a part in it, or would have.
  function compare(live, before, now, edits) {
    if (before.isEqualNode(now)) return true;
    const known = edits.length;
    if (within(live, before, now, edits)) return true;
    edits.length = known;
    if (live === document.body || scripted(before) || scripted(now) || !plain(live).isEqualNode(plain(before))) return false;
    edits.push([live, now]);
    return true;
  }

  // within compares the children of nodes that are the same but for them.
  function within(live, before, now, edits) {
    if (live.nodeType !== Node.ELEMENT_NODE || live.nodeName === "TABLE" || live.nodeName === "FIGURE") return false;
    if (!before.cloneNode().isEqualNode(now.cloneNode()) || !plain(live, false).isEqualNode(plain(before, false))) return false;
    if (before.childNodes.length !== now.childNodes.length) return false;
    let at = live.firstChild;
    return [...before.childNodes].every((b, i) => {
      while (at && (at.nodeName !== b.nodeName || at.className !== b.className)) at = at.nextSibling; // what scripts put in between
      const child = at;
      at = at && at.nextSibling;
      return child !== null && compare(child, b, now.childNodes[i], edits);
    });
  }

  // plain is a node without what a reader did to it.
  function plain(node, deep = true) {
    const copy = node.cloneNode(deep);
    if (copy.nodeType !== Node.ELEMENT_NODE) return copy;
    for (const d of [copy, ...copy.querySelectorAll("details")]) if (d.nodeName === "DETAILS") d.open = false;
    return copy;
  }

  // scripted reports whether scripts of the site do something with a part of a page.
  const scripted = (e) => e.nodeType === Node.ELEMENT_NODE && (e.matches("table.data, figure, script") || e.querySelector("table.data, figure, script") !== null);

  // restyle puts a new style sheet in the place of the old one, once it is there.
  // Charts, which take their colours from it, draw when the window changes.
  function restyle() {
    const sheets = all('link[rel="stylesheet"]').filter((l) => new URL(l.href).pathname.endsWith("/assets/annex.css"));
    if (sheets.length === 0) return;
    const link = sheets[0].cloneNode();
    const address = new URL(link.href);
    address.search = "?" + style;
    link.href = address.href;
    link.addEventListener("load", () => {
      for (const old of sheets) old.remove();
      dispatchEvent(new Event("resize"));
    });
    link.addEventListener("error", () => link.remove());
    sheets[sheets.length - 1].after(link);
  }

  // look asks what the newest generation has for this page; one question at a time,
  // so that no old answer comes behind a new one.
  let asking = false;
  let more = false;
  async function look() {
    more = true;
    if (asking) return;
    asking = true;
    while (more) {
      more = false;
      await ask().catch(() => {}); // the stream tells when the server is back
    }
    asking = false;
  }

  async function ask() {
    let path = location.pathname;
    try {
      path = decodeURIComponent(path);
    } catch {
      // as it is
    }
    const answer = await fetch("/_annex/state?path=" + encodeURIComponent(path));
    if (!answer.ok) {
      setTimeout(look, 1000);
      return;
    }
    const now = await answer.json();
    known = now.generation;
    last = now;
    show();
    if (count(now) > 0) return;
    if (script && script !== now.script) {
      reload();
      return;
    }
    if (now.page !== page && !(await swap())) {
      reload();
      return;
    }
    if (style && style !== now.style) {
      style = now.style;
      restyle();
    }
  }

  const count = (now) => now.problems.length + now.more + (now.failure ? 1 : 0);

  // show lists what is wrong, or takes the list away. Everything is set as text.
  function show() {
    const n = count(last);
    const old = document.querySelector(".annex-problems, .annex-put-away");
    const focused = old && old.contains(document.activeElement);
    const scrolled = old ? old.scrollTop : 0;
    if (old) old.remove();
    if (n === 0) return;
    const errors = n === 1 ? "1 error" : n + " errors";
    const away = hidden === last.generation;
    const button = make("button", "", away ? "Show " + errors : "Hide");
    button.type = "button";
    button.addEventListener("click", () => {
      button.focus(); // which not every browser does by itself
      hidden = away ? 0 : last.generation;
      show();
    });
    let box = button;
    if (away) {
      button.className = "annex-put-away";
    } else {
      box = make("section", "annex-problems");
      box.setAttribute("aria-labelledby", "annex-problems-title");
      const head = make("div", "head");
      const title = make("h2", "", errors);
      title.id = "annex-problems-title";
      const alert = make("div");
      alert.setAttribute("role", "alert");
      alert.append(title, make("p", "", noSite ? "There is no site to show yet." : "The site is shown as it was before."));
      head.append(alert, button);
      box.append(head, list(last));
    }
    document.body.prepend(box); // first of all for the keyboard
    box.scrollTop = scrolled;
    if (focused) button.focus({ preventScroll: true });
  }

  function list(now) {
    const list = make("ol");
    if (now.failure) {
      const item = make("li");
      item.append(make("p", "message", now.failure), make("p", "help", "annex tries again every second."));
      list.append(item);
    }
    for (const p of now.problems) {
      const item = make("li");
      const message = make("p", "message", p.message + " ");
      message.append(make("span", "code", p.code));
      item.append(make("p", "place", p.place), message);
      if (p.line) item.append(source(p));
      for (const note of p.notes || []) item.append(make("p", "note", note));
      if (p.help) item.append(make("p", "help", "Help: " + p.help));
      list.append(item);
    }
    if (now.more > 0) list.append(make("li", "more", "And " + now.more + " more. annex check lists them all."));
    return list;
  }

  // source is the line with a caret below the place; of a long line the part around it.
  function source(p) {
    let line = [...p.line];
    let before = p.before;
    if (before > 100) {
      line = ["…", ...line.slice(before - 40)];
      before = 41;
    }
    if (line.length > 160) line = [...line.slice(0, 160), "…"];
    const text = make("pre");
    text.tabIndex = 0; // to be scrolled from the keyboard
    text.setAttribute("role", "group");
    text.setAttribute("aria-label", "Line " + p.number);
    const number = String(p.number);
    const blank = " ".repeat(number.length);
    text.append(make("i", "", number + " | "), line.join("") + "\n", make("i", "", blank + " | "), " ".repeat(before), make("b", "", "^"));
    return text;
  }

  function lost(text) {
    clearTimeout(late);
    late = 0;
    let note = document.querySelector(".annex-lost");
    if (!text) {
      if (note) note.remove();
      return;
    }
    if (!note) {
      note = make("p", "annex-lost");
      note.setAttribute("role", "status");
      document.body.append(note);
    }
    note.textContent = text;
  }

  // A browser opens few connections to one server, so that only tabs that are seen
  // hold one.
  function listen() {
    if (document.hidden) {
      if (stream) stream.close();
      stream = null;
      lost("");
      return;
    }
    if (stream && stream.readyState !== EventSource.CLOSED) return;
    stream = new EventSource("/_annex/events");
    stream.addEventListener("open", () => {
      known = 0; // it may be another server, which counts anew
    });
    stream.addEventListener("message", (e) => {
      lost("");
      if (Number(e.data) !== known) look();
    });
    stream.addEventListener("error", () => {
      late = late || setTimeout(lost, 1500, "annex serve does not answer. This page is not kept up to date.");
      if (stream && stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    });
  }

  addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || e.defaultPrevented || e.target.closest?.("input, select, textarea") || !document.querySelector(".annex-problems")) return;
    hidden = last.generation;
    show();
  });
  addEventListener("pagehide", () => stream && stream.close());
  addEventListener("pageshow", (e) => e.persisted && listen());
  document.addEventListener("visibilitychange", listen);
  reloaded();
  listen();
  if (page && !noSite) addEventListener("load", () => setTimeout(keep, 100), { once: true });
})();
