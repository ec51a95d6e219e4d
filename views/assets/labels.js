// What Streamlit labels in English only gets labels in the page's language, read by screen readers or shown.
const words = JSON.parse(document.getElementById("labels").textContent);
const ARIA_LABELS = {
  home: "[data-testid=stLogoLink]",
  logo: "[data-testid=stHeaderLogo], [data-testid=stSidebarLogo]",
  pages: "[aria-label='App pages']",
  menu: "[data-testid=stSidebar]",
  menu_open: "[data-testid=stExpandSidebarButton], [data-testid=stExpandSidebarButton] button",
  menu_close: "[data-testid=stSidebarCollapseButton] button",
  open: "[data-testid=stSelectbox] button",
};
const TEXTS = { skip: "[data-testid=stSkipToContent]", no_results: "[data-testid=stSelectboxVirtualDropdownEmpty]" };

function translate() {
  for (const [name, where] of Object.entries(ARIA_LABELS))
    for (const one of document.querySelectorAll(where))
      if (one.ariaLabel !== words[name]) one.ariaLabel = words[name];
  for (const [name, where] of Object.entries(TEXTS))
    for (const one of document.querySelectorAll(where)) {
      const text = document.createTreeWalker(one, NodeFilter.SHOW_TEXT).nextNode();
      if (text && text.data !== words[name]) text.data = words[name];
    }
  // An icon font's letters ("keyboard_arrow_right") are no words.
  document.querySelectorAll("[data-testid=stIconMaterial]:not([aria-hidden])").forEach((one) => (one.ariaHidden = "true"));
  // The lost connection in a window of its own, in English: hidden (site.css), yet it would block the page behind it.
  document.querySelectorAll("[data-testid=stDialog] button[aria-label=Close]").forEach((one) => one.click());
  due = false;
}

let due = false; // once a frame at most, however much a chart draws
new MutationObserver(() => {
  if (!due) requestAnimationFrame(translate);
  due = true;
}).observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-label"] });

// A lost connection is shown after a delay, and no longer once it is back.
const DELAY_MS = 2000;
const line = document.querySelector(".offline");
let timer;

function watchConnection() {
  const lost = document.querySelector(".x") && !document.querySelector("[data-test-connection-state=CONNECTED]");
  if (lost) timer ??= setTimeout(() => (line.textContent = words.offline), DELAY_MS);
  else {
    timer = clearTimeout(timer);
    line.textContent = "";
  }
}

new MutationObserver(watchConnection).observe(document.getElementById("root"), {
  subtree: true,
  attributeFilter: ["data-test-connection-state"],
});

// On paper a chart is as wide as its place: it is drawn at the window's width, and the browser scales it.
addEventListener("beforeprint", () => {
  for (const chart of document.querySelectorAll(".stPlotlyChart .svg-container")) {
    const { width, height } = chart.querySelector(".main-svg").attributes;
    chart.style.aspectRatio = `${width.value} / ${height.value}`;
    for (const layer of chart.querySelectorAll(".main-svg"))
      layer.setAttribute("viewBox", `0 0 ${width.value} ${height.value}`);
  }
});
addEventListener("afterprint", () => {
  for (const chart of document.querySelectorAll(".stPlotlyChart .svg-container")) {
    chart.style.aspectRatio = "";
    for (const layer of chart.querySelectorAll(".main-svg")) layer.removeAttribute("viewBox");
  }
});
