// After the first visit the page works without a network: every file of the folder is held, and nothing else.
const NAME = "MARK";
const FILES = "FILES";
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((held) => held.addAll(FILES)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("medsteward-") && name !== NAME).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== location.origin) return;
  event.respondWith(caches.match(event.request, { ignoreSearch: true }).then((held) => held || fetch(event.request)));
});
