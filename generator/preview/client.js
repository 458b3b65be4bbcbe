// The preview's own script, added by `annex serve` to every page: it shows what is
// wrong with the files, and the page anew when it changed. Nothing of it is in a
// built site.
(() => {
  "use strict";
  const own = document.currentScript;
  const tag = own.dataset.page;
  const place = "annex-preview:" + location.pathname;
  const parts = ".table-wrap, nav.side, .annex-problems ol";
  let known = 0; // the newest generation that was looked at
  let style = ""; // tag of the style sheet in use
  let script = ""; // tags of the scripts in use
  let hidden = 0; // the generation whose problems the reader put away
  let stream = null;

  const make = (name, className, text) => {
    const e = document.createElement(name);
    if (className) e.className = className;
    if (text !== undefined) e.textContent = text;
    return e;
  };

  // What a reader has done to a page is kept over a reload: where it is scrolled to,
  // which details are open, what filters say, and where the focus is.
  function remember() {
    const fields = [...document.querySelectorAll("main input, main select")];
    sessionStorage.setItem(place, JSON.stringify({
      at: [scrollX, scrollY],
      inner: [...document.querySelectorAll(parts)].map((e) => [e.scrollLeft, e.scrollTop]),
      open: [...document.querySelectorAll("details")].map((d) => [label(d), d.open]),
      fields: fields.map((f) => [f.type === "checkbox" ? f.checked : f.value]),
      focus: path(document.activeElement),
    }));
  }

  const label = (d) => (d.querySelector("summary") || d).textContent.trim().slice(0, 200);

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

  function restore() {
    const text = sessionStorage.getItem(place);
    sessionStorage.removeItem(place);
    if (!text) return;
    let was;
    try {
      was = JSON.parse(text);
    } catch {
      return;
    }
    // By the words of their summaries first: others may have come in between.
    const states = new Map();
    for (const [words, open] of was.open) states.set(words, open);
    for (const d of document.querySelectorAll("details")) if (states.has(label(d))) d.open = states.get(label(d));
    [...document.querySelectorAll("main input, main select")].forEach((f, i) => {
      if (!was.fields[i]) return;
      const [value] = was.fields[i];
      if (typeof value === "boolean") {
        if (f.checked === value) return;
        f.checked = value;
      } else {
        if (f.value === value) return;
        f.value = value;
      }
      f.dispatchEvent(new Event("input", { bubbles: true }));
      f.dispatchEvent(new Event("change", { bubbles: true }));
    });
    const scroll = () => {
      [...document.querySelectorAll(parts)].forEach((e, i) => {
        if (was.inner[i]) e.scrollTo({ left: was.inner[i][0], top: was.inner[i][1], behavior: "instant" });
      });
      scrollTo({ left: was.at[0], top: was.at[1], behavior: "instant" });
    };
    const focus = was.focus.length ? find(was.focus) : null;
    if (focus && focus !== document.body) focus.focus({ preventScroll: true });
    scroll();
    if (document.readyState !== "complete") addEventListener("load", () => requestAnimationFrame(scroll), { once: true });
  }

  function reload() {
    if (stream) stream.close();
    remember();
    history.scrollRestoration = "manual";
    location.reload();
  }

  // restyle puts a new style sheet in the place of the old one, once it is there.
  function restyle() {
    for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
      const address = new URL(old.href);
      if (!address.pathname.endsWith("/assets/annex.css")) continue;
      address.search = "?" + style;
      const link = old.cloneNode();
      link.href = address.href;
      link.addEventListener("load", () => old.remove());
      link.addEventListener("error", () => link.remove());
      old.after(link);
    }
  }

  // look asks what the newest generation has for this page.
  async function look(generation) {
    if (generation === known) return;
    let now;
    try {
      const answer = await fetch("/_annex/state?path=" + encodeURIComponent(location.pathname));
      if (!answer.ok) return;
      now = await answer.json();
    } catch {
      return; // the stream tells when the server is back
    }
    known = now.generation;
    show(now);
    if (now.problems.length === 0 && !now.failure) {
      if (now.page !== tag || (script && script !== now.script)) {
        reload();
        return;
      }
      if (style && style !== now.style) {
        style = now.style;
        restyle();
      }
    }
    style = style || now.style;
    script = script || now.script;
  }

  function sheet() {
    if (document.querySelector('link[href="/_annex/client.css"]')) return;
    const link = make("link");
    link.rel = "stylesheet";
    link.href = "/_annex/client.css";
    document.head.append(link);
  }

  // show lists what is wrong, or takes the list away. Everything is set as text.
  function show(now) {
    const old = document.querySelector(".annex-problems");
    const count = now.problems.length + now.more + (now.failure ? 1 : 0);
    if (count === 0 || hidden === now.generation) {
      if (old) old.remove();
      return;
    }
    sheet();
    const box = make("section", "annex-problems");
    box.setAttribute("role", "alert");
    box.setAttribute("aria-labelledby", "annex-problems-title");
    const title = make("h2", "", count === 1 ? "1 error. The page shows the last good state." : count + " errors. The page shows the last good state.");
    title.id = "annex-problems-title";
    const close = make("button", "", "Hide");
    close.type = "button";
    close.addEventListener("click", () => {
      hidden = now.generation;
      box.remove();
    });
    const head = make("div", "head");
    head.append(title, close);
    box.append(head);
    const list = make("ol");
    if (now.failure) list.append(make("li", "", now.failure));
    for (const p of now.problems) {
      const item = make("li");
      item.append(make("p", "place", p.place), make("p", "message", p.message + " "));
      item.lastChild.append(make("span", "code", p.code));
      if (p.line) {
        const source = make("pre");
        source.append(String(p.number).padStart(5) + " | " + p.line + "\n" + " ".repeat(5) + " | " + " ".repeat(p.before), make("b", "", "^"));
        item.append(source);
      }
      for (const note of p.notes || []) item.append(make("p", "note", note));
      if (p.help) item.append(make("p", "help", "Help: " + p.help));
      list.append(item);
    }
    if (now.more > 0) list.append(make("li", "more", "and " + now.more + " more; annex check lists them all"));
    box.append(list);
    if (old) old.replaceWith(box);
    else document.body.append(box);
  }

  function lost(text) {
    let note = document.querySelector(".annex-lost");
    if (!text) {
      if (note) note.remove();
      return;
    }
    sheet();
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
      return;
    }
    if (stream && stream.readyState !== EventSource.CLOSED) return;
    stream = new EventSource("/_annex/events");
    stream.addEventListener("message", (e) => {
      lost("");
      look(Number(e.data));
    });
    stream.addEventListener("error", () => {
      lost("annex serve does not answer; the page is not kept up to date.");
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    });
  }

  addEventListener("keydown", (e) => {
    const box = document.querySelector(".annex-problems");
    if (e.key === "Escape" && box) box.querySelector("button").click();
  });
  addEventListener("pagehide", () => stream && stream.close());
  addEventListener("pageshow", (e) => e.persisted && listen());
  document.addEventListener("visibilitychange", listen);
  restore();
  listen();
})();
