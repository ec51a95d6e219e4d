/* The exhibit on a public screen: shows and hides what came with the page. It requests nothing from the server while
   somebody plays; only while the screen is idle does it check for a newer version of the page.

   The visitor's state is one object, `now`; `draw` applies it to the page, in both languages at once. */
(() => {
  "use strict";
  const parameters = new URLSearchParams(location.search);
  const seconds = (name, usual) => Number(parameters.get(name)) || usual;
  const IDLE_S = seconds("idle", 60); // then the slides begin
  const RESET_S = seconds("reset", 90); // then the state is reset for the next visitor
  const SLIDE_S = seconds("slide", 8);
  const RENEW_S = 600; // how often an idle screen checks for a newer version
  const MOST_PLEDGES = 3;
  const FIRST_LANGUAGE = "zh";

  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const one = (what, from = document) => from.querySelector(what);
  const attract = one("[data-attract]");
  const first = one("[data-screen]").dataset.screen;
  const shown = (what) => one(`[data-story]:not([hidden]) ${what}`);

  const fresh = () => ({
    lang: FIRST_LANGUAGE, screen: first, sky: 50, drop: 0, thing: "", year: null, answers: {}, pledges: [],
  });
  let now = Object.assign(fresh(), {
    lang: one("[data-story]:not([hidden])").dataset.story,
    screen: one("[data-story]:not([hidden]) [data-screen]:not([hidden])").dataset.screen,
  });

  // ── what is on the page ────────────────────────────────────────────────────────────────────────────────────────
  function draw() {
    all("[data-story]").forEach((story) => {
      story.hidden = story.dataset.story !== now.lang;
      if (story.hidden) return;
      document.documentElement.lang = story.lang;
      document.title = story.dataset.title;
    });
    all("[data-screen]").forEach((screen) => (screen.hidden = screen.dataset.screen !== now.screen));
    drawSky(); drawDrop(); drawThings(); drawHills(); drawQuiz(); drawPledges();
  }

  const slide = (name, value, label) => all(`[data-slide=${name}]`).forEach((input) => {
    input.value = value;
    if (label) input.setAttribute("aria-valuetext", label(input));
  });

  function drawSky() {
    all(".compare").forEach((compare) => compare.style.setProperty("--at", `${now.sky}%`));
    slide("sky", now.sky, (input) => {
      const [then, today] = all(".ends span", input.parentElement).map((end) => end.textContent);
      return now.sky >= 50 ? `${then} ${now.sky}%` : `${today} ${100 - now.sky}%`;
    });
  }

  function drawDrop() {
    all("[data-stop]").forEach((stop) => {
      const here = Number(stop.dataset.stop) === now.drop;
      if (here) stop.setAttribute("aria-current", "location"); else stop.removeAttribute("aria-current");
    });
    all(".drop [data-at]").forEach((panel) => (panel.hidden = Number(panel.dataset.at) !== now.drop));
    slide("drop", now.drop, (input) => one(`[data-stop="${now.drop}"] span`, input.closest("main")).textContent);
    all(".drop [data-step]").forEach((button) => {
      const to = now.drop + Number(button.dataset.step);
      button.disabled = to < 0 || to >= all("[data-stop]", button.closest("main")).length;
    });
    const dot = shown(`[data-stop="${now.drop}"] .dot`);
    const river = shown(".river");
    if (!dot || !river.offsetParent) return;
    const at = dot.getBoundingClientRect(), around = river.getBoundingClientRect();
    one("svg.drop", river).style.transform =
      `translate(${at.left + at.width / 2 - around.left}px, ${at.top - around.top}px) translate(-50%, -82%)`;
  }

  function drawThings() {
    all("[data-thing]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.thing === now.thing));
    all(".waste [data-at]").forEach((panel) => (panel.hidden = panel.dataset.at !== now.thing));
  }

  /* A hill steps from one published year to the next; in between, the dots that changed are hollow: not known. */
  function drawHills() {
    all(".hill").forEach((hill) => {
      const known = hill.dataset.shares.split(",").map((pair) => pair.split(":").map(Number));
      const year = now.year ?? known[0][0];
      const before = known.filter(([then]) => then <= year).at(-1)[1];
      const after = known.find(([then]) => then >= year)[1];
      all("circle", hill).forEach((dot, n) => {
        dot.setAttribute("class", n < Math.min(before, after) ? "green" : n < Math.max(before, after) ? "open" : "");
      });
      const panel = hill.parentElement, published = known.some(([then]) => then === year);
      all("[data-year]", panel).forEach((text) => (text.hidden = text.dataset.year !== (published ? String(year) : "")));
      all("[data-shown-year]", panel).forEach((text) => (text.textContent = year));
      slide("year", year, () => shown("[data-year]:not([hidden])")?.textContent ?? String(year));
    });
  }

  function drawQuiz() {
    all("[data-question]").forEach((button) => {
      const chosen = now.answers[button.dataset.question], open = chosen === undefined;
      button.classList.toggle("right", !open && "right" in button.dataset);
      button.classList.toggle("wrong", button.dataset.choice === chosen && !("right" in button.dataset));
      button.setAttribute("aria-pressed", button.dataset.choice === chosen);
      button.setAttribute("aria-disabled", !open);
    });
    all("[data-answered]").forEach((panel) => {
      const id = panel.dataset.answered;
      panel.hidden = !(id in now.answers);
      all("[data-when]", panel).forEach((line) => (line.hidden = (line.dataset.when === "right") !== isRight(id)));
    });
    const right = Object.keys(now.answers).filter(isRight).length;
    all("[data-score]").forEach((line) => (line.hidden = Number(line.dataset.score) !== right));
  }

  const isRight = (id) => one(`[data-question="${id}"][data-right]`).dataset.choice === now.answers[id];

  function drawPledges() {
    const full = now.pledges.length >= MOST_PLEDGES;
    all("[data-pledge]").forEach((button) => {
      const chosen = now.pledges.includes(button.dataset.pledge);
      button.setAttribute("aria-pressed", chosen);
      button.setAttribute("aria-disabled", full && !chosen);
    });
    all("[data-pledged]").forEach((line) => (line.hidden = !now.pledges.includes(line.dataset.pledged)));
    const order = all("[data-pledged]", one("[data-story]")).map((line) => line.dataset.pledged);
    const chosen = order.filter((name) => now.pledges.includes(name)).join(",");
    all("[data-code]").forEach((code) => (code.hidden = code.dataset.code !== chosen));
  }

  // ── what a visitor does ────────────────────────────────────────────────────────────────────────────────────────
  function go(screen) {
    now.screen = screen;
    draw();
    scrollTo(0, 0);
    all("details[open]").forEach((details) => (details.open = false));
    shown(`[data-screen="${screen}"] h1`).focus({ preventScroll: true });
  }

  const acts = {
    start: () => { now = Object.assign(fresh(), { lang: now.lang }); go(now.screen); },
    quiz: () => { now.answers = {}; go(one("[data-question]").closest("[data-screen]").dataset.screen); },
  };

  function press(button) {
    const data = button.dataset;
    if (data.to) return go(data.to);
    if (data.act) return acts[data.act]();
    if (data.lang) { now.lang = data.lang; return go(now.screen); }
    if (data.stop) now.drop = Number(data.stop);
    else if (data.step) now.drop += Number(data.step);
    else if (data.thing) now.thing = data.thing;
    else if (data.question) now.answers[data.question] ??= data.choice;
    else if (data.pledge) pledge(data.pledge);
    draw();
  }

  function pledge(name) {
    if (now.pledges.includes(name)) now.pledges = now.pledges.filter((other) => other !== name);
    else if (now.pledges.length < MOST_PLEDGES) now.pledges.push(name);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) event.preventDefault(); // a public screen must not leave the exhibit
    const button = event.target.closest("#stories button");
    if (button && !button.disabled) press(button);
  });
  document.addEventListener("input", (event) => {
    const name = event.target.dataset?.slide;
    if (!name) return;
    now[name] = Number(event.target.value);
    draw();
  });
  document.addEventListener("pointerdown", (event) => {
    const pair = event.target.closest("[data-drag]");
    if (!pair) return;
    const follow = (moved) => {
      const box = pair.getBoundingClientRect();
      now.sky = Math.round(Math.max(0, Math.min(1, (moved.clientX - box.left) / box.width)) * 100);
      draw();
    };
    pair.setPointerCapture(event.pointerId);
    pair.onpointermove = follow;
    pair.onpointerup = pair.onpointercancel = () => (pair.onpointermove = null);
    follow(event);
  });
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  document.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("resize", draw);

  // ── while the screen is idle ──────────────────────────────────────────────────────────────────────────────────────
  let touched = performance.now(), slideAt = 0, turned = 0, renewed = 0, tag = null;

  all("[data-slide-of]").forEach((slide) => {
    const picture = one(`[data-story] [data-screen="${slide.dataset.slideOf}"] [data-picture]`);
    if (!picture) return;
    const copy = picture.cloneNode(true), last = Number(copy.dataset.shares?.split(":").at(-1));
    copy.removeAttribute("data-drag");
    copy.classList.replace("hill", "grown");
    all("circle", copy).forEach((dot, n) => dot.setAttribute("class", n < last ? "green" : ""));
    one(".still", slide).append(copy);
  });

  function turn(to) {
    const slides = all("[data-slide-of]");
    slideAt = to % slides.length;
    slides.forEach((slide, n) => (slide.hidden = n !== slideAt));
    turned = performance.now();
  }

  function leave() {
    attract.hidden = true;
    one("#stories").inert = false;
    draw();
    shown(`[data-screen="${now.screen}"] h1`).focus({ preventScroll: true });
  }

  function begin() {
    if (!attract.hidden) return;
    attract.hidden = false;
    one("#stories").inert = true;
    turn(0);
  }

  function everyTick() {
    const idle = (performance.now() - touched) / 1000;
    if (idle >= IDLE_S) begin();
    if (!attract.hidden && performance.now() - turned >= SLIDE_S * 1000) turn(slideAt + 1);
    if (idle < RESET_S) return;
    if (now.touched !== touched) {
      now = Object.assign(fresh(), { touched });
      all("details[open]").forEach((details) => (details.open = false));
      draw();
    }
    if (performance.now() - renewed >= RENEW_S * 1000) renew();
  }

  /* A newer version replaces the old one only when it has loaded completely; without a server the old one stays. */
  async function renew() {
    renewed = performance.now();
    try {
      const answer = await fetch(location.href, { cache: "no-cache" });
      const newTag = answer.ok && answer.headers.get("etag");
      if (!newTag || newTag === tag) return;
      if (!tag) { tag = newTag; return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const stories = one("#stories", page);
      if (!stories || attract.hidden) return;
      one("#stories").innerHTML = stories.innerHTML;
      tag = newTag;
      draw();
    } catch { /* no server: the present page stays */ }
  }

  attract.addEventListener("click", leave);
  attract.addEventListener("keydown", (event) => ["Enter", " "].includes(event.key) && leave());
  ["pointerdown", "pointermove", "keydown", "input", "wheel"].forEach((name) =>
    addEventListener(name, () => (touched = performance.now()), { capture: true, passive: true }));
  setInterval(everyTick, 250);
  draw();
})();
