"use strict";
// Steps through the drawing. All texts are put in as text, never as HTML.
const data = JSON.parse(document.getElementById("data").textContent);
const find = (name) => document.getElementById(name);
const sides = [...document.querySelectorAll(".side")].map((section, number) => ({
  ...data.tapes[number],
  scroll: section.querySelector(".scroll"),
  head: section.querySelector(".head"), // covers what is scrolled below it
  body: section.querySelector(".body"),
  cursor: section.querySelector(".cursor"),
  groups: [...section.querySelectorAll(".step")],
  bars: [...section.querySelectorAll(".bar[data-from]")],
  panel: section.querySelector(".panel"),
  places: [], // the middle of each step, from the top of the drawing
  current: null,
  behind: [], // those whose texts would stand on that of the present one
  from: 0, // the steps from here
  to: 0, // to here are drawn: thousands at once would be slow
}));
const steps = sides.flatMap((side) => side.steps);
const rows = 1 + steps.reduce((most, step) => Math.max(most, step.row), -1);
const earliest = steps.reduce((least, step) => Math.min(least, step.at), Infinity);
const latest = steps.reduce((most, step) => Math.max(most, step.at), earliest + 0.001);
let row = 0;
let toScale = false;
let zoom = 1; // times the height that equal steps have, to scale
let height = 0; // of a drawing

function middle(step) {
  if (!toScale) return step.row * data.row + data.row / 2;
  return data.row / 2 + ((step.at - earliest) / (latest - earliest)) * (height - data.row);
}

function lay(side) {
  side.places = side.steps.map(middle);
  side.body.setAttribute("height", height);
  for (const line of side.body.querySelectorAll(".lane")) line.setAttribute("y2", height);
  let free = -Infinity; // below the last text
  side.groups.forEach((group, number) => {
    const y = side.places[number];
    group.setAttribute("transform", `translate(0 ${y})`);
    const crowded = y < free;
    group.classList.toggle("crowded", crowded);
    if (!crowded) free = y + 15;
  });
  for (const bar of side.bars) {
    const from = side.places[bar.dataset.from], to = side.places[bar.dataset.to];
    bar.setAttribute("y", from - 7);
    bar.setAttribute("height", to - from + 14);
  }
}

// How many of the first elements of a list, in which those stand first, are so.
function many(list, so) {
  let low = 0, high = list.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if (so(list[half])) low = half + 1;
    else high = half;
  }
  return low;
}

// Draw what is in sight, and something round it.
function draw(side) {
  const top = side.scroll.scrollTop, bottom = top + side.scroll.clientHeight;
  const from = many(side.places, (y) => y < top - 600), to = many(side.places, (y) => y < bottom + 600);
  for (let at = side.from; at < side.to; at++)
    if (at < from || at >= to) side.groups[at].classList.add("away");
  for (let at = from; at < to; at++) side.groups[at].classList.remove("away");
  [side.from, side.to] = [from, to];
}

function line(text, name) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text + "\n";
  return made;
}

function tell(side, number) {
  const part = (name) => side.panel.querySelector("." + name);
  const step = side.steps[number];
  const here = step && step.row === row;
  part("where").textContent = !step ? "nothing yet" :
    `${here ? "" : "still at "}step ${number + 1} of ${side.steps.length} · ${step.at.toFixed(1)} ms · ` +
    `${step.lane} · ${data.words[step.kind]}`;
  part("call").textContent = step ? step.text : "";
  part("came").textContent = step ? step.came : "";
  const known = step && step.line && side.source[step.line] !== undefined;
  part("file").textContent = step && step.line ? `${side.file}:${step.line}` : "";
  const lines = [];
  for (let at = step ? step.line - 2 : 0; known && at <= step.line + 2; at++) {
    const mark = at === step.line ? "▶" : " ";
    if (side.source[at] !== undefined)
      lines.push(line(`${mark}${String(at).padStart(4)} │ ${side.source[at]}`, at === step.line ? "here" : "near"));
  }
  part("source").replaceChildren(...lines);
}

