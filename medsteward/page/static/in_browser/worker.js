// Python in a worker of its own: one form in, one answer out, so that the page never stands still.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const ready = (async () => {
  const [python, archive] = await Promise.all([
    loadPyodide({ indexURL: "./pyodide/" }),
    fetch("packages.zip").then((found) => found.arrayBuffer()),
  ]);
  python.unpackArchive(archive, "zip", { extractDir: "/packages" });
  python.runPython(`
import sys
sys.path.insert(0, "/packages")
from datetime import date
from medsteward.page.form import FormTooLarge, Upload, form_of
from medsteward.page.index import SCREENS, answer

def ask(name, pairs, files, today):
    if name not in SCREENS:
        return 404, "text/plain", "", False, b"there is no such screen"
    sent = {field: Upload(file, bytes(data)) for field, file, data in files}
    try:
        found = answer(name, form_of(pairs, sent), today=date.fromisoformat(today))
    except FormTooLarge as error:
        return 413, "text/plain", "", False, str(error).encode()
    return found.status, found.kind, found.file, found.is_paper, found.body
`);
  return python;
})();

ready.then(() => postMessage({ ready: true }), (error) => postMessage({ failed: String(error) }));

onmessage = async (event) => {
  const { id, name, pairs, files, today } = event.data;
  try {
    const python = await ready;
    const ask = python.globals.get("ask");
    const [given, sent] = [python.toPy(pairs), python.toPy(files)];
    const found = ask(name, given, sent, today);
    const [status, kind, file, paper, body] = found.toJs();
    for (const each of [found, given, sent, ask]) each.destroy();
    postMessage({ id, status, kind, file, paper, body });
  } catch (error) {
    // the type alone: the text of an error may hold what was typed
    postMessage({ id, status: 500, failed: String(error.type || "Error") });
  }
};
