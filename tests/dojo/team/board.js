"use strict";
// The page of the board: it draws what /events sends, and everything that a team has written is text.

const SILENT_MS = 40000; // the board sends at least every fifteen seconds
const AGAIN_MS = 3000;
const BELL_MS = 2000;
const KINDS = { "✓": "green", "✗": "red", "■": "hung" }; // a sign's colour; the sign says it without one
const $ = (id) => document.getElementById(id);
const cells = new Map(); // "TEAM KATA" to its button
let seen = null; // what was sent last, and when
let source = null;
let sound = null;
let rung = 0;

// what comes

function listen() {
  if (source) source.close();
  source = new EventSource("/events");
  source.onmessage = (event) => {
    seen = { ...JSON.parse(event.data), came: performance.now() };
    document.body.classList.remove("outside");
    $("silent").textContent = "";
    draw();
  };
  source.onerror = () => {
    if (seen) $("silent").textContent = "The board does not answer. Trying again …";
    if (source.readyState !== EventSource.CLOSED) return; // it tries again by itself
    if (seen === null) show_door();
    else setTimeout(listen, AGAIN_MS);
  };
}

function show_door() {
  document.body.classList.add("outside");
  $("code").focus();
}

async function post(path, what) {
  const body = JSON.stringify(what);
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body });
  return answer.ok ? "" : ((await answer.json().catch(() => ({}))).error || `HTTP ${answer.status}`);
}

async function enter(code) {
  try {
    $("refused").textContent = await post("/enter", { code });
  } catch {
    $("refused").textContent = "The board does not answer.";
  }
  if ($("refused").textContent === "") listen();
}

// what is shown

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function made(tag, name = "", text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}

function draw() {
  document.body.classList.toggle("here", seen.here);
  say($("join"), `make watch TEAM=${seen.rows[0].team} BOARD=${location.host} CODE=${seen.code}`);
  draw_table();
  list("stuck", seen.stuck);
  list("drivers", seen.rows.filter((row) => row.driver).map((row) => `${row.team} ${row.driver} → ${row.next}`));
  tick();
  fit();
}

// As large as the window allows: people read it from the far end of a room. A phone scrolls.
function fit() {
  const page = document.documentElement;
  const sizes = matchMedia("(max-width: 45rem)").matches ? [1.1] : [2.2, 2, 1.8, 1.6, 1.4, 1.25, 1.1, 1, 0.9, 0.8];
  for (const size of sizes) {
    page.style.setProperty("--size", `${size}rem`);
    if (page.scrollWidth <= page.clientWidth && page.scrollHeight <= page.clientHeight) break;
  }
}

function draw_table() {
  const wanted = JSON.stringify([seen.katas, seen.rows.map((row) => row.team)]);
  if ($("teams").dataset.of !== wanted) lay_table(wanted);
  for (const row of seen.rows) {
    for (const square of row.squares) draw_square(cells.get(`${row.team} ${square.kata}`), row.team, square);
  }
}

function lay_table(wanted) {
  cells.clear();
  $("teams").dataset.of = wanted;
  const heads = seen.katas.map(([id, name]) => {
    const head = made("th", "", id);
    head.append(made("small", "", name));
    return head;
  });
  const now = made("th", "", "now");
  now.append(made("small", "", "no progress for"));
  $("katas").replaceChildren(made("th", "", "team"), ...heads, now);
  $("teams").replaceChildren(...seen.rows.map((row) => {
    const line = made("tr");
    const hand = made("td", "hand");
    hand.append(made("b"), made("time"), made("span"));
    const squares = row.squares.map((square) => {
      const place = made("td", "square");
      const button = made("button");
      button.dataset.kata = square.kata;
      button.append(made("span", "sign"), made("span", "score"), made("span", "lights"));
      button.addEventListener("click", () => open_report(row.team, square.kata));
      cells.set(`${row.team} ${square.kata}`, button);
      place.append(button);
      return place;
    });
    line.append(made("th", "team", row.team), ...squares, hand);
    return line;
  }));
}

function draw_square(button, team, square) {
  const [sign, score, lights] = button.children;
  say(sign, square.sign);
  say(score, square.score);
  draw_lights(lights, square.lights.slice(seen.katas.length > 4 ? -5 : -8));
  const kind = KINDS[square.sign] || "not";
  button.parentElement.className = `square ${kind}`;
  button.disabled = !square.score;
  button.setAttribute("aria-label", `${team}, ${square.kata}: ${square.mark} ${square.score}`);
}

function draw_lights(place, signs) {
  if (place.textContent !== signs) place.replaceChildren(...[...signs].map((sign) => made("span", KINDS[sign], sign)));
}

function list(id, texts) {
  $(id).classList.toggle("empty", texts.length === 0);
  const items = $(id).querySelector("ul");
  if (items.dataset.of === JSON.stringify(texts)) return;
  items.dataset.of = JSON.stringify(texts);
  items.replaceChildren(...texts.map((text) => made("li", "", text)));
}

// what changes with the time alone

