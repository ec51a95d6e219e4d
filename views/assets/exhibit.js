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
  const QUESTIONS = 3; // drawn anew for each visitor
  const DRAG_PX = 12; // a finger that moved less has pressed
  const RUN_S = 14; // how long a year runs by in the calendar; in eight seconds while the screen is idle
  const GOOD = 2; // the highest AQI level of a good day
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  /* Random numbers from a seed, so that a test can name the one it wants (mulberry32). */
  let state = Number(parameters.get("seed")) || crypto.getRandomValues(new Uint32Array(1))[0];
  function random() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const FIRST_LANGUAGE = "zh";

  const all = (what, from = document) => [...from.querySelectorAll(what)];
  const one = (what, from = document) => from.querySelector(what);
  const attract = one("[data-attract]");
  const first = one("[data-screen]").dataset.screen;
  const shown = (what) => one(`[data-story]:not([hidden]) ${what}`);

  const screens = all("[data-screen]", one("[data-story]")).map((screen) => screen.dataset.screen);

  /* Some of the questions, in the order of the story. */
  function drawn() {
    const left = screens.filter((name) => name.startsWith("quiz-"));
    const some = [];
    while (some.length < QUESTIONS && left.length) some.push(...left.splice(Math.floor(random() * left.length), 1));
    return screens.filter((name) => some.includes(name));
  }

  const fresh = () => ({
    lang: FIRST_LANGUAGE, screen: first, sky: 50, day: null, running: false, rule: false, drop: 0, own: "", held: "", thing: "",
    wrong: false, sorted: [], year: null, questions: drawn(), guesses: {}, answers: [], pledges: [],
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
    drawSky(); drawRule(); drawDrop(); drawOwn(); drawThings(); drawHills(); drawQuiz(); drawPledges();
  }

  const slide = (name, value, label) => all(`[data-slide=${name}]`).forEach((input) => {
    input.value = value;
    if (label) input.setAttribute("aria-valuetext", label(input));
  });

  function drawSky() {
    all("#stories .compare").forEach((compare) => {
      compare.style.setProperty("--at", `${now.sky}%`);
      showDay(compare, compare.closest("[data-screen]"), now.day);
      all("[data-running]", compare).forEach((text) => (text.hidden = (text.dataset.running === "yes") !== now.running));
    });
    slide("sky", now.sky, (input) => {
      const [then, today] = all(".ends span", input.parentElement).map((end) => end.textContent);
      return now.sky >= 50 ? `${then} ${now.sky}%` : `${today} ${100 - now.sky}%`;
    });
    const pair = shown("[data-screen=sky]:not([hidden]) .pair");
    if (pair) part(pair, pair.closest("[data-screen]"), now.sky);
  }

  /* Both calendars up to a day of the year (from 0; null: all of it), the good days so far, the sky of that day. */
  const reached = new WeakMap(); // how many days of a calendar are shown
  function showDay(compare, scene, day) {
    const days = one("[data-count]", compare).dataset.count.length, at = Math.min(day ?? days, days - 1);
    const last = reached.get(compare) ?? days - 1;
    reached.set(compare, at);
    for (const side of ["then", "now"]) {
      const cells = all(`.${side} rect`, one(".pair", compare));
      for (let n = Math.min(last, at) + 1; n <= Math.max(last, at); n += 1) cells[n].classList.toggle("later", n > at);
      const count = one(`.${side} [data-count]`, compare), levels = [...count.dataset.count].map(Number);
      count.textContent = levels.slice(0, at + 1).filter((level) => level > 0 && level <= GOOD).length;
      const sky = one(`i.sky.${side}`, scene);
      if (sky) sky.dataset.level = levels[at];
    }
    const date = new Date(Number(compare.dataset.year), 0, at + 1);
    const language = compare.closest("[lang]").lang;
    one("[data-date]", compare).textContent = date.toLocaleDateString(language, { month: "long", day: "numeric" });
  }

  /* The sky behind a calendar parts where its handle is. */
  function part(pair, scene, share) {
    const box = pair.getBoundingClientRect(), around = scene.getBoundingClientRect();
    scene.style.setProperty("--cut", `${box.left - around.left + (box.width * share) / 100}px`);
  }

  function drawRule() {
    all(".split").forEach((bar) => {
      bar.classList.toggle("open", now.rule);
      one(".whole", bar).setAttribute("aria-hidden", now.rule);
    });
    all("[data-rule-answer]").forEach((text) => (text.hidden = !now.rule));
    all("[data-act=rule]").forEach((button) => button.setAttribute("aria-pressed", now.rule));
  }

  function drawDrop() {
    all("[data-stop]").forEach((stop) => {
      const here = Number(stop.dataset.stop) === now.drop;
      if (here) stop.setAttribute("aria-current", "location"); else stop.removeAttribute("aria-current");
    });
    all(".drop [data-at]").forEach((panel) => (panel.hidden = Number(panel.dataset.at) !== now.drop));
    all(".drop [data-step]").forEach((button) => {
      const to = now.drop + Number(button.dataset.step);
      button.disabled = to < 0 || to >= all("[data-stop]", button.closest("main")).length;
    });
    const dot = shown(`[data-stop="${now.drop}"] .dot`);
    const river = shown(".river");
    if (!dot || !river.offsetParent) return;
    const at = dot.getBoundingClientRect(), around = river.getBoundingClientRect();
    const drop = one("svg.drop", river), color = dot.parentElement.dataset.color;
    drop.style.setProperty("--fill", color || "var(--card)");
    drop.classList.toggle("unknown", !color);
    drop.style.transform =
      `translate(${at.left + at.width / 2 - around.left}px, ${at.top - around.top}px) translate(-50%, -82%)`;
  }

  /* The district a visitor chose, until the next visitor. */
  function drawOwn() {
    all("[data-own]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.own === now.own));
    all("[data-of]").forEach((panel) => (panel.hidden = panel.dataset.of !== now.own));
  }

  /* A thing is held, then put into a bin; in the right one its way is shown, from a wrong one it comes back. */
  function drawThings() {
    all("[data-thing]").forEach((button) => {
      const name = button.dataset.thing;
      button.setAttribute("aria-pressed", name === now.held || name === now.thing);
      button.classList.toggle("sorted", now.sorted.includes(name) && name !== now.thing);
      button.classList.toggle("no", now.wrong && name === now.held);
    });
    all(".waste [data-at]").forEach((panel) => (panel.hidden = panel.dataset.at !== now.thing));
    const hint = now.wrong ? "wrong" : now.held ? "held" : "pick";
    all("[data-hint]").forEach((text) => (text.hidden = text.dataset.hint !== hint));
  }

  function take(name) {
    now.wrong = false;
    now.thing = "";
    now.held = name;
  }

  function put(bin) {
    if (!now.held) return;
    now.wrong = one(`[data-thing="${now.held}"]`).dataset.belongs !== bin;
    if (now.wrong) return;
    now.thing = now.held;
    now.held = "";
    now.sorted.push(now.thing);
  }

  /* The trees step from one published year to the next; in between, those that changed are hollow: not known. */
  function drawHills() {
    all("#stories .hill").forEach((hill) => {
      const known = hill.dataset.shares.split(",").map((pair) => pair.split(":").map(Number));
      const year = now.year ?? known[0][0];
      const before = known.filter(([then]) => then <= year).at(-1)[1];
      const after = known.find(([then]) => then >= year)[1];
      all(".tree", hill.closest("[data-screen]")).forEach((tree, n) => {
        const state = n < Math.min(before, after) ? " green" : n < Math.max(before, after) ? " open" : "";
        tree.setAttribute("class", `tree${state}`);
      });
      const published = known.some(([then]) => then === year);
      all("[data-year]", hill).forEach((text) => (text.hidden = text.dataset.year !== (published ? String(year) : "")));
      all("[data-shown-year]", hill).forEach((text) => (text.textContent = year));
      slide("year", year, () => one("[data-year]:not([hidden])", hill).textContent);
    });
  }

  function drawQuiz() {
    all("[data-question]").forEach((question) => {
      const { question: id, right, low, high, unit, names } = question.dataset;
      const input = one("input", question), answered = now.answers.includes(id);
      const guess = now.guesses[id] ?? Number(input.defaultValue);
      const words = names ? names.split("|")[guess - Number(low)] : unit.replace("#", guess);
      input.value = guess;
      input.disabled = answered;
      input.setAttribute("aria-valuetext", words);
      one("[data-guess]", question).textContent = words;
      one("[data-answer]", question).disabled = answered;
      question.classList.toggle("answered", answered);
      const share = (100 * (Number(right) - Number(low))) / (Number(high) - Number(low));
      one("[data-truth]", question).style.setProperty("--truth", answered ? `${share}%` : "0%");
    });
    all("[data-answered]").forEach((panel) => {
      const id = panel.dataset.answered;
      panel.hidden = !now.answers.includes(id);
      all("[data-when]", panel).forEach((line) => (line.hidden = (line.dataset.when === "right") !== isNear(id)));
    });
    all("[data-nth]").forEach((text) => {
      text.textContent = now.questions.indexOf(text.closest("[data-screen]").dataset.screen) + 1;
    });
    const near = now.answers.filter(isNear).length;
    all("[data-score]").forEach((line) => (line.hidden = Number(line.dataset.score) !== near));
  }

  function isNear(id) {
    const question = one(`[data-question="${id}"]`), { right, near } = question.dataset;
    return Math.abs((now.guesses[id] ?? Number(one("input", question).defaultValue)) - Number(right)) <= Number(near);
  }

  function drawPledges() {
    const full = now.pledges.length >= MOST_PLEDGES;
    all("[data-pledge]").forEach((button) => {
      const chosen = now.pledges.includes(button.dataset.pledge);
      button.setAttribute("aria-pressed", chosen);
      button.setAttribute("aria-disabled", full && !chosen);
    });
    all("[data-pledged]").forEach((line) => (line.hidden = !now.pledges.includes(line.dataset.pledged)));
    all("[data-why]").forEach((line) => (line.hidden = !now.pledges.includes(line.dataset.why)));
    const order = all("[data-pledged]", one("[data-story]")).map((line) => line.dataset.pledged);
    const chosen = order.filter((name) => now.pledges.includes(name)).join(",");
    all("[data-code]").forEach((code) => (code.hidden = code.dataset.code !== chosen));
  }

  // ── what a visitor does ────────────────────────────────────────────────────────────────────────────────────────
  function go(screen) {
    now.screen = screen;
    stopRunning();
    draw();
    if (screen === "sky") run();
    scrollTo(0, 0);
    all("details[open]").forEach((details) => (details.open = false));
    shown(`[data-screen="${screen}"] h1`).focus({ preventScroll: true });
  }

  /* The screen before or after in this visitor's story: questions that were not drawn are passed over. */
  function step(by) {
    const mine = screens.filter((name) => !name.startsWith("quiz-") || now.questions.includes(name));
    go(mine[mine.indexOf(now.screen) + by]);
  }

  /* The days of a year one after another in so many seconds; a slow machine leaves some out. */
  function runDays(seconds, show) {
    const days = one("[data-count]").dataset.count.length, since = performance.now();
    const timer = setInterval(() => {
      const day = Math.min(days - 1, Math.floor(((performance.now() - since) * days) / (seconds * 1000)));
      if (day === days - 1) clearInterval(timer);
      show(day, day === days - 1);
    }, (seconds * 1000) / days);
    return timer;
  }

  let runner = null;
  function stopRunning() {
    clearInterval(runner);
    Object.assign(now, { day: null, running: false });
  }

  /* A year runs by day by day; who wants no motion sees its last day at once. */
  function run() {
    stopRunning();
    if (still.matches) return;
    Object.assign(now, { day: 0, running: true });
    runner = runDays(RUN_S, (day, ended) => {
      now.day = day;
      if (ended) stopRunning();
      drawSky();
    });
  }

  const acts = {
    start: () => { now = Object.assign(fresh(), { lang: now.lang }); go(now.screen); },
    quiz: () => { Object.assign(now, { questions: drawn(), guesses: {}, answers: [] }); go(now.questions[0]); },
    run: () => {
      if (!now.running) return run();
      clearInterval(runner);
      now.running = false;
    },
    rule: () => (now.rule = !now.rule),
  };

  function press(button) {
    const data = button.dataset;
    if (data.to) return go(data.to.startsWith("quiz-") ? now.questions[0] : data.to);
    if (data.go) return step(Number(data.go));
    if (data.act) acts[data.act]();
    else if (data.lang) { now.lang = data.lang; return go(now.screen); }
    else if (data.stop) now.drop = Number(data.stop);
    else if (data.own) now.own = data.own;
    else if (data.step) now.drop += Number(data.step);
    else if (data.thing) take(data.thing);
    else if (data.bin) put(data.bin);
    else if (data.answer) { if (!now.answers.includes(data.answer)) now.answers.push(data.answer); }
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
    if (dragged) return; // the click that ends a drag presses nothing
    if (button && !button.disabled) press(button);
  });
  document.addEventListener("input", (event) => {
    const { slide: name, guessOf: question } = event.target.dataset ?? {};
    if (name) now[name] = Number(event.target.value);
    if (question) now.guesses[question] = Number(event.target.value);
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
  let dragged = false;
  /* A thing is dragged into a bin. Without dragging: press the thing, then the bin. */
  document.addEventListener("pointerdown", (event) => {
    const thing = event.target.closest("#stories [data-thing]");
    if (!thing || event.button) return;
    const from = { x: event.clientX, y: event.clientY };
    let moved = false;
    const under = (at) => all("[data-bin]").find((bin) => {
      const box = bin.getBoundingClientRect();
      return box.width && at.clientX >= box.left && at.clientX <= box.right && at.clientY >= box.top && at.clientY <= box.bottom;
    });
    thing.setPointerCapture(event.pointerId);
    thing.onpointermove = (at) => {
      if (!moved && Math.hypot(at.clientX - from.x, at.clientY - from.y) < DRAG_PX) return;
      if (!moved) { moved = true; take(thing.dataset.thing); draw(); thing.classList.add("dragged"); }
      thing.style.translate = `${at.clientX - from.x}px ${at.clientY - from.y}px`;
      const bin = under(at);
      all("[data-bin]").forEach((other) => other.classList.toggle("over", other === bin));
    };
    thing.onpointerup = thing.onpointercancel = (at) => {
      thing.onpointermove = thing.onpointerup = thing.onpointercancel = null;
      thing.classList.remove("dragged");
      thing.style.translate = "";
      all("[data-bin]").forEach((other) => other.classList.remove("over"));
      const bin = moved && under(at);
      if (bin) put(bin.dataset.bin);
      if (!moved) return;
      dragged = true;
      setTimeout(() => (dragged = false));
      draw();
    };
  });
  document.addEventListener("contextmenu", (event) => event.preventDefault());
  document.addEventListener("dragstart", (event) => event.preventDefault());
  addEventListener("resize", draw);

  // ── while the screen is idle ──────────────────────────────────────────────────────────────────────────────────────
  let touched = performance.now(), slideAt = 0, turned = 0, renewed = 0, tag = null;

  /* A slide's scene and what moves in it are copied from the chapter's first screen. */
  all("[data-slide-of]").forEach((slide) => {
    const screen = one(`[data-story] [data-screen="${slide.dataset.slideOf}"]`);
    const copy = (what) => one(what, screen)?.cloneNode(true);
    const parts = [copy("[data-backdrop]"), copy("[data-picture]")];
    slide.prepend(...parts.filter(Boolean));
    all("[data-drag]", slide).forEach((pair) => pair.removeAttribute("data-drag"));
    const shares = one("[data-shares]", screen)?.dataset.shares.split(":").at(-1);
    all(".tree", slide).forEach((tree, n) => n < Number(shares) && tree.classList.add("green"));
    const pledges = all("[data-pledge] strong", screen);
    if (pledges.length) {
      const wall = document.createElement("div");
      wall.className = "promised-cards";
      wall.append(...pledges.map((title, n) => {
        const card = document.createElement("p");
        card.textContent = title.textContent;
        card.style.setProperty("--n", n);
        return card;
      }));
      slide.append(wall);
    }
    const drop = copy("svg.drop");
    if (drop) { drop.removeAttribute("style"); drop.classList.add("glide"); slide.append(drop); }
    const belt = copy(".belt");
    if (!belt) return;
    const riders = document.createElement("div");
    riders.className = "riders";
    riders.append(...all("[data-thing] svg", screen).map((icon) => icon.cloneNode(true)));
    slide.append(belt, riders);
  });

  /* The year of the first slide, which runs by while it stands. */
  let dayRunner = null;
  function runSlide(slide) {
    clearInterval(dayRunner);
    const compare = one(".compare", slide);
    if (!compare) return;
    part(one(".pair", compare), slide, 50);
    showDay(compare, slide, still.matches ? null : 0);
    if (!still.matches) dayRunner = runDays(SLIDE_S, (day) => showDay(compare, slide, day));
  }

  function turn(to) {
    const slides = all("[data-slide-of]");
    slideAt = to % slides.length;
    slides.forEach((slide, n) => (slide.hidden = n !== slideAt));
    runSlide(slides[slideAt]);
    turned = performance.now();
  }

  function leave() {
    attract.hidden = true;
    clearInterval(dayRunner);
    one("#stories").inert = false;
    draw();
    shown(`[data-screen="${now.screen}"] h1`).focus({ preventScroll: true });
  }

  function begin() {
    if (!attract.hidden) return;
    stopRunning();
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
  if (now.screen.startsWith("quiz-")) now.screen = now.questions[0];
  draw();
  if (now.screen === "sky") run();
})();
