"use strict";
// A page to print, given by the page that opened it. Its style is set by script, since a policy allows none in the page.
window.addEventListener("message", (event) => {
  if (event.source !== window.opener || event.origin !== location.origin) return;
  const page = new DOMParser().parseFromString(event.data, "text/html");
  document.adoptedStyleSheets = [...page.querySelectorAll("style")].map((each) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(each.textContent);
    return sheet;
  });
  document.documentElement.lang = page.documentElement.lang || "en";
  document.title = page.title;
  document.body.className = page.body.className;
  document.body.innerHTML = page.body.innerHTML;
});
if (window.opener) window.opener.postMessage("paper", location.origin);
