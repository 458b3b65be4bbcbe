// Makes a page ready for paper. Called twice: the second time the window is as
// wide as the sheet. What it does, it may do again.
async (paper) => {
  const sheets = new CSSStyleSheet();
  sheets.replaceSync(`@page { size: ${paper}; } @page wide { size: ${paper} landscape; }`);
  document.adoptedStyleSheets = [sheets];

  // All that is folded in shows.
  for (const d of document.querySelectorAll("details")) {
    d.removeAttribute("name"); // of those with one name, only one is open
    d.open = true;
  }

  // To readers of PDF a figure is a picture, which must have words of its own. Here
  // it is a picture with its words, in one group.
  for (const figure of document.querySelectorAll("figure:not([role])")) figure.setAttribute("role", "group");

  // Links within the page and to the web work on paper too. Others would lead to
  // an address that exists only while this is printed: their text stays.
  const here = location.href.split("#")[0];
  const within = (fragment) => {
    try {
      return document.getElementById(decodeURIComponent(fragment)) !== null;
    } catch {
      return false; // it is no text that was encoded
    }
  };
  for (const link of document.querySelectorAll("[href], [*|href]")) {
    if (link.localName === "link" || link.localName === "base") continue;
    const written = link.getAttribute("href") ?? link.getAttributeNS("http://www.w3.org/1999/xlink", "href");
    const url = URL.parse(written, document.baseURI);
    if (url && ["http:", "https:", "mailto:"].includes(url.protocol) && url.host !== location.host) continue;
    if (url && url.href.split("#")[0] === here && url.hash && within(url.hash.slice(1))) continue;
    link.removeAttribute("href");
    link.removeAttributeNS("http://www.w3.org/1999/xlink", "href");
  }

  // Fonts and pictures are there, and what follows from the width is drawn.
  await document.fonts.ready;
  await Promise.all([...document.images].map((i) => { i.loading = "eager"; return i.decode().catch(() => {}); }));
  for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);

  // The title says on its own which page it is, and of what. Without any, the
  // browser would take the address.
  document.title = document.documentElement.dataset.title || document.title || document.querySelector("h1")?.textContent || "Page";
  return { Title: document.title, Wide: getComputedStyle(document.body).page === "wide" };
}
