// The static folder: forms are answered by a worker in this browser. Nothing leaves it, nothing is kept.
(() => {
  const worker = new Worker("worker.js", { type: "module" });
  const waiting = new Map();
  let turn = 0;
  const is_ready = new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => {
      if (data.ready) resolve();
      if (data.failed && data.id === undefined) reject(new Error(data.failed));
    });
  });
  worker.addEventListener("message", ({ data }) => {
    if (data.id === undefined) return;
    waiting.get(data.id)(data);
    waiting.delete(data.id);
  });

  const today = () => {
    const now = new Date();
    return [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
  };
  const send = (name, pairs, files) => new Promise((resolve) => {
    const id = ++turn;
    waiting.set(id, resolve);
    worker.postMessage({ id, name, pairs, files, today: today() });
  });
  const named = (action) => new URL(action, location.href).pathname.split("/").pop().replace("index.html", "");

  const fields = async (form, submitter) => {
    const pairs = [], files = [];
    for (const [name, value] of new FormData(form, submitter)) {
      if (typeof value === "string") pairs.push([name, value]);
      else if (value.size) files.push([name, value.name, new Uint8Array(await value.arrayBuffer())]);
    }
    return [pairs, files];
  };

  window.medsteward.ask = async (form, action) => {
    const [pairs, files] = await fields(form);
    const found = await send(action, pairs, files);
    if (found.failed || found.status >= 500) throw new Error("no answer");
    return new TextDecoder().decode(found.body);
  };

  // Earlier screens live in memory alone: the history of the browser holds a number.
  const screens = [document.body.innerHTML];
  const show = (html, title) => {
    document.body.innerHTML = html;
    document.title = title;
    window.medsteward.liven(document);
    const main = document.getElementById("main");
    if (main) main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  };
  history.replaceState({ screen: 0 }, "");
  window.addEventListener("popstate", (event) => {
    const held = event.state && screens[event.state.screen];
    if (held) show(held, document.title);
  });

  const keep = (found) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([found.body], { type: found.kind }));
    link.download = found.file || "medsteward.txt";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const paper = (found, tab) => {
    const give = (event) => {
      if (event.source !== tab || event.origin !== location.origin || event.data !== "paper") return;
      tab.postMessage(new TextDecoder().decode(found.body), location.origin);
      window.removeEventListener("message", give);
    };
    window.addEventListener("message", give);
    tab.location = "paper.html";
  };

  document.addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target, button = event.submitter;
    const action = named((button && button.getAttribute("formaction")) || form.getAttribute("action") || "");
    const empty = button && button.formMethod === "get";
    const tab = button && button.formTarget === "_blank" ? window.open("about:blank") : null;
    document.body.setAttribute("aria-busy", "true");
    const [pairs, files] = empty ? [[], []] : await fields(form, button);
    const found = await send(action, pairs, files);
    document.body.removeAttribute("aria-busy");
    delete form.dataset.sent;
    if (found.failed) {
      if (tab) tab.close();
      const said = document.createElement("p");
      said.className = "error";
      said.setAttribute("role", "alert");
      said.textContent = `Internal error (${found.failed}). Please report what you did.`;
      document.getElementById("main").prepend(said);
      return;
    }
    if (found.paper && tab) return paper(found, tab);
    if (tab) tab.close();
    if (!found.kind.startsWith("text/html")) return keep(found);
    const page = new DOMParser().parseFromString(new TextDecoder().decode(found.body), "text/html");
    screens.push(page.body.innerHTML);
    history.pushState({ screen: screens.length - 1 }, "");
    show(page.body.innerHTML, page.title);
  });

  is_ready.then(
    () => { const said = document.getElementById("loading"); if (said) said.remove(); screens[0] = document.body.innerHTML; document.body.dataset.ready = "yes"; },
    () => { const said = document.getElementById("loading"); if (said) said.textContent = "This browser cannot run it: it needs WebAssembly and a web server that serves this folder."; },
  );
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("sw.js").catch(() => {});
})();