function tick() {
  if (seen === null) return;
  const passed = (performance.now() - seen.came) / 1000;
  if (1000 * passed > SILENT_MS) {
    say($("silent"), "The board does not answer. Trying again …");
    seen.came = performance.now();
    listen();
  }
  const left = seen.left - passed;
  const turn = seen.turn - passed;
  say($("left"), clock(left));
  say($("turn"), seen.resting !== null ? `break for ${clock(seen.resting + passed)}: s goes on`
    : left <= 0 ? "the time is over" : `turn ${clock(turn)}, then swap`);
  say($("announced"), seen.ended ? "The session has ended." : seen.rests ? "break after this turn" : "");
  [...$("teams").rows].forEach((line, place) => {
    const row = seen.rows[place];
    const [kata, since, more] = line.querySelector(".hand").children;
    say(kata, row.now);
    say(since, row.idle === null ? "" : `${Math.floor((row.idle + passed) / 60)} min`);
    say(more, row.asks ? "! help" : row.mixed ? "2 watches" : row.hints ? `h${row.hints}` : "");
    more.className = row.asks || row.mixed ? "help" : "not";
  });
  draw_alarm();
}

function draw_alarm() {
  const alarm = $("alarm");
  if (!seen.alarm) {
    if (alarm.open) alarm.close();
    return;
  }
  const swap = seen.alarm === "swap";
  say($("what"), swap ? "SWAP" : "TIME");
  say($("why"), swap ? (seen.rests ? "The next driver takes the keyboard, after a break." : "The next driver takes the keyboard.") : "The time is over.");
  say($("confirm"), seen.here ? "s: everybody has seen it" : "The trainer confirms it.");
  const drivers = swap ? seen.rows.filter((row) => row.next) : [];
  $("next").replaceChildren(...drivers.map((row) => made("li", "", `${row.team}: ${row.next}`)));
  if (!alarm.open) alarm.showModal();
  if (performance.now() - rung > BELL_MS) {
    rung = performance.now();
    ring();
  }
}

function ring() {
  if (!sound || sound.state !== "running") return; // a page may only sound after a key or a click
  const tone = sound.createOscillator();
  tone.frequency.value = 880;
  tone.connect(sound.destination);
  tone.start();
  tone.stop(sound.currentTime + 0.25);
}

// what is asked for

async function open_report(team, kata) {
  const path = seen.paths[kata].split("/").map(encodeURIComponent).join("/");
  const place = `${encodeURIComponent(team)}/${path}`;
  const name = (seen.katas.find(([id]) => id === kata) || ["", ""])[1];
  $("whose").textContent = `${team}: ${kata} ${name}`;
  $("words").textContent = "…";
  const square = seen.rows.find((row) => row.team === team).squares.find((one) => one.kata === kata);
  $("tape").hidden = !square.tape;
  $("tape").href = `/tape/${place}`;
  if (!$("report").open) $("report").showModal();
  try {
    const answer = await fetch(`/report/${place}`);
    $("words").textContent = answer.ok ? await answer.text() : "There is no report yet.";
  } catch {
    $("words").textContent = "The board does not answer.";
  }
}

async function control(what) {
  const refused = await post("/control", { do: what }).catch(() => "the board does not answer");
  if (refused) say($("silent"), refused);
}

function move(key) {
  const lines = [...$("teams").rows].map((line) => [...line.querySelectorAll("button:not([disabled])")]);
  const line = Math.max(0, lines.findIndex((buttons) => buttons.includes(document.activeElement)));
  const place = lines[line] ? lines[line].indexOf(document.activeElement) : -1;
  if (place < 0) {
    lines.flat()[0]?.focus();
  } else if (key === "ArrowLeft" || key === "ArrowRight") {
    lines[line][place + (key === "ArrowRight" ? 1 : -1)]?.focus();
  } else {
    const step = key === "ArrowDown" ? 1 : -1;
    for (let next = line + step; lines[next]; next += step) {
      if (lines[next].length) return void lines[next][Math.min(place, lines[next].length - 1)].focus();
    }
  }
}

document.addEventListener("keydown", (event) => {
  sound = sound || new AudioContext();
  if (document.body.classList.contains("outside") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow") && !$("report").open) {
    move(event.key);
    event.preventDefault();
  }
  if (!seen.here || $("report").open) return;
  if (event.key === "s") control("swap");
  if (event.key === "b") control("break");
  if (event.key === "e" && confirm("End the session for everybody?")) control("end");
});
document.addEventListener("click", () => { sound = sound || new AudioContext(); });
$("alarm").addEventListener("cancel", (event) => event.preventDefault()); // Esc does not confirm
$("door").addEventListener("submit", (event) => {
  event.preventDefault();
  enter($("code").value.trim());
});

addEventListener("resize", () => { if (seen) fit(); });
setInterval(tick, 500);
if (location.hash.length > 1) {
  enter(decodeURIComponent(location.hash.slice(1)));
  history.replaceState(null, "", "/");
} else {
  listen();
}