function show() {
  for (const side of sides) {
    const number = many(side.steps, (step) => step.row <= row) - 1;  // in this row, or the last before it
    if (side.current) side.current.classList.remove("now");
    for (const group of side.behind) group.classList.remove("behind");
    const near = side.places.map((y) => Math.abs(y - side.places[number]) < 15);
    side.behind = side.groups.filter((_, at) => near[at] && at !== number);
    for (const group of side.behind) group.classList.add("behind");
    side.current = side.groups[number] || null;
    if (side.current) {
      side.current.classList.add("now");
      const y = side.places[number];
      side.cursor.setAttribute("y", y - data.row / 2);
      side.scroll.scrollTop = y - (side.scroll.clientHeight - side.head.clientHeight) / 2;
      draw(side);
      const text = side.current.querySelector(".call");
      const { x, width } = text ? text.getBBox() : { x: 0, width: 0 };
      side.scroll.scrollLeft = Math.max(0, Math.min(x + width + 10 - side.scroll.clientWidth, x - 40));
    }
    side.cursor.setAttribute("visibility", side.current ? "visible" : "hidden");
    tell(side, number);
  }
  const slider = find("slider");
  slider.max = Math.max(0, rows - 1);
  slider.value = row;
  slider.setAttribute("aria-valuetext", `row ${row + 1} of ${rows}`);
  find("first").disabled = find("back").disabled = row === 0;
  find("last").disabled = find("forward").disabled = row >= rows - 1;
}

function go(to) {
  row = Math.max(0, Math.min(rows - 1, to));
  show();
}

function layAll() {
  height = Math.max(rows * data.row, 200) * (toScale ? zoom : 1);
  find("scale").setAttribute("aria-pressed", toScale);
  find("closer").disabled = !toScale || zoom >= 1024;
  find("farther").disabled = !toScale || zoom <= 1;
  sides.forEach(lay);
  show();
}

function scale() {
  toScale = !toScale;
  layAll();
}

function magnify(times) {
  zoom = Math.max(1, Math.min(1024, zoom * times));
  if (toScale) layAll();
}

const keys = {
  ArrowDown: () => go(row + 1), ArrowRight: () => go(row + 1), j: () => go(row + 1),
  ArrowUp: () => go(row - 1), ArrowLeft: () => go(row - 1), k: () => go(row - 1),
  PageDown: () => go(row + 10), PageUp: () => go(row - 10),
  Home: () => go(0), End: () => go(rows - 1),
  s: scale, "+": () => magnify(2), "=": () => magnify(2), "-": () => magnify(1 / 2),
};
document.addEventListener("keydown", (event) => {
  const act = keys[event.key];
  // With Shift the arrows scroll a drawing, as they do by themselves.
  const scrolls = event.shiftKey && event.key.startsWith("Arrow");
  if (!act || scrolls || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  act();
});
find("first").addEventListener("click", keys.Home);
find("back").addEventListener("click", keys.ArrowUp);
find("forward").addEventListener("click", keys.ArrowDown);
find("last").addEventListener("click", keys.End);
find("scale").addEventListener("click", scale);
find("closer").addEventListener("click", keys["+"]);
find("farther").addEventListener("click", keys["-"]);
find("slider").addEventListener("input", (event) => go(Number(event.target.value)));
for (const side of sides) {
  side.body.addEventListener("click", (event) => {
    const y = event.clientY - side.body.getBoundingClientRect().top;
    const far = side.places.map((place) => Math.abs(place - y));
    const nearest = far.indexOf(Math.min(...far));
    if (nearest >= 0) go(side.steps[nearest].row);
  });
  side.scroll.addEventListener("scroll", () => draw(side));
  for (const group of side.groups) group.classList.add("away");
}
layAll();
