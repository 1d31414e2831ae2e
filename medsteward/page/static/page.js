"use strict";
// What script adds: lines are read while they are typed, and an answer can be copied. Without it every screen works.
// `ask` sends a form and gives the next page; the static folder puts another one in its place.
(() => {
  const ask = async (form, action, extra) => {
    const data = new FormData(form);
    for (const [name, value] of Object.entries(extra || {})) data.set(name, value);
    const found = await fetch(action, { method: "POST", body: new URLSearchParams(data), headers: { accept: "text/html" } });
    if (!found.ok) throw new Error(String(found.status));
    return found.text();
  };
  window.medsteward = window.medsteward || { ask };

  const liven = (root) => {
    for (const box of root.querySelectorAll("textarea[data-live]")) {
      let timer = 0, turn = 0;
      box.addEventListener("input", () => {
        clearTimeout(timer);
        timer = setTimeout(async () => {
          const mine = ++turn;
          try {
            const html = await window.medsteward.ask(box.form, "medicines");
            if (mine !== turn) return; // a later answer is on its way
            const next = new DOMParser().parseFromString(html, "text/html").getElementById(box.dataset.live);
            const here = document.getElementById(box.dataset.live);
            if (next && here) here.replaceChildren(...next.childNodes);
          } catch { /* the button is still there */ }
        }, 350);
      });
    }
    for (const each of root.querySelectorAll(".copied")) {
      if (!navigator.clipboard) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(each.value || each.textContent);
        button.textContent = "Copied";
      });
      each.after(" ", button);
    }
  };
  window.medsteward.liven = liven;
  liven(document);

  // Two presses are one: the second waits for nothing, the first is on its way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.submitter && event.submitter.formTarget === "_blank") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sent;
  });
})();
