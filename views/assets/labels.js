// What Streamlit names in English only is named in the page's language, for screen readers and for eyes.
const words = JSON.parse(document.getElementById("labels").textContent);
const NAMED = {
  home: "[data-testid=stLogoLink]",
  logo: "[data-testid=stHeaderLogo], [data-testid=stSidebarLogo]",
  pages: "[aria-label='App pages']",
  menu: "[data-testid=stSidebar]",
  menu_open: "[data-testid=stExpandSidebarButton], [data-testid=stExpandSidebarButton] button",
  menu_close: "[data-testid=stSidebarCollapseButton] button",
  open: "[data-testid=stSelectbox] button",
};
const WRITTEN = { skip: "[data-testid=stSkipToContent]", no_results: "[data-testid=stSelectboxVirtualDropdownEmpty]" };

function say() {
  for (const [name, where] of Object.entries(NAMED))
    for (const one of document.querySelectorAll(where))
      if (one.ariaLabel !== words[name]) one.ariaLabel = words[name];
  for (const [name, where] of Object.entries(WRITTEN))
    for (const one of document.querySelectorAll(where)) {
      const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode();
      if (text && text.data !== words[name]) text.data = words[name];
    }
  // The lost connection in a window of its own, in English: unseen (house.css), yet it would leave the page behind it dead.
  document.querySelectorAll("[data-testid=stDialog] button[aria-label=Close]").forEach((one) => one.click());
  due = false;
}

let due = false; // once a frame at most, however much a chart draws
new MutationObserver(() => {
  if (!due) requestAnimationFrame(say);
  due = true;
}).observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-label"] });

// The connection is lost: said once it has been for a while, taken back when it is there again.
const PATIENCE_MS = 2000;
const line = document.querySelector(".offline");
let losing;

function listen() {
  const lost = document.querySelector(".x") && !document.querySelector("[data-test-connection-state=CONNECTED]");
  if (lost) losing ??= setTimeout(() => (line.textContent = words.offline), PATIENCE_MS);
  else {
    losing = clearTimeout(losing);
    line.textContent = "";
  }
}

new MutationObserver(listen).observe(document.getElementById("root"), {
  subtree: true,
  attributeFilter: ["data-test-connection-state"],
});
