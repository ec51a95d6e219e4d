/* The wall's script: scene after scene, for weeks. It must survive a server that is down, slow or replaced, a broken
   network, a wrong clock. The last good picture of every scene is stored and shown with its true age.

   Seconds are read from <body> each time, so that a test can shorten them: data-every (how long a scene is shown, else the
   scene's own), data-refresh (how often a scene that stays is loaded again), data-retry (while the server is offline). */
(() => {
  "use strict";
  const set = document.body.dataset;
  const { scenes, parameters, words } = JSON.parse(document.getElementById("given").textContent);
  const names = Object.keys(scenes); // in the order of the loop
  const stage = document.getElementById("stage");
  const lost = document.getElementById("lost");
  const bar = document.getElementById("progress");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const ANSWER_MS = 10_000; // a slower response counts as none
  const MOUSE_MS = 4_000;
  const REOPEN_MS = 24 * 3600 * 1000; // once a day the page is reloaded
  const pictures = new Map(); // the last good picture of each scene
  let shown = null; // the scene on the screen
  let wanted = ""; // … and the one requested last
  let clockOffset = 0; // ms from this machine's clock to Xining's time
  let requestedAt = Date.now();
  let offline = false; // whether the server did not respond to the last request
  let paused = "pinned" in set;
  let timer = 0, left = 0, since = 0, line = null;

  const xining = () => Date.now() + clockOffset;
  const after = (name, by) => names[(names.indexOf(name) + by + names.length) % names.length];

  // ── loading ─────────────────────────────────────────────────────────────────────────────────────────────────────
  function read(html) {
    const shell = document.createElement("template");
    shell.innerHTML = html;
    const made = shell.content.firstElementChild;
    if (!made?.dataset.scene) throw new Error("no scene");
    return made;
  }

  function store(made) {
    pictures.set(made.dataset.scene, made);
    clockOffset = 1000 * Number(made.dataset.now) - Date.now();
    if (made.dataset.build !== set.build) reopen();
  }

  async function load(name) {
    requestedAt = Date.now();
    try {
      const answer = await fetch(scenes[name], { signal: AbortSignal.timeout(ANSWER_MS) });
      if (!answer.ok) throw new Error(answer.status);
      store(read(await answer.text()));
      offline = false;
    } catch (problem) {
      offline = true;
    }
  }

  /* Reloaded only while the server responds: else the browser would show its own error page. */
  async function reopen() {
    const answer = await fetch(location.href, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => null);
    if (answer?.ok) location.reload();
  }

  // ── showing ────────────────────────────────────────────────────────────────────────────────────────────────────
  function put(name) {
    const made = pictures.get(name);
    if (!made || made === shown) return;
    const other = shown?.dataset.scene !== name;
    const focus = document.activeElement?.dataset?.to;
    stage.replaceChildren(made);
    shown = made;
    if (focus) made.querySelector(`[data-to="${focus}"]`)?.focus();
    if (paused) pin();
    if (other && !still.matches) made.animate({ opacity: [0, 1] }, { duration: 500, easing: "ease-out" });
    mark();
    tick();
  }

  async function go(name, { atOnce = false } = {}) {
    wanted = name;
    clearTimeout(timer);
    if (atOnce) put(name);
    await load(name);
    if (wanted !== name) return;
    put(name);
    begin();
  }

  /* A scene's time begins; a pause stops it, and it goes on from there. */
  function begin() {
    left = 1000 * Number(set.every || shown?.dataset.seconds || set.retry);
    line?.cancel();
    line = still.matches ? null : bar.animate({ transform: ["scaleX(0)", "scaleX(1)"] }, { duration: left, fill: "forwards" });
    run();
  }

  function run() {
    clearTimeout(timer);
    since = performance.now();
    if (paused) line?.pause(); else { line?.play(); timer = setTimeout(turn, left); }
    mark();
  }

  function turn() {
    go(after(wanted, 1));
  }

  function setPaused(stay) {
    if (paused === stay) return;
    if (stay) left -= performance.now() - since;
    paused = stay;
    pin();
    run();
  }

  /* The address names the scene that stays, so that a reloaded page shows it again. */
  function pin() {
    history.replaceState(null, "", atScene(new URL(location.href), paused ? parameters.pinned : null));
  }

  /* An address with the shown scene in a parameter, or in none. */
  function atScene(address, parameter) {
    for (const name of Object.values(parameters)) address.searchParams.delete(name);
    if (parameter && shown) address.searchParams.set(parameter, shown.dataset.scene);
    return address;
  }

  function mark() {
    const button = stage.querySelector("[data-pause]");
    if (button) button.textContent = paused ? words.go_on : words.pause;
    document.body.toggleAttribute("data-paused", paused);
  }

  // ── once a second: the clock, the ages, what is due ────────────────────────────────────────────────────────────
  const ago = (ms) => {
    const minutes = Math.floor(ms / 60_000);
    if (minutes < 1) return words.just_now;
    if (minutes < 120) return words.minutes_ago.replace("{n}", minutes);
    if (minutes < 48 * 60) return words.hours_ago.replace("{n}", Math.floor(minutes / 60));
    return words.days_ago.replace("{n}", Math.floor(minutes / 1440));
  };
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit" });

  const day = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai" });

  function tick() {
    const now = xining(), hour = clock.format(now);
    stage.querySelectorAll("[data-clock]").forEach((one) => (one.textContent = hour));
    if (shown) stage.querySelector("[data-day]")?.toggleAttribute("hidden", day.format(now) !== day.format(1000 * Number(shown.dataset.now)));
    stage.querySelectorAll("[data-at]").forEach((one) => {
      const age = now - 1000 * Number(one.dataset.at);
      one.querySelector("[data-ago]").textContent = ago(age);
      one.querySelector(".stale").hidden = age <= 1000 * Number(one.dataset.expected);
    });
    if (shown) document.title = `${shown.dataset.title} · ${hour}`; // a watchdog outside the browser reads this
    lost.hidden = !offline;
    if (offline) lost.textContent = words.lost.replace("{age}", shown ? ago(now - 1000 * Number(shown.dataset.now)) : "");
  }

  function everySecond() {
    tick();
    const quiet = Date.now() - requestedAt;
    if (quiet >= 1000 * Number(offline ? set.retry : set.refresh)) {
      const name = shown?.dataset.scene ?? names[0];
      load(name).then(() => { if (!shown || shown.dataset.scene === name) put(name); tick(); });
    }
    if (performance.now() > REOPEN_MS) reopen();
  }

  // ── keys, remote, mouse ────────────────────────────────────────────────────────────────────────────────────────
  const step = (by) => go(after(wanted, by), { atOnce: true });
  const KEYS = {
    ArrowRight: () => step(1), PageDown: () => step(1), ArrowLeft: () => step(-1), PageUp: () => step(-1),
    Home: () => go(names[0], { atOnce: true }), End: () => go(names.at(-1), { atOnce: true }), " ": () => setPaused(!paused),
  };

  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || (event.key === " " && event.target.closest("button, a"))) return;
    const nth = names[Number(event.key) - 1];
    const act = KEYS[event.key] ?? (nth && (() => go(nth, { atOnce: true })));
    if (!act) return;
    event.preventDefault();
    act();
  });

  addEventListener("click", (event) => {
    const to = event.target.closest("[data-to]")?.dataset.to, language = event.target.closest("a[data-lang]");
    if (language) inLanguage(language);
    if (to) {
      event.preventDefault();
      go(to, { atOnce: true }).then(() => setPaused(true));
    } else if (event.target.closest("[data-pause]")) setPaused(!paused);
  });

  /* The other language opens at the same scene, paused or not. */
  function inLanguage(link) {
    const address = new URL(link.href);
    for (const [name, value] of new URLSearchParams(location.search))
      if (!address.searchParams.has(name)) address.searchParams.set(name, value);
    link.href = atScene(address, paused ? parameters.pinned : parameters.first);
  }

  let mouse = 0;
  addEventListener("mousemove", () => {
    document.body.classList.add("pointed");
    clearTimeout(mouse);
    mouse = setTimeout(() => document.body.classList.remove("pointed"), MOUSE_MS);
  });

  for (const failed of ["error", "unhandledrejection"])
    addEventListener(failed, () => setTimeout(reopen, 1000 * Number(set.refresh)));

  // ── begin ──────────────────────────────────────────────────────────────────────────────────────────────────────
  const first = stage.querySelector("[data-scene]");
  if (first) {
    shown = first;
    store(first);
  }
  wanted = shown?.dataset.scene ?? names[0];
  begin();
  setInterval(everySecond, 1000);
  tick();
  (async () => { for (const name of names) if (!pictures.has(name)) await load(name); })(); // ready for a broken connection
})();
